"""Reviews as rows: every visible character of a finding is there, nothing that acts on a terminal, never too wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from curation.review import MetadataEntry, Review, ReviewedFinding, ReviewSource
from parsers.letter import Region, RegionKind, Span
from tui.kept import Kept
from tui.paint import GUTTER, ItemKind, Preview, Row, Sheet, Subject, Title, joined, paint_findings
from tui.paint_letter import paint_letter
from tui.palette import category_styles
from tui.wrap import BASE, flow

CATEGORIES = ("strength", "area_for_development", "no-such-category")
SOURCE = ReviewSource("a.txt", "0", "0", 0, "unannounced-cra", "0")
ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
WORDS = st.text(
    st.one_of(st.characters(), st.sampled_from("ab .\n\f\u0301\u4e2d\x1b[]/\u202e")), min_size=1, max_size=40
).filter(lambda text: text.strip() != "")


def review_of(*findings: Sequence[str], between: str = "\n\n\n", note: str = "") -> Review:
    """A review whose findings have these parts, one after the other."""
    text, made = "", []
    for number, parts in enumerate(findings):
        spans = []
        for part in parts:
            spans.append(Span(len(text), len(text) + len(part)))
            text += part + between
        exact = " ".join(" ".join(text[s:e].split()) for s, e in spans)
        category = CATEGORIES[number % len(CATEGORIES)]
        made.append(ReviewedFinding(f"f-{number:06}", category, "", tuple(spans), exact, note=note))
    return Review("a", "ab", SOURCE, text, tuple(made))


def subject_of(review: Review, split: Preview | None = None) -> Subject:
    return Subject(review, category_styles("unannounced-cra"), frozenset({"f-000001"}), split)


def cells(row: Row) -> int:
    return sum(cell_len(run.text) for run in (*row.gutter, *row.body))


def bodies(sheet: Sheet, finding: str) -> str:
    """The characters of a finding as they are shown, without spaces."""
    items = [i for i in sheet.items if i.kind is ItemKind.FINDING and i.key == finding]
    rows = [row for item in items for row in sheet.rows[item.first : item.last] if row.offsets]
    return "".join(row.text for row in rows).replace(" ", "")


def check_rows(sheet: Sheet, width: int) -> None:
    for row in sheet.rows:
        assert cells(row) <= width + GUTTER
        for run in (*row.gutter, *row.body):
            assert not [c for c in run.text if unicodedata.category(c) in ACTING]
    assert all(len(row.offsets) in (0, len(row.text)) for row in sheet.rows)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=4), st.integers(4, 60), WORDS)
def test_the_findings_pane_shows_every_character_and_nothing_acts(
    findings: list[list[str]], width: int, note: str
) -> None:
    review = review_of(*findings, note=note)
    sheet = paint_findings(subject_of(review), width)
    check_rows(sheet, width)
    for finding in review.findings:
        assert bodies(sheet, finding.id) == flow(review.text, finding.spans).shown.replace(" ", "")


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=4), st.integers(4, 60))
def test_the_letter_pane_shows_every_character_of_the_letter_and_nothing_acts(
    findings: list[list[str]], width: int
) -> None:
    review = review_of(*findings)
    sheet = paint_letter(subject_of(review), (), width)
    check_rows(sheet, width)
    shown = {offset for row in sheet.rows for offset in row.offsets}
    for finding in review.findings:
        for start, end in finding.spans:
            assert {o for o in range(start, end) if not review.text[o].isspace()} <= shown


@given(st.lists(WORDS, min_size=1, max_size=2), st.integers(4, 60), st.data())
def test_a_previewed_split_shows_both_parts_and_loses_nothing(
    parts: list[str], width: int, data: st.DataObject
) -> None:
    review = review_of(parts)
    (finding,) = review.findings
    places = sorted({o for o in flow(review.text, finding.spans).offsets if not review.text[o].isspace()})
    at = data.draw(st.sampled_from(places))
    plain = paint_findings(subject_of(review), width)
    split = paint_findings(subject_of(review, Preview(finding.id, at)), width)
    check_rows(split, width)
    assert bodies(split, finding.id) == bodies(plain, finding.id)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=2), max_size=3), st.integers(4, 60))
def test_joining_runs_changes_no_character(findings: list[list[str]], width: int) -> None:
    for row in paint_findings(subject_of(review_of(*findings)), width).rows:
        line = (*row.gutter, *row.body)
        assert "".join(run.text for run in joined(line)) == "".join(run.text for run in line)
        assert len(joined(line)) <= len(line)


def texts(sheet: Sheet) -> list[str]:
    return ["".join(run.text for run in (*row.gutter, *row.body)).rstrip() for row in sheet.rows]


@given(st.data())
def test_what_is_kept_from_the_last_painting_is_painted_no_other_way(data: st.DataObject) -> None:
    text = review_of(["Some words, and more."], ["Two parts", "of one."], ["The last."])
    findings: Kept[tuple[Row, ...]] = Kept()
    lines: Kept[tuple[Row, ...]] = Kept()
    for _ in range(4):
        changed = tuple(
            replace(
                finding,
                note=data.draw(st.sampled_from(["", "a note"])),
                seen=data.draw(st.booleans()),
                category=data.draw(st.sampled_from(CATEGORIES)),
                spans=data.draw(st.sampled_from([finding.spans, finding.spans[:1]])),
            )
            for finding in text.findings
        )
        kept = replace(text, findings=changed[: data.draw(st.integers(0, 3))])
        preview = data.draw(st.sampled_from([None, Preview("f-000000", 5), Preview("f-000001", sign="[")]))
        width = data.draw(st.sampled_from([12, 40]))
        regions = data.draw(st.sampled_from([(), (Region(RegionKind.MARK, Span(0, 2)),)]))
        subject = subject_of(kept, preview)
        assert paint_findings(subject, width, findings) == paint_findings(subject, width)
        assert paint_letter(subject, regions, width, lines) == paint_letter(subject, regions, width)


def test_signs_tags_headings_and_the_joined_page() -> None:
    review = review_of(["Seen words."], ["Slow, and", "work is lost."])
    shown = texts(paint_findings(subject_of(review), 30))
    assert shown[0] == "     add       unknown: date, to,"
    assert shown[shown.index("STRENGTHS                        1") :] == [
        "STRENGTHS                        1",
        "ST  │Seen words.",
        "",
        "AREAS FOR DEVELOPMENT            1",
        "AD ?│Slow, and | work is lost.",
    ]
    assert texts(paint_letter(subject_of(review), (), 30)) == [
        "ST  │Seen words.",
        "",
        "AD ?│Slow, and",
        "",
        "AD |│work is lost.",
        "",
    ]


def test_two_findings_on_one_line_stand_on_rows_of_their_own() -> None:
    review = review_of(["One."], ["Two."], between=" ▪ ")
    regions = [Region(RegionKind.MARK, Span(5, 6))]
    assert [row for row in texts(paint_letter(subject_of(review), regions, 30)) if row][:2] == [
        "ST  │One.",
        "AD ?│▪ Two. ▪",
    ]


def test_metadata_are_rows_above_the_findings() -> None:
    review = review_of(["One."])
    entry = MetadataEntry(MappingProxyType({"name": "Ms Ashby", "role": "Director"}), None)
    review = Review(
        review.letter, "ab", SOURCE, review.text, review.findings, metadata=MappingProxyType({"addressee": entry})
    )
    sheet = paint_findings(subject_of(review), 40)
    assert texts(sheet)[0] == "     to         Ms Ashby, Director"
    assert sheet.items[0].key == "addressee"


def test_the_offsets_of_a_row_point_into_the_letter() -> None:
    review = review_of(["Words of\na finding \u0301 with marks."])
    for row in paint_findings(subject_of(review), 12).rows:
        for char, offset in zip(row.text, row.offsets, strict=False):
            assert char in (review.text[offset], " ", BASE)


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30), st.integers(0, 80))
def test_a_title_fits_and_keeps_what_is_said_of_the_letter(name: str, shorter: str, rest: str, width: int) -> None:
    fitted = Title(name, rest, shorter).fitted(width)
    assert cell_len(fitted) <= width
    if shorter and cell_len(rest) <= width // 2:
        assert fitted.endswith(rest)


def test_a_title_takes_the_shorter_name_where_the_longer_has_no_room() -> None:
    title = Title("Ashdown County Council · 1 May 2010", " · seen 0/19", "Ashdown · 1 May 2010")
    assert title.fitted(60) == "Ashdown County Council · 1 May 2010 · seen 0/19"
    assert title.fitted(44) == "Ashdown · 1 May 2010 · seen 0/19"
    assert title.fitted(24) == "Ashdown · 1… · seen 0/19"
