"""The check-in: one tap each, a body map, what follows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.apps.browsing import NOW, parsed

from backward_running.apps.web.drawing.body_map import HEIGHT, WIDTH, body_map, name_of
from backward_running.apps.words.body_sites import PLACES, site_words, sites
from backward_running.core.athlete import Athlete, CheckIn, Moment


def last(browser):
    return browser.store.check_ins()[-1]


def test_every_place_of_the_map_has_a_scale_that_its_link_opens(full):
    tags = parsed(full.get("/check-in").text).tags
    ids = {attributes.get("id") for _, attributes in tags}
    links = [attributes["href"] for name, attributes in tags if name == "a" and "data-site" in attributes]
    assert {f"#site-{name_of(site)}" for site in sites()} == set(links)
    assert all(link.removeprefix("#") in ids for link in links)
    spots = [attributes for name, attributes in tags if name == "a" and "spot" in attributes.get("class", "")]
    assert all(one["aria-label"] for one in spots)
    assert len({one["aria-label"] for one in spots}) == len(spots)


def test_the_places_that_can_be_tapped_do_not_cover_each_other_and_lie_on_the_drawing():
    for view in body_map():
        for number, one in enumerate(view.spots):
            assert 0 <= one.hit_x <= one.hit_x + one.hit_width <= WIDTH
            assert 0 <= one.hit_y <= one.hit_y + one.hit_height <= HEIGHT + 3
            assert min(one.hit_width, one.hit_height) >= 34  # 28 px on the narrowest phone; WCAG asks for 24
            assert one.hit_x <= one.x <= one.hit_x + one.hit_width
            for other in view.spots[number + 1 :]:
                apart_x = abs(one.x - other.x) - (one.hit_width + other.hit_width) / 2
                apart_y = abs(one.y - other.y) - (one.hit_height + other.hit_height) / 2
                assert max(apart_x, apart_y) >= -8 or one.x != other.x, (one.site, other.site)


def test_left_is_left_as_seen_from_the_front_and_from_behind():
    front, back = body_map()
    middle = WIDTH / 2
    assert all((one.x > middle) == one.site.startswith("left") for one in front.spots if " " in one.site)
    assert all((one.x < middle) == one.site.startswith("left") for one in back.spots if one.x != middle)


def test_sites_are_named_in_words_with_their_side():
    assert len(sites()) == sum(2 if place.has_sides else 1 for place in PLACES)
    assert site_words("left achilles") == "Achilles tendon, left"
    assert site_words("front_of_knee") == "Front of the knee"


def test_all_of_it_is_kept_in_the_runners_units(full):
    full.submit("/settings/look", {"units": "imperial"})
    said = {
        "moment": "next morning", "pain_left_knee": "2", "pain_right_front_of_knee": "0", "calf_soreness_nrs": "1",
        "perceived_exertion_cr10": "4", "mass": "160", "sleep": "7:30", "fell": "no", "activity_id": full.ids[0],
    }  # fmt: skip
    reply = full.submit("/check-in", said)
    assert reply.headers["location"] == "/check-in/saved"
    kept = last(full)
    assert kept.moment is Moment.NEXT_MORNING
    assert kept.pain_nrs == {"left knee": 2.0, "right front of knee": 0.0}
    assert kept.mass_kg == pytest.approx(72.57, abs=0.01)
    assert (kept.sleep_s, kept.fell, kept.activity_id) == (27_000.0, False, full.ids[0])
    page = "".join(parsed(full.get("/check-in/saved").text).text)
    assert "left knee pain 2" in page
    assert "160.0\u00a0lb" in page


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"mass": "700"}, "mass", "from 25.0 to 300.0"),
        ({"mass": "165"}, "mass", "if you typed pounds, write 165 lb"),
        ({"sleep": "25"}, "sleep", "from 0 to 24"),
        ({"sleep": "long"}, "sleep", "such as 7:30"),
        ({"pain_left_calf": "11"}, "pain_left_calf", "0 to 10"),
        ({"calf_soreness_nrs": "-1"}, "calf_soreness_nrs", "0 to 10"),
        ({"perceived_exertion_cr10": "nan"}, "perceived_exertion_cr10", "0 to 10"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(full, wrong, field, says):
    reply = full.submit("/check-in", {"note": "a long tale", "pain_left_shin": "0", "fell": "no"} | wrong)
    assert reply.status_code == 422
    assert re.search(rf'id="e-{field}">[^<]*{re.escape(says)}', reply.text)
    assert "a long tale" in reply.text
    assert re.search(r'name="pain_left_shin" value="0" checked', reply.text)
    assert full.store.check_ins() == ()


def test_it_may_speak_of_another_day(full):
    said = {"on": "2026-11-20", "pain_left_knee": "6", "activity_id": ""}
    assert full.submit("/check-in", said).headers["location"] == "/check-in/saved"
    assert last(full).on == date(2026, 11, 20)
    assert last(full).made_at == NOW
    assert "Of Fri 20 Nov" in " ".join(full.get("/check-in/saved").text.split())
    full.submit("/check-in", {"on": "2026-11-22", "pain_left_knee": "1"})
    assert last(full).on is None, "today is what is meant where no day is named"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"on": "2026-11-23"}, "lies ahead"),
        ({"on": "yesterday"}, "year-month-day"),
    ],
)
def test_a_day_that_cannot_be_meant_is_said_beside_it(full, wrong, says):
    reply = full.submit("/check-in", {"pain_left_knee": "6", "note": "a long tale", **wrong})
    assert reply.status_code == 422
    assert re.search(rf'id="e-on">[^<]*{re.escape(says)}', reply.text)
    assert f'value="{wrong["on"]}"' in reply.text and "a long tale" in reply.text
    assert full.store.check_ins() == ()


def test_a_run_has_its_own_day(full):
    said = {"pain_left_knee": "6", "on": "2026-11-20", "activity_id": full.ids[0]}
    reply = full.submit("/check-in", said)
    assert reply.status_code == 422 and "has its own day" in reply.text
    assert full.submit("/check-in", said | {"on": ""}).status_code == 303


def test_a_blow_to_the_head_is_a_red_flag(full):
    full.submit("/check-in", {"fell": "yes", "concussion": "yes"})
    assert last(full).red_flags == ("head_strike",)
    page = full.get("/check-in/saved").text
    assert "Stop here" in page
    assert "not alone" in page
    assert "/plan/workout/" not in page


def test_a_fall_without_one_closes_its_gate_and_says_so(full):
    full.submit("/check-in", {"fell": "yes", "concussion": "no"})
    assert last(full).red_flags == ()
    assert "48 hours" in full.get("/check-in/saved").text


def test_a_place_that_hurt_is_asked_about_again(full):
    full.store.add_check_in(CheckIn(NOW, pain_nrs={"little_toe": 4.0}))  # as an older version let people name them
    full.submit("/check-in", {"pain_right_achilles": "3"})
    assert full.submit("/check-in", {"pain_little_toe": "2"}).status_code == 303
    page = full.get("/check-in").text
    assert re.search(r'class="site shown" id="site-right-achilles"', page)
    assert "you said 3 before" in page
    assert "Little toe" in page
    full.submit("/check-in", {"pain_right_achilles": "0"})
    assert "you said 3 before" not in full.get("/check-in").text


def test_one_tap_on_today_is_enough_and_stays_there(full):
    # The last run is of 18 November; the clock says the 22nd, so nothing is asked.
    assert 'name="perceived_exertion_cr10"' not in full.get("/").text
    from datetime import timedelta

    full.app.state.now = lambda: NOW - timedelta(days=4)
    page = full.get("/").text
    assert page.count('name="perceived_exertion_cr10"') == 11
    reply = full.submit("/check-in", {"from": "today", "activity_id": full.ids[1], "perceived_exertion_cr10": "5"})
    assert reply.headers["location"] == "/?kept"
    assert 'name="perceived_exertion_cr10"' not in full.get("/").text
    assert "What follows from it" in full.get("/?kept").text
    # The calves, a day after the backward run of the 17th.
    assert page.count('name="calf_soreness_nrs"') == 11
    assert 'name="moment" value="24 h after"' in page


def test_a_run_that_is_gone_is_refused(full):
    reply = full.submit("/check-in", {"activity_id": "gone", "perceived_exertion_cr10": "5", "note": "Uphill"})
    assert (reply.status_code, "not here any more" in reply.text, "Uphill" in reply.text) == (422, True, True)
    assert full.store.check_ins() == ()


def test_from_65_the_check_in_asks_who_stayed_beside(full):
    assert 'name="supervised_by"' not in full.get("/check-in").text
    full.store.put_athlete(Athlete(birth_year=1950))
    full.store.put_plan(replace(full.store.plan(), answers={**full.store.plan().answers, "birth_year": 1950}))
    assert 'name="supervised_by"' in full.get("/check-in").text
    said = {"activity_id": full.ids[0], "supervised_by": "  Ada   L. "}
    assert full.submit("/check-in", said).headers["location"] == "/check-in/saved"
    assert full.store.check_ins()[-1].supervised_by == "Ada L."
    assert "Ada L. stayed beside you" in full.get("/check-in").text
    reply = full.submit("/check-in", {"activity_id": "", "supervised_by": "Ada"})
    assert reply.status_code == 422 and "Choose the run" in reply.text


def test_what_is_reported_is_answered_without_a_plan_too(empty):
    reply = empty.submit("/check-in", {"moment": "after", "pain_left_achilles": "6"})
    page = " ".join(empty.get(reply.headers["location"]).text.split())
    assert "Start one" not in page and "left achilles" in page.lower() and "What follows" in page
    empty.submit("/check-in", {"moment": "other", "red_flags": "chest_pain"})
    for door in ("/plan", "/plan/changes", "/"):
        page = empty.get(door).text
        assert 'class="stop"' in page and "There is no plan yet" not in page, door


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "yesterday"},
        {"pain_left_knee": "12"},
        {"mass": "heavy"},
        {"activity_id": "gone"},
        {"on": "2027-01-01"},
    ],
)
def test_a_warning_sign_is_kept_whatever_else_cannot_be_meant(full, wrong):
    reply = full.submit("/check-in", {"red_flags": "chest_pain", "note": "a long tale", **wrong})
    assert reply.status_code == 422 and "a long tale" in reply.text
    assert "Your warning sign is saved" in reply.text and "Call the emergency number" in reply.text
    assert [told.red_flags for told in full.store.check_ins()] == [("chest_pain",)]
    again = full.submit("/check-in", {"red_flags": "chest_pain", "note": "a long tale", **wrong})
    assert "Call the emergency number" in again.text
    assert len(full.store.check_ins()) == 1, "one that stands is kept once"
    assert "Call the emergency number" in full.get("/").text


def test_a_yes_about_the_head_is_kept_beside_a_slip(full):
    assert full.submit("/check-in", {"fell": "yes", "concussion": "yes", "mass": "x"}).status_code == 422
    assert (last(full).red_flags, last(full).concussion_signs) == (("head_strike",), True)


def test_a_sign_counts_from_now_and_the_rest_of_the_day_that_was_named(full):
    said = {"on": "2026-11-20", "red_flags": "chest_pain", "pain_left_knee": "6", "fell": "yes", "concussion": "yes"}
    reply = full.submit("/check-in", said)
    assert reply.headers["location"] == "/check-in/saved"
    sign, rest = full.store.check_ins()
    assert (sign.red_flags, sign.concussion_signs, sign.on) == (("chest_pain", "head_strike"), True, None)
    assert (rest.red_flags, rest.fell, rest.pain_nrs, rest.on) == ((), True, {"left knee": 6.0}, date(2026, 11, 20))
    page = full.get("/check-in/saved").text
    assert "Call the emergency number" in page
    assert "not yet how your head is" not in page, "it was said with it"


def test_what_can_be_taken_back_says_so_where_it_is_listed(full):
    full.submit("/check-in", {"pain_left_knee": "5"})
    full.submit("/check-in", {"mass": "70"})
    listed = full.get("/check-in").text.partition("Last check-ins")[2]
    assert listed.count('<a href="/clearing#lately">Take it back</a>') == 1
    page = full.get("/clearing").text
    assert "Take back what you told" in page and "Nothing stands" not in page
