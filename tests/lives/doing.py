"""What somebody does: sessions with a watch or by word, cut or done twice, runs that no plan has, late imports."""

from __future__ import annotations

from datetime import datetime, timedelta

from backward_running.core.plan import Workout
from backward_running.flows import match, said_done
from tests.lives.events import Event
from tests.lives.facts import Recorded, content
from tests.lives.recording import Made, key_of, over_at, say_done, take_in
from tests.lives.setbacks import utc

#: With less backward time a recording is taken for a run forward, unless its watch followed a session.
SHOWS_FROM_S = 30.0
#: Between the end of one run and the start of another; said things are said in between.
LEAST_APART = timedelta(minutes=1)


class Doing:
    """One life in one store: what is done in it."""

    clock: datetime | None = None  #: when something was last said: nobody does anything before it afterwards

    def _not_before(self, now: datetime) -> datetime:
        """Return a moment, or the one at which something was last said where that is later."""
        return now if self.clock is None or utc(self.clock) <= utc(now) else self.clock.astimezone(now.tzinfo)

    def _do(self, event: Event, now: datetime) -> None:
        if event.told.get("look") or self.plan is None:
            self._look(event, now)
        workout = self._workout_of(now)
        if workout is not None:
            self._record(event, now, workout)
            if event.told.get("after"):
                self._look(event, self._not_before(now + timedelta(minutes=50)))

    def _do_again(self, event: Event, now: datetime) -> None:
        if self.plan is not None:
            done = [
                one for one in self.plan.workouts() if one.workout_id in self.book.done_ids() and one.on == now.date()
            ]
            if done:
                self._record(event, now, done[0])

    def _workout_of(self, now: datetime) -> Workout | None:
        if self.plan is None or self.plan.stopped:
            return None
        done = self.book.done_ids()
        free = [one for one in self.plan.workouts() if one.on == now.date() and one.workout_id not in done]
        held = [one for one in free if one.workout_id not in self.page.waiting]
        return held[0] if held else None

    def _record(self, event: Event, start: datetime, workout: Workout) -> None:
        told = content(workout)
        share = float(str(event.told.get("share", 1.0)))
        back = round(told.backward_s * share)
        unknown = bool(event.told.get("unknown"))
        watch = bool(event.told.get("watch")) and not unknown
        if "word_after_min" in event.told and back > 0:
            self._word(
                start, back, min(told.longest_bout_s, back), workout, share, int(str(event.told["word_after_min"]))
            )
            return
        self._take(start, back, min(told.longest_bout_s, back), told.run_s > 0, workout, share, unknown, watch)

    def _take(self, start, back, bout, ran, workout=None, share=1.0, unknown=False, watch=False) -> None:
        start = self._free_from(start)
        if back <= 0 or start is None or self._would_replace(start):
            return
        self.count += 1
        key, name = key_of(f"{self.life.seed}-{self.count}")
        made = Made(name, key, start, back, bout, ran, unknown, workout if watch else None)
        take_in(self.store, made)
        self.busy.append((start, start + made.lasts))
        # Of some seconds without the steps of the watch nobody can tell that they were the session.
        shows = watch or unknown or back >= SHOWS_FROM_S
        followed = content(workout) if workout is not None and shows else None
        near = None if followed else self._near(start)
        one = Recorded(name, start, 0.0 if unknown else back, bout, ran, followed, near, unknown, share)
        self.book.record(one)
        # A recording of a day of which a session was told since is taken for that session, until its runner says no.
        for said in self.store.said_done():
            if not watch and said.on == start.date() and utc(start) <= utc(said.said_at):
                match.match_by_hand(self.store, said.workout_id, None)

    def _would_replace(self, start: datetime) -> bool:
        """Tell whether a recording would take the place of something else that was told: this person leaves it out."""
        said = [one for one in self.store.said_done() if said_done.is_extra(one.workout_id)]
        return any(one.on == start.date() and utc(start) <= utc(one.said_at) for one in said)

    def _free_from(self, start: datetime) -> datetime | None:
        """Return when somebody can begin who would at an hour: nobody does two at once; None where that is next day."""
        free = start
        for first, last in sorted(self.busy, key=lambda span: utc(span[0])):
            if utc(first) - LEAST_APART < utc(free) < utc(last) + LEAST_APART:
                free = last.astimezone(start.tzinfo) + LEAST_APART
        return free if free.date() == start.date() else None

    def _word(self, start: datetime, back: float, bout: float, workout: Workout, share: float, after_min: int) -> None:
        begun = self._free_from(start)
        if begun is None:
            return
        start = begun
        name, self.clock = say_done(self.store, start, back, workout, after_min)
        followed = content(workout)
        self.busy.append((start, over_at(start, back, workout)))
        if any(rec.day == start.date() and rec.followed is None for rec in self.book.recorded):
            match.match_by_hand(self.store, workout.workout_id, None)  # that was another run
        self.book.delete(name)
        self.book.record(Recorded(name, start, back, bout, followed.run_s > 0, followed, None, False, share))

    def _word_back(self, event: Event, now: datetime) -> None:
        """Take back what was last said to be done."""
        last = next((rec for rec in reversed(self.book.recorded) if rec.activity_id.startswith(said_done.WORD)), None)
        if last is not None:
            said_done.take_back(self.store, last.activity_id.removeprefix(said_done.WORD))
            self.book.delete(last.activity_id)

    def _near(self, start: datetime):
        around = [one for one in self.page.sessions if abs(one.on - start.date()) <= timedelta(days=1)]
        return min(around, key=lambda one: abs(one.on - start.date()), default=None)

    def _unplanned(self, event: Event, now: datetime) -> None:
        back = float(str(event.told["backward_s"]))
        self._take(now, back, back, bool(event.told.get("run")))

    def _late(self, event: Event, now: datetime) -> None:
        start = (now - timedelta(days=int(str(event.told["days_ago"])))).replace(hour=12)
        back = float(str(event.told["backward_s"]))
        self._take(start, back, back, False)

    def _forward(self, event: Event, now: datetime) -> None:
        """A run without a step backward: it is no session."""
        self.count += 1
        key, name = key_of(f"{self.life.seed}-{self.count}")
        take_in(self.store, Made(name, key, now, 0.0, 0.0))

    def _delete(self, event: Event, now: datetime) -> None:
        nth = int(str(event.told["nth_last"]))
        if nth < len(self.book.recorded):
            gone = self.book.recorded[-1 - nth].activity_id
            if gone.startswith(said_done.WORD):
                return  # it is no recording
            self.store.delete_activity(gone)
            self.book.delete(gone)
