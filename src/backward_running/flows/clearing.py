"""What stops everything, and how it ends: a flag ticked by mistake is taken back, a clinician's word clears it.

Every export of the plan calls :func:`refuse_while_stopped`; screens show a plan as ``stopping.shown`` leaves it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from backward_running import rehab
from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import CheckIn
from backward_running.core.clearance import CONDITION, PAIN, TOLD, Clearance, ClearanceKind
from backward_running.core.errors import BadValue, Stopped
from backward_running.core.plan import GateState, Plan
from backward_running.core.ports import Clearances, Coaching, HealthFacts, Profile
from backward_running.core.screening import CONDITIONS, NOTHING_APPLIES, RED_FLAGS
from backward_running.flows import asking, conditions, drafts, told_before, told_by_mistake
from backward_running.flows.stopping import shown, stopping

#: After a flag was taken back as a mistake, so long only a clinician's word clears another.
ONE_MISTAKE_WITHIN = timedelta(seconds=rehab.ONE_MISTAKE_WITHIN_S.value)
RUNNER = "you"
LONGEST_NAME, LONGEST_WORDS = 200, 2000
SAY_RUNNING = "Say whether they allow running: yes or no. Where you do not know, say no and ask them."
_FLAGS = frozenset(flag.key for flag in RED_FLAGS)
_WORDS = {flag.key: flag.words for flag in RED_FLAGS} | {CONDITION + key: words for key, words in CONDITIONS}
_CONDITIONS = frozenset(key for key, _ in CONDITIONS)
_PAIN_WORDS = "Pain for somebody to look at"


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stops the plan, or a part of it, until it is cleared."""

    key: str
    words: str
    on: date | None  #: the day of its moment; None where that is not known
    may_be_mistake: bool  #: it was told today, so it may still be taken back


@dataclass(frozen=True, slots=True)
class ClearingPage:
    """All that the screen of clearing shows."""

    gates: tuple[GateState, ...]  #: those that stop everything
    standing: tuple[Standing, ...]
    mistake_refused: str | None  #: why nothing can be taken back as a mistake now; None where it can
    kept: tuple[Clearance, ...]  #: what was cleared before, newest first
    told: tuple[Standing, ...] = ()  #: conditions that stay until they are taken back in words
    lately: tuple[told_by_mistake.Told, ...] = ()  #: falls, pain and the like that may be taken back as a mistake


def standing_gates(store: Coaching, today: date) -> tuple[GateState, ...]:
    """Return the closed gates that stop everything now; none without a plan and where all is open."""
    found = asking.situation(store, today)
    if found is not None and found.plan.weeks:
        return stopping(found.gates)
    return stopping(rehab.ask_rules(_facts(store, today)))


def told_gates(store: Coaching, today: date) -> tuple[GateState, ...]:
    """Return what the runner told and has to answer to before there is any plan: a stop, or a wait after a setback."""
    return rehab.told_gates(_facts(store, today))


def refuse_while_stopped(store: Coaching, today: date) -> None:
    """Raise while nothing that holds or suggests training may leave.

    Raises
    ------
    Stopped
        A red flag stands, pain waits for a clinician, or a fall for its questions. It says what, whom to see and what
        may still leave.
    """
    gates = standing_gates(store, today)
    if gates:
        told = " ".join(f"{gate.reason.text} {gate.what_to_do or ''}".strip() for gate in gates)
        raise Stopped(f"Nothing of the plan is given out now. {told} Your past recordings can still be exported.")


def page(store: Coaching, *, now: datetime) -> ClearingPage:
    """Return what stands, what may be done about it, and what was cleared before."""
    found = standing(store, now=now)
    refused = None
    if found and not any(stop.may_be_mistake for stop in found):
        refused = "What stands was not ticked today: only a clinician’s word clears it."
    return ClearingPage(
        gates=standing_gates(store, now.date()),
        standing=found,
        mistake_refused=_second_mistake(store, now) or refused,
        kept=tuple(reversed(store.clearances())),
        lately=told_by_mistake.told_lately(_facts(store, now.date()), now),
        told=tuple(
            Standing(key, told_before.WORDS[key], since, may_be_mistake=False)
            for key, since in told_before.told(store).items()
        ),
    )


def standing(store: Coaching, *, now: datetime) -> tuple[Standing, ...]:
    """Return what stands and can be cleared: each red flag once, pain that stopped the plan, conditions."""
    facts = _facts(store, now.date())
    found: dict[str, Standing] = {}
    for flag in rehab.standing_flags(facts):
        today = flag.told is not None and _told_today(flag.told, now)
        before = found.get(flag.key)
        # The newest day counts for a word, and every time it was told for a mistake.
        may_be = today and (before is None or before.may_be_mistake)
        on = max((day for day in (flag.on, before.on if before else None) if day is not None), default=None)
        found[flag.key] = Standing(flag.key, words_of(flag.key), on, may_be)
    if any(gate.key == rehab.SEE_SOMEBODY and not gate.open for gate in rehab.ask_rules(facts)):
        found[PAIN] = Standing(PAIN, words_of(PAIN), rehab.pain_moment(facts), may_be_mistake=False)
    for key in sorted(rehab.uncleared_conditions(facts)):
        found[key] = Standing(key, words_of(CONDITION + key), None, may_be_mistake=False)
    return tuple(found.values())


def words_of(key: str) -> str:
    """Say in words what a key of a clearance names."""
    if told_by_mistake.is_key(key):
        return told_by_mistake.words_of(key)
    if key.startswith(TOLD):
        return told_before.WORDS.get(key.removeprefix(TOLD), key)
    return _PAIN_WORDS if key == PAIN else _WORDS.get(key, key)


def words_that_hold(store: HealthFacts, facts: rehab.Facts) -> tuple[Clearance, ...]:
    """Return what clinicians said and what still holds, newest first, each sign with its newest word.

    A word on a condition holds while the condition is ticked; one on a sign or on pain while limits hold, or while the
    setback that it ended in is not behind.
    """
    health = facts.answers.get("health")
    ticked = {CONDITION + str(key) for key in health} if isinstance(health, list | tuple) else set()
    limits = conditions.ceilings(store)
    afterwards = (limits is not None and limits.holds_on(facts.today)) or bool(rehab.setbacks(facts))
    found: dict[str, Clearance] = {}
    for clearance in store.clearances():
        if clearance.kind is ClearanceKind.CLINICIAN and clearance.on <= facts.today:
            found |= {
                key: clearance
                for key in clearance.of
                if key in ticked or (afterwards and not key.startswith(CONDITION))
            }
    return tuple(sorted(dict.fromkeys(found.values()), key=lambda stop: stop.made_at, reverse=True))


def tell_flags(
    store: Coaching, keys: Collection[str], *, now: datetime, hit_head: bool = False, simulated: bool = False
) -> bool:
    """Keep red flags as a check-in of their own, with their moment; those that stand, once. Say whether any was told.

    They are ticked among the questions, or beside something that cannot be meant: the rest is asked again, a sign never
    is. `hit_head` is a yes to the questions about the head.
    """
    stand = {flag.key for flag in rehab.standing_flags(_facts(store, now.date())) if flag.told is not None}
    told = tuple(flag.key for flag in RED_FLAGS if flag.key in set(keys))
    new = tuple(key for key in told if key not in stand)
    if new or hit_head:
        store.add_check_in(
            CheckIn(now, red_flags=new, concussion_signs=True if hit_head else None), simulated=simulated
        )
    return bool(told) or hit_head


def plan_that_waits(store: Coaching, today: date) -> Plan | None:
    """Return the plan that something stops, as it may be shown; None where nothing does, or it never began.

    It is not replaced by a new one meanwhile: once the stop is cleared it goes on, and not from its first week.
    """
    found = asking.situation(store, today)
    if found is None or not found.stopped or not found.plan.weeks:
        return None
    return shown(replace(found.plan, gates=found.gates))


def take_back(store: Coaching, keys: Sequence[str], *, reason: str, now: datetime) -> Clearance:
    """Take red flags back that were ticked by mistake; everything is as before. The reason is kept.

    Raises
    ------
    BadValue
        None of these stands, it was not ticked today, no reason was written, or another was taken back within 7 days;
        of a fall, a pain and the like: see :mod:`flows.told_by_mistake`.
    """
    facts, stand = _facts(store, now.date()), {stop.key for stop in standing(store, now=now)}
    keys = [key if key in stand else told_by_mistake.spelled_out(facts, key, now) for key in keys]
    if keys and all(map(told_by_mistake.is_key, keys)):
        return _keep(store, told_by_mistake.take_back(facts, keys, reason=reason, now=now))
    chosen = _chosen(store, keys, now)
    late = [stop for stop in chosen if not stop.may_be_mistake]
    if late:
        raise _refused(
            keys,
            "have been ticked today",
            f"“{late[0].words}” was not ticked today: only a clinician’s word clears it.",
        )
    if not reason.strip():
        raise BadValue("reason", "say why it was a mistake", reason, "Write in a few words why it was a mistake.")
    second = _second_mistake(store, now)
    if second is not None:
        raise _refused(keys, "be the first mistake within 7 days", second)
    return _keep(store, Clearance(ClearanceKind.MISTAKE, now, _keys(chosen), RUNNER, now.date(), reason=reason.strip()))


def clear(
    store: Coaching,
    keys: Sequence[str],
    *,
    by: str,
    on: date,
    allows: str,
    running: bool | None,
    now: datetime,
    ceilings: Ceilings | None = None,
) -> Clearance:
    """Keep a clinician's word: who, when, what is allowed. The plan goes on one stage down.

    Whether running is allowed is a field of its own, for words are kept and not understood: where it is not, everything
    is walked from now on.

    Raises
    ------
    BadValue
        Nothing of that kind stands, nobody is named, nothing is said to be allowed or whether running is, or the day
        cannot be.
    """
    chosen = _chosen(store, keys, now)
    if not by.strip():
        raise BadValue("by", "say who cleared it", by, "Write who cleared it, such as: Dr. Moss, sports doctor.")
    if not allows.strip():
        raise BadValue("allows", "say what is allowed", allows, "Write what they allow, in their words.")
    for name, text, most in (("by", by, LONGEST_NAME), ("allows", allows, LONGEST_WORDS)):
        if len(text) > most:  # cut off, it would be another word than theirs
            hint = f"Write at most {most} letters: what is kept is shown word for word."
            raise BadValue(name, f"have at most {most} letters", len(text), hint)
    if running is None:
        raise BadValue("running", "say whether running is allowed", running, SAY_RUNNING)
    if on > now.date():
        raise BadValue("on", f"not lie after {now.date()}", on, "Pick the day of their word, today or earlier.")
    early = [stop for stop in chosen if stop.on is not None and on < stop.on]
    if early:
        hint = f"“{early[0].words}” is of {_day(early[0].on)}; pick the day on which they saw you after that."
        raise BadValue("on", f"not lie before {early[0].on}", on, hint)
    told = Clearance(
        ClearanceKind.CLINICIAN, now, _keys(chosen), by.strip(), on, allows=allows.strip(), running=running
    )
    conditions.set_ceilings(store, _limits(store, told, ceilings))
    return _keep(store, told)


def _limits(store: Profile, told: Clearance, named: Ceilings | None) -> Ceilings | None:
    """Return the limits that hold with a word: those named with it, else those before; walking only where it says."""
    limits = named or conditions.ceilings(store)
    if told.running:
        return limits
    if limits is None or not limits.holds_on(told.made_at.date()):
        return Ceilings(by=told.by, set_on=told.on, walking_only=True, note=told.allows)
    if named is not None or limits.walking_only:
        return replace(limits, walking_only=True)
    # Each word stays with who said it and when: the limits are one clinician's, that nothing is run another's.
    by = f"{limits.by}; walking only by {told.by} on {told.on.day} {told.on:%B %Y}"
    return replace(limits, by=by, walking_only=True)


def _facts(store: Coaching, today: date) -> rehab.Facts:
    """Gather the facts; without a plan from what was typed so far, for a sign may be told before there is one."""
    found = asking.situation(store, today)
    if found is not None:
        return found.facts
    health = drafts.draft(store).get("health")
    # A warning sign among them is a check-in of its own, and stands by that.
    said = [str(key) for key in health if key not in _FLAGS] if isinstance(health, list) else []
    return asking.facts(store, {"health": said or [NOTHING_APPLIES[0]]}, today)


def _told_today(check_in: CheckIn, now: datetime) -> bool:
    return check_in.made_at.astimezone(now.tzinfo).date() == now.date()


def _second_mistake(store: Clearances, now: datetime) -> str | None:
    for clearance in store.clearances():
        flags = not any(map(told_by_mistake.is_key, clearance.of))
        if clearance.kind is ClearanceKind.MISTAKE and flags and now - clearance.made_at < ONE_MISTAKE_WITHIN:
            return (
                f"You took a sign back as a mistake on {_day(clearance.on)}; within 7 days of that only a clinician’s "
                "word clears one."
            )
    return None


def _day(on: date | None) -> str:
    return f"{on.day} {on:%B}" if on is not None else "a day that is not known"


def _chosen(store: Coaching, keys: Sequence[str], now: datetime) -> list[Standing]:
    there = {stop.key: stop for stop in standing(store, now=now)}
    keys = [key.removeprefix(CONDITION) for key in keys]
    unknown = [key for key in keys if key not in there]
    if not keys or unknown:
        names = ", ".join(there) or "nothing"
        hint = "Choose what is cleared." if not keys else f"“{words_of(unknown[0])}” does not stand; {names} does."
        raise BadValue("report", f"name what stands: {names}", list(keys), hint)
    return [there[key] for key in dict.fromkeys(keys)]


def _keys(chosen: Sequence[Standing]) -> tuple[str, ...]:
    return tuple(CONDITION + stop.key if stop.key in _CONDITIONS else stop.key for stop in chosen)


def _refused(keys: Sequence[str], rule: str, why: str) -> BadValue:
    return BadValue("report", rule, list(keys), why)


def _keep(store: HealthFacts, made: Clearance) -> Clearance:
    store.add_clearance(made, simulated=store.athlete().simulated)
    drafts.forget_flags(store, made.of)
    return made
