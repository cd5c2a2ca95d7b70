"""Every number the program uses, where it comes from, how sure; the article's claims with verdicts."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType

from backward_running import effort, evidence, formats, gait, outcomes, places, plans, rehab, signals, simulation
from backward_running.core import plugs
from backward_running.evidence import Claim, Evidence, Number
from backward_running.flows.studies import study_view
from backward_running.flows.views import ClaimView, EvidenceNumber, EvidencePage

ROOMS: tuple[ModuleType, ...] = (formats, signals, gait, effort, rehab, plans, places, outcomes, simulation)


def evidence_page() -> EvidencePage:
    """Walk all rooms and gather everything the program leans on."""
    return EvidencePage(
        claims=article_claims(),
        numbers=tuple(_numbers()),
        studies=tuple(map(study_view, evidence.all_studies().values())),
    )


def article_claims() -> tuple[ClaimView, ...]:
    """Return the claims of the article with their verdicts, in its order."""
    return tuple(map(_claim_view, evidence.all_claims()))


def _numbers() -> Iterator[EvidenceNumber]:
    """Yield the Numbers of every module, then the evidence of every plug that no Number has shown yet."""
    shown: set[int] = set()
    for thing, where in (*_of_the_house(), *_of_third_parties()):
        if id(thing) in shown:
            continue
        shown.add(id(thing))
        if isinstance(thing, Number):
            shown.add(id(thing.evidence))
            yield _number_view(thing, where)
        else:
            yield _sentence_view(thing, where)


def _of_the_house() -> Iterator[tuple[Number | Evidence, str]]:
    for module in _modules():
        file = f"{module.__name__.removeprefix('backward_running.').replace('.', '/')}.py"
        yield from ((thing, f"{file}:{line}") for thing, line in numbers_in(module))


def _of_third_parties() -> Iterator[tuple[Number | Evidence, str]]:
    """Yield what the plugs of third parties lean on, with the package that answers for it."""
    for outside in plugs.outside_modules():
        where = f"{outside.package}: {outside.module.__name__}"
        yield from ((thing, where) for named in vars(outside.module).values() for thing in _within(named))


def numbers_in(module: ModuleType) -> Iterator[tuple[Number | Evidence, int]]:
    """Yield the numbers and sources that a module declares, with their lines."""
    for name, line in _assigned(module):
        yield from ((thing, line) for thing in _within(getattr(module, name, None)))


def _modules() -> Iterator[ModuleType]:
    """Yield every module of every room, inner workings included: a number counts wherever it stands."""
    for room in ROOMS:
        names = sorted(info.name for info in pkgutil.walk_packages(room.__path__, room.__name__ + "."))
        yield from (importlib.import_module(name) for name in names)


def _assigned(module: ModuleType) -> Iterator[tuple[str, int]]:
    """Yield the names a module assigns itself, with their lines. What it merely imports is told where it stands."""
    for node in ast.parse(inspect.getsource(module)).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from ((target.id, node.lineno) for target in targets if isinstance(target, ast.Name))


def _within(thing: object) -> Iterator[Number | Evidence]:
    """Yield the numbers and sources in a constant: itself, in a collection, or behind a plug."""
    if isinstance(thing, (Number, Evidence)):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from _within(value)
    elif isinstance(thing, (tuple, list, frozenset)):
        for value in thing:
            yield from _within(value)
    elif hasattr(thing, "key"):
        yield from _within(getattr(thing, "evidence", ()))


def _number_view(number: Number, where: str) -> EvidenceNumber:
    return _view(number.key, number.evidence, where, number)


def _sentence_view(said: Evidence, where: str) -> EvidenceNumber:
    return _view(said.key, said, where, None)


def _view(key: str, said: Evidence, where: str, number: Number | None) -> EvidenceNumber:
    """Return a row of the evidence: of a number, or of a sentence that has none."""
    return EvidenceNumber(
        key=key,
        value=None if number is None else number.value,
        low=None if number is None else number.low,
        high=None if number is None else number.high,
        unit="" if number is None else number.unit,
        says=said.says,
        citation=said.study.citation,
        doi=said.study.doi,
        who=said.study.who,
        n=said.study.n,
        read=said.study.read,
        standing=said.standing,
        tag=said.tag,
        used_in=where,
        evidence_key=said.key,
    )


def _claim_view(claim: Claim) -> ClaimView:
    return ClaimView(
        claim.ordinal,
        claim.article_says,
        claim.verdict.value,
        claim.verdict_words,
        claim.studies_say,
        claim.we_do,
        tuple(dict.fromkeys(source.study.citation for source in claim.evidence)),
        claim.key,
        tuple(_sentence_view(source, "evidence/claims/article.py") for source in claim.evidence),
    )
