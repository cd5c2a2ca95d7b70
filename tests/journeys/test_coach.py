"""The coach, in a real browser: questions, plan, what would change, the body map; by keyboard and without script."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.journeys.conftest import axe_violations

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def answer_ten(page, server, *, born="1988"):
    """Fill both pages of questions as a runner does: health first, then running."""
    page.goto(f"{server.address}/plan/start")
    for name, value in (("health", "none"), ("parq", "all_no"), ("goal", "try"), ("have", "spotter")):
        page.locator(f"[name={name}][value={value}]").check()
    page.fill("[name=birth_year]", born)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/plan/start/running")
    for name, value in (
        ("forward_runs_per_week", "3"),
        ("easy_speed_mps", "5:44"),
        ("longest_run_s", "45"),
        ("backward_experience_min", "0"),
    ):
        page.fill(f"[name={name}]", value)
    for day in ("0", "2", "4"):
        page.locator(f"[name=days][value='{day}']").check()
    page.get_by_role("button", name="Go on").click()


@pytest.mark.parametrize("script", [True, False])
def test_ten_questions_then_why_this_programme_then_a_week(empty_server, browse, script):
    page = browse(empty_server, "/plan/start", script=script)
    answer_ten(page, empty_server)
    page.wait_for_url("**/plan/start/details")
    assert "fits best" in page.inner_text("main")
    if script:
        assert axe_violations(page) == []
    page.get_by_role("button", name="Make the plan").click()
    page.wait_for_url("**/plan")
    assert page.locator(".week-days > li").count() == 7
    assert page.locator(".week-list > li").count() == 12


def test_half_a_questionnaire_survives_a_reload(empty_server, browse):
    page = browse(empty_server, "/plan/start")
    page.fill("[name=birth_year]", "1988")
    page.locator("[name=have][value=supervisor]").check()
    # Every change is kept by a request of its own; only the one that carries the goal is waited for.
    with page.expect_response(lambda reply: "rehab%3Ahip" in (reply.request.post_data or "") and reply.status == 204):
        page.locator("[name=goal][value='rehab:hip']").check()
    page.reload()
    assert page.input_value("[name=birth_year]") == "1988"
    assert page.is_checked("[name=have][value=supervisor]")
    assert page.is_checked("[name=goal][value='rehab:hip']")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_who_cannot_get_a_plan_is_told_on_the_next_page(empty_server, browse, size, scheme):
    page = browse(empty_server, "/plan/start", scheme=scheme, **size)
    assert axe_violations(page) == []
    assert not page.locator("[name=supervisor_name]").is_visible()
    page.locator("[name=have][value=supervisor]").check()
    assert page.locator("[name=supervisor_name]").is_visible()
    page.locator("[name=health][value=seizures_or_fainting]").focus()
    page.keyboard.press("Space")
    for name, value in (("parq", "all_no"), ("goal", "try")):
        page.locator(f"[name={name}][value={value}]").check()
    page.fill("[name=birth_year]", "1988")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/start/not-now")
    assert "Not now" in page.inner_text("h1")
    assert "Come back" in page.inner_text("main")
    assert axe_violations(page) == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_a_wish_is_shown_on_one_screen_before_it_takes_effect(empty_server, browse):
    page = browse(empty_server, "/plan/start", **PHONE)
    answer_ten(page, empty_server)
    page.get_by_role("button", name="Make the plan").click()
    first = (datetime.now(UTC).astimezone().date() + timedelta(days=7)).isoformat()
    page.fill("#away-from", first)
    page.fill("#away-to", (datetime.now(UTC).astimezone().date() + timedelta(days=16)).isoformat())
    page.locator("#away-to").press("Enter")
    assert "What would change" in page.inner_text("h1")
    assert axe_violations(page) == []
    sides = page.locator(".change .sides").first
    assert "before" in sides.inner_text().lower()
    page.get_by_role("button", name="Take it").first.click()
    page.wait_for_url("**/plan?changed")
    assert "The plan follows now" in page.inner_text("main")
    page.goto(f"{empty_server.address}/plan/changes")
    assert "You are away from" in page.inner_text("main")


def test_the_body_map_by_keyboard(empty_server, browse):
    page = browse(empty_server, "/check-in", **PHONE)
    spot = page.locator(".spot[data-site='left-calf']")
    assert not page.locator("#site-left-calf").is_visible()
    spot.focus()
    page.keyboard.press("Enter")
    assert page.locator("#site-left-calf").is_visible()
    page.keyboard.press("ArrowRight")  # from "not said" on to 0, and on
    page.keyboard.press("ArrowRight")
    chosen = page.locator("[name=pain_left_calf]:checked").get_attribute("value")
    assert chosen == "1"
    assert spot.locator("text").text_content() == chosen
    assert axe_violations(page) == []
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**/check-in/kept")
    assert "Left calf pain 1" in page.inner_text("main")


def test_the_body_map_without_script(empty_server, browse):
    page = browse(empty_server, "/check-in", script=False)
    page.locator(".spot[data-site='right-knee']").click()
    assert page.url.endswith("#site-right-knee")
    assert page.locator("#site-right-knee").is_visible()
    assert not page.locator("#site-left-knee").is_visible()
    page.locator("[name=pain_right_knee][value='4']").check(force=True)
    page.get_by_role("button", name="Keep").click()
    assert "Right knee pain 4" in page.inner_text("main")


def test_a_fall_asks_about_the_head_and_stops(empty_server, browse):
    page = browse(empty_server, "/check-in", **PHONE)
    head = page.locator("[name=head][value=yes]")
    assert not head.is_visible()
    page.locator("#fell-yes").check()
    head.check()
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**/check-in/kept")
    assert "head" in page.inner_text("main").lower()


def test_targets_of_a_finger_on_a_phone(demo_server, browse):
    """What is tapped most is at least 44 px high; the places of the body map reach at least 28 px around."""
    page = browse(demo_server, "/check-in", **PHONE)
    for selector, least in ((".nrs label", 44), (".pick label", 44), (".btn.main", 44), (".spot rect", 28)):
        sizes = page.eval_on_selector_all(
            selector, "all => all.map(one => one.getBoundingClientRect()).filter(r => r.width).map(r => r.height)"
        )
        assert sizes, selector
        assert min(sizes) >= least - 0.5, selector


def test_a_lock_says_its_reason_on_hover_focus_and_tap(demo_server, browse):
    page = browse(demo_server, "/plan")
    page.locator(".opened > summary").click()
    lock = page.locator("details.lock").first
    words = lock.locator(".pop")
    lock.hover()
    assert words.is_visible()
    page.mouse.move(5, 5)
    assert not words.is_visible()
    page.keyboard.press("Tab")
    page.locator(".opened > summary").focus()
    page.keyboard.press("Tab")
    assert words.is_visible()
    page.keyboard.press("Escape")
    assert not words.is_visible()
    page.mouse.move(5, 5)
    lock.locator("summary").click()
    assert words.is_visible()


def test_a_session_done_is_held_against_its_plan(demo_server, browse):
    page = browse(demo_server, "/plan?week=3", **PHONE)
    for direction in "fb":  # every bar keeps both directions on a phone, too
        assert page.locator(f".week-list .rb.{direction}").first.is_visible()
    page.locator(".session.done").first.click()
    assert "Planned against done" in page.inner_text("main")
    assert page.locator(".compared tbody tr").count() > 3
    assert axe_violations(page) == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_the_plan_on_paper_is_ink_on_white_without_buttons(demo_server, browse):
    page = browse(demo_server, "/plan", scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".week-list > li").first.is_visible()
    for gone in (".rail", "#life", ".tabs", ".btn"):
        assert not page.locator(gone).first.is_visible(), gone
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert re.fullmatch(r"rgb\(255, 255, 255\)", colour)
