"""Folding in Python, against the vectors that it shares with the browser's."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.folding import exact, folded, pairs, tokens

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "folding.json").read_text(encoding="utf-8"))

MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
LETTERS = "aAăÂbcdđĐÐeêgGhHiklmnoôơpqQrstuưvxyYàáảãạằắẳẵặùúủũụỳýỷỹỵòóỏõọùÚờỠ"
NEAR = st.text(
    st.sampled_from(f"{LETTERS}{MARKS}0125.,-/'’–  \n\u200b\u00ad\u00a0ﬁßİ½👩\u1100\u1161\u11a8\uff9e"), max_size=40
)
ANY = st.text(st.characters(exclude_categories=["Cn"]), max_size=30)
TEXTS = NEAR | ANY
ONSETS = ["", *"b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x".split()]
RHYMES = (
    "a ai an anh ao au ay âu ây e en eo ê êu i ia iêu iên o oa oai oan oe oen oi ong ôi ôn ơi u ua ui ưa ươi".split()
)
RHYMES += "ưu uân uê ung uôi uôn uy uyên uynh uyu ưng ươn y yên yêu".split()


def syllables(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def about(vector: Any) -> str:
    return vector["about"].replace(" ", "-") if isinstance(vector, dict) else ascii(vector)


@pytest.mark.parametrize("vector", VECTORS["forms"], ids=about)
def test_forms(vector: Any) -> None:
    assert exact(vector["text"]) == vector["exact"]
    assert folded(vector["text"]) == vector["folded"]


@pytest.mark.parametrize("spellings", VECTORS["placement"], ids=lambda spellings: spellings[0])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_tone_marks_come_to_one_place(spellings: list[str], form: Any) -> None:
    for spelling in spellings:
        typed = unicodedata.normalize(form, spelling)
        assert exact(typed) == exact(typed.upper()) == spellings[0]
        assert exact(f"({typed}.") == f"({spellings[0]}."


@pytest.mark.parametrize("word", VECTORS["kept"])
def test_words_that_are_right_stay(word: str) -> None:
    assert exact(word) == word


@pytest.mark.parametrize("vector", VECTORS["tokens"], ids=about)
def test_tokens(vector: Any) -> None:
    expected = [(text, start, end, bool(form)) for text, start, end, *form in vector["tokens"]]
    assert [tuple(token) for token in tokens(vector["text"])] == expected
    assert syllables(vector["text"]) == [text for text, *_ in expected]


@pytest.mark.parametrize("vector", VECTORS["pairs"], ids=about)
def test_pairs(vector: Any) -> None:
    assert pairs(vector["text"]) == vector["pairs"]


@pytest.mark.parametrize("vector", VECTORS["long"], ids=about)
def test_long_texts_take_time_in_proportion(vector: Any) -> None:
    text = vector.get("before", "") + vector["text"] * vector["times"]
    started = time.process_time()
    assert sum(not token.form for token in tokens(text)) == vector["tokens"]
    assert len(pairs(text)) == vector["pairs"]
    assert time.process_time() - started < 5  # a pattern that tries all ways takes minutes


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("2.500", "2500"),
        ("88,3", "88.3"),
        ("05/09/2017", "5/9/2017"),
        ("5.9.2017", "05/9/2017"),
        ("06-QĐ/TU", "6-qđ/tu"),
        ("217–QĐ/TW", "217-QÐ/TW"),
        ("H’Mông", "hmông"),
        ("Thủy sản", "thuỷ sản"),
    ],
)
def test_as_printed_and_as_typed_find_each_other(printed: str, typed: str) -> None:
    """Of each place asked for, the form or all words are there."""
    for text, query in ((printed, typed), (typed, printed)):
        there = set(syllables(text))
        asked = tokens(query)
        forms = {token.text for token in asked if token.form}
        assert forms & there or {token.text for token in asked if not token.form} <= there


def test_the_main_vowel_makes_half_typed_words_prefixes() -> None:
    for typed, word in (("hòa", "hoàn"), ("tóa", "toán"), ("húy", "huýt"), ("xóe", "xoét")):
        assert word.startswith(exact(typed))


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert exact(exact(text)) == exact(text)
    assert folded(folded(text)) == folded(text) == folded(exact(text)) == exact(folded(text))


@given(TEXTS)
def test_the_form_of_unicode_does_not_count(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        other = unicodedata.normalize(form, text)  # type: ignore[arg-type]
        assert exact(other) == exact(text)
        assert syllables(other) == syllables(text)
        assert pairs(other) == pairs(text)


@given(NEAR)
def test_no_mark_of_a_letter_is_left(text: str) -> None:
    assert not re.search("[đĐ\u0300-\u036f]", unicodedata.normalize("NFD", folded(text)))


@given(TEXTS)
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    assert syllables(exact(text)) == syllables(text)
    before = 0
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= before or not token.form
        assert re.match(r"[^\W_]", token.text)
        before = token.start
        again = tokens(text[token.start : token.end])
        assert token.text in {each.text for each in again}


@given(TEXTS)
def test_a_letter_is_in_a_token_or_none(text: str) -> None:
    """What stands outside of all tokens is no letter and no digit."""
    inside = {place for token in tokens(text) for place in range(token.start, token.end)}
    rest = "".join(" " if place in inside else sign for place, sign in enumerate(text))
    assert not syllables(rest)


@given(TEXTS)
def test_pairs_join_the_words_in_their_order(text: str) -> None:
    words = [token.text for token in tokens(folded(text)) if not token.form]
    following = [f"{one}_{two}" for one, two in pairwise(words)]
    rest = iter(following)
    assert all(pair in rest for pair in pairs(text))


@given(st.sampled_from(ONSETS), st.sampled_from(RHYMES), st.sampled_from(["", *"\u0300\u0301\u0303\u0309\u0323"]))
def test_a_tone_mark_may_be_typed_on_any_vowel(onset: str, rhyme: str, tone: str) -> None:
    """Wherever the mark is put, the word is the same, and another tone makes another word."""
    bare = onset + rhyme
    vowels = [place for place in range(len(bare)) if unicodedata.normalize("NFD", bare[place])[0] in "aeiouy"]
    if onset == "g" and rhyme[0] == "i":
        vowels = vowels[1:] or vowels
    typed = {bare[: place + 1] + tone + bare[place + 1 :] for place in vowels}
    assert len({exact(word) for word in typed}) == 1
    assert {exact(word) == exact(bare) for word in typed} == {not tone}
    assert {folded(word) for word in typed} == {folded(bare)}
