"""Paragraphs set as rows: wrapped, hyphenated, torn from their marks, or run into one line."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.made.extracted.paragraphs import Draft, Paragraph, Word

TAGS = [("<ul>", "</ul>", "<li>", "</li>"), ("<ul>", "", "<li>", ""), ("<UL>", "</UL>", "<LI>", "</LI>"),
        ('<ul style="list-style-type: none">', "</ul>", '<li class="b">', "</li>"),
        ("<ol>", "</ol>", "<li><p>", "</p></li>"), ("", "", "<li>", "</li>")]  # fmt: skip
IN_LISTS = ("finding", "second", "sub")


@dataclass
class Row:
    """A line: the paragraph that it belongs to, that one's role, its words, and its indent. No words: a blank line."""

    paragraph: int
    role: str
    words: list[Word] = field(default_factory=list)
    indent: int = 0


def set_rows(draft: Draft, rng: Random) -> list[Row]:
    """Set a draft in rows, in the manner of its layout."""
    if draft.layout == "html":
        return _tagged(draft, rng.choice(TAGS))
    if draft.layout == "remnant":
        return _remnants(draft, rng)
    return _Setter(draft, rng).rows()


class _Setter:
    """Rows of a letter that is wrapped or not: one manner for the whole of it."""

    def __init__(self, draft: Draft, rng: Random) -> None:
        self.draft, self.rng = draft, rng
        self.width = rng.choice([60, 70, 78, 90, 100]) if draft.layout in ("wrapped", "margin", "paste") else 0
        self.hyphens = bool(self.width) and rng.random() < 0.2
        self.margin = 8 if draft.layout == "margin" else 0
        self.hanging = 0 if draft.unmarked else rng.choice([0, 2, 4])
        self.indent = 0 if draft.mark == "first none" else rng.choice([0, 0, 2, 4])
        self.gap = 1 if draft.mark == "none" or (draft.mark == "first none" and self.width) else rng.choice([0, 0, 1])
        self.heading_gap = rng.choice([0, 1, 1])
        self.torn_gap = rng.choice([0, 1])

    def rows(self) -> list[Row]:
        rows: list[Row] = []
        paragraphs = self.draft.paragraphs
        for number, paragraph in enumerate(paragraphs):
            after = paragraphs[number + 1].role if number + 1 < len(paragraphs) else ""
            mine = self._wrapped(number, paragraph)
            torn = self.draft.layout == "torn" or self.draft.mark == "alone"
            if paragraph.role == "finding" and torn and paragraph.mark:
                rows.append(Row(number, "mark", [mine[0].words.pop(0)], mine[0].indent))
                rows.extend(Row(number, "blank") for _ in range(self.torn_gap if self.draft.layout == "torn" else 0))
            glued = paragraph.role == "heading" and self.draft.heading == "glued"
            rows.extend(mine)
            if not glued:
                rows.extend(Row(number, "blank") for _ in range(self._gap_after(paragraph, after)))
        return self._with_glue(rows) if self.draft.heading == "glued" else rows

    def _with_glue(self, rows: list[Row]) -> list[Row]:
        glued: list[Row] = []
        for row in rows:
            if row.role == "finding" and glued and glued[-1].role == "heading":
                glued[-1] = Row(row.paragraph, "finding", glued[-1].words + row.words, glued[-1].indent)
            else:
                glued.append(row)
        return glued

    def _gap_after(self, paragraph: Paragraph, after: str) -> int:
        if paragraph.role in IN_LISTS and after in IN_LISTS:
            return {"finding": self.gap, "second": 1, "sub": 0}[after]
        return self.heading_gap if paragraph.role == "heading" or after == "heading" else 1

    def _wrapped(self, number: int, paragraph: Paragraph) -> list[Row]:
        listed = paragraph.role in IN_LISTS
        first = self.margin + (self.indent if listed else 0) + (4 if paragraph.role == "sub" else 0)
        rest = first + (self.hanging if listed else 0)
        if paragraph.role == "second":
            first = rest
        rows: list[Row] = []
        for place, line in enumerate(paragraph.lines):
            mark = [Word(paragraph.mark)] if place == 0 and paragraph.mark else []
            for words in self._lines(mark + line):
                rows.append(Row(number, paragraph.role, words, rest if rows else first))
        return rows

    def _lines(self, words: list[Word]) -> list[list[Word]]:
        lines: list[list[Word]] = [[]]
        used = 0
        for word in words:
            if self.width and lines[-1] and used + len(word.text) > self.width:
                if self.hyphens and word.finding is not None and self._can_be_cut(word.text):
                    place = self.rng.randrange(4, len(word.text) - 3)
                    lines[-1].append(word._replace(text=word.text[:place] + "-"))
                    word = word._replace(text=word.text[place:])
                lines.append([])
                used = 0
            lines[-1].append(word)
            used += len(word.text) + 1
        return lines

    def _can_be_cut(self, word: str) -> bool:
        return len(word) > 9 and word.isalpha() and self.rng.random() < 0.3


def _tagged(draft: Draft, tags: tuple[str, str, str, str]) -> list[Row]:
    opening, closing, before, behind = tags
    rows: list[Row] = []
    for number, paragraph in enumerate(draft.paragraphs):
        if paragraph.role != "finding":
            rows.extend(Row(number, paragraph.role, list(line)) for line in paragraph.lines)
            rows.append(Row(number, "blank"))
            continue
        if paragraph.first and opening:
            rows.append(Row(number, "tag", [Word(opening)]))
        first, *others = paragraph.lines[0]
        words = [Word(before), first._replace(glued=True), *others, *([Word(behind, glued=True)] if behind else [])]
        rows.append(Row(number, "finding", words))
        if paragraph.last:
            rows.extend([Row(number, "tag", [Word(closing)])] if closing else [])
            rows.append(Row(number, "blank"))
    return rows


def _remnants(draft: Draft, rng: Random) -> list[Row]:
    """Lists run into one line behind a tag; some go on with dashes, one a line."""
    glyph = rng.choice(["▪", "•", "\uf0b7"])
    opening = rng.choice(['<ul style="list-style-type: none">', "<ul>"])
    until = rng.choice([99, 99, 3, 2])
    rows: list[Row] = []
    place = 0
    for number, paragraph in enumerate(draft.paragraphs):
        if paragraph.role != "finding":
            rows.extend(Row(number, paragraph.role, list(line)) for line in paragraph.lines)
            rows.append(Row(number, "blank"))
            continue
        place = 0 if paragraph.first else place + 1
        if paragraph.first:
            rows.append(Row(number, "finding", [Word(opening), Word(glyph), *paragraph.lines[0]]))
        elif place < until:
            rows[-1].words.extend([Word(glyph), *paragraph.lines[0]])
        else:
            rows.extend([Row(number, "blank")] if place == until else [])
            rows.append(Row(number, "finding", [Word("-"), *paragraph.lines[0]]))
        if paragraph.last:
            rows.append(Row(number, "blank"))
    return rows
