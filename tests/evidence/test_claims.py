"""The article's claims: all fifteen, each with a verdict and a source."""

from __future__ import annotations

import re

from backward_running.core.standing import Standing
from backward_running.evidence import Verdict, all_claims, all_studies

CLAIMS = {claim.ordinal: claim for claim in all_claims()}


def test_all_fifteen_are_there_in_order() -> None:
    assert [claim.ordinal for claim in all_claims()] == list(range(1, 16))
    assert len({claim.key for claim in all_claims()}) == 15


def test_the_claim_about_body_weight_is_flagged_false_with_its_source() -> None:
    claim = CLAIMS[2]
    assert "2.5 %" in claim.article_says
    assert claim.verdict is Verdict.FALSE
    assert "10.1055/s-2004-820997" in {one.study.doi for one in claim.evidence}


def test_verdicts_of_the_audit() -> None:
    assert {ordinal: claim.verdict for ordinal, claim in CLAIMS.items()} == {
        1: Verdict.PARTLY,
        2: Verdict.FALSE,
        3: Verdict.FALSE,
        4: Verdict.PARTLY,
        5: Verdict.UNSUPPORTED,
        6: Verdict.PARTLY,
        7: Verdict.UNSUPPORTED,
        8: Verdict.WEAK,
        9: Verdict.UNSUPPORTED,
        10: Verdict.WALKING,
        11: Verdict.WEAK,
        12: Verdict.WEAK,
        13: Verdict.WEAK,
        14: Verdict.PARTLY,
        15: Verdict.FALSE,
    }


def test_every_claim_says_what_the_studies_say_and_what_the_program_does() -> None:
    for claim in CLAIMS.values():
        for words in (claim.article_says, claim.studies_say, claim.we_do):
            assert words.endswith(".")
        assert claim.evidence
        assert not re.search(r"\bsafe\b", f"{claim.studies_say} {claim.we_do}".lower())


def test_no_claim_is_called_supported_on_opinion_alone() -> None:
    for claim in CLAIMS.values():
        if claim.verdict is Verdict.SUPPORTED:
            assert max(one.standing.rank for one in claim.evidence) > Standing.OPINION.rank


def test_the_studies_of_the_claims_are_in_the_list() -> None:
    studies = all_studies()
    for claim in CLAIMS.values():
        for one in claim.evidence:
            assert studies[one.study.key] is one.study


def test_one_scale_of_verdicts_and_no_other_word() -> None:
    assert [verdict.value for verdict in Verdict] == [
        "supported",
        "supported for walking, low certainty",
        "partly",
        "weak",
        "not supported",
        "false",
        "unknown",
    ]
    for claim in CLAIMS.values():
        assert claim.verdict_words.startswith(claim.verdict.value)
