"""The article, audited: fifteen claims, each with its verdict, its studies in place and a door into the program."""

from __future__ import annotations

import re

import pytest
from tests.apps.browsing import parsed

from backward_running.apps.web.pages.article import DOORS, RUN, TALLY
from backward_running.flows.sources import article_claims

CLAIMS = article_claims()


def test_every_claim_is_there_with_what_the_studies_say_and_what_is_done_instead(full):
    page = full.get("/evidence/article").text
    said = " ".join(" ".join(parsed(page).text).split())
    assert len(re.findall(r'id="claim-\d+"', page)) == len(CLAIMS) == 15
    for claim in CLAIMS:
        for words in (claim.article_says, claim.verdict_words, claim.studies_say, claim.we_do):
            assert words in said, (claim.ordinal, words)


def test_the_studies_open_in_place_and_say_who_how_many_and_what_was_read(full):
    page = full.get("/evidence/article").text
    assert page.count('<details class="cites">') == 15
    said = " ".join(" ".join(parsed(page).text).split())
    for claim in CLAIMS:
        assert claim.findings
        for one in claim.findings:
            assert one.says in said
            assert one.citation in said
            assert f"Who: {one.who}" in said
    assert full.get("/evidence/article?open").text.count('<details class="cites" open>') == 15


def test_a_verdict_is_words_and_a_sign_and_the_tally_counts_them_all(full):
    page = full.get("/evidence/article").text
    assert {claim.verdict for claim in CLAIMS} <= set(TALLY)
    tally = page[page.index('class="tally"') : page.index('class="audit"')]
    assert sum(int(one) for one in re.findall(r"<b>(\d+)</b>", tally)) == 15
    for claim in CLAIMS:
        assert f'class="verdict v-{claim.verdict.replace(",", "").replace(" ", "-")}"' in page


@pytest.mark.parametrize("store", ["empty", "full"])
def test_every_door_leads_somewhere(store, request):
    browser = request.getfixturevalue(store)
    page = browser.get("/evidence/article").text
    assert set(DOORS) <= {claim.key for claim in CLAIMS}
    addresses = set(re.findall(r'<a href="(/[^"]+)"', page[page.index('class="audit"') :]))
    assert len(addresses) >= (8 if store == "full" else 6)
    for address in addresses:
        path, _, anchor = address.partition("#")
        assert RUN not in address
        reply = browser.get(path, follow_redirects=True)
        assert reply.status_code == 200, address
        assert not anchor or f'id="{anchor}"' in reply.text, address


def test_the_evidence_page_leads_to_it(full):
    assert 'href="/evidence/article"' in full.get("/evidence").text
