"""The paragraphs of a section put together into findings. Every rule about segmentation lives here.

The rules are those of a reader who has the page before them:

- A mark begins a finding, unless it is a sub-bullet of the finding before.
- The first paragraph under a heading is a finding, marked or not.
- An unmarked paragraph that begins in lower case, or follows words that end no sentence, goes on with the finding
  before.
- In a list whose items are marked, an unmarked paragraph apart from the item before is its second paragraph; one at the
  distance of the items themselves has lost its mark. One mark may be lost, the first: what a page parts from that item
  is its second paragraph too.
- In a list without any marks each paragraph is a finding, and so it is in a family whose findings stand in paragraphs.
- A page that turns inside a finding, or a mark or furniture there, parts its spans; a line's end or one blank line
  doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers.letter import Span
from parsers.lines import LineKind
from parsers.paragraphs import Paragraph
from parsers.sections import Section
from parsers.sentences import is_complete

_INDENT_STEP = 2
"""Code points that a sub-bullet is indented more than the list it stands in, at the least."""


class Seam(NamedTuple):
    """A place inside a finding where two pieces were put together: a page turn, or an unmarked second paragraph."""

    span: Span
    page: bool
    furniture: bool
    doubtful: bool


class Bullet:
    """A finding as it is put together from its first paragraph on: its spans, and what was seen on the way.

    `mark` and `style` are None and "" for an unmarked one. `tagged`: tags of a web page's list stand before it.
    `joins`: where lines begin that may be findings of their own. `unasked`: the mark of the first sub-bullet, where the
    words before it lead to none.
    """

    __slots__ = ("indent", "joins", "mark", "seams", "spans", "style", "sub_style", "tagged", "unasked")

    def __init__(self, first: Paragraph) -> None:
        self.spans = [first.span]
        self.mark = first.mark
        self.style = first.style
        self.indent = first.indent
        self.tagged = first.tagged
        self.seams: list[Seam] = []
        self.sub_style = ""
        self.joins = [*first.joins]
        self.unasked: list[Span] = []

    @property
    def end(self) -> int:
        return self.spans[-1].end


def read_bullets(text: str, section: Section, *, paragraphs: bool = False) -> list[Bullet]:
    """Put a section's paragraphs together into findings, in the order of the text.

    `paragraphs`: in this family findings stand in paragraphs as well as in lists.
    """
    bullets: list[Bullet] = []
    marked = False
    listed = not paragraphs and any(paragraph.kind is LineKind.ITEM for paragraph in section.paragraphs)
    for paragraph in section.paragraphs:
        if paragraph.span.start == paragraph.span.end:
            continue
        current = bullets[-1] if bullets else None
        if paragraph.kind is LineKind.ITEM:
            if current is not None and _is_sub_bullet(text, bullets[0], current, paragraph):
                if not current.sub_style and text[current.end - 1] != ":" and paragraph.mark is not None:
                    current.unasked.append(paragraph.mark)
                current.sub_style = paragraph.style
                current.spans.append(paragraph.span)
            else:
                bullets.append(Bullet(paragraph))
            marked = True
        elif current is not None and _goes_on(
            text, current, paragraph, marked=(marked and not paragraphs) or (listed and paragraph.page)
        ):
            _join(text, current, paragraph)
        else:
            bullets.append(Bullet(paragraph))
    return bullets


def _is_sub_bullet(text: str, first: Bullet, current: Bullet, paragraph: Paragraph) -> bool:
    if paragraph.style == current.style and not current.sub_style:
        deeper = paragraph.indent >= current.indent + _INDENT_STEP
        return deeper and text[current.end - 1] == ":"
    if paragraph.style == current.sub_style:
        return True
    # An item of a flattened line has no indent of its own to be deeper than.
    comparable = current.indent >= 0 and not current.tagged and not first.tagged
    deeper = comparable and paragraph.indent >= max(current.indent, first.indent) + _INDENT_STEP
    return current.style != "" and paragraph.style != first.style and (deeper or text[current.end - 1] == ":")


def _goes_on(text: str, current: Bullet, paragraph: Paragraph, *, marked: bool) -> bool:
    apart = bool(paragraph.gap or paragraph.page)
    if text[paragraph.span.start].islower():
        return True
    if not is_complete(text, current.end) or text[current.end - 1] == ":":
        return paragraph.page or (marked and (apart or not text[paragraph.span.start].isupper()))
    return marked and apart


def _join(text: str, current: Bullet, paragraph: Paragraph) -> None:
    before, start = current.end, paragraph.span.start
    capital = not text[start].islower()
    afresh = capital and (not paragraph.page or is_complete(text, before))
    current.joins.extend(paragraph.joins)
    if paragraph.page or paragraph.parted or paragraph.mark is not None:
        current.spans.append(paragraph.span)
        current.seams.append(Seam(Span(before, start), paragraph.page, paragraph.furniture, afresh))
    else:
        current.spans[-1] = Span(current.spans[-1].start, paragraph.span.end)
        if afresh:
            current.seams.append(Seam(Span(before, start), page=False, furniture=False, doubtful=True))


def marks(section: Section) -> Iterator[Span]:
    """The marks of a section, in order."""
    for paragraph in section.paragraphs:
        if paragraph.mark is not None:
            yield paragraph.mark
