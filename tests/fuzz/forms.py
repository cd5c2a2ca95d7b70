"""Send every form and every address of the web app what no person types: ``python -m tests.fuzz.forms --requests 50000``.

Forms are read off the pages themselves, with their fields, choices and what stands in them; a few fields of each are
then filled with what tends to break programs. What is asked follows from the seed alone. An answer of the 500s is a
fault; so is one that takes the server down.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

from tests.apps.browsing import NOW
from tests.apps.web.routes import asked_all, routes

#: What breaks programs: edges of numbers and of the calendar, letters that are none, what means something elsewhere.
NASTY = (
    "", " ", "0", "-0", "-1", "1", "1e309", "-1e309", "nan", "inf", "1e-320", "9" * 40, "2147483648", "9223372036854775808",
    "0.1.2", "1,5", "٣", "½", "0x10", "1_000", "+5", "١٢:٣٠",
    "0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "1969-12-31", "99999-01-01", "2026-11-22T25:61", "0001-01", "9999-12",
    "2026-13", "24:00", "23:59:60", "-1:00", "99:99", "1:2:3:4", "\0", "a\0b", "\ud800", "\x1b[2J", "\r\nSet-Cookie: a=b", "\u202eabc",
    "x" * 3000, "<script>alert(1)</script>", "'; DROP TABLE activity; --", "../../etc/passwd", "%00", "%", "{{ 7*7 }}", "🏃" * 40,
    "Europe/Helsinki", "Mars/Phobos", "on", "true", "None", "null", "[]", "{}", "last", "backward", "unknown",
)  # fmt: skip
QUERIES = (
    "month", "week", "view", "page", "text", "direction", "sport", "since", "until", "per", "days", "kind", "measure", "speed",
    "grade", "pace", "at", "of", "on", "zone", "changed", "kept", "order", "simulated", "edit", "key", "new", "failed", "site",
)  # fmt: skip
#: A store is used for so many requests, then for the next a new one: what is deleted is gone for all that follow.
PER_STORE = 250


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)  #: name → what can be chosen, or what stands there


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: set[str] = set()
        self._open: Form | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.links.add(given["href"])
        if tag == "form":
            self._open = Form(given.get("action") or "/", (given.get("method") or "get").upper())
            self.forms.append(self._open)
        elif self._open is not None and tag in ("input", "textarea", "button", "select") and given.get("name"):
            self._open.fields.setdefault(given["name"], []).append(given.get("value") or "")
            self._select = given["name"] if tag == "select" else self._select
        elif self._open is not None and tag == "option" and self._select:
            self._open.fields[self._select].append(given.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


def read_page(text: str) -> _Forms:
    """Find the forms and links of a page."""
    found = _Forms()
    found.feed(text)
    return found


def quoted(text: str) -> str:
    """Quote anything at all for an address."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


class Generator:
    """Makes requests from forms, addresses and a seed."""

    def __init__(self, forms: list[Form], paths: list[str], things: dict[str, str], seed: int) -> None:
        self.forms, self.paths, self.things, self.chance = forms, paths, things, random.Random(seed)

    def requests(self, count: int) -> Iterator[tuple[str, str, bytes]]:
        """Yield method, address and body."""
        for _ in range(count):
            yield self._form() if self.chance.random() < 0.75 else self._address()

    def _form(self) -> tuple[str, str, bytes]:
        form = self.chance.choice(self.forms)
        typed = {name: self.chance.choice(kept) for name, kept in form.fields.items() if self.chance.random() < 0.9}
        for name in self.chance.sample(sorted(form.fields), k=min(len(form.fields), self.chance.randint(0, 3))):
            typed[name] = self.chance.choice(NASTY)
        typed.pop("csrf_token", None)
        action = form.action
        if self.chance.random() < 0.15:
            action = re.sub(r"[0-9a-f]{16,}[-\d]*|p-w\d\d-\d", lambda _: quoted(self.chance.choice(NASTY)), action)
        body = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in typed.items())
        return (
            (form.method, action, body.encode())
            if form.method == "POST"
            else ("GET", f"{action.partition('?')[0]}?{body}", b"")
        )

    def _address(self) -> tuple[str, str, bytes]:
        def filled(found: re.Match[str]) -> str:
            sound = self.things.get(found[1], "1")
            return quoted(sound if self.chance.random() < 0.6 else self.chance.choice(NASTY))

        path = re.sub(r"\{(\w+)(?::\w+)?\}", filled, self.chance.choice(self.paths))
        asked = {self.chance.choice(QUERIES): self.chance.choice(NASTY) for _ in range(self.chance.randint(0, 3))}
        query = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in asked.items())
        return "GET", path + (f"?{query}" if query else ""), b""


def run(
    filled, requests: int, seed: int, *, say=lambda words: None
) -> tuple[Counter[int], list[tuple[str, str, bytes]]]:
    """Send them; return how many answers of each status came, and what was answered with a 500."""
    statuses: Counter[int] = Counter()
    broken: list[tuple[str, str, bytes]] = []
    for number in range(0, requests, PER_STORE):
        count = min(PER_STORE, requests - number)
        answers = _on_new_store(filled, count, seed + number)
        statuses.update(status for _, status in answers)
        broken += [request for request, status in answers if status >= 500]
        say(f"{number + count:,} of {requests:,}: {dict(sorted(statuses.items()))}, {len(broken)} broken")
    return statuses, broken


def _on_new_store(filled, count: int, seed: int) -> list[tuple[tuple[str, str, bytes], int]]:
    from tests.apps.browsing import browse

    from backward_running.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(shutil.copytree(filled.home, Path(folder) / "home"))
        try:
            browser = browse(store)
            token = browser.token()
            things = {
                "activity_id": filled.ids[0],
                "workout_id": filled.workout_id,
                "week": "1",
                "ending": "fit",
                "key": "back_pain",
            }
            asked = Generator(*forms_of(browser, filled), things, seed).requests(count)
            headers = {
                "Host": "127.0.0.1:8484", "Origin": "http://127.0.0.1:8484", "X-CSRF-Token": token,
                "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
                "Content-Type": "application/x-www-form-urlencoded",
            }  # fmt: skip
            sent = list(asked)
            answers = asked_all(browser.app, [(method, address, headers, body) for method, address, body in sent])
            return [(request, answer[0]) for request, answer in zip(sent, answers, strict=True)]
        finally:
            store.close()


def forms_of(browser, filled) -> tuple[list[Form], list[str]]:
    """Read every form off the pages that can be reached, and the paths of all routes that are asked for."""
    wanted, seen, forms = (
        ["/", "/settings", "/import", "/plan/start", "/load", *(f"/runs/{one}" for one in filled.ids)],
        set(),
        {},
    )
    while wanted and len(seen) < 60:
        page = wanted.pop(0)
        if page in seen:
            continue
        seen.add(page)
        reply = browser.get(page)
        if not reply.headers.get("content-type", "").startswith("text/html"):
            continue
        found = read_page(reply.text)
        wanted += sorted({link.partition("#")[0] for link in found.links} - seen)
        forms |= {(form.method, form.action): form for form in found.forms}
    gets = sorted({path for path, methods in routes(browser.app) if "GET" in methods})
    posts = {path for path, methods in routes(browser.app) if "POST" in methods}
    known = {re.sub(r"[0-9a-f]{16,}[-\d]*|p-w\d\d-\d", "{x}", action) for _, action in forms}
    things = {"activity_id": filled.ids[0], "workout_id": filled.workout_id}
    for path in sorted(posts):  # a form that no page shows now has a door all the same
        if re.sub(r"\{\w+(?::\w+)?\}", "{x}", path) not in known:
            action = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: things.get(found[1], "1"), path)
            forms["POST", action] = Form(action, "POST", {name: ["1", "backward"] for name in QUERIES})
    return [forms[key] for key in sorted(forms)], gets


def main() -> int:
    """Run from the command line."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--requests", type=int, default=50_000)
    ask.add_argument("--seed", type=int, default=8484)
    given = ask.parse_args()
    from tests.apps.conftest import make_filled

    with tempfile.TemporaryDirectory() as folder:
        statuses, broken = run(
            make_filled(Path(folder)), given.requests, given.seed, say=lambda words: print(words, flush=True)
        )
    for request in broken[:20]:
        print("broken:", request)
    print(
        f"{sum(statuses.values()):,} requests with seed {given.seed} at {NOW:%Y-%m-%d}: {dict(sorted(statuses.items()))}"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
