"""Bad input in a terminal: for every command one sentence, exit code 2 (1 where a name fits nothing), nothing changed."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from tests.apps.browsing import track_file
from tests.apps.cli.test_adapt import ANSWERS
from tests.apps.unchanged import everything_in

from backward_running.apps.cli import COMMANDS, FAILED, MISUSED, main
from backward_running.flows import feed
from backward_running.store import open_store

#: Files a case may name; `{missing}` is a path at which nothing is.
FILES = {
    "run.fit": track_file(day=19),
    "walk.csv": b"t,ax,ay,az\n" + b"".join(b"%d.0,0,0,9.8\n" % k for k in range(60)),
    "backward-plan.ics": b"BEGIN:VCALENDAR",
    "prose.json": b"I run three times a week.",
    "bytes.json": b"\xff\xfe\x00{",
    "empty.json": b"",
    "half.json": b'{"goal": "try"',
    "list.json": b'["goal", "try"]',
    "number.json": b"3",
    "null.json": b"null",
    "nan.json": json.dumps(ANSWERS | {"easy_speed_mps": float("nan")}).encode(),
    "deep.json": b"[" * 100_000,
    "long.json": b'{"birth_year": ' + b"9" * 5000 + b"}",
    "wide.json": json.dumps(ANSWERS | {"easy_speed_mps": 10**400}).encode(),
    "twice.json": json.dumps(ANSWERS).encode()[:-1] + b', "birth_year": 1950}',
    "misspelt.json": json.dumps(ANSWERS | {"birthyear": 1990}).encode(),
    "strange.json": json.dumps(ANSWERS | {"shoe_size": 43}).encode(),
    "race_past.json": json.dumps(ANSWERS | {"goal": "race", "race_on": "2026-11-01"}).encode(),
    "race_never.json": json.dumps(ANSWERS | {"goal": "race", "race_on": "2027-02-30"}).encode(),
    "unborn.json": json.dumps(ANSWERS | {"birth_year": 2027}).encode(),
    "slow.json": json.dumps(ANSWERS | {"easy_speed_mps": 0.1}).encode(),
    "start_past.json": json.dumps(ANSWERS | {"starts_on": "2026-11-21"}).encode(),
    "no_day.json": json.dumps(ANSWERS | {"days": []}).encode(),
    "eighth_day.json": json.dumps(ANSWERS | {"days": ["7"]}).encode(),
    "text_days.json": json.dumps(ANSWERS | {"days": {"monday": True}}).encode(),
    "both_health.json": json.dumps(ANSWERS | {"health": ["none", "recent_fall"]}).encode(),
    "future_clearing.json": json.dumps(ANSWERS | {"red_flags_cleared_on": "2026-12-24"}).encode(),
}

#: (command line, what the sentence says). Exit code 2.
MISUSE = [
    ("nothing-like-it", "nothing-like-it"),
    ("--frobnicate", "--frobnicate"),
    ("serve --port 0", "port"),
    ("serve --port 99999", "port"),
    ("serve --port http", "port"),
    ("live --session w99-9", "planned for a treadmill"),
    ("live --frobnicate", "--frobnicate"),
    ("check --frobnicate", "--frobnicate"),
    ("backup", "backup"),
    ("restore {missing} --yes", "does not exist"),
    ("export-all", "TO"),
    ("import-all", "FROM"),
    ("import-all {missing}", "does not exist"),
    ("open --port 0", "port"),
    ("recompute now", "now"),
    ("validate-cost", "FILE"),
    ("validate-cost {missing}", "does not exist"),
    ("edit", "ACTIVITY"),
    ("measure weight 1000", "25.0\u00a0kg and 300.0\u00a0kg"),
    ("measure weight heavy", "mass"),
    ("measure weight 71 --on tomorrow", "day"),
    ("measure weight 71 --on 2099-01-01", "not lie after today"),
    ("measure enjoyment 11", "between 0 and 10"),
    ("measure enjoyment nan", "enjoyment"),
    ("works --frobnicate", "--frobnicate"),
    ("progress --weeks 54", "54"),
    ("report --as prose", "prose"),
    ("report --as weeks --to run.fit", "run.fit"),
    ("measure --new-device 2026-11-01", "Name what the device measures"),
    ("measure weight --new-device 2099-01-01", "2099-01-01"),
    ("experiment pairs_of_weeks", "Name a design and a promise"),
    ("experiment pairs_of_weeks weight --register", "be one of enjoyment"),
    ("experiment pairs_of_weeks enjoyment --register --units 2", "between 6 and 26"),
    ("experiment pairs_of_weeks enjoyment --register --begins 2026-01-01", "before today"),
    ("note", "ACTIVITY"),
    ("shoes --frobnicate", "--frobnicate"),
    ("watch {missing}", "does not exist"),
    ("push --frobnicate", "--frobnicate"),
    ("privacy --frobnicate", "--frobnicate"),
    ("spots --near here", "two numbers"),
    ("spots --near 99,1", "latitude"),
    ("spots --near 60.1,24.9 --radius 0", "between 0.1 and 50 km"),
    ("spots --near 60.1,24.9 --radius 500km", "between 0.1 and 50 km"),
    ("spots --near 60.1,24.9 --radius far", "length such as"),
    ("spots --near 60.1,24.9 --limit 0", "limit"),
    ("people dance", "dance"),
    ("people add", "takes NAME"),
    ("people rename Me", "takes NAME NEW"),
    ("people add me", "nobody else"),
    ("people add \"\"", "1 to 40 letters"),
    ("people erase me --written no", "written out"),
    ("people erase me --written Me", "open for another"),
    ("people import home", "called as they are"),
    ("people import run.fit", "folder in it for each person"),
    ("region nothing", "nothing"),
    ("region prepare", "EXTRACT"),
    ("region forget", "NAME"),
    ("region prepare run.fit --heights {missing}", "does not exist"),
    ("phone build", "DIR"),
    ("phone certificate --renew --revoke", "two different things"),
    ("serve --lan-address 8.8.8.8", "private network"),
    ("serve --lan-address laptop", "private network"),
    ("serve --lan --lan-address 127.0.0.1 --port 65534", "65533"),
    ("phone link --at http://runner.example/", "https://"),
    ("phone link --at runner", "address"),
    ("trash --frobnicate", "--frobnicate"),
    ("import", "PATHS"),
    ("import {missing}", "does not exist"),
    ("import run.fit --date 2026-02-30", "date"),
    ("import run.fit --date 2026-11-20T25:99", "date"),
    ("import run.fit --date yesterday", "date"),
    ("import run.fit --date 2026-11-23T08:00+00:00", "future"),
    ("import run.fit --date 0001-01-01", "date"),
    ("import run.fit --date 9999-12-31T23:59", "date"),
    ("import run.fit --place moon", "place"),
    ("import run.fit --mount maybe", "mount"),
    ("import run.fit --sport chess", "sport"),
    ("import run.fit --rate-hz -5", "rate"),
    ("import run.fit --rate-hz nan", "rate"),
    ("import walk.csv --rate-hz 0", "rate"),
    ("import run.fit --unit furlong", "unit"),
    ("import run.fit --unit acc=parsec", "unit"),
    ("import run.fit --unit smell=g", "unit"),
    ("import run.fit --columns time_s", "columns"),
    ("done --minutes 0", "minutes"),
    ("done --minutes nan", "minutes"),
    ("done --on 2026-02-30", "on"),
    ("zone", "ACTIVITY"),
    ("zone x Europe/Berlin --by-itself", "not both"),
    ("imports --limit 0", "limit"),
    ("imports --limit -3", "limit"),
    ("imports --limit many", "limit"),
    ("runs --limit 0", "limit"),
    ("runs --limit -1", "limit"),
    ("runs --limit 99999999999999999999", "limit"),
    ("imports --limit 99999999999999999999", "limit"),
    ("runs --since 2026-02-30", "2026-02-30"),
    ("runs --until someday", "someday"),
    ("runs --since 2026-11-20 --until 2026-11-01", "since"),
    ("runs --direction up", "up"),
    ("show", "ACTIVITY"),
    ("calendar 2026-13", "month"),
    ("calendar 2026-00", "month"),
    ("calendar may", "month"),
    ("calendar 0000-01", "month"),
    ("calendar 0001-01", "month"),
    ("calendar 9999-12", "month"),
    ("clearing nothing", "nothing"),
    ("clearing mistake", "KEY"),
    ("clearing mistake chest_pain --reason slipped", "does not stand"),
    ("clearing clinician chest_pain --allows walking", "by"),
    ("clearing clinician chest_pain --by Moss --allows walking --on 2026-02-30", "2026-02-30"),
    ("clearing clinician chest_pain --by Moss --allows walking --minutes 999", "minutes"),
    ("load --by parsecs", "parsecs"),
    ("load --by parsecs --zones '115 130 145 160 175' --ratio on", "parsecs"),
    ("load --by parsecs --fill", "parsecs"),
    ("load --zones '115 100'", "zones"),
    ("load --zones heavy --ratio on", "zones"),
    ("load --zones '1 2 3 4 99999' --ratio on", "zones"),
    ("load --ratio maybe", "maybe"),
    ("load --weeks 0", "weeks"),
    ("rename last", "TITLE"),
    ("rename last ''", "title"),
    ("rename last '   '", "title"),
    ("forget", "ACTIVITY"),
    ("detect {missing}", "does not exist"),
    ("detect run.fit --laps sometimes", "laps"),
    ("detect run.fit --rate-hz -1", "rate"),
    ("detect walk.csv --unit acc=parsec", "unit"),
    ("detect run.fit --place moon", "place"),
    ("label last", "START END DIRECTION"),
    ("label last 0:00", "START END DIRECTION"),
    ("label last 25:99 30:00 backward", "25:99"),
    ("label last 0:61 2:00 backward", "0:61"),
    ("label last 1:60:00 2:00:00 backward", "1:60:00"),
    ("label last 1:2:3:4 end backward", "1:2:3:4"),
    ("label last half past backward", "past"),
    ("label last nan 60 backward", "nan"),
    ("label last 0 inf backward", "inf"),
    ("label last 60 30 backward", "stretch"),
    ("label last 0 99:00 backward", "stretch"),
    ("label last 60 60 backward", "stretch"),
    ("label last end 0 backward", "end"),
    ("label last 0 60 upward", "upward"),
    ("label last 0 60 backward --gait hop", "hop"),
    ("label last --laps sometimes", "laps"),
    ("label last --laps 7,99-backward", "laps"),
    ("label last 0 60 backward --laps odd-backward", "--laps stands alone"),
    ("undo", "--said"),
    ("habits --judge-again --forget", "one of them"),
    ("sources --leads Watch", "two sources"),
    ("sources --leads Watch --over Moon", "gave the same run"),
    ("start --answers {missing}", "does not exist"),
    ("start --answers prose.json", "JSON"),
    ("start --answers bytes.json", "JSON"),
    ("start --answers empty.json", "JSON"),
    ("start --answers half.json", "JSON"),
    ("start --answers deep.json", "JSON"),
    ("start --answers long.json", "JSON"),
    ("start --answers wide.json", "easy pace"),
    ("start --answers list.json", "object"),
    ("start --answers number.json", "object"),
    ("start --answers null.json", "object"),
    ("start --answers twice.json", "birth_year"),
    ("start --answers misspelt.json", "`birth_year`"),
    ("start --answers strange.json", "shoe_size"),
    ("start --answers misspelt.json --json", "`birth_year`"),
    ("start --answers nan.json", "easy pace"),
    ("start --answers slow.json", "easy pace"),
    ("start --answers race_past.json", "race"),
    ("start --answers race_never.json", "race"),
    ("start --answers unborn.json", "year you were born"),
    ("start --answers start_past.json", "2026"),
    ("start --answers no_day.json", "day"),
    ("start --answers eighth_day.json", "day"),
    ("start --answers text_days.json", "day"),
    ("start --answers both_health.json", "None of these"),
    ("start --answers future_clearing.json", "today or earlier"),
    ("plan --week 0", "week"),
    ("plan --week 99", "week"),
    ("plan --week -1", "week"),
    ("plan --week two", "two"),
    ("move {workout}", "DAY"),
    ("move {workout} 2026-02-30", "2026-02-30"),
    ("move {workout} someday", "someday"),
    ("skip", "SESSION"),
    ("ill --from 2026-02-30", "2026-02-30"),
    ("ill --to 2026-11-01", "before"),
    ("ill --from 2026-11-20 --to 2026-11-01 --yes", "before"),
    ("ill --from 25:99", "25:99"),
    ("away --from 2026-12-01", "--to"),
    ("away --from 2026-12-09 --to 2026-12-01 --yes", "before"),
    ("away --from 2026-12-01 --to 2026-12-32", "2026-12-32"),
    ("log --exertion 11", "exertion"),
    ("log --exertion -1", "exertion"),
    ("log --exertion nan", "exertion"),
    ("log --exertion hard", "hard"),
    ("log --calf -1", "calf"),
    ("log --calf 10.5", "calf"),
    ("log --calf inf", "calf"),
    ("log --pain 'left knee=12'", "pain"),
    ("log --pain 'left knee=-1'", "pain"),
    ("log --pain 'left knee=nan'", "pain"),
    ("log --pain 'left knee'", "left knee=2"),
    ("log --pain 'left elbow=3'", "left elbow"),
    ("log --pain 'left knee=2' --pain 'left knee=12'", "pain"),
    ("log --sleep 40", "24 hours"),
    ("log --sleep -1", "24 hours"),
    ("log --sleep 25:99", "sleep"),
    ("log --sleep 7:75", "sleep"),
    ("log --sleep well", "sleep"),
    ("log --mass 700", "mass"),
    ("log --mass 3", "mass"),
    ("log --mass heavy", "mass"),
    ("log --red-flag tired", "tired"),
    ("log --exertion 4 --red-flag tired", "tired"),
    ("log --moment yesterday", "yesterday"),
    ("check-in --exertion 11", "exertion"),
    ("conditions --stage 1", "condition"),
    ("conditions balance --stage 0", "stage"),
    ("conditions balance --stage 99", "stage"),
    ("conditions balance --stage one", "one"),
    ("ceilings --minutes 20", "physiotherapist"),
    ("ceilings --by '  ' --minutes 20", "physiotherapist"),
    ("ceilings --by physio --minutes -1", "minutes"),
    ("ceilings --by physio --minutes nan", "minutes"),
    ("ceilings --by physio --minutes 200", "minutes"),
    ("ceilings --by physio --speed 0", "speed"),
    ("ceilings --by physio --speed nan", "speed"),
    ("ceilings --by physio --slope nan", "slope"),
    ("ceilings --by physio --slope 90", "slope"),
    ("ceilings --by physio --sessions-per-week 8", "sessions-per-week"),
    ("ceilings --by physio --until 2026-02-30", "2026-02-30"),
    ("ceilings --by physio --running no --until 2026-11-01", "until"),
    ("ceilings --clear --by physio", "alone"),
    ("about --mass-kg 700", "mass_kg"),
    ("about --mass-kg nan", "mass"),
    ("about --mass-kg heavy --units imperial", "heavy"),
    ("about --mass-kg 700 --units imperial", "mass_kg"),
    ("about --height-m 17", "height_m"),
    ("about --birth-year 2027", "birth"),
    ("about --birth-year 1823", "birth"),
    ("about --birth-year young", "young"),
    ("about --resting-heart-rate 500", "resting"),
    ("about --resting-heart-rate 190 --maximal-heart-rate 180", "resting"),
    ("about --maximal-heart-rate inf", "maximal"),
    ("about --maximal-oxygen-uptake 900", "oxygen"),
    ("about --backward-minutes -5", "backward"),
    ("about --sex maybe", "maybe"),
    ("about --units cubits", "cubits"),
    ("export", "calendar"),
    ("export everything", "everything"),
    ("export original", "which"),
    ("export week", "which"),
    ("export week two", "week"),
    ("export week 1 --as pdf", "as"),
    ("export workout {workout} --as mp3", "as"),
    ("export forward-only last --as zwo", "as"),
    ("export calendar --to run.fit", "--force"),
    ("export calendar --to .", "--force"),
    ("export calendar", "--force"),
    ("export calendar --to nowhere/at/all.ics", "to"),
    ("feed --open --close", "two different things"),
    ("feed --zone Mars/Phobos --open", "zone"),
    ("feed --zone Mars/Phobos --close", "zone"),
    ("feed --at 25:99 --zone Europe/Helsinki --open", "at"),
    ("feed --at 18:00:00.5 --zone Europe/Helsinki", "at"),
    ("feed --at 18:00+02:00 --zone Europe/Helsinki", "at"),
    ("feed --at noon --zone Europe/Helsinki --open", "at"),
    ("feed --at 18:00 --zone ../../etc/passwd", "zone"),
    ("feed --remind soon --open", "soon"),
    ("feed --remind 99999 --open", "remind"),
    ("feed --remind -7 --close", "remind"),
    ("cost", "pace"),
    ("cost --pace 25:99", "pace"),
    ("cost --pace fast", "pace"),
    ("cost --pace 0:00", "pace"),
    ("cost --pace 7:30 --grade 400", "grade"),
    ("cost --pace 7:30 --grade steep", "grade"),
    ("cost --pace 7:30 --mass 700", "mass"),
    ("evidence --frobnicate", "--frobnicate"),
    ("simulate", "FOLDER"),
    ("simulate run.fit", "run.fit"),
    ("simulate sim --weeks 0", "weeks"),
    ("simulate sim --until 2026-02-30", "2026-02-30"),
    ("simulate sim --until 0001-01-01", "until"),
    ("simulate sim --until 9999-12-31", "until"),
    ("simulate sim --seed lucky", "lucky"),
    ("simulate sim --seed -1", "seed"),
    ("demo extra", "extra"),
    ("today now", "now"),
    ("calendar 2026-11 2026-12", "2026-12"),
]  # fmt: skip

#: A name that fits nothing, or a wish that a rule refuses. Exit code 1.
NOT_DONE = [
    ("measure shoe_size 43", "nothing called"),
    ("measure --take-back nothing", "not here"),
    ("works shoe_size", "no promise"),
    ("experiment shoe_size weight --register", "no design"),
    ("experiment --end", "nothing to end"),
    ("show nothing", "backward runs"),
    ("rename nothing Title", "backward runs"),
    ("forget nothing --yes", "backward runs"),
    ("label nothing 0 60 backward", "backward runs"),
    ("undo nothing", "backward runs"),
    ("log --run nothing --exertion 4", "backward runs"),
    ("conditions hiccups", "hiccups"),
    ("conditions hiccups --stage 1", "hiccups"),
    ("move w99-9 2026-12-01", "backward plan"),
    ("move '' 2026-12-01", "backward plan"),
    ("skip w99-9 --yes", "backward plan"),
    ("skip {workout}-x --yes", "backward plan"),
    ("move {workout} 2026-01-01 --yes", ""),
    ("move {workout} 2036-01-01 --yes", ""),
    ("validate-cost run.fit --forward", "VO2"),
    ("export week 99", "week"),
    ("export workout nothing", "nothing"),
    ("export original nothing", "backward runs"),
    ("simulate run.fit/sim --weeks 1", "run.fit/sim"),
    ("people rename Nobody Ben", "people add"),
    ("people first Nobody", "people add"),
    ("--person Nobody runs", "people add"),
    ("region prepare {missing}", "download.geofabrik.de"),
    ("region prepare run.fit", "not an extract of OpenStreetMap"),
    ("region forget nothing", "backward region"),
]  # fmt: skip


@pytest.fixture(scope="module")
def place(filled, tmp_path_factory):
    """A folder with a store in it, a calendar feed at an hour, and the files of the cases."""
    folder = tmp_path_factory.mktemp("bad")
    home = shutil.copytree(filled.home, folder / "home")
    store = open_store(home)
    feed.open_feed(store)
    feed.set_clock(store, at="18:00", zone="Europe/Helsinki", remind_min=60)
    store.close()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def refused(place, filled, tmp_path, monkeypatch, capfd):
    """Run a command line that must be refused; return its exit code and its sentence. Nothing may have changed."""
    folder = shutil.copytree(place, tmp_path / "bad")
    before, names = everything_in(folder / "home"), sorted(one.name for one in folder.iterdir())
    monkeypatch.chdir(folder)

    def call(line):
        import shlex

        words = [one.format(missing="nothing.here", workout=filled.workout_id) for one in shlex.split(line)]
        with pytest.raises(SystemExit) as stop:
            main(["--home", "home", *words])
        said = capfd.readouterr()
        assert "Traceback" not in said.out + said.err
        assert everything_in(folder / "home") == before, "something changed"
        assert sorted(one.name for one in folder.iterdir()) == names, "a file was written"
        return stop.value.code, said.err

    return call


@pytest.mark.parametrize(("line", "says"), MISUSE, ids=[line for line, _ in MISUSE])
def test_what_cannot_be_understood_changes_nothing(refused, line, says):
    code, sentence = refused(line)
    assert code == MISUSED, sentence
    _is_one_sentence(sentence, says)


@pytest.mark.parametrize(("line", "says"), NOT_DONE, ids=[line for line, _ in NOT_DONE])
def test_what_cannot_be_done_changes_nothing(refused, line, says):
    code, sentence = refused(line)
    assert code == FAILED, sentence
    _is_one_sentence(sentence, says)


def test_every_command_that_takes_anything_is_in_the_table():
    lines = [line.split()[0] for line, _ in (*MISUSE, *NOT_DONE)]
    assert set(COMMANDS) <= set(lines), set(COMMANDS) - set(lines)


def _is_one_sentence(sentence, says):
    """One line that ends, names what it is about, and says nothing of the inside of the program."""
    assert len(sentence.strip().splitlines()) == 1, sentence
    assert says.lower() in sentence.lower(), sentence
    assert re.search(r"[.!?`]$", sentence.strip()), sentence
    for inside in ("Errno", "Error:", "object at 0x", "NoneType", "datetime."):
        assert inside not in sentence
