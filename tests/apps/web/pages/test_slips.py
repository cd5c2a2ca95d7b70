"""Something else that was done, and what was told by mistake: on the screen."""

from __future__ import annotations


def test_something_else_is_said_on_today_and_a_wrong_number_is_said_beside_it(full):
    page = full.get("/").text
    assert "Write a run down" in page and 'action="/said"' in page
    wrong = full.submit("/said", {"minutes": "none", "on": ""})
    assert wrong.status_code == 422 and "Write the minutes you went backward" in wrong.text
    full.submit("/said", {"minutes": "6", "forward": "10"})
    assert "Something else, backward" in full.get("/check-in").text


def test_a_fall_told_by_mistake_is_taken_back_on_the_page_of_clearing(empty):
    empty.submit("/check-in", {"fell": "yes", "concussion": "no"})
    assert 'href="/clearing"' in empty.get("/check-in/saved").text
    page = empty.get("/clearing").text
    key = page.partition('value="fall:')[2].partition('"')[0]
    assert "Told by mistake" in page and key
    refused = empty.submit("/clearing/mistake", {"of": f"fall:{key}", "reason": ""})
    assert refused.status_code == 422 and "Write in a few words" in refused.text
    empty.submit("/clearing/mistake", {"of": f"fall:{key}", "reason": "wrong line"})
    page = empty.get("/clearing").text
    assert 'value="fall:' not in page and "taken back as a mistake: wrong line" in page
