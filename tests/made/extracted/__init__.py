"""Letters as extractors leave them, with what is right for them: a second maker beside `tests.made.letters`.

It was written from what pdftotext, pdfminer, PDF readers and HTML converters do to letters, without a look at the
parser, and each choice meets every other: marks, headings, layouts, pages, typesetting, character sets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from tests.made.extracted.content import Wanted
from tests.made.extracted.pages import turn_pages
from tests.made.extracted.paragraphs import Draft, Word, draw
from tests.made.extracted.rows import Row, set_rows

_ENTITIES = {"•": "&bull;", "▪": "&#9642;", "·": "&middot;"}


@dataclass(frozen=True)
class Extracted:
    """A made letter: its text, each finding as (category, folded text), its metadata, and its choices in words."""

    text: str
    findings: tuple[tuple[str, str], ...]
    wanted: Wanted
    manner: str


def make(rng: Random) -> Extracted:
    """Make a letter from a random generator; the same state gives the same letter."""
    draft = draw(rng)
    manner = [draft.layout, draft.heading, draft.mark]
    _spell(draft, rng, manner)
    rows = set_rows(draft, rng)
    if draft.flat:
        text, pieces = _flat(rows, whole=draft.layout == "single")
    else:
        text, pieces = _joined(turn_pages(rows, draft, rng))
    text = _ends(text, draft, rng, manner)
    findings = tuple((category, " ".join(pieces[n])) for n, category in enumerate(draft.categories))
    return Extracted(text, findings, draft.wanted, ", ".join(manner))


def _spell(draft: Draft, rng: Random, manner: list[str]) -> None:
    """Spell the words of findings and set sentences in the manner of some extractor."""
    changes: list[tuple[str, str]] = []
    if rng.random() < 0.3:
        changes += [("'", "\u2019")]
        manner.append("curly")
    if rng.random() < 0.1:
        changes += [("fi", "\ufb01"), ("fl", "\ufb02")]
        manner.append("ligatures")
    if rng.random() < 0.08:
        changes += [("assess", "as\u00adsess")]
        manner.append("soft hyphens")
    if rng.random() < 0.06:
        changes += [("–", "â€“"), ("\u2019", "â€™"), ("•", "â€¢"), ("▪", "â–ª"), ("\uf0b7", "ï‚·")]
        manner.append("misread")
    for paragraph in draft.paragraphs:
        if paragraph.role in ("finding", "second", "sub", "body", "lead", "closing"):
            paragraph.lines = [[_changed(word, changes) for word in line] for line in paragraph.lines]
            paragraph.mark = _changed(Word(paragraph.mark), [c for c in changes if not c[0].isalpha()]).text


def _changed(word: Word, changes: list[tuple[str, str]]) -> Word:
    text = word.text
    for plain, instead in changes:
        text = text.replace(plain, instead)
    return word._replace(text=text)


def _joined(rows: list[Row]) -> tuple[str, dict[int, list[str]]]:
    pieces: dict[int, list[str]] = {}
    lines = []
    for row in rows:
        line = " " * (row.indent if row.words else 0)
        for number, word in enumerate(row.words):
            line += ("" if number == 0 or word.glued else " ") + word.text
            if word.finding is not None:
                pieces.setdefault(word.finding, []).append(word.text)
        lines.append(line)
    return "\n".join(lines), pieces


def _flat(rows: list[Row], *, whole: bool) -> tuple[str, dict[int, list[str]]]:
    """Each list on one line with its heading; `whole`: all of the letter on one line."""
    merged: list[Row] = []
    for row in rows:
        if row.words and merged and (row.role == "finding" or row.paragraph == merged[-1].paragraph):
            merged[-1].words.extend(row.words)
        elif row.words:
            merged.append(Row(row.paragraph, row.role, list(row.words)))
    lines, pieces = _joined(merged)
    return lines.replace("\n", " " if whole else "\n\n"), pieces


def _ends(text: str, draft: Draft, rng: Random, manner: list[str]) -> str:
    """What else an extractor does to lines: blanks at their ends, other line ends, entities for marks."""
    if draft.mark in _ENTITIES and rng.random() < 0.1:
        text = text.replace(draft.mark, _ENTITIES[draft.mark])
        manner.append("entities")
    if rng.random() < 0.15:
        text = re.sub("\n", lambda _: rng.choice(["\n", " \n"]), text)
        manner.append("trailing blanks")
    if rng.random() < 0.1:
        text = text.replace("\n\n", "\n\u00a0\n")
        manner.append("blank lines of hard spaces")
    if rng.random() < 0.05:
        text = text.replace("\n", "\u2028")
        manner.append("line separators")
    if rng.random() < 0.1:
        text += rng.choice(["\n\n3\n", "\n\nINVESTOR IN PEOPLE\n", "\n\n\f"])
        manner.append("a page's end")
    return text
