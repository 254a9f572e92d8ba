"""The codebook as data: themes, what was changed in them when, and which counts as which."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

OTHER: Final = "other"
"""The theme for what no theme fits. Only a person says that: it is never suggested, and teaches nothing."""

THEME_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Theme:
    """What a finding can be about; never whether it is good or bad, which the category says.

    Attributes:
        id: lower-case letters, digits, `-` and `_`.
        label: the name that people see.
        group: themes of one group stand together on the screen.
        definition: what belongs under it.
        use_when: for the reviewer in doubt.
        avoid_when: and which theme to take then.
        example: a finding that belongs here.
        not_example: one that seems to, and doesn't.
        phrases: short cues for ranking; the last word of one may be the beginning of a word (`unallocat`).
        archived: kept for what it was given to, not offered any more.
        merged_into: the theme that it counts as, "" if it is its own.
        extra: keys that this version does not know, kept.
    """

    id: str
    label: str
    group: str = ""
    definition: str = ""
    use_when: str = ""
    avoid_when: str = ""
    example: str = ""
    not_example: str = ""
    phrases: tuple[str, ...] = ()
    archived: bool = False
    merged_into: str = ""
    extra: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one theme: the keys that were changed, before and after.

    Attributes:
        theme: its id.
        was: the values before; None if the theme was not there.
        now: the values after; None if it is there no more.
        after: for a theme that came: the id that it stands behind, "" for the end.
    """

    theme: str
    was: Mapping[str, Any] | None
    now: Mapping[str, Any] | None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """One step of a codebook: an edit, or the undo or redo of one.

    Attributes:
        number: the codebook's revision after it.
        at: when, in UTC; for people.
        by: the reviewer who did it.
        what: what was done, in words.
        changes: what became of which theme.
        undoes: the number of the step that it takes back, 0 for none.
        redoes: the number of the step that it does again, 0 for none.
    """

    number: int
    at: dt.datetime
    by: str
    what: str
    changes: tuple[Change, ...]
    undoes: int = 0
    redoes: int = 0


@dataclass(frozen=True, slots=True)
class Codebook:
    """All themes by id, in the order of the file.

    Attributes:
        revision: grows with each edit; reviews are stamped with it.
        rules: how themes are given, for people.
        themes: the archived and the merged ones too.
        history: what was changed since Recto keeps track of it, oldest first.
        extra: top-level keys that this version does not know, kept.
    """

    revision: int
    rules: tuple[str, ...]
    themes: Mapping[str, Theme]
    history: tuple[Revision, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=_nothing)

    @property
    def living(self) -> tuple[Theme, ...]:
        """The themes that can be given, in the order of the codebook: neither archived nor merged into another."""
        return tuple(theme for theme in self.themes.values() if not theme.archived and not theme.merged_into)

    def resolve(self, theme_id: str) -> str:
        """The id of the theme that this one counts as. An id that the codebook doesn't know stays as it is."""
        for _ in self.themes:
            # As many steps as there are themes, and no more: how a codebook was, nobody checked for circles.
            theme = self.themes.get(theme_id)
            if theme is None or not theme.merged_into:
                break
            theme_id = theme.merged_into
        return theme_id

    def resolve_all(self, theme_ids: Iterable[str]) -> tuple[str, ...]:
        """The themes that these count as, in order, each once."""
        return tuple(dict.fromkeys(self.resolve(theme_id) for theme_id in theme_ids))

    def merged(self, theme_id: str) -> tuple[Theme, ...]:
        """The other themes that count as this one, in the order of the codebook."""
        return tuple(t for t in self.themes.values() if t.merged_into and self.resolve(t.id) == theme_id)

    def search(self, query: str, limit: int | None = None) -> tuple[Theme, ...]:
        """The living themes that a few typed letters may mean, best first; for none, all in the codebook's order.

        Label, id, phrases and the names of themes merged into it are searched, with room for misspellings. `limit` is
        the most to return, None for all that fit.
        """
        # When somebody types: with its fuzzy matching it takes 4 MB, which a library that only lists can do without.
        from curation import picking

        offered = [
            picking.Offer(
                names=(theme.label, theme.id),
                cues=(*theme.phrases, *(name for old in self.merged(theme.id) for name in (old.label, *old.phrases))),
            )
            for theme in self.living
        ]
        return tuple(self.living[place] for place in picking.ranked(query, offered)[:limit])
