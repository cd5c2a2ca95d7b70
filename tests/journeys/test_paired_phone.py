"""A phone that is paired with the laptop, in a real browser: sessions from it, recordings to it, whatever the link does.

The browser is told to trust the key of this laptop, as a phone is by installing the authority; without that it would
refuse the service worker. Whether the authority is one that phones trust, ``tests/apps/lan`` asks.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.apps.browsing import NOW
from tests.apps.conftest import make_filled
from tests.apps.lan.conftest import Clock
from tests.conftest import CHROMIUM_FLAGS
from tests.journeys.expecting import expect, overflow_px, says, until
from tests.journeys.test_phone import HELSINKI, PHONE, looked_at, moves
from tests.prepare import find_chromium

from backward_running.apps.lan import authority
from backward_running.apps.lan.listening import bound, listening
from backward_running.apps.lan.local_network import LocalNetwork
from backward_running.store import open_store

pytestmark = pytest.mark.browser
HERE = "127.0.0.1"


class Laptop:
    """A laptop with a plan whose doors can be shut and opened again."""

    def __init__(self, home, certificates):
        make_filled(home)
        for file in certificates.iterdir():
            shutil.copy2(file, home)
        self.store = open_store(home)
        self.home, self.clock, self.ports, self.open = home, Clock(NOW), (0, 0), ExitStack()
        self.opens()

    def opens(self):
        plain, secure = (self.open.enter_context(bound(HERE, port)) for port in self.ports)
        self.ports = plain.getsockname()[1], secure.getsockname()[1]
        self.lan = LocalNetwork(self.store, self.home, HERE, *self.ports, self.clock)
        self.open.enter_context(listening(self.lan, plain, secure))

    def shuts(self):
        self.open.close()
        self.open = ExitStack()

    def ends(self):
        self.shuts()
        self.store.close()

    def runs(self):
        return self.store.counts().activities


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    authority.server_files(folder, HERE, now=NOW)
    return folder


@pytest.fixture(scope="module")
def trusting(chromium, certificates):
    """A browser that takes the key of this laptop, and no other, for a good one."""
    shown = x509.load_pem_x509_certificate((certificates / "backward.phone-server.pem").read_bytes())
    key = shown.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode()
    flags = [*CHROMIUM_FLAGS, f"--ignore-certificate-errors-spki-list={digest}"]
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=flags)
    yield browser
    browser.close()


@pytest.fixture
def laptop(tmp_path, certificates):
    made = Laptop(tmp_path / "laptop", certificates)
    yield made
    made.ends()


@pytest.fixture
def phone(trusting):
    context = trusting.new_context(
        viewport=PHONE, has_touch=True, geolocation=HELSINKI, accept_downloads=True,
        permissions=["geolocation", "accelerometer", "gyroscope"],
    )  # fmt: skip
    context.set_default_timeout(60_000)
    requests = []
    context.on("request", lambda request: requests.append(request.url))
    yield SimpleNamespace(context=context, requests=requests)
    context.close()


def opened(phone, laptop, fragment="", at=NOW):
    page = phone.context.new_page()
    page.problems = []
    page.on("pageerror", lambda problem: page.problems.append(str(problem)))
    page.clock.install(time=at - timedelta(minutes=1))
    page.clock.pause_at(at)
    page.goto(laptop.lan.app_url + fragment)
    expect(page.locator("h1")).to_have_text("Backward")
    return page


def paired(phone, laptop):
    page = opened(phone, laptop, f"#p={laptop.lan.pairing.new_code(laptop.lan.store.athlete_id).digits}")
    says(page, "Your laptop", "It is here")
    return page


def begun(page):
    page.get_by_role("button", name="Start").first.click()
    page.locator("#lane").check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".word")).not_to_be_empty()


def ended(page):
    page.get_by_role("button", name="STOP").click()
    says(page, "How was it?")


def said_of_the_newest(laptop):
    newest = max(laptop.store.activities(), key=lambda row: row.started_at)
    return [said.perceived_exertion_cr10 for said in laptop.store.check_ins_of(newest.activity_id)]


def test_paired_by_a_code_it_fetches_runs_and_brings_home_by_itself(phone, laptop):
    page = paired(phone, laptop)
    (known,) = laptop.store.phones()
    assert page.url == laptop.lan.app_url, "the code is not left in the address"
    says(page, known.name)
    before = laptop.runs()
    begun(page)
    moves(page, 6)
    ended(page)
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    until(page, lambda: laptop.runs() == before + 1)
    until(page, lambda: said_of_the_newest(laptop) == [4.0])
    page.get_by_role("button", name="Later").click()
    says(page, "Handed over")
    expect(page.locator(".waiting")).to_have_count(0)
    assert page.problems == []
    assert all(url.startswith((laptop.lan.app_url, "blob:")) for url in phone.requests), "nobody else is asked"


def test_what_is_said_after_it_came_in_follows_it(phone, laptop):
    page = paired(phone, laptop)
    before = laptop.runs()
    begun(page)
    moves(page, 6)
    ended(page)
    page.get_by_role("button", name="Later").click()
    until(page, lambda: laptop.runs() == before + 1)
    page.get_by_role("button", name="Later").click()
    page.locator("summary", has_text="Handed over").click()
    page.get_by_role("button", name="Say how it was").click()
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    says(page, "on this phone")
    until(page, lambda: said_of_the_newest(laptop) == [4.0])
    assert laptop.runs() == before + 1


def test_without_the_laptop_it_starts_records_and_brings_home_when_it_is_there_again(phone, laptop):
    page = paired(phone, laptop)
    until(page, lambda: page.evaluate("caches.keys().then(keys => keys.length)") == 1)
    until(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"))
    page.close()
    before = laptop.runs()
    laptop.shuts()
    page = opened(phone, laptop)
    says(page, "It is not in reach")
    begun(page)
    moves(page, 6)
    ended(page)
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Later").click()
    says(page, "It goes to your laptop when this phone next sees it")
    laptop.opens()
    page.clock.run_for(31_000)
    until(page, lambda: laptop.runs() == before + 1)
    says(page, "Handed over", "It is here")
    assert page.problems == []


def test_a_link_that_breaks_in_the_middle_goes_on_there_and_counts_once(phone, laptop):
    page = paired(phone, laptop)
    before = laptop.runs()
    sent = []

    def breaks(route):
        sent.append(route.request.url.partition("at=")[2].partition("&")[0])
        if len(sent) == 2:
            route.abort()
        else:
            route.continue_()

    page.route(
        "**/api/recordings/**", lambda route: breaks(route) if route.request.method == "POST" else route.continue_()
    )
    begun(page)
    moves(page, 6)
    page.evaluate(LONG)
    ended(page)
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Later").click()
    until(page, lambda: len(sent) == 2)
    assert laptop.runs() == before
    page.clock.run_for(31_000)
    until(page, lambda: laptop.runs() == before + 1)
    assert sent[0] == "0" and sent[1] == sent[2] != "0", "what had arrived is not sent again"
    assert page.problems == []


#: A recording of several pieces: marks that cannot be packed smaller.
LONG = """() => new Promise((fine) => {
  const asked = indexedDB.open("backward", 1);
  asked.onsuccess = () => {
    const change = asked.result.transaction(["lines", "runs"], "readwrite");
    change.objectStore("runs").getAllKeys().onsuccess = (event) => {
      const run = event.target.result.at(-1);
      for (let at = 0; at < 40; at += 1) {
        const noise = crypto.getRandomValues(new Uint8Array(16384));
        const text = JSON.stringify({ kind: "mark", at_s: 1, text: Array.from(noise, (b) => b.toString(36)).join("") });
        change.objectStore("lines").add({ run, text });
      }
    };
    change.oncomplete = () => { asked.result.close(); fine(); };
  };
})"""


def test_a_phone_that_was_forgotten_says_so_and_loses_nothing(phone, laptop):
    page = paired(phone, laptop)
    before = laptop.runs()
    laptop.store.forget_phone(laptop.store.phones()[0].phone_id)
    begun(page)
    moves(page, 6)
    ended(page)
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Later").click()
    says(page, "Pair with your laptop", "It is on this phone only")
    page.get_by_label("Code").fill(laptop.lan.pairing.new_code(laptop.lan.store.athlete_id).digits)
    page.get_by_role("button", name="Pair", exact=True).click()
    says(page, "Handed over")
    assert laptop.runs() == before + 1


def test_a_wrong_code_is_said(phone, laptop):
    laptop.lan.pairing.new_code(laptop.lan.store.athlete_id)
    page = opened(phone, laptop)
    page.get_by_label("Code").fill("1")
    page.get_by_role("button", name="Pair", exact=True).click()
    says(page, "That is not the code on the laptop’s screen")


def test_its_screens_can_be_read_by_everybody(phone, laptop):
    page = opened(phone, laptop)
    page.clock.resume()  # what looks at the page waits by the page's own clock
    looked_at(page)
    page.goto(laptop.lan.app_url + f"#p={laptop.lan.pairing.new_code(laptop.lan.store.athlete_id).digits}")
    says(page, "Your laptop", "It is here")
    looked_at(page)
    page.goto(laptop.lan.guide_url)
    says(page, laptop.lan.certificate().fingerprint)
    assert overflow_px(page) == 0
