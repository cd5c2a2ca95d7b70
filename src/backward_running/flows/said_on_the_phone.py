"""What was said on the phone right after a session comes in with its recording, as a check-in on that session."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.ports import ImportEntry, Judging
from backward_running.flows.coach import add_check_in
from backward_running.formats.phone_answers import MOMENTS, SaidAfter, answers_in

#: So far back it is looked for the same words: who hands a file over twice does so within days.
SAME_WITHIN = timedelta(days=60)
_MOMENTS = dict(zip(MOMENTS, (Moment.AFTER, Moment.DAY_1, Moment.DAY_2), strict=True))


def take(store: Judging, data: bytes, entry: ImportEntry, *, now: datetime) -> ImportEntry | None:
    """Keep what was said in a file; return the entry with what came of it, or None where nothing was said.

    Parameters
    ----------
    store : Judging
        With the recording, where there is one.
    data : bytes
        The file, unpacked.
    entry : ImportEntry
        What came of its recording. Where that could not be read, or lay here before, what was said counts all the same:
        a warning sign wins at every door.
    now : datetime
        The moment, in the runner's zone.

    Notes
    -----
    A warning sign counts from the moment it comes in: a word that cleared another one meanwhile did not know of it.
    """
    told = [came for moment in MOMENTS if (came := _take(store, answers_in(data, moment), entry, now)) is not None]
    return replace(entry, message=f"{entry.message} {' '.join(dict.fromkeys(told))}") if told else None


def _take(store: Judging, said: SaidAfter | None, entry: ImportEntry, now: datetime) -> str | None:
    """Keep what was said of one moment; return what came of it in words, or None where nothing new was said."""
    if said is None:
        return None
    check_in = _check_in(said, entry.activity_ids[0] if entry.activity_ids else None, now)
    if check_in is not None and not _is_here(store, check_in, now):
        add_check_in(store, check_in)
    elif not said.not_known:
        return None
    return _words(said, kept=check_in is not None)


def _check_in(said: SaidAfter, activity_id: str | None, now: datetime) -> CheckIn | None:
    """Return the check-in; None where nothing that can be understood was said."""
    stops = bool(said.red_flags or said.concussion_signs)
    told_at = now if stops else min(said.told_at.astimezone(now.tzinfo), now)
    on = min(said.session_on.astimezone(now.tzinfo).date(), told_at.date())
    check_in = CheckIn(
        made_at=told_at,
        moment=_MOMENTS[said.moment],
        calf_soreness_nrs=said.calf_soreness_nrs,
        activity_id=activity_id,
        pain_nrs=said.pain_nrs,
        perceived_exertion_cr10=said.exertion_cr10,
        fell=said.fell,
        concussion_signs=said.concussion_signs,
        broke_off=said.broke_off,
        red_flags=said.red_flags,
        on=None if activity_id is not None or stops or on == told_at.date() else on,
    )
    return check_in if check_in.is_telling or check_in.perceived_exertion_cr10 is not None else None


def _is_here(store: Judging, check_in: CheckIn, now: datetime) -> bool:
    """Say whether the same was taken over before: the file came in twice, or was handed over twice."""

    def words(other: CheckIn) -> CheckIn:
        return replace(other, made_at=now, note=None, on=None, mass_kg=None, sleep_s=None, supervised_by=None)

    wanted = words(check_in)
    before = (
        store.check_ins_of(check_in.activity_id)
        if check_in.activity_id is not None
        else store.check_ins(now - SAME_WITHIN)
    )
    return any(words(other) == wanted for other in before)


def _words(said: SaidAfter, *, kept: bool) -> str:
    told = "What you said after it came in as a check-in." if kept else ""
    if said.not_known:
        lost = ", ".join(dict.fromkeys(said.not_known))
        told += f" Not understood, so say it again on the check-in page: {lost}."
    return told.strip()
