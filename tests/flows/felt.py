"""Say how sessions felt, as somebody does who answers the question of the next day."""

from datetime import UTC, date, datetime, time, timedelta

from backward_running.core.athlete import CheckIn, Moment


def well(store, *days: date, nrs: float = 0.0) -> None:
    """Say on the morning after each of these days how sore the calves are."""
    for on in days:
        morning = datetime.combine(on + timedelta(days=1), time(7), UTC)
        store.add_check_in(CheckIn(morning, Moment.DAY_1, calf_soreness_nrs=nrs))
