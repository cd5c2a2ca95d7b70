"""Of many promises that do nothing one looks as if it did: claims are held to one rate."""

from __future__ import annotations

from dataclasses import replace

from tests.outcomes.lives import question

from backward_running.outcomes.answering import Word, answer
from backward_running.outcomes.together import together

TOLD = replace(answer(question(), with_curves=False), word=Word.CANNOT_TELL, chance_better=0.5)
PROBABLY = replace(TOLD, word=Word.PROBABLY, chance_better=0.98)


def test_one_claim_alone_holds_and_among_ten_it_does_not():
    assert together({"weight": PROBABLY}).claims == 1
    among = together({"weight": PROBABLY} | {f"other {number}": TOLD for number in range(9)})
    assert among.claims == 0 and among.taken_back == ("weight",)
    assert among.answers["weight"].word is Word.CANNOT_TELL


def test_a_strong_claim_holds_among_ten_and_false_ones_are_expected():
    strong = replace(PROBABLY, chance_better=0.0001, word=Word.PROBABLY_WORSE)
    among = together({"pain": strong} | {f"other {number}": TOLD for number in range(9)})
    assert among.answers["pain"].word is Word.PROBABLY_WORSE
    assert among.claims == 1 and among.expected_false == 0.05


def test_no_number_counts_for_nothing():
    none = replace(TOLD, word=Word.NO_NUMBER, chance_better=None)
    assert together({"weight": PROBABLY, "pain": none}).claims == 1
