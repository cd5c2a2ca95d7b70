"""What every promise must do that somebody's own months are asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backward_running.core.athlete import CheckIn
from backward_running.core.measurement import Measurement
from backward_running.outcomes.base import Outcome, RunReading, Told
from backward_running.testing.base import FORBIDDEN, Contract
from backward_running.testing.scale import Grade, asks

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SITE = "left knee"


def told_of(plug: Outcome, days: int = 4) -> Told:
    """Return measurements of this kind, check-ins and runs on some days, and a measurement of something else."""
    at = [NOON + timedelta(days=number) for number in range(days)]
    value = 0.5 * (plug.lowest + plug.highest)
    return Told(
        (
            *(Measurement(f"m{number}", plug.key, moment, value + number) for number, moment in enumerate(at)),
            Measurement("other", "something_else", at[-1] + timedelta(days=1), 1.0),
        ),
        tuple(CheckIn(moment, pain_nrs={SITE: 2.0, "calf": 9.0}, mass_kg=70.0) for moment in at),
        tuple(RunReading(moment.date(), 1800.0, 2.8, 0.7) for moment in at),
        SITE if plug.by_site else None,
    )


class OutcomeContract(Contract):
    """A unit, a direction, a change that matters, a source for it, and a series in which silence is no value."""

    kind = "outcome"

    @asks(Grade.BRONZE)
    def test_what_matters_has_a_source_and_its_unit(self, plug: Outcome) -> None:
        """The smallest important change lies inside what may be typed, and says on what it rests."""
        assert 0 < plug.important.value < plug.highest - plug.lowest
        assert plug.important.evidence in plug.evidence
        assert plug.important.evidence.says.endswith((".", ")."))
        assert plug.measurement_error is None or plug.measurement_error.value > 0

    @asks(Grade.BRONZE)
    def test_its_series_holds_what_was_told_and_nothing_else(self, plug: Outcome) -> None:
        """Readings in the order of their days; of nothing told there is none."""
        assert plug.series(Told()) == ()
        found = plug.series(told_of(plug))
        assert len({reading.on for reading in found}) == 4
        assert [reading.on for reading in found] == sorted(reading.on for reading in found)
        assert plug.series(told_of(plug)) == found

    @asks(Grade.BRONZE)
    def test_words_say_how_and_what_to_mind_and_promise_nothing(self, plug: Outcome) -> None:
        """It says how it is measured and what to mind."""
        for words in (plug.promise, plug.how, plug.warning):
            assert words.endswith(".")
            assert not FORBIDDEN.search(words), words

    @asks(Grade.SILVER)
    def test_a_false_claim_gets_no_help_from_studies(self, plug: Outcome) -> None:
        """No study stands beside a claim that is false; the others name theirs among their evidence."""
        assert not (plug.is_claim_false and plug.studies)
        for study in plug.studies:
            assert study.evidence in plug.evidence
            assert study.low is None or study.low <= study.effect <= (study.high or study.effect)

    @asks(Grade.SILVER)
    def test_what_is_typed_is_read_from_measurements_and_what_is_not_is_not(self, plug: Outcome) -> None:
        """Something that is typed has a series of its kind."""
        assert bool(plug.series(Told(told_of(plug).measurements, site=SITE))) == plug.is_typed
