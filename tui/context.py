"""What every screen is given: the workspace, who reviews, how things look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curation.summary import Summary

if TYPE_CHECKING:
    from curation.workspace import Workspace
    from tui.advice import Adviser
    from tui.palette import Palette


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a review screen is to open: the finding under the cursor, and which of two letters has it."""

    finding: str = ""
    side: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """What a run begins with.

    Attributes:
        workspace: the letters.
        adviser: suggestions and alike findings, for threads.
        reviewer: "" until somebody has said who they are.
        start: keys of letters to open at once.
        landing: where in them.
    """

    workspace: Workspace
    adviser: Adviser
    reviewer: str = ""
    start: tuple[str, ...] = ()
    landing: Landing = Landing()


@dataclass
class Context:
    """Shared by the screens of one run.

    Attributes:
        palette: inks to styles.
        name: what the workspace is called on the screen until it is open.
        reviewer: "" until somebody has said who they are.
        rows: what the library knows of each letter so far, by key.
    """

    palette: Palette
    name: str
    reviewer: str = ""
    rows: dict[str, Summary] = field(default_factory=dict)
    _opening: Opening | None = None

    def begin(self, opening: Opening) -> None:
        """The workspace is open."""
        self._opening = opening
        self.reviewer = opening.reviewer

    def again(self) -> Opening:
        """The same opening for whoever reviews now, with no letter to start with."""
        assert self._opening is not None
        return replace(self._opening, reviewer=self.reviewer, start=())

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
