"""Lives a life through the public flows, as a person at the screen would, and lets the judge look at every door."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.errors import BackwardRunningError
from backward_running.core.plan import Plan, Wish, WishKind
from backward_running.flows import adapt, coach, conditions, said_done
from backward_running.flows.days import ZONE
from backward_running.flows.plan_views import Proposal
from tests.lives import clearing, doors, read_outside
from tests.lives.doing import Doing
from tests.lives.doors import asked_of
from tests.lives.events import Event, Life
from tests.lives.facts import Allowed, Away, Book, Recorded, Said, content
from tests.lives.judge import Judge, Shown, Violation, shown_of
from tests.lives.memory_store import MemoryStore
from tests.lives.setbacks import REACH, calves_sore, utc

CHECK_IN_FIELDS = {one.name for one in fields(CheckIn)}
#: At every such look the page of the plan is opened too.
OTHER_DOOR = 5
#: What may end or take back a fact that lowered the plan: then its runner may be asked about the way back up.
GIVES_BACK = frozenset({
    "told by mistake", "take back", "word back", "delete", "late", "felt", "clear", "ceiling", "ceiling lifted",
})  # fmt: skip
#: Names under which Today may say from which moment on its session may be done.
FROM_WHEN = ("opens_at", "not_before", "from_when", "may_begin_at", "earliest_at")


def live(life: Life, store: object | None = None) -> list[Violation]:
    """Live a life and return what the judge found."""
    one = Living(life, MemoryStore() if store is None else store)
    one.run()
    return one.judge.found


class Living(Doing):
    """One life in one store."""

    def __init__(self, life: Life, store) -> None:
        self.life, self.store = life, store
        self.answers = asked_of(life.answers)
        self.book = Book(self.answers)
        self.judge = Judge(self.book)
        self.zone = life.zone
        self.plan: Plan | None = None  #: as it was last seen
        self.page = Shown("", (), frozenset())
        self.proposal: Proposal | None = None  #: as Today last showed it
        self.looks = 0
        self.begun: set[str] = set()  #: plans that have weeks
        self.count = 0
        self.busy: list[tuple[datetime, datetime]] = []  #: when something was done, from and until
        self.log: list[str] = []  #: what was offered at each look: the same on every store

    def run(self) -> None:
        first = Event(0, 6 * 60, "start anew")
        self.store.put_setting(ZONE, self.zone)
        for event in (first, *self.life.events):
            now = self._not_before(self.life.moment(event, self.zone))
            act: Callable[[Event, datetime], None] = getattr(self, "_" + event.kind.replace(" ", "_"))
            if event.kind in GIVES_BACK:
                self.book.gave_back.append(now)
            try:
                act(event, now)
            except Exception as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{where.filename.rpartition('/')[2]}:{where.name}"
                if "tests" in where.filename and not isinstance(error, BackwardRunningError):
                    raise
                self.judge.note(f"crash {type(error).__name__} in {place}", event.kind, now, str(error)[:200])

    # Looking

    def _look(self, event: Event, now: datetime) -> None:
        self.proposal = None
        view = coach.today(self.store, now=now)
        plan = view.plan
        if plan is None:
            return
        self.looks += 1
        if self.looks % OTHER_DOOR == 1:  # the plan page is another door, and asks everything again
            page = doors.call(coach.current_plan, self.store, now)
            if page is None or self._shown(page).sessions != self._shown(plan).sessions:
                self.judge.note("doors disagree", "plan", now, "the page of the plan and Today show two plans")
        self.plan, self.page, self.proposal = plan, self._shown(plan), view.proposal
        self._keep(plan)
        offered = view.next_workout
        self.log.append(
            f"{now} {offered and (offered.workout_id, offered.on, offered.summary)} {view.proposal is None}"
        )
        if plan.stopped:
            if offered is not None or view.this_week is not None or view.proposal is not None:
                self.judge.note("26 red flag", "Today", now, "something is suggested while a red flag stands")
            return
        self.judge.offers(self.page, now, door="plan")
        self.judge.watch_calm(self.page, now, settled=view.proposal is None)
        if offered is None:
            return
        there = {one.workout_id: one for one in self.page.coming(now.date())}
        if offered.workout_id not in there or there[offered.workout_id].signature != content(offered).signature:
            self.judge.note("doors disagree", "Today", now, "its session is not that of the plan", offered.workout_id)
        if offered.on == now.date() and not view.waits_for and not self._later(view, now):
            self.judge.offered_now(content(offered), self.page, now, door="Today")

    def _later(self, view: object, now: datetime) -> bool:
        """Whether Today says that its session may be done only from a later hour on."""
        said = [getattr(view, name, None) for name in FROM_WHEN]
        return any(isinstance(one, datetime) and one.astimezone() > now.astimezone() for one in said)

    def _shown(self, plan: Plan) -> Shown:
        closed, stopped = tuple(gate for gate in plan.gates if not gate.open), plan.stopped
        waiting = [one.workout_id for one in plan.workouts() if closed and (stopped or coach.waits_for(one, closed))]
        return shown_of(plan, waiting)

    def _see(self, now: datetime) -> Shown:
        """Open the plan only."""
        plan = doors.call(coach.current_plan, self.store, now)
        if plan is not None:
            self.plan, self.page = plan, self._shown(plan)
            self._keep(plan)
        return self.page

    def _doors(self, event: Event, now: datetime) -> None:
        before = self.page
        page = self._see(now)
        # Where a stop hides the plan, somebody may still have its addresses from before.
        coming = page.coming(now.date()) or before.coming(now.date())
        expected = {(one.workout_id, one.on): one.backward_s for one in page.coming(now.date())}
        flagged = self.book.flagged or (self.plan is not None and self.plan.stopped)
        for said in doors.all_doors(self.store, now):
            if flagged:
                if said.sessions:
                    self.judge.note("26 red flag", said.door, now, f"{len(said.sessions)} sessions go out")
                continue
            self._same(said, expected, now)
        if not self.book.flagged:
            self._outside(page, now)
        nth = next((one for one in coming), None)
        if nth is not None:
            for said in doors.parts(self.store, now, nth.workout_id, nth.week):
                # A screen may be guarded a floor higher; the exports are what leaves.
                rule = "26 red flag (flow without a guard)?" if said.door == "workout page" else "26 red flag"
                if flagged and said.sessions:
                    self.judge.note(rule, said.door, now, "a session goes out")
        if flagged and doors.paper(self.store, now).sessions:
            self.judge.note("26 red flag", "export pdf", now, "the plan goes out on paper")

    def _outside(self, page: Shown, now: datetime) -> None:
        """Hold what leaves to the rules by itself: counted from the file, the table, the calendar, the terminal."""
        for door, ask in doors.whole(self.store, now, page.sessions):
            try:
                told = ask()
            except BackwardRunningError:
                continue  # that it refuses is held elsewhere
            self.judge.offers(replace(page, sessions=tuple(told)), now, door=door)
        today = read_outside.terminal(self.store, now, "today")
        offered = today["next_workout"] if today else None
        if offered and offered["on"] == now.date().isoformat() and not today["waits_for"]:
            self.judge.offered_now(read_outside.of_workout(offered), page, now, door="terminal today")

    def _same(self, said: doors.Said, expected: Mapping[tuple[str, date], object], now: datetime) -> None:
        """Any two doors say the same sessions; of today's, and of what is done, a door may speak or not."""
        if said.refused is not None:
            if any(name not in self.page.waiting for name, _ in expected):
                self.judge.note("doors disagree", said.door, now, f"refused: {said.refused}")
            return
        done = self.book.done_ids()
        there = {key for key in said.sessions if key[1] > now.date() and key[0] not in done}
        wanted = {key for key in expected if key[1] > now.date() and key[0] not in done}
        if said.door == "export csv":  # it names sessions by week and number
            there, wanted = {("", on) for _, on in said.sessions}, {("", on) for _, on in expected}
            there, wanted = ({key for key in some if key[1] > now.date()} for some in (there, wanted))
        # What waits behind a gate may be cancelled elsewhere; the table does not name it, so there it may be more.
        held = {key for key in wanted if key[0] in self.page.waiting}
        if not wanted - held <= there <= wanted and not (said.door == "export csv" and self.page.waiting):
            self.judge.note("doors disagree", said.door, now, f"{sorted(there ^ wanted)[:4]}")
        for key in there & wanted:
            back = said.sessions.get(key)
            if back is not None and abs(back - float(str(expected.get(key, back)))) > 1:
                self.judge.note("doors disagree", said.door, now, f"{back:.0f} s backward on {key[1]}", key[0])

    # Saying

    def _say(self, event: Event, now: datetime) -> None:
        told = event.told
        if told.get("broken_off") and "broke_off" not in CHECK_IN_FIELDS:
            return
        flags = tuple(told.get("flags", ()))
        held = self._see(now).sessions
        about = self._last(now) if told.get("about") else None
        said = {
            "made_at": now, "moment": Moment(str(told.get("moment", "other"))), "activity_id": about,
            "pain_nrs": {site: float(nrs) for site, nrs in dict(told.get("pain", {})).items()},
            "calf_soreness_nrs": told.get("soreness"), "fell": told.get("fell"), "red_flags": flags,
        }  # fmt: skip
        if told.get("broken_off"):
            said["broke_off"] = True
        if told.get("fell") and "concussion_signs" in CHECK_IN_FIELDS:
            said["concussion_signs"] = False
        coach.add_check_in(self.store, CheckIn(**said))
        self.book.say(
            Said(now, str(told.get("moment", "other")), about, said["pain_nrs"], said["calf_soreness_nrs"],
                 bool(told.get("fell")), flags, bool(told.get("broken_off")), held)
        )  # fmt: skip

    def _felt(self, event: Event, now: datetime) -> None:
        """Answer the question of the next morning; sore calves are told, and ended, elsewhere."""
        done = [rec for rec in self.book.recorded if now.date() - rec.day == timedelta(days=1)]
        if not done or calves_sore(self.book):
            return
        nrs = float(str(event.told["nrs"]))
        coach.add_check_in(self.store, CheckIn(now, Moment.DAY_1, calf_soreness_nrs=nrs))
        self.book.say(Said(now, Moment.DAY_1.value, None, {}, nrs))

    def _something_else(self, event: Event, now: datetime) -> None:
        back, begun = float(str(event.told["backward_s"])), self._free_from(now)
        if begun is None or (begun + timedelta(seconds=back)).date() != now.date():
            return
        now, over = begun, begun + timedelta(seconds=back)
        said = said_done.say_extra(self.store, now=over, on=now.date(), backward_s=back)
        self.busy.append((now, over))
        name = said_done.word_id(said.workout_id)
        self.book.record(Recorded(name, now, back, 0.0, False, None, self._near(now)))

    def _told_by_mistake(self, event: Event, now: datetime) -> None:
        """Take back what was told last; the judge forgets it, and the plan may go back up by asking only."""
        lately = clearing.flow().page(self.store, now=now).lately
        one = next(iter(lately), None)
        if one is None:
            return
        before = self._see(now)
        try:
            clearing.flow().take_back(self.store, [one.key], reason="I meant the line above it", now=now)
        except BackwardRunningError:
            return
        part = one.key.partition(":")[0]
        gone = {"fall": {"fell": False}, "pain": {"pain": {}}, "soreness": {"soreness": None},
                "broke-off": {"broken_off": False}}[part]  # fmt: skip
        self.book.said = [replace(said, **gone) if said.at == one.at else said for said in self.book.said]
        self.book.version += 1
        self.judge._grown(before, self._see(now), now, "taking back raises by itself", set())

    def _last(self, now: datetime) -> str | None:
        near = [rec for rec in self.book.recorded if timedelta(0) <= utc(now) - utc(rec.start) <= REACH]
        return near[-1].activity_id if near else None

    def _take_back(self, event: Event, now: datetime) -> None:
        told = next((one for one in reversed(self.book.said) if one.flags), None)
        if told is None or not self.book.flagged:
            return
        done = clearing.take_back(self.store, now)
        if done is not None:
            self.judge.taken_back(told, now, done=done)
        if done:
            self.judge.as_before(told, self._see(now), now)

    def _clear(self, event: Event, now: datetime) -> None:
        what = str(event.told["what"])
        if clearing.clear(self.store, now, what):
            self.book.clear(now, what)

    def _ceiling(self, event: Event, now: datetime) -> None:
        told, day = event.told, now.date()
        until = None if told.get("days") is None else day + timedelta(days=int(str(told["days"])))
        session, week, speed, walks = (told.get(one) for one in ("session_s", "per_week", "speed_mps", "walking_only"))
        conditions.set_ceilings(
            self.store, Ceilings("physiotherapist", day, until, bool(walks), week, session, speed)
        )  # fmt: skip
        self.book.allowed = Allowed(day, until, session, week, speed, bool(walks))
        self.book.version += 1

    def _ceiling_lifted(self, event: Event, now: datetime) -> None:
        conditions.set_ceilings(self.store, None)
        self.book.allowed = None
        self.book.version += 1

    # Asking and answering

    def _answer(self, event: Event, now: datetime) -> None:
        self._look(event, now)
        proposal = self.proposal
        if proposal is None:
            return
        if event.told.get("accept"):
            self._keep(adapt.accept(self.store, proposal.proposal_id, now=now))
            self.judge.accepted(now)
            self._look(event, now + timedelta(minutes=1))
        else:
            adapt.decline(self.store, proposal.proposal_id, now=now)
            self._look(event, now + timedelta(minutes=1))

    def _skip(self, event: Event, now: datetime) -> None:
        self._wish_for(event, now, WishKind.SKIP)

    def _move(self, event: Event, now: datetime) -> None:
        self._wish_for(event, now, WishKind.MOVE)

    def _move_late(self, event: Event, now: datetime) -> None:
        """Move the newest session that was missed, as Today offers it; the day may be one that a rule refuses."""
        before, today = self._see(now), now.date()
        missed = [one for one in before.sessions if one.on < today and one.workout_id not in self.book.done_ids()]
        target = max(missed, key=lambda one: one.on, default=None)
        if target is None or self.plan is None or self.plan.stopped:
            return
        quiet = adapt.proposal(self.store, now=now) is None
        to = today + timedelta(days=int(str(event.told["in_days"])))
        if self._asked(Wish(WishKind.MOVE, now, workout_id=target.workout_id, to=to), now) and quiet:
            self.judge.wished(before, self._see(now), now, "move", target.workout_id)

    def _wish_for(self, event: Event, now: datetime, kind: WishKind) -> None:
        before = self._see(now)
        coming = [one for one in before.coming(now.date()) if one.workout_id not in self.book.done_ids()]
        nth = int(str(event.told["nth"]))
        if nth >= len(coming) or self.plan is None or self.plan.stopped:
            return
        target, quiet = coming[nth], adapt.proposal(self.store, now=now) is None
        to = target.on + timedelta(days=int(str(event.told["by"]))) if kind is WishKind.MOVE else None
        if self._asked(Wish(kind, now, workout_id=target.workout_id, to=to), now) and quiet:
            word = "move" if to else "skip"
            self.judge.wished(before, self._see(now), now, word, target.workout_id)

    def _holiday(self, event: Event, now: datetime) -> None:
        self._gone(event, now, WishKind.HOLIDAY)

    def _ill(self, event: Event, now: datetime) -> None:
        self._gone(event, now, WishKind.ILL)

    def _well(self, event: Event, now: datetime) -> None:
        """Say that an illness is over since yesterday."""
        ill = next((one for one in self.book.away if one.kind == WishKind.ILL.value and one.last is None), None)
        if ill is None:
            return
        last = max(ill.first, now.date() - timedelta(days=1))
        if self._asked(Wish(WishKind.ILL, now, first_on=ill.first, last_on=last), now):
            self.book.away = [replace(one, last=last) if one is ill else one for one in self.book.away]
            self.book.version += 1

    def _gone(self, event: Event, now: datetime, kind: WishKind) -> None:
        if self.plan is None or not self.plan.weeks or self.plan.stopped:
            return
        first = now.date() + timedelta(days=int(str(event.told["in_days"])))
        days = event.told["days"]
        last = None if days is None else first + timedelta(days=int(str(days)) - 1)
        if self._asked(Wish(kind, now, first_on=first, last_on=last), now):
            # Who tells of days that begin with the same one puts right what was told before.
            self.book.away = [one for one in self.book.away if (one.kind, one.first) != (kind.value, first)]
            self.book.away.append(Away(kind.value, first, last))

    def _asked(self, wish: Wish, now: datetime) -> bool:
        """Ask, and accept where it is not refused. A red flag or a finished plan refuses in words."""
        try:
            shown = adapt.ask(self.store, wish, now=now)
        except BackwardRunningError:
            return False
        if shown.refused is not None:
            return False
        self._keep(adapt.accept(self.store, shown.proposal_id, now=now))
        self._see(now)  # who moved a session knows where it is now
        return True

    def _keep(self, plan: Plan) -> None:
        """Note when a plan begins; one that had no weeks at first begins later."""
        if plan.weeks and plan.plan_id not in self.begun:
            self.begun.add(plan.plan_id)
            self.book.plan_starts.append(plan.weeks[0].starts_on)

    def _start_anew(self, event: Event, now: datetime) -> None:
        made = coach.start_plan(self.store, dict(self.answers), now=now)
        if isinstance(made, coach.NotNow):  # nothing is made for now; what was in force stays
            self._look(event, now + timedelta(minutes=1))
            return
        assert isinstance(made, Plan), made
        self._keep(made)
        self.plan = None
        self.book.version += 1
        self._look(event, now + timedelta(minutes=1))

    def _travel(self, event: Event, now: datetime) -> None:
        self.zone = str(event.told["zone"])
        self.store.put_setting(ZONE, self.zone)  # the runner names the zone they are in now
