"""What every condition must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from backward_running.core.errors import BadValue
from backward_running.core.screening import RED_FLAGS
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Verdict, all_studies
from backward_running.rehab import Condition
from backward_running.testing.base import FORBIDDEN, Contract
from backward_running.testing.scale import Grade, asks

LONGEST_SENTENCE = 260


def sentences(condition: Condition) -> Iterator[str]:
    """Yield everything that a runner reads of it."""
    yield from (condition.verdict_words, condition.modality, condition.beside, condition.article_says)
    yield from (*condition.carries, *condition.does_not, *condition.clinician_decides)
    if condition.instead is not None:
        yield condition.instead
    for stage in condition.stages:
        yield from (stage.what, *stage.enter, *stage.leave)


class ConditionContract(Contract):
    """What studies carry, and a way back in stages beside a clinician's plan."""

    kind = "condition"

    @asks(Grade.BRONZE)
    def test_stages_have_what_must_hold_before_and_after(self, plug: Condition) -> None:
        """There are at least two; each says when it begins and ends."""
        assert len(plug.stages) >= 2
        for stage in plug.stages:
            assert stage.enter and stage.leave
            assert stage.clean_sessions is None or stage.dose is not None, "what is counted has a dose"

    @asks(Grade.BRONZE)
    def test_every_stage_and_dose_has_a_source(self, plug: Condition) -> None:
        """A number of nobody's is called a proposal."""
        studies = set(all_studies().values())
        for stage in plug.stages:
            assert stage.evidence.study in studies
            for number in stage.dose.numbers if stage.dose else ():
                assert number.evidence.study in studies
                if stage.evidence.study.key == "this_project" and number.evidence.study.key == "this_project":
                    assert number.evidence.tag is Tag.PROPOSED

    @asks(Grade.BRONZE)
    def test_running_never_comes_first(self, plug: Condition) -> None:
        """Walking backward comes before running backward, and running comes last."""
        runs = [stage.running for stage in plug.stages]
        assert not (plug.walking_only and any(runs))
        assert not runs[0], "running backward is never the beginning"
        if any(runs):
            assert runs == sorted(runs), "and it comes last"
            assert any(stage.dose and not stage.running for stage in plug.stages), "walking backward comes before"

    @asks(Grade.BRONZE)
    def test_evidence_is_known_and_no_verdict_goes_beyond_it(self, plug: Condition) -> None:
        """Supported is only what a review found; where nothing speaks for it there is no plan."""
        studies = set(all_studies().values())
        assert all(source.study in studies for source in plug.evidence)
        reviewed = any(source.standing is Standing.REVIEWED for source in plug.evidence)
        assert (plug.verdict in (Verdict.SUPPORTED, Verdict.WALKING)) == reviewed
        if plug.verdict in (Verdict.UNKNOWN, Verdict.UNSUPPORTED):
            assert not plug.protocols
        assert plug.does_not

    @asks(Grade.BRONZE)
    def test_red_flags_are_known(self, plug: Condition) -> None:
        """It names those that matter most here."""
        assert plug.red_flags and set(plug.red_flags) <= {flag.key for flag in RED_FLAGS}

    @asks(Grade.BRONZE)
    def test_no_word_diagnoses_or_calls_anything_safe(self, plug: Condition) -> None:
        """It says what is done, not what somebody has."""
        for sentence in sentences(plug):
            assert not FORBIDDEN.search(sentence) and "you have" not in sentence.lower(), sentence

    @asks(Grade.BRONZE)
    def test_sentences_end_and_are_short(self, plug: Condition) -> None:
        """Somebody in pain reads them."""
        for sentence in sentences(plug):
            assert sentence.endswith("."), sentence
            assert len(sentence) < LONGEST_SENTENCE, sentence

    @asks(Grade.SILVER)
    def test_it_cannot_be_made_against_its_studies(self, plug: Condition) -> None:
        """The constructor refuses running where walking was studied, no evidence, and no way out."""
        with pytest.raises(BadValue, match="walked"):
            replace(plug, walking_only=True, stages=(replace(plug.stages[0], running=True),))
        with pytest.raises(BadValue, match="evidence"):
            replace(plug, evidence=())
        with pytest.raises(BadValue, match="instead"):
            replace(plug, protocols=(), instead=None)
