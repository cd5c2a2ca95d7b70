"""Two phones without a server between them: a runner's and a spotter's page, linked by a code, in a real browser."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.formats.test_phone_link import WORKOUT, written
from tests.journeys.expecting import expect, says, until
from tests.journeys.test_phone import PHONE, app, begun, looked_at, saved  # noqa: F401 - app is a fixture

pytestmark = pytest.mark.browser


@pytest.fixture
def phones(chromium, app):  # noqa: F811
    """Two phones of their own; their clocks go, for a link is a matter of seconds."""
    contexts = [
        chromium.new_context(
            viewport=PHONE, has_touch=True, accept_downloads=True,
            permissions=["geolocation", "accelerometer", "gyroscope"], geolocation={"latitude": 60, "longitude": 25},
        )
        for _ in range(2)
    ]  # fmt: skip
    requests = []
    for context in contexts:
        context.set_default_timeout(60_000)
        context.on("request", lambda request: requests.append(request.url))
    runner, spotter = (context.new_page() for context in contexts)
    # The link is of a day of its own; what is out of date is asked elsewhere.
    runner.clock.install(time=f"{WORKOUT.on.isoformat()}T10:00:00")
    runner.goto(app.address + written((WORKOUT,)))
    runner.locator("section", has_text="First steps backward").get_by_role("button", name="Start").click()
    yield SimpleNamespace(runner=runner, spotter=spotter, requests=requests, address=app.address)
    for context in contexts:
        context.close()


def call_of(phones):
    phones.runner.get_by_role("button", name="Connect a second phone").click()
    call = phones.runner.get_by_label("or send them this")
    expect(call).to_be_visible()
    return call.input_value()


def connected(phones):
    phones.spotter.goto(call_of(phones))
    answer = phones.spotter.get_by_label("or send them this")
    expect(answer).to_be_visible()
    phones.runner.get_by_label("or paste what they send").fill(answer.input_value())
    phones.runner.get_by_role("button", name="Connect", exact=True).click()
    says(phones.runner, "Your spotter is connected")
    says(phones.spotter, "You see for them")


def going(phones):
    phones.spotter.add_init_script(ENDED)
    connected(phones)
    begin(phones)


#: Notes that the other end closed the channel.
ENDED = """const opened = RTCPeerConnection.prototype.setLocalDescription;
RTCPeerConnection.prototype.setLocalDescription = function (...given) {
  this.addEventListener("datachannel", (event) => {
    event.channel.addEventListener("close", () => { window.ended = true; });
  });
  return opened.apply(this, given);
};"""


def begin(phones, word="WALK"):
    begins = phones.runner
    begins.get_by_label("I walked the lane forward", exact=False).check()
    begins.get_by_role("button", name="Start").click()
    expect(begins.locator(".go > .word")).to_have_text(word)


def test_the_spotter_sees_the_session_and_stops_it(phones):
    going(phones)
    runner, spotter = phones.runner, phones.spotter
    expect(spotter.locator(".go > .word")).to_have_text("WALK")
    says(spotter, "then turn: BACK 1:30")
    runner.get_by_role("button", name="Skip").click()
    expect(spotter.locator(".go")).to_have_attribute("data-direction", "backward")
    spotter.get_by_role("button", name="Someone behind you").click()
    expect(runner.locator(".look")).to_have_text("Someone behind you")
    spotter.get_by_role("button", name="Clear").click()
    expect(runner.locator(".look")).to_have_text("Clear")
    looked_at(spotter, contrast=7.0)
    spotter.get_by_role("button", name="STOP").click()
    says(runner, "Your spotter says stop. Stand, and turn round.")
    looked_at(runner, contrast=7.0)
    expect(spotter.locator(".go > .word")).to_have_text("PAUSED")
    runner.get_by_role("button", name="I have stopped").click()
    expect(runner.locator(".alarm")).to_be_hidden()
    runner.get_by_role("button", name="Go on").click()
    expect(spotter.locator(".go > .word")).to_contain_text("BACK")
    runner.get_by_role("button", name="STOP").click()
    says(spotter, "OVER", "The session is over.")
    until(spotter, lambda: spotter.evaluate("window.ended === true"))
    expect(spotter.locator(".alarm")).to_be_hidden()
    assert all(url.startswith((phones.address, "blob:")) for url in phones.requests)


def test_a_lost_spotter_is_said_on_both_phones_and_the_session_waits(phones):
    going(phones)
    runner, spotter = phones.runner, phones.spotter
    expect(spotter.locator(".go > .word")).to_have_text("WALK")
    runner.evaluate("RTCDataChannel.prototype.send = () => undefined")
    says(spotter, "SPOTTER LOST", "Stop and turn round.")
    says(runner, "SPOTTER LOST", "Stop and turn round.")
    expect(runner.locator(".go > .word")).to_have_text("PAUSED")
    looked_at(spotter, contrast=7.0)


def test_a_stop_that_is_said_before_the_runner_begins_is_not_lost(phones):
    connected(phones)
    phones.spotter.get_by_role("button", name="STOP").click()
    says(phones.spotter, "You said STOP")
    begin(phones, "PAUSED")
    says(phones.runner, "Your spotter says stop. Stand, and turn round.")


def test_a_page_that_is_closed_is_a_lost_spotter(phones):
    going(phones)
    phones.spotter.close()
    says(phones.runner, "SPOTTER LOST", "Stop and turn round.")
    expect(phones.runner.locator(".go > .word")).to_have_text("PAUSED")


def test_a_code_that_is_none_is_said_in_a_sentence(phones):
    call = call_of(phones)
    phones.spotter.goto(call[:-40])
    says(phones.spotter, "No call")
    phones.runner.get_by_label("or paste what they send").fill("hello")
    phones.runner.get_by_role("button", name="Connect", exact=True).click()
    says(phones.runner, "cut off or none of ours")
    looked_at(phones.runner)


def test_the_codes_can_be_scanned(phones):
    """What is drawn is read back by the reader that reads the camera."""
    call = call_of(phones)
    side = phones.runner.locator("svg.code").evaluate("drawn => drawn.viewBox.baseVal.width")
    assert side - 8 <= 81, "version 16 and less is read from a screen by any phone"
    phones.spotter.goto(call)
    expect(phones.spotter.locator("svg.code")).to_be_visible()
    looked_at(phones.spotter)
