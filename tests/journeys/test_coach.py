"""The coach, in a real browser: questions, plan, what would change, the body map; by keyboard and without script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.conftest import NOW, axe_violations
from tests.journeys.expecting import at_address, expect, overflow_px, says, until

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def answer_ten(page, server, *, born="1988"):
    """Fill both pages of questions as a runner does: health first, then running."""
    page.goto(f"{server.address}/plan/start")
    for name, value in (("health", "none"), ("parq", "all_no"), ("goal", "try"), ("have", "spotter")):
        page.locator(f"[name={name}][value={value}]").check()
    page.fill("[name=birth_year]", born)
    page.get_by_role("button", name="Go on").click()
    at_address(page, "/plan/start/running")
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
    at_address(page, "/plan/start/details")
    says(page, "fits best")
    if script:
        assert axe_violations(page) == []
    page.get_by_role("button", name="Make the plan").click()
    at_address(page, "/plan")
    expect(page.locator(".week-days > li")).to_have_count(7)
    expect(page.locator(".week-list > li")).to_have_count(12)


def test_half_a_questionnaire_survives_a_reload(empty_server, browse):
    page = browse(empty_server, "/plan/start")
    page.fill("[name=birth_year]", "1988")
    page.locator("[name=have][value=supervisor]").check()
    # The one that carries this answer: those to the fields before may still be on their way.
    with page.expect_response(lambda reply: "rehab%3Ahip" in (reply.request.post_data or "") and reply.status == 204):
        page.locator("[name=goal][value='rehab:hip']").check()
    page.reload()
    expect(page.locator("[name=birth_year]")).to_have_value("1988")
    expect(page.locator("[name=have][value=supervisor]")).to_be_checked()
    expect(page.locator("[name=goal][value='rehab:hip']")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_who_cannot_get_a_plan_is_told_on_the_next_page(empty_server, browse, size, scheme):
    page = browse(empty_server, "/plan/start", scheme=scheme, **size)
    assert axe_violations(page) == []
    expect(page.locator("[name=supervisor_name]")).to_be_hidden()
    page.locator("[name=have][value=supervisor]").check()
    expect(page.locator("[name=supervisor_name]")).to_be_visible()
    page.locator("[name=health][value=seizures_or_fainting]").focus()
    page.keyboard.press("Space")
    for name, value in (("parq", "all_no"), ("goal", "try")):
        page.locator(f"[name={name}][value={value}]").check()
    page.fill("[name=birth_year]", "1988")
    page.keyboard.press("Enter")
    at_address(page, "/plan/start/not-now")
    says(page, "Not now", "Come back")
    assert axe_violations(page) == []
    assert overflow_px(page) <= 0


def test_a_wish_is_shown_on_one_screen_before_it_takes_effect(empty_server, browse):
    page = browse(empty_server, "/plan/start", **PHONE)
    answer_ten(page, empty_server)
    page.get_by_role("button", name="Make the plan").click()
    page.fill("#away-from", (NOW.date() + timedelta(days=7)).isoformat())
    page.fill("#away-to", (NOW.date() + timedelta(days=16)).isoformat())
    page.locator("#away-to").press("Enter")
    says(page, "What would change", inside="h1")
    assert axe_violations(page) == []
    says(page, "session", inside=".lead")
    page.locator(".changed summary").first.click()
    says(page, "before", inside=".change .sides")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Take it").first.click()
    at_address(page, "/plan?changed")
    says(page, "The plan follows now")
    page.goto(f"{empty_server.address}/plan/changes")
    says(page, "You are away from")


def test_the_body_map_by_keyboard(empty_server, browse):
    page = browse(empty_server, "/check-in", **PHONE)
    spot = page.locator(".spot[data-site='left-calf']")
    expect(page.locator("#site-left-calf")).to_be_hidden()
    spot.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#site-left-calf")).to_be_visible()
    expect(page.locator("#site-left-calf input:focus")).to_have_count(1)
    chosen = page.locator("[name=pain_left_calf]:checked")
    for value in "01":  # from "not said" on to 0, and on
        page.keyboard.press("ArrowRight")
        expect(chosen).to_have_attribute("value", value)
    expect(spot.locator("text")).to_have_text("1")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Keep").click()
    at_address(page, "/check-in/saved")
    says(page, "Left calf pain 1")


def test_the_body_map_without_script(empty_server, browse):
    page = browse(empty_server, "/check-in", script=False)
    page.locator(".spot[data-site='right-knee']").click()
    at_address(page, "#site-right-knee")
    expect(page.locator("#site-right-knee")).to_be_visible()
    expect(page.locator("#site-left-knee")).to_be_hidden()
    page.locator("[name=pain_right_knee][value='4']").check(force=True)
    page.get_by_role("button", name="Keep").click()
    says(page, "Right knee pain 4")


def test_a_fall_asks_about_the_head_and_stops(empty_server, browse):
    page = browse(empty_server, "/check-in", **PHONE)
    head = page.locator("[name=concussion][value=yes]")
    expect(head).to_be_hidden()
    page.locator("#fell-yes").check()
    head.check()
    page.get_by_role("button", name="Keep").click()
    at_address(page, "/check-in/saved")
    says(page, "head")


def test_targets_of_a_finger_on_a_phone(demo_server, browse):
    """What is tapped most is at least 44 px high; the places of the body map reach at least 28 px around."""
    page = browse(demo_server, "/check-in", **PHONE)
    for selector, least in ((".nrs label", 44), (".pick label", 44), (".btn.main", 44), (".spot rect", 28)):
        until(page, lambda selector=selector, least=least: lowest_px(page, selector) >= least - 0.5)


def lowest_px(page, selector):
    """Return the height of the lowest of these that is drawn; 0 where none is."""
    sizes = page.eval_on_selector_all(
        selector, "all => all.map(one => one.getBoundingClientRect()).filter(r => r.width).map(r => r.height)"
    )
    return min(sizes, default=0)


def test_a_lock_says_its_reason_on_hover_focus_and_tap(demo_server, browse):
    page = browse(demo_server, "/plan")
    page.locator(".opened > summary").click()
    lock = page.locator("details.lock").first
    words = lock.locator(".pop")
    lock.hover()
    expect(words).to_be_visible()
    page.mouse.move(5, 5)
    expect(words).to_be_hidden()
    page.keyboard.press("Tab")
    page.locator(".opened > summary").focus()
    page.keyboard.press("Tab")
    expect(words).to_be_visible()
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    page.mouse.move(5, 5)
    lock.locator("summary").click()
    expect(words).to_be_visible()


def test_a_session_done_is_held_against_its_plan(demo_server, browse):
    page = browse(demo_server, "/plan?week=3", **PHONE)
    for direction in "fb":  # every bar keeps both directions on a phone, too
        expect(page.locator(f".week-list .rb.{direction}").first).to_be_visible()
    page.locator(".session.done").first.click()
    says(page, "Planned against done")
    until(page, lambda: page.locator(".compared tbody tr").count() > 3)
    assert axe_violations(page) == []
    until(page, lambda: overflow_px(page) <= 0)


def test_the_plan_on_paper_is_ink_on_white_without_buttons(demo_server, browse):
    page = browse(demo_server, "/plan", scheme="dark")
    page.emulate_media(media="print")
    expect(page.locator(".week-list > li").first).to_be_visible()
    for gone in (".rail", "#life", ".tabs", ".btn"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
