"""The lines around the panes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.entry import Entry
from parsers.letter import Doubt, Span
from tests.tui.test_paint import review_of
from tui import paint_info
from tui.paint import Line, Run, fitted, line_width
from tui.paint_alike import Alike
from tui.paint_info import Advice, Hint
from tui.palette import DIM, TEXT, category_styles

STYLES = category_styles("unannounced-cra")
HINTS = (Hint("thresholds", 54.2, True, "threshold"), Hint("case-flow", 27.0, False, "referral"))


def plain(line: Line) -> str:
    return "".join(run.text for run in line)


def test_themes_come_first_then_suggestions_on_digits_the_unsure_ones_faint() -> None:
    (finding,) = review_of(["Words."]).findings
    line = paint_info.themes(finding.themes, Advice(HINTS, ()), 80)
    assert plain(line) == " themes  none yet ·  1 thresholds 54  2 case-flow 27  t more"
    inks = {run.text.strip(): run.ink for run in line}
    assert (inks["thresholds 54"], inks["case-flow 27"]) == (TEXT, DIM)
    assert "looking for suggestions" in plain(paint_info.themes(finding.themes, Advice(), 80))


@pytest.mark.parametrize("width", [40, 46, 60, 80])
def test_as_many_suggestions_as_there_is_room_for_and_the_way_to_all_of_them(width: int) -> None:
    line = plain(paint_info.themes(("supervision",), Advice(HINTS, ()), width))
    name = {40: "thr…", 46: "threshol…"}.get(width, "thresholds")
    assert line.startswith(f" themes  supervision ·  1 {name} 54 ")
    assert line.endswith(" t more")
    assert len(line) <= max(width, 41)
    assert ("2 case-flow 27" in line) == (width >= 80)


@pytest.mark.parametrize("width", [38, 60, 80])
def test_the_status_line_never_cuts_a_number(width: int) -> None:
    right = ("ab", "couldn't be placed 2", "saved 09:14:31", "undo 14", "redo 1", "to check 13")
    line = plain(paint_info.status("Eastmarch <> Saltwick", right, width))
    assert len(line) == width
    assert line.endswith("to check 13 ")
    assert set(line.split(" ab ")[1].strip(" ·").split(" · ")) <= {*right, "…"}


def test_all_categories_are_named_in_as_few_lines_as_there_is_room_for() -> None:
    for width, lines in ((120, 1), (80, 2), (60, 3)):
        painted = [plain(line) for line in paint_info.categories(STYLES, width)]
        assert len(painted) == lines
        assert all(len(line) <= width for line in painted)
        assert all(f"{s.number} {s.tag} {s.label}" in "".join(painted) for s in STYLES.values())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_as_many_alike_findings_as_there_is_room_for(width: int) -> None:
    entry = Entry("b", "Waveney", "f-1", "area_for_development", "Files lack chronologies, and history is lost.")
    found = Alike(entry, 71.4)
    line = plain(paint_info.alike(Advice((), (found,) * 5), STYLES, width))
    assert line.startswith(' alike   71 Waveney AD "Files l')
    assert line.endswith("= all")
    assert len(line) < max(width, 42)
    assert line.count("Waveney") == {40: 1, 80: 1, 120: 2}[width]


def test_a_joined_page_shows_the_words_on_both_sides() -> None:
    review = review_of(["slow, and", "work has gone"])
    gap = Span(review.findings[0].spans[0].end, review.findings[0].spans[1].start)
    doubts = [Doubt("page-join", "joined over a page break", gap, "f-000000"), Doubt("too-long", "is long", gap)]
    line = plain(paint_info.check(review, doubts, 5, on_finding=True))
    assert 'page-join: joined over a page break, "slow, and" + "work has" (and 1 more)' in line
    assert "space right" in line
    assert "nothing here; 5 in the letter" in plain(paint_info.check(review, (), 5, on_finding=True))


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_the_status_line_keeps_what_is_saved_and_clips_the_name(width: int) -> None:
    line = paint_info.status("A council of a very long name", ("ab", "saved 09:14:31", "", "undo 3"), width)
    assert line_width(line) <= max(width, 9 + width * 2 // 3)
    if width >= 40:
        assert "saved 09:14" in plain(line)


def test_keys_that_have_no_room_are_left_out_whole_and_the_way_out_stays() -> None:
    pairs = (("n", "next"), ("enter", "caret"), ("F1", "help"), ("q", "back"))
    assert plain(paint_info.keys(pairs, 80)) == " n next  enter caret  F1 help  q back "
    assert plain(paint_info.keys(pairs, 30)) == " n next  F1 help  q back "


def test_a_message_is_made_safe() -> None:
    assert plain(paint_info.message("no \x1b[2J [b]", trouble=True)) == " ! no \u241b[2J [b]"


@given(st.lists(st.text(alphabet="ab é中", max_size=6), max_size=8), st.integers(1, 30))
def test_a_line_is_never_cut_without_a_sign(words: list[str], width: int) -> None:
    line = tuple(Run(word, TEXT) for word in words)
    shown = fitted(line, width)
    assert line_width(shown) <= width
    assert shown == line or "".join(run.text for run in shown).endswith("…")
