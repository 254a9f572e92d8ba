from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.anchoring import Certainty, Placement, Quote, place_all
from curation.beginning import begin
from curation.review import Review, ReviewedFinding
from curation.spans import text_of
from parsers.letter import Letter
from parsers.parse import parse
from tests.bench.rebase import SAMPLES, Tally, real_letters, tally, texts_of
from tests.made import damage
from tests.made.letters import make
from tests.made.quotes import quotes_of

PLACED = (Certainty.SAME, Certainty.MOVED)

HEAD = "1 December 2010\n\nDear Ms Reed\n\nAnnual unannounced inspection\n\n"
LETTER = HEAD + (
    "Strengths\n\n"
    "- Supervision is regular, and staff say that it helps them in their work with families.\n"
    "- Children are seen alone, and what they say is written down in their own words.\n"
    "- Staff are well led.\n\n"
    "Areas for development\n\n"
    "- Chronologies are missing from older files, and new ones are not always begun.\n"
    "- The recording system is slow, and work has been lost when it failed without warning.\n\n"
    "Yours sincerely\n\nA Person\nHer Majesty's Inspector\n"
)


def _review(text: str) -> Review:
    return begin(parse(text), "letter")


def _placed(text: str, new: str) -> dict[str, tuple[Certainty, str]]:
    """What became of each finding of `text`, by its first two words, and what it says in `new`."""
    review = _review(text)
    placements = place_all(quotes_of(review), parse(new))
    names = {f.id: " ".join(f.text.split()[:2]) for f in review.findings}
    return {names[p.id]: (p.certainty, text_of(new, p.spans)) for p in placements}


# ---- single cases ----


def test_the_same_text_gives_the_same_places() -> None:
    review = _review(LETTER)
    placements = place_all(quotes_of(review), parse(LETTER))
    assert [p.spans for p in placements] == [f.spans for f in review.findings]
    assert {p.certainty for p in placements} == {Certainty.SAME}


def test_a_page_that_comes_in_between_is_left_out_of_the_finding() -> None:
    new = LETTER.replace("and staff say that", "and staff say\n\nINVESTOR IN PEOPLE\n\n\n\nthat")
    review = _review(LETTER)
    first = place_all(quotes_of(review), parse(new))[0]
    assert [new[start:end] for start, end in first.spans] == [
        "Supervision is regular, and staff say",
        "that it helps them in their work with families.",
    ]


def test_a_running_head_that_the_parser_does_not_know_is_left_out_too() -> None:
    new = LETTER.replace("and staff say that", "and staff say\n\n\n\nLetters of the county, bundle 7\n\n\n\nthat")
    certainty, words = _placed(LETTER, new)["Supervision is"]
    assert (certainty, words) == (Certainty.SAME, _review(LETTER).findings[0].text)


def test_a_page_that_went_away_leaves_one_span() -> None:
    old = LETTER.replace("and staff say that", "and staff say\n\nINVESTOR IN PEOPLE\n\n\n\nthat")
    assert len(_review(old).findings[0].spans) == 2
    first = place_all(quotes_of(_review(old)), parse(LETTER))[0]
    assert first.spans == _review(LETTER).findings[0].spans


def test_quotation_marks_at_the_ends_stay_with_the_finding() -> None:
    old = LETTER.replace("Children are seen alone, and what they say", "'Children' are seen alone, and what they say")
    new = old.replace("'Children'", "\u2018Children\u2019").replace("Supervision is regular", "Supervision is seldom")
    assert _placed(old, new)["'Children' are"][1].startswith("\u2018Children\u2019 are seen")


def test_a_finding_that_is_gone_is_not_placed_on_one_that_is_like_it() -> None:
    twin = "- The recording system is slow, and work has been lost when it failed without notice.\n"
    old = LETTER.replace("\nYours", twin + "\nYours")
    gone = old.replace("- The recording system is slow, and work has been lost when it failed without warning.\n", "")
    review = _review(old)
    placements = {p.id: p for p in place_all(quotes_of(review), parse(gone))}
    first, second = review.findings[-2:]
    assert text_of(gone, placements[second.id].spans) == second.text
    assert placements[first.id].certainty is Certainty.LOST


def test_of_the_same_words_under_two_headings_the_one_that_is_left_keeps_its_own() -> None:
    words = "- Assessments are begun in time, and managers look at each of them before it ends.\n"
    old = LETTER.replace("\nAreas for", words + "\nAreas for").replace("\nYours", words + "\nYours")
    above, below = (f for f in _review(old).findings if f.text.startswith("Assessments"))
    for kept, lost, new in (
        (above, below, LETTER.replace("\nAreas for", words + "\nAreas for")),
        (below, above, LETTER.replace("\nYours", words + "\nYours")),
    ):
        placements = {p.id: p for p in place_all(quotes_of(_review(old)), parse(new))}
        assert placements[kept.id].certainty is Certainty.SAME
        assert placements[lost.id].certainty not in PLACED


def test_a_finding_whose_words_stand_only_inside_another_is_not_placed_there() -> None:
    old = LETTER.replace("- Staff are well led.\n", "- Staff are well led.\n- We saw that. Staff are well led.\n")
    new = old.replace("- Staff are well led.\n", "")
    assert _placed(old, new)["Staff are"][0] not in PLACED


def test_words_that_were_half_rewritten_are_asked_about_and_never_placed() -> None:
    new = LETTER.replace("and new ones are not always begun", "and new ones are begun by some")
    certainty, words = _placed(LETTER, new)["Chronologies are"]
    assert certainty is Certainty.ASKED
    assert words.startswith("Chronologies are missing from older files, and new ones are begun")


def test_a_change_of_few_letters_moves_the_finding_with_its_ends() -> None:
    new = LETTER.replace("Chronologies are missing", "Cronologies are missing").replace(
        "always begun.", "always begum."
    )
    assert _placed(LETTER, new)["Chronologies are"] == (
        Certainty.MOVED,
        "Cronologies are missing from older files, and new ones are not always begum.",
    )


def test_a_finding_without_known_context_or_place_is_placed_by_its_words() -> None:
    review = _review(LETTER)
    bare = [Quote(f.id, f.text) for f in review.findings]
    known = [*quotes_of(review)[:-1], bare[-1]]
    assert place_all(known, parse(LETTER))[-1].spans == review.findings[-1].spans


# ---- figures: `python -m tests.bench.rebase` prints them ----


@pytest.fixture(scope="module", params=["samples", "real letters"])
def texts(request: pytest.FixtureRequest) -> dict[str, str]:
    folder = SAMPLES if request.param == "samples" else real_letters()
    if folder is None:
        pytest.skip("the real letters are not here: RECTO_REAL_LETTERS is not set")
    return texts_of(folder)


@pytest.mark.parametrize("kind", damage.KINDS)
def test_no_finding_goes_to_a_wrong_place_and_98_in_100_are_placed(kind: str, texts: dict[str, str]) -> None:
    found = tally(kind, texts, range(2))
    assert found.wrong == ()
    assert found.placed >= 0.98 * found.all


@pytest.mark.torture
@pytest.mark.parametrize("kind", damage.KINDS)
def test_the_same_over_many_damages(kind: str, texts: dict[str, str]) -> None:
    found = tally(kind, texts, range(150))
    assert found.wrong == ()
    assert found.placed >= 0.98 * found.all


def test_on_the_letter_of_another_council_all_go_to_the_tray(texts: dict[str, str]) -> None:
    for name in texts:
        for other in texts:
            if other.rpartition("-")[0] != name.rpartition("-")[0]:
                placements = place_all(quotes_of(_review(texts[name])), parse(texts[other]))
                assert {p.certainty for p in placements} == {Certainty.LOST}, (name, other)


# ---- promises over made letters ----


@dataclass(frozen=True)
class Case:
    review: Review
    damaged: damage.Damaged

    @property
    def letter(self) -> Letter:
        return parse(self.damaged.text)

    def placements(self) -> list[tuple[ReviewedFinding, Placement]]:
        return list(zip(self.review.findings, place_all(quotes_of(self.review), self.letter), strict=True))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rng = Random(draw(st.integers(0, 2**32)))
    review = _review(make(rng).text)
    kinds = draw(st.lists(st.sampled_from(sorted(damage.KINDS)), max_size=3, unique=True))
    damaged = damage.undamaged(review.text)
    if review.findings:
        damaged = damage.both(*(damage.KINDS[kind] for kind in kinds))(damaged, review, rng)
    return Case(review, damaged)


@given(cases())
def test_however_a_letter_is_damaged_no_finding_goes_to_a_wrong_place(case: Case) -> None:
    for finding, placement in case.placements():
        if placement.certainty in PLACED:
            fault = damage.fault(case.damaged, finding, placement.spans)
            assert fault.foreign <= Tally.BESIDE, (finding, placement)
            assert fault.missing <= Tally.BESIDE, (finding, placement)


@settings(max_examples=25)
@given(cases())
def test_placed_findings_never_overlap_and_stand_inside_the_letter(case: Case) -> None:
    placed = sorted(p.spans for _, p in case.placements() if p.certainty in PLACED)
    assert all(before[-1].end <= after[0].start for before, after in pairwise(placed))
    assert all(0 <= s < e <= len(case.damaged.text) for spans in placed for s, e in spans)
