"""A store on a disk that nobody can write: every page is shown, nothing is changed, and what cannot be is said."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess

import pytest
from tests.apps.browsing import browse

from backward_running.store import open_store

PAGES = (
    "/",
    "/runs",
    "/runs/{run}",
    "/load",
    "/plan",
    "/calendar",
    "/check-in",
    "/import",
    "/said",
    "/settings",
    "/cost",
)


@pytest.fixture
def sealed(filled, tmp_path):
    """A browser at a store whose disk was mounted again for reading only."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount a disk: {done.stderr.decode().strip()}")
    try:
        home = shutil.copytree(filled.home, disk / "home")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        store = open_store(home)
        browser = browse(store)
        browser.store, browser.ids, browser.file = store, filled.ids, home / "backward.db"
        yield browser
        store.close()
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_on_media_that_are_read_only_all_is_shown_and_nothing_changed(sealed):
    before = hashlib.sha256(sealed.file.read_bytes()).digest()
    for page in PAGES:
        reply = sealed.get(page.format(run=sealed.ids[0]))
        assert reply.status_code == 200, f"{page}: {reply.text[-400:]}"
    original = sealed.get(f"/runs/{sealed.ids[0]}/original")
    assert hashlib.sha256(original.content).hexdigest() == sealed.store.row(sealed.ids[0]).file_key
    refused = sealed.submit("/settings/you", {"mass_kg": "60"})
    assert refused.status_code == 503 and "cannot be written" in refused.text
    assert sealed.store.athlete().mass_kg != 60.0
    assert hashlib.sha256(sealed.file.read_bytes()).digest() == before
