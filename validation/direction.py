"""Which way, from inertial sensors: asked for and measured, every person judged by a fit without them."""

from __future__ import annotations

from collections.abc import Iterator

from validation import _asked as asked
from validation import _satellites as satellites
from validation import _turned as turned
from validation import false_alarms, machines, watch
from validation._scores import brier, expected_calibration_error
from validation._tables import number, reached, table

NEEDS = ("imu", "mocap", "activities")  #: folders of the shared data
INTRODUCTION = """# Which way: direction from inertial sensors

Made by `make validate`; nothing here passes or fails.

**Leave one person out.** What is learnt of people (how their odd marks lie) is fitted anew without each person before
that person is judged. The weights of a swing come from one man; he is judged without them.

- **man**: motion capture of one man (ACCAD Open Motion Project, CC BY 3.0), virtual sensors at six places; the only one
  who runs backward. **actor**: motion capture of one actor in eight styles (Bandai-Namco Research Motion Dataset 1),
  who walks back. Steady parts are repeated for 12 s. Virtual sensors have no impacts.
- **ipol**, **gaitmap**, **mobgap**: real sensors, walking forward. **pocket**: four people with a real phone in the
  trouser pocket, any way round (MobiFall), walking and jogging forward.
- Which marks are asked of which part of the body, the border between walk and run of a pocket and of a trunk, and the
  limits below which nothing is said were chosen with all of these people in sight: there nobody is strictly held out.
- A cell reads *accuracy of what is answered · coverage*. "Unknown" is no answer; standing is left out. An accuracy of
  1.000 is that of so many people and hours as stand beside it (n, h), and of no others: of n people none of whom was
  told wrongly up to 3/n may be (95 %, the rule of three).
- *Sure* has one meaning on these pages: stated with a probability of 0.9 and more. A *sure mistake* is a bout of 5 s
  and more that is sure and wrong.
- Nobody here steps aside: *sideways* and *turning* that is told to somebody who goes forward or backward is in every
  table an answer, and a wrong one.
- **Nobody has run backward with a real sensor here.** Real sensors show how seldom forward is called backward.
"""


def page() -> str:
    """Return the page as Markdown."""
    parts = [
        INTRODUCTION,
        "## Asked for and measured",
        table(asked.HEADER, [*asked.lines(), *_elsewhere()]),
        ASKED_NOTE,
        "## Everybody, each judged by a fit without them",
        table(asked.PER_PERSON, asked.each_person()),
        "## Forward sign test",
        SIGNS_NOTE,
        table(("marks of", "person", "windows of 2 s", "share with the right sign", "how far along"), asked.signs()),
        "## Claimed, and the other way round",
        TURNED_NOTE,
        table(turned.HEADER, turned.rows()),
        "## Unknown mounting with satellites, each scene on its own",
        SATELLITES_NOTE,
        table(satellites.HEADER, satellites.rows()),
    ]
    return "\n\n".join(parts) + "\n"


ASKED_NOTE = """Where a line says **NO**, the program does not reach on this data what was asked for; then the
coverage falls and not the accuracy. Misses: a trunk is silent where somebody walks at 150 steps a minute and more, or
sways like a robot (styles of the actor), and mobgap's bouts hold standing, which counts here as not answered; a shoe or
a shank in an unknown mounting is silent in a few styles of the actor, whose marks are like nobody's (with real sensors
it is answered 91 to 99 % of the time); at 25 samples a second, without impacts, two of his styles of running look as if
the accelerometer came 0.25 s late, and a lag of that size would turn the answer round: nobody who ran with a real
sensor is at hand; a thigh without impacts tells its lag in nine tenths of the time only, and where it does not,
nothing is said; a chest has to be proven in step, and without impacts it is so in a quarter of the time; slow walks
under a wander of 6 m carry no more than is answered: where the course is lost for some time one word names only what
hangs together with it, and a longer mean of the course was no help. About a change of direction that only the course
tells, nothing is said for one to three seconds to either side. A gyroscope that is filtered far harder than the
accelerometer beside it (3.5 Hz) turns the marks of a running foot in an unknown mounting: no jolt shows that, and it is
not found out. A thigh that is stated as a shank, and a waist that swings like a thigh and is stated as one, are not
always found out either. *Head* and *wrist* have no detector of their own: unknown.
Speed and memory are in [benchmarks](../benchmarks.md), false alarms with what the hours allow in [false
alarms](false_alarms.md), machines in [machines](machines.md), the watch in [watch](watch.md), steps in
[cadence](cadence.md), what other libraries answer in [peers](peers.md)."""
SIGNS_NOTE = """Single windows of two seconds, in any mounting, against how the marks of all *others* lie who go
forward. Marks that are odd in time cannot prefer forward: a share of one half would be chance."""
TURNED_NOTE = """Every sensor of a known mounting once more, turned by half about the plumb line and still claimed to
sit as it should. *Feet, shanks*: where strides go against odd marks the sensor says nothing; what is still wrong
belongs to the actor, to whom odd marks say nothing in some styles. *Thighs*: their odd marks answer in any mounting.
*Waists and chests* have no mark of their own that tells the front (nineteen means that are even in time were looked
at; none has one sign in all people, both ways): other sensors, a plan or a mark tell. Without them, which is what this
table shows, one thing is left: what is backward throughout, however short it is, is asked and not told, be it
so or not. Their stretches are put end to end here. **A trunk that sits the other way round in a run with both
directions, and about which nothing else speaks, is not noticed: both come out reversed.**"""
SATELLITES_NOTE = """Simulated: motions of the man, a random mounting, a track and a receiver that are made. *After
one mark* the runner has said "forward" for five seconds, once. Before it the program asks and tells nothing, where no
sensor knows better. A walking thigh needs no word: its odd marks name the chain. *Other draws* above are the same
scenes with other clips, turns, tracks and mountings, thighs for walks and waists for runs; nothing was chosen on
them."""


def _elsewhere() -> Iterator[asked.Line]:
    """Yield the lines that are measured on other pages."""
    for name, most, found, bound in false_alarms.pooled():
        said = f"{number(found, 1)} s per hour, {bound}"
        yield f"false backward, {name}", f"≤ {most:g} s per hour", said, "", "", reached(found <= most)
    for said, unseen in (("", False), (", made later", True)):
        share, sure = machines.verdict_share(unseen=unseen)
        name, got = f"no person on foot (simulated){said}", f"{100 * share:.1f} % of the time, {100 * sure:.1f} % sure"
        yield name, "no verdict", got, "", "", reached(share == 0.0)
    for taught in (True, False):
        stated = watch.everything(taught=taught)
        got, always = brier(stated.stated, stated.backward), float(stated.backward.mean())
        error = expected_calibration_error(stated.curve)
        who = "1 Hz watch without marks, " + ("habits known (simulated)" if taught else "a stranger (simulated)")
        said = f"Brier {number(got, 3)} against {number(always, 3)}"
        ok = reached(got < always and error <= 0.05)
        yield who, "Brier < always forward, error ≤ 0.05", said, "", number(error, 3), ok
