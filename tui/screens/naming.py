"""Asking who reviews, at the first decision."""

from __future__ import annotations

from collections.abc import Callable

from curation import settings
from curation.operations import Refused
from curation.reviewer import check, proposed
from tui.dialogs.ask import AskScreen
from tui.screens.commanding import CommandScreen

_RULE = "Lower-case letters, digits, - and _. Kept in your settings."


def with_reviewer(screen: CommandScreen, then: Callable[[str], None]) -> None:
    """Go on with who reviews; where nobody has said so yet, ask. Leaving the question decides nothing, and says so."""
    if screen.context.reviewer:
        then(screen.context.reviewer)
    else:
        _ask(screen, then, proposed(), _RULE)


def _ask(screen: CommandScreen, then: Callable[[str], None], name: str, why: str) -> None:
    def named(answer: str | None) -> None:
        if answer is None:
            screen.tell("Nothing was decided: a decision needs a name.")
            return
        try:
            reviewer = check(answer.strip())
        except Refused as error:
            _ask(screen, then, answer, str(error))
            return
        screen.context.reviewer = reviewer
        trouble = settings.save_reviewer(reviewer)
        then(reviewer)
        if trouble:
            screen.tell(trouble, trouble=True)

    screen.app.push_screen(AskScreen(screen.context.palette, "Who reviews?", name, why=why), named)
