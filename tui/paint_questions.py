"""Questions of all reviewers as rows: who asked, what became of it, the words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from curation.questions import Question, Standing
from curation.summary import Summary
from parsers.display import visible
from tui.on_demand import OnDemand
from tui.paint import GUTTER, Item, ItemKind, Line, Row, Run, Sheet, fitted, line_width
from tui.palette import DIM, QUESTION, STRONG, TEXT, CategoryStyle, Ink, unknown_category
from tui.wording import row_title
from tui.wrap import wrap

_SIGNS: Final = {
    Standing.OPEN: Run("! open      ", QUESTION),
    Standing.ANSWERED: Run("√ answered  ", Ink("green", "bold")),
    Standing.TAKEN_BACK: Run("- taken back", DIM),
}
_NAME_CELLS: Final = 10


def paint_questions(questions: Sequence[Question], rows: Mapping[str, Summary], width: int) -> Sheet:
    """A row a question, from the gutter on."""
    keys = [f"{one.letter}#{one.asker}#{one.finding}" for one in questions]

    def row(place: int) -> Row:
        one = questions[place]
        letter = rows.get(one.letter)
        line = (
            _SIGNS[one.standing],
            Run(f"  {visible(one.asker):<{_NAME_CELLS}} ", STRONG),
            Run(" ".join(visible(one.question).split()), TEXT),
            Run(f"  {visible(row_title(letter) if letter else one.letter)}", DIM),
        )
        return Row((), fitted(line, width + GUTTER))

    items = OnDemand(len(keys), lambda n: Item(ItemKind.TEXT, keys[n], n, n + 1))
    return Sheet(OnDemand(len(keys), row), items, {key: number for number, key in enumerate(keys)})


def paint_question(question: Question, styles: Mapping[str, CategoryStyle], width: int) -> Sheet:
    """One question whole: the finding, what was asked, every answer."""
    width += GUTTER
    lines: list[Line] = []
    if question.text:
        style = styles.get(question.category) or unknown_category(question.category)
        lines += _paragraph((Run(f"{style.tag}  ", style.sign),), question.text, TEXT, width)
    else:
        lines.append((Run("The finding is not in the review any more.", DIM),))
    lines.append(())
    lines += _paragraph((Run(f"{visible(question.asker)} asks  ", QUESTION),), question.question, STRONG, width)
    for reply in question.replies:
        lines.append(())
        old = "" if reply.current else " (to an earlier question)"
        lines += _paragraph((Run(f"{visible(reply.by)} answers{old}  ", STRONG),), reply.answer, TEXT, width)
    rows = tuple(Row((), line) for line in lines)
    return Sheet(rows, tuple(Item(ItemKind.TEXT, str(n), n, n + 1) for n in range(len(rows))))


def _paragraph(lead: Line, text: str, ink: Ink, width: int) -> list[Line]:
    """Words behind a lead, wrapped below it; line breaks are kept."""
    indent = line_width(lead)
    if indent > width // 2:
        return [fitted(lead, width), *_paragraph((Run("  ", TEXT),), text, ink, width)]
    lines: list[Line] = []
    for paragraph in text.splitlines() or [""]:
        shown = visible(paragraph)
        for start, end in wrap(shown, width - indent):
            before = (Run(" " * indent, TEXT),) if lines else lead
            lines.append((*before, Run(shown[start:end], ink)))
    return lines
