"""What stands between an untrusted text and the terminal, and between the keyboard's bytes and the app."""

from __future__ import annotations

import codecs
import functools
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class ControlFilter(LineFilter):
    """The net under every widget: deletes what could act on a terminal.

    Letters' text is made visible long before (`parsers.display`). Whatever slips past that, in a border title or a
    library's message, is deleted here rather than replaced: widths were counted without it.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without control and format characters."""
        del background
        if all(_harmless(text) for text, _, _ in segments):
            return segments
        return [Segment(_cleaned(text), style, control) for text, style, control in segments]


def _harmless(text: str) -> bool:
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    if _harmless(text):
        return text
    return "".join(char for char in text if unicodedata.category(char) not in _ACTING)


def tolerate_bad_input() -> None:
    """Let a byte from the keyboard that is not UTF-8 become a replacement character; by default it ends the app."""
    from textual.drivers import linux_driver

    def tolerant(encoding: str) -> Callable[..., codecs.IncrementalDecoder]:
        return functools.partial(codecs.getincrementaldecoder(encoding), errors="replace")

    setattr(linux_driver, "getincrementaldecoder", tolerant)  # noqa: B010  (the driver offers no other hook)
