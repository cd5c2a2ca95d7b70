"""Wait for what a page should come to, never for a span of time: a busy machine only makes it later.

A page answers an action when it can. What is read right after a click is read too early on a busy machine, so a journey
states what holds in the end (`expect`, `says`, `until`), and the browser is asked again until it does.
"""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect

#: How long a journey waits for what never comes; what comes is seen at once.
PATIENCE_S = 120.0
_AGAIN_MS = 50

expect.set_options(timeout=1000 * PATIENCE_S)


def says(page, *words, inside="main"):
    """Wait until a part of the page says all these words, large or small letters alike."""
    for one in words:
        expect(page.locator(inside).first).to_contain_text(one, ignore_case=True, use_inner_text=True)


def at_address(page, ending):
    """Wait until the address ends like this, and the page there has come."""
    expect(page).to_have_url(re.compile(re.escape(ending) + "$"))
    page.wait_for_load_state("load")


def until(page, holds):
    """Wait until `holds()`. The policy of the pages forbids what Playwright's own waiting would run in them."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("it did not come to hold")
        page.wait_for_timeout(_AGAIN_MS)


def overflow_px(page):
    """Return by how much a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
