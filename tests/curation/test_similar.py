from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from curation.similar import CANDIDATES, OPPOSED, Corpus, Entry, Match, _code
from curation.words import normalise
from tests.bench.labelled import REAL, Labelled, real_letters, sample_letters
from tests.bench.themes import evaluate_similar

SUPERVISION = "Supervision of social workers is regular and is recorded on their files."
TEXTS = {
    "eastmarch": [
        SUPERVISION,
        "Thresholds for services are understood by partner agencies.",
        "The duty room is warm and has a kettle.",
    ],
    "saltwick": [
        "Social workers receive regular supervision, and records of it are kept on file.",
        "Thresholds for services are not understood by partner agencies.",
        "Chronologies were missing from older files.",
    ],
    "northby": ["Audits are rare.", "Parents are asked what they think of the service."],
}


def _entries() -> list[Entry]:
    return [
        Entry(f"2010/{place}", place.title(), f"f-{number}", ("strength", "satisfactory")[number % 2], text)
        for place, texts in TEXTS.items()
        for number, text in enumerate(texts)
    ]


CORPUS = Corpus(_entries())


def _letters(matches: tuple[Match, ...]) -> list[str]:
    return [match.entry.letter for match in matches]


def test_the_same_finding_elsewhere_comes_first() -> None:
    itself, other, *_ = CORPUS.similar(SUPERVISION)
    assert (itself.entry.text, itself.score) == (SUPERVISION, 100)
    assert other.entry.text == TEXTS["saltwick"][0]
    assert 45 <= other.score < 90


def test_a_letter_or_an_authority_is_left_out_while_picking() -> None:
    # More findings in the letter than are ever ranked: leaving them out afterwards would leave nothing.
    crowd = [Entry("own", "Own", f"f-{n}", "strength", SUPERVISION) for n in range(2 * CANDIDATES)]
    crowded = Corpus([*crowd, *_entries()])
    assert set(_letters(crowded.similar(SUPERVISION, leave_out_letter="2010/eastmarch", top=99))) == {"own"}
    assert _letters(crowded.similar(SUPERVISION, leave_out_letter="own", top=1)) == ["2010/eastmarch"]
    assert _letters(crowded.similar(SUPERVISION, leave_out_authority="Own", top=1)) == ["2010/eastmarch"]
    both = crowded.similar(SUPERVISION, leave_out_letter="own", leave_out_authority="Eastmarch", top=1)
    assert _letters(both) == ["2010/saltwick"]
    assert crowded.similar(SUPERVISION, leave_out_letter="nowhere") == crowded.similar(SUPERVISION)


def test_a_category_or_an_authority_is_asked_for() -> None:
    assert {m.entry.category for m in CORPUS.similar(SUPERVISION, category="satisfactory")} <= {"satisfactory"}
    (first, *_) = CORPUS.similar(SUPERVISION, category="strength", authority="Saltwick")
    assert first.entry.text == TEXTS["saltwick"][0]
    assert {m.entry.authority for m in CORPUS.similar(SUPERVISION, authority="Saltwick")} == {"Saltwick"}
    assert CORPUS.similar(SUPERVISION, category="no-such") == CORPUS.similar(SUPERVISION, authority="Nowhere") == ()


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("Thresholds are understood.", "Thresholds are not understood."),
        ("Thresholds are shared by all agencies.", "Thresholds aren't shared by all agencies."),
        ("There are agreed thresholds in the county.", "There are no agreed thresholds in the county."),
    ],
)  # fmt: skip
def test_a_denial_is_not_nearly_the_same(said: str, denied: str) -> None:
    corpus = Corpus([Entry("a", "A", "f-1", "strength", denied), Entry("b", "B", "f-1", "strength", said)])
    same, other = corpus.similar(said)
    assert (same.entry.letter, same.score) == ("b", 100)
    assert other.score <= OPPOSED
    same, other = corpus.similar(denied)
    assert (same.entry.letter, same.score) == ("a", 100)
    assert other.score <= OPPOSED


def test_one_shared_word_does_not_make_two_findings_alike() -> None:
    corpus = Corpus([Entry("a", "A", "f-1", "strength", "Supervision."), *_entries()])
    long = "Files of looked-after children hold birth certificates, school reports and a note of supervision."
    shared = next(match for match in corpus.similar(long) if match.entry.letter == "a")
    assert fuzz.token_set_ratio("supervision", normalise(long).rstrip(".")) == 100
    assert shared.score < 35


def test_what_shares_no_word_does_not_come_back() -> None:
    assert CORPUS.similar("") == CORPUS.similar("of the and") == CORPUS.similar("Ωμέγα") == ()
    assert Corpus([]).similar(SUPERVISION) == ()
    assert all(match.score > 0 for match in CORPUS.similar("kettle", top=99))


def test_misspelt_words_are_read_as_the_corpus_writes_them() -> None:
    (first, *_) = CORPUS.similar("Chronologes were mising from older fles.")
    assert first.entry.text == TEXTS["saltwick"][2]


def test_other_alphabets_are_words_too() -> None:
    greek = "Η εποπτεία είναι τακτική και καταγράφεται."
    corpus = Corpus([Entry("gr", "GR", "f-1", "strength", greek), *_entries()])
    assert _letters(corpus.similar("Η εποπτεία είναι τακτική")) == ["gr"]


def test_a_very_long_text_is_answered() -> None:
    text = " ".join([SUPERVISION, *(f"word{n}" for n in range(10_000))])
    first = CORPUS.similar(text)[0]
    assert first.entry.text == SUPERVISION
    assert first.score < 20


def test_no_code_is_a_surrogate_and_stems_share_one_only_past_a_million() -> None:
    codes = [_code(number) for number in range(60_000)]
    assert len(set(codes)) == len(codes)
    assert not any(0xD800 <= ord(code) < 0xE000 for code in codes)
    last = 0x110000 - 0x21 - 2048
    assert _code(last - 1) == "\U0010ffff"
    assert _code(last) == _code(0)


words = st.sampled_from(
    "supervision recorded regular files thresholds not agencies audits missing parents views".split()
)
texts = st.lists(words, min_size=1, max_size=10).map(" ".join)
entries = st.builds(
    Entry,
    letter=st.sampled_from(["a", "b", "c"]),
    authority=st.sampled_from(["A", "B"]),
    finding=st.sampled_from(["f-1", "f-2", "f-3"]),
    category=st.sampled_from(["strength", "satisfactory"]),
    text=texts,
)


@given(st.lists(entries, max_size=12), texts, st.randoms(use_true_random=False))
def test_the_order_of_entries_makes_no_difference(found: list[Entry], text: str, rng: random.Random) -> None:
    assert Corpus(found).similar(text) == Corpus(rng.sample(found, len(found))).similar(text)


@given(st.lists(entries, max_size=12), st.one_of(st.text(max_size=300), texts), st.integers(-1, 60))
def test_any_text_gives_ranked_matches(found: list[Entry], text: str, top: int) -> None:
    matches = Corpus(found).similar(text, top=top)
    scores = [match.score for match in matches]
    assert len(matches) <= max(top, 0)
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
    assert {match.entry for match in matches} <= set(found)


@given(st.lists(entries, min_size=1, max_size=12), texts, st.sampled_from(["a", "b"]), st.sampled_from(["A", "B"]))
def test_filters_take_away_and_never_change_a_score(found: list[Entry], text: str, letter: str, authority: str) -> None:
    corpus = Corpus(found)
    everything = corpus.similar(text, top=CANDIDATES)
    assert (
        corpus.similar(text, leave_out_letter=letter, category="strength", authority=authority)
        == tuple(
            match
            for match in everything
            if match.entry.letter != letter
            and match.entry.category == "strength"
            and match.entry.authority == authority
        )[:10]
    )


def _hold(labelled: Labelled) -> None:
    found = evaluate_similar(labelled)
    assert found.nearest >= 0.65
    assert found.one_of_three >= 0.82


def test_the_figures_hold_on_the_real_letters() -> None:
    labelled = real_letters()
    if labelled is None:
        pytest.skip(f"{REAL} names no folder of real letters")
    _hold(labelled)


def test_the_figures_hold_on_the_sample_letters() -> None:
    _hold(sample_letters())


def test_few_are_missed_of_the_best_ten_of_a_full_scan() -> None:
    entries = [*sample_letters()]
    # As often again in other words and orders, so that many are nearly as good as the fiftieth.
    rng = random.Random(7)
    mixed = [
        " ".join(rng.sample(words, len(words))[: rng.randint(8, 30)]) for e in entries for words in [e.text.split()]
    ]
    corpus = Corpus([*entries, *(replace(e, letter="mixed", text=t) for e, t in zip(entries, mixed, strict=True))])
    asked = rng.sample(entries, 40)
    kept = 0
    for entry in asked:
        # Looking in each authority by itself ranks nearly everything twice.
        everything = [
            match
            for authority in {e.authority for e in entries}
            for match in corpus.similar(entry.text, authority=authority, top=CANDIDATES)
        ]
        best = {match.entry for match in sorted(everything, key=lambda match: -match.score)[:10]}
        kept += len(best & {match.entry for match in corpus.similar(entry.text)})
    assert kept / (10 * len(asked)) >= 0.99
