"""Who may do what, where and how (6.2, 6.3), the table of section 5, and what a clinician allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tests.lives.facts import BEGINNER, Book, Content
from tests.lives.rules import ROUNDING_S, Case, Found, Item

NOT_BACKWARD = frozenset({
    "vestibular_or_visual", "parkinson_or_stroke", "fragility_fracture", "pregnancy", "acute_calf_or_foot", "stiff_neck",
    "anticoagulation", "neuropathy", "osteoporosis", "vertigo", "sight",
})  # fmt: skip
#: Rule 2: until a clinician has agreed, the midwife or doctor first.
NOTHING_YET = frozenset({"seizures_or_fainting", "concussion_3_months", "pregnancy_first_trimester"})


def how(case: Case) -> Iterator[Found]:
    """Rules 10, 11, 12 and 18, and the table of section 5."""
    offer = case.offer
    easy = float(str(case.book.answers["easy_speed_mps"]))
    sprint = offer.stage >= 9 and 0 < offer.longest_bout_s <= 30
    if offer.cap_mps is not None and offer.cap_mps > max(0.8 * easy, 0.0) + 0.005 and offer.run_s and not sprint:
        yield "12 speed cap", f"{offer.cap_mps:.2f} m/s; 0.8 of {easy:.2f} is {0.8 * easy:.2f}"
    if offer.uncapped and not sprint:
        yield "12 no cap?", "backward running without a cap"
    low, high = offer.grade
    if low < -0.0101 or (offer.week <= 8 and high > 0.0401):
        yield "11 grade", f"{low:.3f} to {high:.3f} in week {offer.week}"
    if offer.treadmill and offer.forward_between:
        yield "10 forward on a treadmill", "a forward step between backward ones"
    if case.protocol == "beginner" and offer.stage in BEGINNER:
        yield from _as_the_table(offer, easy)


def _as_the_table(offer: Content, easy: float) -> Iterator[Found]:
    total, bout, cap, runs = BEGINNER[offer.stage]
    cap = -cap * easy if cap < 0 else cap
    if offer.run_s and not runs:
        yield "5 running before stage 3", f"{offer.run_s:.0f} s of running at stage {offer.stage}"
    if offer.backward_s > total + ROUNDING_S or offer.longest_bout_s > bout + 0.5:
        yield (
            "5 more than its stage",
            f"{offer.backward_s:.0f} s, bouts {offer.longest_bout_s:.0f} s at stage {offer.stage}",
        )
    if offer.cap_mps is not None and offer.cap_mps > cap + 0.005:
        yield "5 faster than its stage", f"{offer.cap_mps:.2f} m/s at stage {offer.stage}, {cap:.2f} there"


def who(case: Case) -> Iterator[Found]:
    """Rules 1 to 7: who walks only, who gets nothing."""
    answers, offer = case.book.answers, case.offer
    why_not = _nothing(answers, case.now.year)
    if why_not:
        yield "1-9 not for this person", why_not
    why = walks(case.book, case.now)
    if why and offer.run_s:
        yield "2-5 walking only", why
    frail = _age(answers, case.now.year)[0] >= 65 or bool({"fell_12_months", "frail"} & set(_health(answers)))
    if frail:
        yield from _bouts_of_the_frail(case)


def _bouts_of_the_frail(case: Case) -> Iterator[Found]:
    bouts = [_bout(one) for one in case.before if one.bout_s > 0]
    if not bouts:
        if case.offer.longest_bout_s > 30.5:
            yield "6 first bouts of the frail", f"{case.offer.longest_bout_s:.0f} s; 20 to 30 s"
        return
    # "The last tolerated one" is the longest of the last month, or literally the last: that is a matter of reading.
    month = [_bout(one) for one in case.before if (case.day - one.day).days <= 30 and one.bout_s > 0]
    for before_s, doubt in ((max(month, default=bouts[-1]), ""), (bouts[-1], "?")):
        most = before_s * (1.2 if before_s < 60 else 1.1)
        if case.offer.longest_bout_s > max(most, 30.0) + 1.0:
            yield "6 bouts of the frail grow" + doubt, f"{case.offer.longest_bout_s:.0f} s after {before_s:.0f} s"
            return


def _bout(one: Item) -> float:
    return one.rec.longest_bout_s if one.rec else one.bout_s


def walks(book: Book, now: datetime) -> str | None:
    """Why a person walks only; None where running is open."""
    answers = book.answers
    youngest, _ = _age(answers, now.year)
    test = answers.get("backward_walk_test_s")
    fell = "fell_12_months" in _health(answers) or any(said.fell for said in book.said)
    conditions = sorted(set(_health(answers)) & NOT_BACKWARD)
    if conditions:
        return f"not for backward running: {conditions[0]}"
    if youngest >= 80:
        return "80 or older"
    if youngest >= 65:
        return "65 or older without a supervised base that was recorded"
    if fell and (test is None or float(str(test)) > 5.5):
        return "a fall, and the backward walk test " + ("is not known" if test is None else "over 5.5 s")
    return None


def _nothing(answers: Mapping[str, object], year: int) -> str | None:
    _, oldest = _age(answers, year)
    if answers.get("parq") in ("yes_any", "not_done"):
        return "the PAR-Q+ is not cleared"
    if oldest < 13:
        return "under 13"
    if oldest < 16 and "supervisor" not in str(answers["have"]):
        return "under 16 and nobody supervises"
    if set(_health(answers)) & NOTHING_YET:
        return "a clinician has to agree first"
    if not answers["have"]:
        return "no spotter, treadmill or known lane"
    return None


def _age(answers: Mapping[str, object], year: int) -> tuple[int, int]:
    born = int(str(answers["birth_year"]))
    return year - born - 1, year - born


def _health(answers: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(answers.get("health") or ())


def allowed(case: Case) -> Iterator[Found]:
    """What a clinician allows, and days away."""
    for away in case.book.away:
        if away.first <= case.day and (away.last is None or case.day <= away.last):
            yield "away or ill", f"{away.kind} from {away.first} to {away.last}"
    ceiling = case.book.allowed
    if ceiling is None or not ceiling.holds(case.day) or not ceiling.holds(case.now.date()):
        return
    offer = case.offer
    if ceiling.walking_only and offer.run_s:
        yield "ceiling: walking only", f"{offer.run_s:.0f} s of running"
    if ceiling.session_s is not None and offer.backward_s > ceiling.session_s + 0.5:
        yield "ceiling: session", f"{offer.backward_s:.0f} s of {ceiling.session_s:.0f} s"
    if ceiling.speed_mps is not None and offer.cap_mps is not None and offer.cap_mps > ceiling.speed_mps + 0.005:
        yield "ceiling: speed", f"{offer.cap_mps:.2f} m/s of {ceiling.speed_mps:.2f}"
    if ceiling.per_week is not None:
        week = case.book.week_of(datetime.combine(case.day, datetime.min.time(), case.now.tzinfo))
        same = [one for one in case.before if week is not None and one.day >= week]
        if len(same) + 1 > ceiling.per_week:
            yield "ceiling: sessions a week", f"the {len(same) + 1}th of {ceiling.per_week}"


PERSON = (how, who, allowed)
