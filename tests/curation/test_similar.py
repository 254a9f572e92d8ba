from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from curation.alphabet import code as _code
from curation.entry import CANDIDATES, OPPOSED, Entry, Match
from curation.similar import Corpus
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
    assert (same.entry.letter, same.score, same.opposed) == ("b", 100, False)
    assert other.score <= OPPOSED
    assert other.opposed
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


hyphened = st.lists(
    st.sampled_from("front-line frontline supervision supervised not audits missing multi-agency multiagency".split()),
    max_size=6,
).map(" ".join)
letters = st.sampled_from(["a", "b", "c", "d"])
changes = st.lists(st.tuples(letters, st.lists(hyphened, max_size=8)), max_size=8)


def _of_letter(letter: str, texts: list[str]) -> list[Entry]:
    return [Entry(letter, letter.upper(), f"f-{n}", "strength", text) for n, text in enumerate(texts)]


@given(changes, hyphened, st.sampled_from([0, 5, 1_000]))
def test_letters_put_in_and_taken_out_give_the_answer_of_a_corpus_made_at_once(
    put: list[tuple[str, list[str]]], asked: str, postings_from: int
) -> None:
    grown = Corpus(postings_from=postings_from)
    for letter, texts in put:
        grown.put(letter, _of_letter(letter, texts))
        grown.similar(asked)
    entries = [entry for letter, texts in dict(put).items() for entry in _of_letter(letter, texts)]
    at_once = Corpus(entries, postings_from=postings_from)
    assert grown.similar(asked, top=CANDIDATES) == at_once.similar(asked, top=CANDIDATES)
    assert grown.pairs(40) == at_once.pairs(40)
    assert grown.common(asked, "frontline audits") == at_once.common(asked, "frontline audits")


def test_putting_a_letter_in_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(_entries())
    read: list[str] = []

    def watched(text: str) -> str:
        read.append(text)
        return normalise(text)

    monkeypatch.setattr("curation.finding_index.normalise", watched)
    new = "Audits are done by hand."
    corpus.put("2011/new", [Entry("2011/new", "New", "f-1", "strength", new)])
    corpus.put("2010/northby", [])
    assert set(read) == {new}
    assert not [m for m in corpus.similar(TEXTS["northby"][1], top=50) if m.entry.letter == "2010/northby"]


def test_a_year_is_asked_for() -> None:
    corpus = Corpus([replace(entry, year=2009 + (entry.letter == "2010/saltwick")) for entry in _entries()])
    assert set(_letters(corpus.similar(SUPERVISION, year=2010))) == {"2010/saltwick"}
    assert corpus.similar(SUPERVISION, year=1999) == ()


def test_what_was_judged_not_the_same_is_gone_and_the_same_comes_first() -> None:
    nearest, second, *_ = CORPUS.similar(SUPERVISION, leave_out_letter="2010/eastmarch")
    assert (
        CORPUS.similar(SUPERVISION, leave_out_letter="2010/eastmarch", judged={nearest.entry.ref: False})[0] == second
    )
    far = next(entry for entry in _entries() if entry.text == "Audits are rare.")
    judged = {far.ref: True, "2010/saltwick#f-gone": True, "gone#f-1": False}
    first, then, *_ = CORPUS.similar(SUPERVISION, leave_out_letter="2010/eastmarch", judged=judged)
    assert (first.entry, first.same) == (far, True)
    assert (then.entry, then.same) == (nearest.entry, False)
    assert CORPUS.similar(SUPERVISION, authority="Eastmarch", judged=judged)[0].entry.letter == "2010/eastmarch"


def test_not_the_same_makes_room_for_others_among_the_candidates() -> None:
    crowd = [Entry(f"l{n:03}", "Own", "f-1", "strength", SUPERVISION) for n in range(2 * CANDIDATES)]
    corpus = Corpus([*crowd, *_entries()])
    found = corpus.similar(SUPERVISION, judged={entry.ref: False for entry in crowd}, top=1)
    assert _letters(found) == ["2010/eastmarch"]


def test_postings_find_what_a_full_scan_finds() -> None:
    entries = [*sample_letters()]
    scanned, looked_up = Corpus(entries), Corpus(entries, postings_from=100)
    kept = best = 0
    for entry in entries:
        wanted = {match.entry for match in scanned.similar(entry.text, top=5)}
        kept += len(wanted & {match.entry for match in looked_up.similar(entry.text, top=5)})
        best += len(wanted)
    assert kept / best >= 0.99


def test_all_pairs_are_those_that_asking_one_by_one_gives() -> None:
    entries, pairs = CORPUS.pairs(40)
    assert entries == CORPUS.entries()
    one_by_one = {
        (*sorted((entries.index(entry), entries.index(match.entry))), match.score)
        for entry in entries
        for match in CORPUS.similar(entry.text, top=CANDIDATES)
        if match.score >= 40 and match.entry != entry
    }
    assert pairs == sorted(one_by_one)
    assert one_by_one


def test_the_words_in_common_are_marked_where_they_stand() -> None:
    text, other = (
        "“Front-line” Supervision isn’t always recorded.",
        "Records of supervised front- line staff are not kept.",
    )
    corpus = Corpus([Entry("a", "A", "f-1", "strength", text), Entry("b", "B", "f-1", "strength", other)])
    marked, in_other = corpus.common(text, other)
    assert [text[start:end] for start, end in marked] == ["Front", "line", "Supervision", "isn’t", "recorded"]
    assert [other[start:end] for start, end in in_other] == ["Records", "supervised", "front", "line", "not"]
    assert corpus.common("of the and", "of the and") == ((), ())


@given(st.text(max_size=80), st.text(max_size=80))
def test_marks_are_in_order_and_inside_the_text(text: str, other: str) -> None:
    for words, spans in zip((text, other), Corpus().common(text, other), strict=True):
        assert all(0 <= start < end <= len(words) for start, end in spans)
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


@given(texts)
def test_all_words_of_a_text_are_in_common_with_itself(text: str) -> None:
    spans, _ = Corpus().common(text, text)
    assert [text[start:end] for start, end in spans] == text.split()


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
