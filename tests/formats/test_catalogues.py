"""Lists of an archive: known by what stands in them, in whatever language, and read without a guess."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running import formats
from backward_running.core.errors import UnreadableFile
from backward_running.formats import Described, garmin_account, strava_archive

ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,"
    "Activity Gear,Filename,Elapsed Time,Distance\n"
)
GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,"
    "Pendelfahrt,Ausrüstung,Dateiname,Verstrichene Zeit,Distanz\n"
)
LINE = '{},"Nov 12, 2025, 6:05:12 PM","{}",Run,"{}",1800,5.0,false,,{},1800,5000\n'


def strava(header: str = ENGLISH, *lines: tuple[str, str, str]) -> bytes:
    return (header + "".join(LINE.format(n, *line) for n, line in enumerate(lines, 9000))).encode()


@pytest.mark.parametrize("header", [ENGLISH, GERMAN])
def test_a_strava_list_is_read_in_any_language(header):
    lines = [("Backward hill repeats", "6 × 40 m, Ada behind me", "activities/123.fit.gz"), ("By hand", "", "")]
    assert formats.described_in(strava(header, *lines)) == (
        Described("123.fit", None, "Backward hill repeats", "6 × 40 m, Ada behind me"),
        Described(None, None, "By hand", None),
    )


def test_names_that_stand_twice_and_commas_and_lines_within_a_cell_do_no_harm():
    (said,) = strava_archive.CATALOGUE.read(strava(ENGLISH, ("Rückwärts, dann heim", "a\nb, c", "activities/1.gpx")))
    assert (said.title, said.note, said.file_name) == ("Rückwärts, dann heim", "a\nb, c", "1.gpx")


def test_an_old_list_without_descriptions_takes_no_number_for_one():
    table = (
        b"Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename\n"
        b'7,"Nov 12, 2015",Morning Run,Run,1800,5.0,activities/7.gpx\n'
    )
    assert formats.described_in(table) == (Described("7.gpx", None, "Morning Run", None),)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"time,seconds_elapsed,x,y,z,w,v\n1,2,3,4,5,6,7\n",
        b"<gpx>activities/1.fit,,,,,,</gpx>",
        b'[{"sleepTimes": []}]',
        b"Bike Name,Bike Brand\n",
    ],
)
def test_what_is_no_list_is_none(other):
    assert formats.described_in(other) is None


def garmin(*summaries: str) -> bytes:
    return ('[{"summarizedActivitiesExport":[' + ",".join(summaries) + "]}]").encode()


def test_a_garmin_summary_is_known_by_its_start():
    said = formats.described_in(
        garmin('{"activityId":1,"name":"Vienna - Backward","beginTimestamp":1762970712000,"distance":500000.0}')
    )
    assert said == (Described(None, datetime(2025, 11, 12, 18, 5, 12, tzinfo=UTC), "Vienna - Backward", None),)


@pytest.mark.parametrize("start", ["null", "true", "-5", "1e300", '"yesterday"', "12", "NaN"])
def test_a_start_that_is_none_is_unknown(start):
    (said,) = garmin_account.CATALOGUE.read(garmin(f'{{"name":"x","beginTimestamp":{start}}}'))
    assert said.started_at is None


@pytest.mark.parametrize("end", [b"", b"[" * 100_000])
def test_a_list_that_is_cut_says_so(end):
    with pytest.raises(UnreadableFile, match="export the account again"):
        formats.described_in(garmin('{"name":"x"}')[:-3] + end)


@given(st.binary(max_size=400))
def test_whatever_follows_is_read_or_refused(tail):
    for start in (strava(ENGLISH, ("a", "b", "activities/1.fit")), garmin('{"name":"x"}')[:-3]):
        try:
            said = formats.described_in(start + tail)
        except UnreadableFile:
            continue
        assert said is None or all(isinstance(one, Described) for one in said)


NEWER = (
    "ID aktivity,Datum aktivity,Název aktivity,Typ aktivity,Popis aktivity,Uplynulý čas,Vzdálenost,Maximální tepová frekvence,"
    "Relativní úsilí,Dojíždění,Soukromá poznámka k aktivitě,Vybavení na aktivitu,Název souboru,Hmotnost sportovce\n"
    '1,"6. 9. 2026 11:18:40",K práci,Běh,,1800,5.0,150,,true,,  Nimbus 25 ,activities/1.fit.gz,\n'
    '2,"6. 9. 2026 18:18:40",Domů,Běh,zpátky,1800,5.0,150,,,,,activities/2.fit.gz,\n'
)


def test_gear_and_the_way_to_work_are_read_in_any_language_and_of_any_age():
    assert formats.described_in(NEWER.encode()) == (
        Described("1.fit", None, "K práci", None, "Nimbus 25", is_commute=True),
        Described("2.fit", None, "Domů", "zpátky"),
    )
    older = ENGLISH + '1,"Nov 12, 2025",A,Run,"",1800,5.0,true,Old pair,activities/1.fit,1800,5000\n'
    assert formats.described_in(older.encode()) == (Described("1.fit", None, "A", None, "Old pair", is_commute=True),)
