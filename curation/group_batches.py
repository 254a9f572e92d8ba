"""What `pairs/<reviewer>.groups.jsonl` says: which themes were given to groups, and how far each is.

    {"batch":"5f0c1a22","at":"…","do":"give","theme":"supervision","findings":["2010/eastmarch#f-3k9qz2","…"]}
    {"batch":"5f0c1a22","at":"…","do":"given","left":[["2010/saltwick","it was handed in"]]}

`take-back` and `taken-back` are the same for undo. Where the second line is missing, the work was interrupted: it can
be finished or taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from curation.append_file import Content

Left = tuple[str, str]
"""A letter in which it was not done, and why."""


class State(StrEnum):
    """How far a batch is. The first and the third were interrupted if nobody is at it just now."""

    GIVE = "give"
    GIVEN = "given"
    TAKE_BACK = "take-back"
    TAKEN_BACK = "taken-back"


_END: Final = {State.GIVE: State.GIVEN, State.TAKE_BACK: State.TAKEN_BACK}


@dataclass(frozen=True, slots=True)
class Batch:
    """A theme that was given to several findings.

    Attributes:
        name: that of its operations in the journals.
        theme: the theme's id.
        findings: `LETTER#ID` of each.
        state: how far it is.
        left: letters in which the last step was not done.
    """

    name: str
    theme: str
    findings: tuple[str, ...]
    state: State
    left: tuple[Left, ...] = ()

    @property
    def interrupted(self) -> bool:
        """True if it was begun and not ended."""
        return self.state in _END

    @property
    def is_gone(self) -> bool:
        """True if it was taken back in all its letters."""
        return self.state is State.TAKEN_BACK and not self.left

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that it is about, by key."""
        return tuple(sorted({ref.rpartition("#")[0] for ref in self.findings}))


def at_state(batch: Batch, state: State, left: tuple[Left, ...] = ()) -> Batch:
    """A batch in another state; `left` are the letters in which that step was not done."""
    return Batch(batch.name, batch.theme, batch.findings, state, left)


def batches_of(content: Content) -> tuple[Batch, ...]:
    """All batches of a file, oldest first; lines that say nothing that can be understood are passed over."""
    found: dict[str, Batch] = {}
    for record in content.records:
        values = record.values
        name, do = values.get("batch"), values.get("do")
        if not isinstance(name, str) or do not in set(State):
            continue
        state = State(do)
        if state is State.GIVE:
            theme, findings = values.get("theme"), values.get("findings")
            if isinstance(theme, str) and isinstance(findings, list):
                found[name] = Batch(name, theme, tuple(one for one in findings if isinstance(one, str)), state)
        elif name in found:
            found[name] = at_state(found[name], state, tuple(_left(values)))
    return tuple(found.values())


def _left(values: Mapping[str, Any]) -> Iterator[Left]:
    for one in values.get("left") or ():
        if isinstance(one, list) and len(one) == 2:
            yield str(one[0]), str(one[1])
