"""From operations to the lines of a journal that keep them: checked against the state, with who did them and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from curation import changed_letter, files, pdf_text, plain, reviewer, schema
from curation.history import History
from curation.journal import SCHEMA, Journal
from curation.nearest import nearest
from curation.opening import Place
from curation.operations import Either, Operation, Refused, SetThemes, SettleDoubt, apply, to_line
from curation.review import Review
from parsers.letter import Letter

_ADOPT: Final = "adopt"
_BEGINNINGS: Final = ("open", "rebase")
"""Lines from which on spans count in the letter's text as it is now."""


class Recorder:
    """What one reviewer's decisions on one letter become in the journal. It writes nothing but a PDF's text."""

    def __init__(self, letter: Letter, place: Place, revision: Callable[[], int]) -> None:
        """`revision` says which codebook themes are set under, 0 where that is not known."""
        self._letter = letter
        self._place = place
        self._revision = revision
        self._login = reviewer.login()

    def records(self, history: History, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        """The fields of operations, each done on what the one before led to. Raises Refused."""
        state, new = history.review, set[str]()
        records = []
        for operation in operations:
            if isinstance(operation, SettleDoubt):
                self._check_doubt(operation.doubt)
            applied = apply(state, operation, taken=Either(history.ids, new))
            records.append(self._stamped(operation, to_line(state, operation, applied)))
            new.update(made.id for made in applied.made)
            state = applied.review
        return records

    def lines(
        self, base: Review, records: Sequence[Mapping[str, Any]], batch: str | None, *, begun: bool
    ) -> list[dict[str, Any]]:
        """The lines of `records`, done on the state `base`; behind the journal's first line if it is not `begun`."""
        head = self._head()
        lines = [] if begun else [self._first(base, head)]
        lines += [
            {"n": n, **head, **record, "batch": None if record["op"] == _ADOPT else batch}
            for n, record in enumerate(records, base.operations + 1)
        ]
        return lines

    def keep_text(self, lines: Sequence[Mapping[str, Any]], journal: Journal) -> None:
        """Of a PDF: what the spans of `lines` count in has to be there before they are. Raises NotWritten."""
        if pdf_text.is_pdf(self._letter) and any(line["op"] in _BEGINNINGS for line in lines):
            try:
                refused = pdf_text.keep(self._place.toml.parent, self._letter, self._place.root)
            except OSError as error:
                raise journal.not_written(f"{pdf_text.NAME}: {files.reason(error)}") from error
            if refused:
                journal.warn(files.not_like_the_workspace(pdf_text.NAME, refused))

    def _head(self) -> dict[str, Any]:
        return {"at": _now(), "by": self._place.reviewer, "login": self._login}

    def _first(self, base: Review, head: Mapping[str, Any]) -> dict[str, Any]:
        state = self._whole_state(base)
        return {"n": base.operations, **head, "op": "open", "schema": SCHEMA, "state": state, "batch": None}

    def _whole_state(self, base: Review) -> Any:
        if changed_letter.is_of(base, self._letter):
            return schema.to_json(base)
        return plain.to_json(self._place.contexts().put_into(schema.to_dict(base)))

    def _stamped(self, operation: Operation, record: dict[str, Any]) -> dict[str, Any]:
        """What themes meant when they were set: the codebook's revision, for the worklist of a later change."""
        revision = self._revision() if isinstance(operation, SetThemes) else 0
        return {**record, "codebook": revision} if revision else record

    def _check_doubt(self, key: str) -> None:
        keys = [doubt.key for doubt in self._letter.doubts]
        if key not in keys:
            likely = nearest(key, keys)
            hint = f"the nearest is {likely}" if likely else "it has no doubts"
            raise Refused(f"no doubt {key[:60]} in {self._place.key}; {hint}")


def _now() -> str:
    """The time for people, in whole seconds; the order of operations does not depend on it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
