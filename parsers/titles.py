"""Lines that look like headings and are none of the family's: short, apart, without a full stop."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lines import LineKind
from parsers.paragraphs import Paragraph
from parsers.sentences import ends_item, is_complete
from parsers.wording import Wording

_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 10
_MOST_TITLE_WORDS = 5
_MOST_BACK = 4
_STOPS = ".!?;,"


class Titles:
    """Looks at the paragraphs of `wording.text`. `above` is always what the section has so far."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._text = wording.text

    def is_short(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is no longer than headings are."""
        start, end = paragraph.span
        return (
            paragraph.lines == 1
            and end - start <= _LONGEST_HEADING
            and len(self._text[start:end].split()) <= _MOST_HEADING_WORDS
        )

    def is_over_list(
        self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph, above: Sequence[Paragraph]
    ) -> bool:
        """A short line of its own, without a full stop, that a list follows, after an item that was ended."""
        if after.kind is not LineKind.ITEM or before is None or before.kind is not LineKind.ITEM:
            return False
        if not (above and self.is_short(paragraph)) and not self._wording.nearly(paragraph.span):
            return False
        if not same_kind(after, above):
            return False
        ended = self._text[paragraph.span.end - 1]
        open_ended = ended not in _STOPS and not ends_item(self._text, paragraph.span.end)
        if not (paragraph.gap or paragraph.page):
            # At the distance of the items it may be one that lost its mark, unless all of them end and it does not.
            return open_ended and self._text[paragraph.span.start].isupper() and self._all_end(above)
        return open_ended or ended == ":"

    def is_over_text(
        self, paragraph: Paragraph, before: Paragraph | None, after: Paragraph, above: Sequence[Paragraph]
    ) -> bool:
        """A few words apart, without a full stop, over a paragraph that has one, where all others have one too.

        Right under a heading of the family it is one only where findings stand in paragraphs; else the first item.
        """
        if before is None or after.kind is not LineKind.TEXT or not after.gap or after.page:
            return False
        if not paragraph.gap or paragraph.page or paragraph.lines > 1:
            return False
        if before.kind is LineKind.HEADING and not self._wording.profile.paragraphs:
            return False
        if not self._is_title(paragraph):
            return False
        goes_on = self._text[after.span.start].islower() or not is_complete(self._text, after.span.end)
        return not goes_on and self._all_end(above)

    def is_over_heading(self, paragraph: Paragraph, after: Paragraph, above: Sequence[Paragraph]) -> bool:
        """A few words apart, without a full stop, right over a heading of the family, where all items have one."""
        if after.kind is not LineKind.HEADING or not after.gap or not paragraph.gap or paragraph.lines > 1 or not above:
            return False
        return self._is_title(paragraph) and self._all_end(above)

    def _is_title(self, paragraph: Paragraph) -> bool:
        words = self._text[paragraph.span.start : paragraph.span.end].split()
        return len(words) <= _MOST_TITLE_WORDS and words[0][0].isupper() and words[-1][-1] not in _STOPS + ":"

    def _all_end(self, above: Sequence[Paragraph]) -> bool:
        """Whether the last paragraphs of the section each end a sentence."""
        return all(is_complete(self._text, paragraph.span.end) for paragraph in above[-_MOST_BACK:])


def same_kind(item: Paragraph, above: Sequence[Paragraph]) -> bool:
    """Whether an item has the mark of the section's last one: sub-bullets, which a finding leads to, don't."""
    last = next((p for p in reversed(above[-_MOST_BACK:]) if p.kind is LineKind.ITEM), None)
    return last is None or last.style == item.style or len(item.style) > 1
