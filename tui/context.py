"""What every screen is given: the workspace, who reviews, how things look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui.shelf import Shelf

if TYPE_CHECKING:
    from curation.facts import LetterFacts
    from curation.workspace import Workspace
    from tui.advice import Adviser
    from tui.palette import Palette
    from tui.waiting import Tidying


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a review screen is to open.

    Attributes:
        finding: id of the finding under the cursor, "" for none.
        side: which of two letters has it.
        at: a code point of the letter's text to stand at where there is no finding, -1 for none.
        then: the action to begin there, such as `split`; "" for none.
    """

    finding: str = ""
    side: int = 0
    at: int = -1
    then: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a run begins with.

    Attributes:
        workspace: the letters.
        adviser: suggestions and alike findings, for threads.
        reviewer: "" until somebody has said who they are.
        start: keys of letters to open at once.
        landing: where in them.
        notice: "" or what a person should know from the start.
        first: nobody has looked at a letter from this account yet.
    """

    workspace: Workspace
    adviser: Adviser
    reviewer: str = ""
    start: tuple[str, ...] = ()
    landing: Landing = Landing()
    notice: str = ""
    first: bool = False


@dataclass
class Context:
    """Shared by the screens of one run.

    Attributes:
        palette: inks to styles.
        name: what the workspace is called on the screen until it is open.
        reviewer: "" until somebody has said who they are.
        shelf: what the library knows of each letter so far.
        facts: by letter, what was last counted by theme.
        notice: what a person should know from the start, until a screen has said it.
        begins_reviews: a theme for a group begins reviews without asking: somebody said so, for this run.
        remember_place: writes down where the person is, for a next run; safe to call from any thread.
        tidying: is told of each key; None where a test looks after memory.
    """

    palette: Palette
    name: str
    reviewer: str = ""
    shelf: Shelf = field(default_factory=Shelf)
    facts: dict[str, LetterFacts] = field(default_factory=dict)
    notice: str = ""
    begins_reviews: bool = False
    remember_place: Callable[[], object] = lambda: None
    tidying: Tidying | None = None
    _opening: Opening | None = None

    @property
    def is_open(self) -> bool:
        """Whether the workspace is open yet."""
        return self._opening is not None

    def begin(self, opening: Opening) -> None:
        """The workspace is open."""
        self._opening = opening
        self.reviewer = opening.reviewer
        self.notice = opening.notice

    def take_notice(self) -> str:
        """What is still to be said from the start; once."""
        notice, self.notice = self.notice, ""
        return notice

    def again(self) -> Opening:
        """The same opening for whoever reviews now, with no letter to start with."""
        assert self._opening is not None
        return replace(self._opening, reviewer=self.reviewer, start=(), notice="")

    @property
    def workspace(self) -> Workspace:
        """The letters. Only to be asked for once the workspace is open: no letter is shown before."""
        assert self._opening is not None
        return self._opening.workspace

    @property
    def adviser(self) -> Adviser:
        """Suggestions and alike findings, for threads."""
        assert self._opening is not None
        return self._opening.adviser
