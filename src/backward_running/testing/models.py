"""What every model of effort must do."""

from __future__ import annotations

import doctest
import inspect
import math
from collections.abc import Mapping
from typing import ClassVar

import numpy as np
import pytest

from backward_running.core.errors import OutsideValidRange
from backward_running.core.names import NAMES
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing, weakest
from backward_running.effort import Model
from backward_running.evidence import dois_in
from backward_running.testing.base import Contract
from backward_running.testing.scale import Grade, asks

#: What the docstring of a model has, in sections.
SECTIONS = ("Returns", "Valid for", "Notes", "Deviations", "References", "Examples")


def points_inside(model: Model, count: int = 7) -> dict[str, FloatArray]:
    """Return every corner of the measured range and the space between, as parallel arrays."""
    if not model.valid:
        return {}
    axes = np.meshgrid(*[np.linspace(low, high, count) for low, high in model.valid.values()])
    points = {name: axis.ravel() for name, axis in zip(model.valid, axes, strict=True)}
    if "duration_s" in inspect.signature(model.best).parameters:
        points["duration_s"] = np.full(len(next(iter(points.values()))), 60.0)
    return points


def middle_of(model: Model) -> dict[str, float]:
    """Return the middle of the measured range."""
    return {name: (low + high) / 2 for name, (low, high) in model.valid.items()}


def is_definition(model: Model) -> bool:
    """Whether the number is defined, not estimated."""
    return model.low is model.best is model.high


class ModelContract(Contract):
    """Numbers in, one number with an interval out; outside what was measured less is said, or nothing."""

    kind = "model"
    #: Key of a model → its file, where that has another name: a key that was stored stays.
    files: ClassVar[Mapping[str, str]] = {}

    @asks(Grade.BRONZE)
    def test_the_key_is_the_name_of_the_file(self, plug: Model) -> None:
        """Who reads the key finds the file, and in it the model."""
        module = inspect.getmodule(plug.best)
        assert module is not None
        assert module.__name__.rsplit(".", 1)[-1] == self.files.get(plug.key, plug.key)
        declared = [value for value in vars(module).values() if value is plug or getattr(value, "model", None) is plug]
        assert declared, "declare it in the file that holds its formula"

    @asks(Grade.BRONZE)
    def test_the_examples_of_its_card_hold(self, plug: Model) -> None:
        """What the docstring shows is what comes out."""
        module = inspect.getmodule(plug.best)
        text = inspect.getdoc(plug.best) or ""
        example = doctest.DocTestParser().get_doctest(text, dict(vars(module)), plug.key, None, None)
        said: list[str] = []
        assert doctest.DocTestRunner(verbose=False).run(example, out=said.append).failed == 0, "".join(said)

    @asks(Grade.BRONZE)
    def test_the_docstring_is_an_identity_card(self, plug: Model) -> None:
        """Parameters, what it returns, where it is valid, notes, deviations, references, an example."""
        text = inspect.getdoc(plug.best) or ""
        lines = [line.strip() for line in text.splitlines()]
        wanted = list(SECTIONS)
        if inspect.signature(plug.best).parameters:
            wanted.insert(0, "Parameters")
        assert [name for name in wanted if name not in lines] == []
        assert lines[0].endswith(".")
        assert ">>>" in text
        if plug.limits:
            assert "Raises" in lines

    @asks(Grade.BRONZE)
    def test_docstring_and_evidence_name_the_same_dois(self, plug: Model) -> None:
        """What is cited is what it rests on."""
        stated = {source.study.doi for source in plug.evidence if source.study.doi}
        assert dois_in(inspect.getdoc(plug.best)) == stated

    @asks(Grade.BRONZE)
    def test_every_citation_of_the_evidence_is_among_the_references(self, plug: Model) -> None:
        """Also what has no DOI."""
        text = " ".join((inspect.getdoc(plug.best) or "").split())
        for source in plug.evidence:
            if source.study.key != "this_project":
                assert source.study.citation.split(",")[0] in text, source.key

    @asks(Grade.BRONZE)
    def test_names_are_in_the_dictionary(self, plug: Model) -> None:
        """What it takes and gives is named, with its unit, in the words of the house."""
        assert plug.gives in NAMES
        takes = inspect.signature(plug.best).parameters.keys()
        for take in (plug.best, plug.low, plug.high):
            parameters = inspect.signature(take).parameters
            assert [name for name in parameters if name not in NAMES] == []
            assert parameters.keys() == takes
        assert set(plug.valid) <= set(takes)
        assert set(plug.limits) <= set(takes)

    @asks(Grade.BRONZE)
    def test_low_best_high_are_in_order_and_plausible_inside_the_range(self, plug: Model) -> None:
        """An interval surrounds the best value everywhere in the measured range."""
        where = points_inside(plug)
        low, best, high = (np.asarray(take(**where), dtype=float) for take in (plug.low, plug.best, plug.high))
        assert np.isfinite(best).all()
        if is_definition(plug):
            assert (low == best).all()
        else:
            assert (low < best).all()
            assert (best < high).all()
        entry = NAMES[plug.gives]
        assert (best >= entry.lowest).all()
        # A range per input is a box, and no body reaches its corner of fastest and steepest: the bill leaves that out.
        assert np.mean(best <= entry.highest) > 0.25
        if "grade_ratio" in where:
            assert (best[where["grade_ratio"] == 0] <= entry.highest).all()

    @asks(Grade.BRONZE)
    def test_numbers_and_arrays_agree(self, plug: Model) -> None:
        """One at a time or all at once: the same."""
        where = points_inside(plug, 3)
        if not where:
            assert plug.best() == plug.best()
            return
        many = np.asarray(plug.best(**where))
        points = zip(*where.values(), strict=True)
        alone = [float(plug.best(**dict(zip(where, point, strict=True)))) for point in points]
        assert many == pytest.approx(np.array(alone))

    @asks(Grade.BRONZE)
    def test_inside_the_range_the_standing_is_that_of_the_weakest_source(self, plug: Model) -> None:
        """A chain holds no better than its weakest link."""
        assert plug.standing_at(**middle_of(plug)) is weakest(*(source.standing for source in plug.evidence))

    @asks(Grade.SILVER)
    def test_outside_the_range_it_is_demoted_or_refused(self, plug: Model) -> None:
        """Beyond what was measured it is extrapolated at best."""
        middle = middle_of(plug)
        for name, (low, high) in plug.valid.items():
            step = (high - low) / 100
            for value in (low - step, high + step):
                standing = plug.standing_at(**{**middle, name: value})
                if plug.may_extrapolate:
                    assert standing is None or standing.rank <= Standing.EXTRAPOLATED.rank
                else:
                    assert standing is None

    @asks(Grade.SILVER)
    def test_beyond_a_limit_it_refuses_with_the_limits_own_sentence(self, plug: Model) -> None:
        """Where it has no answer it raises, and says why."""
        middle = middle_of(plug)
        for name, limit in plug.limits.items():
            for value, words in (
                (math.nextafter(limit.lowest, -math.inf), limit.below),
                (math.nextafter(limit.highest, math.inf), limit.above),
            ):
                assert plug.standing_at(**{**middle, name: value}) is None
                for take in (plug.best, plug.low, plug.high):
                    with pytest.raises(OutsideValidRange, match=words.split(":")[0]):
                        take(**{**middle, name: value})
            assert limit.below.endswith(".")
            assert limit.above.endswith(".")

    @asks(Grade.SILVER)
    def test_the_measured_range_lies_within_the_limits(self, plug: Model) -> None:
        """A limit cuts nothing off that was measured."""
        for name, limit in plug.limits.items():
            low, high = plug.valid[name]
            assert limit.lowest <= low < high <= limit.highest

    @asks(Grade.SILVER)
    def test_missing_input_gives_missing_output_and_not_zero(self, plug: Model) -> None:
        """NaN in, NaN out."""
        where = points_inside(plug, 2)
        for name in where:
            holed = {**where, name: np.full_like(where[name], np.nan)}
            assert np.isnan(plug.best(**holed)).all()
