from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.words import LONGEST, NEGATION, Vocabulary, normalise, stem, tokens


def _tokens(text: str) -> list[str]:
    return tokens(normalise(text))


def _keys(vocabulary: Vocabulary, text: str) -> list[str]:
    return vocabulary.keys(normalise(text))


@pytest.mark.parametrize(
    ("as_extracted", "as_meant"),
    [
        ("The Child’s ﬁle", "the child file"),
        ("re\u00adcord\u200bing", "recording"),
        ("one\u00a0\n  two", "one two"),
        ("It isn’t shared and cannot be found", "it is not shared and not be found"),
        ("long- \nterm", "long-term"),
        ("short- and long-term", "short- and long-term"),
        ("2009 - 2010", "2009 - 2010"),
    ],
)
def test_what_extraction_varies_is_folded(as_extracted: str, as_meant: str) -> None:
    assert normalise(as_extracted) == as_meant


def test_function_words_go_and_negations_stay() -> None:
    assert _tokens("There is no agreed form, and it has never been shared by the teams") == [
        NEGATION, "agreed", "form", NEGATION, "shared", "teams",
    ]  # fmt: skip


def test_inflections_share_a_stem_and_other_scripts_keep_their_word() -> None:
    assert stem("assessing") == stem("assessment") == stem("assessed")
    assert stem("оценка") == "оценка"
    assert stem("24") == "24"


def test_a_word_that_the_corpus_does_not_know_is_taken_for_its_nearest() -> None:
    known = Vocabulary(["supervision", "chronologies"])
    assert _keys(known, "Supervison and chronologes") == [stem("supervision"), stem("chronologies")]


def test_repair_keeps_what_turns_a_word_round_and_what_is_short() -> None:
    known = Vocabulary(["appropriate", "sufficient", "cafe"])
    assert _keys(known, "inappropriate insufficient") == [stem("inappropriate"), stem("insufficient")]
    assert _keys(known, "caf") == ["caf"]


def test_a_word_cut_by_a_line_end_is_one_where_the_corpus_writes_it_as_one() -> None:
    known = Vocabulary(["safeguarding", "agency", "multi"])
    assert _keys(known, "safe- \nguarding") == [stem("safeguarding")]
    assert _keys(known, "multi- \nagency") == ["multi", stem("agency")]


def test_the_order_of_a_vocabulary_makes_no_difference() -> None:
    # Both are as far from the word that is asked for.
    there, back = ["records", "recorda"], ["recorda", "records"]
    assert _keys(Vocabulary(there), "recordz") == _keys(Vocabulary(back), "recordz")


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=5))
def test_any_text_has_keys(text: str, known: list[str]) -> None:
    vocabulary = Vocabulary(word for entry in known for word in _tokens(entry))
    assert all(_keys(vocabulary, text)) or not _tokens(text)


@given(st.text(max_size=200))
def test_a_corpus_knows_its_own_words(text: str) -> None:
    vocabulary = Vocabulary(_tokens(text))
    assert set(_keys(vocabulary, text.replace("-", " "))) <= {stem(word) for word in _tokens(text)} | {NEGATION}


def test_of_a_long_text_the_first_words_count() -> None:
    text = " ".join(f"word{n}" for n in range(10 * LONGEST))
    assert len(_keys(Vocabulary([]), text)) == LONGEST
