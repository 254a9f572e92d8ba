"""What stood before and after each finding in the text that it was found in, as a review's files still know it.

A review of a letter that has changed can't look it up: the old text is gone. The TOML and the whole states in the
journal (its first line, and each rebase) hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_TABLES = ("findings", "removed", "unplaced")


class Context(NamedTuple):
    """The characters before and after a finding, white space folded; "" if unknown."""

    prefix: str = ""
    suffix: str = ""


class Contexts:
    """The contexts of findings by id, where the words are still those that they stood around."""

    def __init__(self, documents: Iterable[object]) -> None:
        """Take what `documents` hold (dicts as `curation.schema.to_dict` gives them); the first that knows counts."""
        self._held: dict[tuple[str, str], Context] = {}
        for document in documents:
            for name, table in _tables(document):
                exact, prefix, suffix = (table.get(key) for key in ("exact", "prefix", "suffix"))
                if isinstance(exact, str) and isinstance(prefix, str) and isinstance(suffix, str):
                    self._held.setdefault((name, exact), Context(prefix, suffix))

    def of(self, finding_id: str, exact: str) -> Context:
        """The context of a finding with these words."""
        return self._held.get((finding_id, exact), Context())

    def put_into(self, document: dict[str, Any]) -> dict[str, Any]:
        """`document` with the contexts of its findings exchanged for those known here; the rest stays as it is."""
        whole = dict(document)
        for key in _TABLES[:2]:
            whole[key] = {
                name: {**table, **self.of(name, table["exact"])._asdict()} for name, table in document[key].items()
            }
        return whole


def _tables(document: object) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if not isinstance(document, Mapping):
        return
    for key in _TABLES:
        tables = document.get(key)
        if isinstance(tables, Mapping):
            yield from ((name, table) for name, table in tables.items() if isinstance(table, Mapping))
