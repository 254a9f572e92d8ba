"""What a letter says about itself: rows above the findings, edited where they stand or pointed at in the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from curation import operations as op
from curation.metadata import NUMBERED, TABLES, VALUE, Kind, fields, kinds, value_at
from curation.review import MetadataValue
from parsers.dates import find_dates, find_months
from parsers.letter import Span
from tui import paint_surgery
from tui.actions import Place
from tui.choosing import Choice
from tui.context import Context, Landing
from tui.dialogs.ask import AskScreen
from tui.paint import MORE, ItemKind, Line
from tui.screens.writing import WritingScreen
from tui.side import Side
from tui.surgery import Selection
from tui.wording import field_words, label_of, value_words


class MetadataScreen(WritingScreen):
    """`enter` on a row edits it, `a` points at its place in the letter."""

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context, sides, landing)
        self._field = ""

    @property
    def _table(self) -> str:
        """The row of metadata under the cursor, "" if it stands on something else."""
        item = self.active.item
        return item.key if item is not None and item.kind is ItemKind.METADATA else ""

    def action_enter(self) -> None:
        """Into the finding, or into the row of metadata."""
        if self._table:
            self._choose_field(self._table, self._edit_value)
        else:
            super().action_enter()

    def action_select(self) -> None:
        """Begin a selection; on a row of metadata, to say where the letter has its value."""
        if self.place is Place.REVIEW and self._table:
            self._choose_field(self._table, self._point)
        else:
            super().action_select()

    def _choose_field(self, table: str, then: Callable[[str], None]) -> None:
        """A row may hold several values, and the last row adds one: then ask which."""
        entries = self.side.review.metadata
        if table == MORE:
            missing = [Choice(field, field_words(field), aside=_kind(field).value) for field in self._missing()]
            self.choose("Add", missing, then)
            return
        keys = list(kinds(table) or ())
        named = [table if key == VALUE else f"{table}.{key}" for key in keys]
        if len(named) == 1:
            then(named[0])
            return
        choices = [
            Choice(field, key, aside=value_words(value_at(entries, field) or ""))
            for field, key in zip(named, keys, strict=True)
        ]
        choices.append(Choice(table, "take it away", aside="all of this row"))
        self.choose(
            f"Edit: {label_of(table)}", choices, lambda field: self._clear(table) if field == table else then(field)
        )

    def _missing(self) -> list[str]:
        """The fields that have no value; of numbered tables those of the next number."""
        entries = self.side.review.metadata
        missing = []
        for field in fields():
            stem, _, key = field.partition(".1.")
            if stem in NUMBERED:
                number = 1 + max((int(n.rpartition(".")[2]) for n in entries if n.startswith(f"{stem}.")), default=0)
                missing.append(f"{stem}.{number}.{key}")
            elif value_at(entries, field) is None:
                missing.append(field)
        return missing

    def _clear(self, table: str) -> None:
        self.decide(op.EditMetadata(table, None))

    def _edit_value(self, field: str) -> None:
        self._ask_value(field, editable(value_at(self.side.review.metadata, field)), None)

    def _ask_value(self, field: str, text: str, span: Span | None) -> None:
        """Ask for the value of a field; one that does not fit says why and stays to be mended."""

        def kept() -> str:
            return editable(value_at(self.side.review.metadata, field))

        elsewhere = self.once_if_written_elsewhere(kept)

        def make(new: str) -> op.EditMetadata:
            return op.EditMetadata(field, new.strip() or None, span)

        def answered(new: str | None) -> None:
            if new is None or (span is None and new.strip() == kept()):
                self.tell("Nothing was changed.")
            else:
                self.decide(make(new))

        def check(new: str) -> str:
            return elsewhere(new.strip()) or self.wrong(make(new))

        kind = _kind(field)
        why = f"{kind.value}; empty is unknown"
        ask = AskScreen(self.context.palette, field_words(field), text, why=why, lines=kind is Kind.TEXTS, check=check)
        self.app.push_screen(ask, answered)

    # pointing

    def _point(self, field: str) -> None:
        """A caret in the letter where the value stands, or at its top."""
        entry = self.side.review.metadata.get(field) or self.side.review.metadata.get(field.rpartition(".")[0])
        at = entry.span.start if entry is not None and entry.span is not None else 0
        self.go_to_text()
        self.active.once_painted(partial(self._begin_pointing, field, at))

    def _begin_pointing(self, field: str, at: int) -> None:
        self.caret_in_letter(at)
        if self.place is Place.SELECT:
            self._field = field
            self.settle()

    def end_moment(self) -> None:
        """Out of whatever was begun, everything shown as it is."""
        self._field = ""
        super().end_moment()

    def try_selection(self, selection: Selection) -> None:
        """What points at a value makes no finding."""
        if not self._field:
            super().try_selection(selection)

    def action_do_select(self) -> None:
        """Take what is selected, else the word under the caret, as the value that was pointed at."""
        if not self._field:
            super().action_do_select()
            return
        field, selection = self._field, self.selection
        extent = selection.extent if selection is not None else self.word_at(self.caret_at())
        self.end_moment()
        self.settle()
        self._ask_value(field, written(_kind(field), self.side.review.text[extent.start : extent.end]), extent)

    def footer(self) -> tuple[tuple[str, str], ...]:
        """Key and label of what can be done here."""
        if self._field:
            return self.footer_with("do-select", "take it")
        if self._table and self.place is Place.REVIEW:
            return self.footer_with("enter", "edit")
        return super().footer()

    def last_line(self) -> Line:
        """What is to check, or what is about to be done."""
        if self._field:
            return paint_surgery.pointing(field_words(self._field), self.selection, self.side.review.text)
        return super().last_line()


def _kind(field: str) -> Kind:
    stem, _, key = field.rpartition(".")
    own = kinds(field)
    return own[VALUE] if own is not None else TABLES[stem.partition(".")[0]][key]


def editable(value: MetadataValue | None) -> str:
    """A metadata value as it is typed: several texts a line each, dates in a row."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        days = [v.isoformat() for v in value if isinstance(v, dt.date)]
        return " ".join(days) if days else "\n".join(str(v) for v in value)
    return value or ""


def written(kind: Kind, words: str) -> str:
    """Words of a letter as the value that they stand for; as they are, where they are no date and should be one."""
    if kind is Kind.TEXTS:
        return "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())
    plain = " ".join(words.split())
    if kind in (Kind.DATE, Kind.DATES):
        days = [day.isoformat() for found in find_dates(plain, 0, len(plain)) for day in found.days]
        return " ".join(days[:1] if kind is Kind.DATE else days) or plain
    if kind is Kind.MONTH:
        months = [f"{m.year}-{m.month:02}" for m in find_months(plain, 0, len(plain)) if m.year]
        return months[0] if months else plain
    return plain
