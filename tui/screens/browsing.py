"""Looking at one letter or two: panes, following, the lines around them. The cursor moves in `tui.screens.moving`."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from curation.about import authority
from curation.codebook import Codebook
from curation.review import ReviewedFinding
from tui import paint_info
from tui.actions import Place
from tui.context import Context, Landing
from tui.paint import ItemKind, Line, Preview
from tui.paint_info import Advice
from tui.paint_text import in_rows
from tui.panes import ALL, ARRANGEMENTS, MOST_LETTERS, PaneName, in_view, pane_name
from tui.screens.commanding import CommandScreen
from tui.side import Side
from tui.widgets.findings_pane import FindingsPane
from tui.widgets.info_lines import InfoLines
from tui.widgets.letter_pane import LetterPane
from tui.widgets.line_pane import Spot
from tui.widgets.painted import Ground
from tui.wording import clock

Pane = FindingsPane | LetterPane
_INFO_ROWS = 3
"""Rows about what stands under the cursor, as in the style sheet."""


class Panes(Ground, Horizontal):
    """Side by side."""


class BrowsingScreen(CommandScreen):
    """One letter as text and findings, or two letters side by side. Nothing here changes a review."""

    home = Place.REVIEW

    def __init__(self, context: Context, sides: Sequence[Side], landing: Landing | None = None) -> None:
        super().__init__(context)
        self.sides = list(sides[:MOST_LETTERS])
        self.visited = {side.key: side for side in self.sides}
        self.left_behind: list[Side] = []
        self.landing = landing or Landing()
        self.preview: Preview | None = None
        self.advice: dict[tuple[str, str], Advice] = {}
        self.codebook: Codebook | None = None
        self._layout_number = 0
        # A place outside the findings is shown in the text.
        of_text = self.landing.at >= 0 and not self.landing.finding
        self._active = pane_name(min(self.landing.side, len(self.sides) - 1), of_text=of_text)
        self._follow_text, self._follow_letter = True, False

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        with Panes(id="panes"):
            for side in range(MOST_LETTERS):
                yield LetterPane(palette, id=f"letter-{side}")
                yield FindingsPane(palette, id=f"findings-{side}")
        yield InfoLines(palette, id="info")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        at = (ItemKind.FINDING, self.landing.finding) if self.landing.finding else None
        for number, side in enumerate(self.sides):
            self.show_side(side, at if number == self._active.side else None)
        self.arrange_panes()

    def on_resize(self, event: events.Resize) -> None:
        """As many panes as there is room for."""
        self.arrange_panes()

    # panes

    def pane(self, name: PaneName) -> Pane:
        """A pane by name."""
        if name.of_text:
            return self.query_one(f"#{name}", LetterPane)
        return self.query_one(f"#{name}", FindingsPane)

    @property
    def active(self) -> Pane:
        """The pane that keys go to."""
        return self.pane(self._active)

    @property
    def active_name(self) -> PaneName:
        """The name of the pane that keys go to."""
        return self._active

    def panes_of(self, side: Side) -> list[Pane]:
        """Both panes of a letter, in view or not."""
        number = self.sides.index(side)
        return [self.pane(name) for name in ALL if name.side == number]

    @property
    def side(self) -> Side:
        """The letter of the active pane."""
        return self.sides[self._active.side]

    @property
    def current(self) -> ReviewedFinding | None:
        """The finding under the cursor."""
        item = self.active.item
        return self.side.find(item.key) if item is not None and item.kind is ItemKind.FINDING else None

    @property
    def layouts(self) -> tuple[tuple[PaneName, ...], ...]:
        """The arrangements of panes that `v` goes through."""
        return ARRANGEMENTS[len(self.sides)]

    def shown(self) -> tuple[PaneName, ...]:
        """The panes in view."""
        return in_view(self.layouts[self._layout_number], self._active, self.size.width)

    def arrange_panes(self) -> None:
        """Put the panes in view that belong there."""
        if self._active not in self.layouts[self._layout_number]:
            self._active = self.layouts[self._layout_number][0]
        shown = self.shown()
        for name in ALL:
            pane = self.pane(name)
            pane.display = name in shown
            pane.set_active(name == self._active)
        self.call_after_refresh(self._arranged)

    def _arranged(self) -> None:
        """Once the panes have their sizes."""
        self._land()
        self.follow()
        self.settle()
        if not self.active.sheet.items:
            # A busy machine: what stands under the cursor is only known when the pane was painted.
            self.active.once_painted(self.settle)

    def _land(self) -> None:
        """Once: stand at the place that was asked for, and begin what was."""
        landing, self.landing = self.landing, Landing()
        if landing.at >= 0 and not landing.finding:
            self.active.move_to_offset(landing.at)
        if landing.then:
            self.call_after_refresh(self.run_action, landing.then)

    def show_side(self, side: Side, at: Spot | None = None) -> None:
        """Give both panes of a letter its review as it is now."""
        number = self.sides.index(side)
        preview = self.preview if side is self.side else None
        for name in ALL:
            if name.side == number:
                self.pane(name).show_side(side, preview=preview, at=at)

    # following

    def follow(self) -> None:
        """Let the other pane of the letter stand on the same thing; the other letter only when asked."""
        item = self.active.item
        if item is None or self.place is not Place.REVIEW:
            return
        spot = (item.kind, item.key)
        for pane in self.panes_of(self.side):
            if isinstance(pane, LetterPane):
                span = pane.span_of(spot)
                pane.set_marked(() if span is None else (span,))
            if pane is not self.active and item.kind is not ItemKind.TEXT:
                pane.aim(spot, scroll=self._follow_text)
        if self._follow_letter and (finding := self.current) is not None:
            self._follow_in_others(finding)

    def _follow_in_others(self, finding: ReviewedFinding) -> None:
        for number, side in enumerate(self.sides):
            if side is not self.side and (wanted := self._counterpart(finding, side)):
                for name in ALL:
                    if name.side == number:
                        self.pane(name).aim((ItemKind.FINDING, wanted))

    def _counterpart(self, finding: ReviewedFinding, other: Side) -> str | None:
        """In another letter the most alike finding, else the first of the category; None where nothing follows."""
        known = self.advice.get((self.side.key, finding.id))
        for found in (known.alike if known else None) or ():
            if found.entry.letter == other.key and other.find(found.entry.finding):
                return found.entry.finding
        return next((f.id for f in other.review.findings if f.category == finding.category), None)

    # lines around the panes

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        self.show_lines()
        if self.is_active:
            self.app.cursor_position = self.active.spot

    def show_lines(self) -> None:
        """The status line and the three lines about the finding under the cursor."""
        status, info = self.query_one("#status", InfoLines), self.query_one("#info", InfoLines)
        names = " <> ".join(authority(side.review) for side in self.sides)
        status.show([paint_info.status(names, self._status_words(), status.outer_size.width)])
        info.show(self.info_lines(info.outer_size.width))

    def info_lines(self, width: int) -> Sequence[Line]:
        """What is known about what stands under the cursor, in three lines.

        Where the last one is too wide it goes on in a second; alike findings, which are a key away, give way to it.
        """
        finding, side = self.current, self.side
        advice = self.advice.get((side.key, finding.id), Advice()) if finding else Advice((), ())
        first, last = self.first_line(finding, advice, width), self.last_line()
        above = [first] if finding else in_rows(2, first, width)
        below = in_rows(_INFO_ROWS - len(above), last, width)
        if len(above) + len(below) == _INFO_ROWS:
            return *above, *below
        return *above, paint_info.alike(advice, side.styles, width) if finding else (), *below

    def themes_of(self, finding: ReviewedFinding) -> tuple[str, ...]:
        """What its themes count as, primary first; as they were written while the codebook is not read yet."""
        return self.codebook.resolve_all(finding.themes) if self.codebook else finding.themes

    def first_line(self, finding: ReviewedFinding | None, advice: Advice, width: int) -> Line:
        """The finding's themes; what can be done to a row of metadata, or to words that are in no finding."""
        if finding is not None:
            return paint_info.themes(self.themes_of(finding), advice, width)
        item = self.active.item
        if item is not None and item.kind is ItemKind.METADATA:
            return paint_info.row_help()
        return paint_info.no_finding(selects=self.active_name.of_text and self.place is Place.REVIEW)

    def last_line(self) -> Line:
        """What is to check about the finding under the cursor."""
        side, finding = self.side, self.current
        doubts = side.to_check.of(finding.id if finding else None)
        return paint_info.check(side.review, doubts, side.to_check.count, on_finding=finding is not None)

    def _status_words(self) -> tuple[str, ...]:
        session = self.side.session
        check = f"to check {self.side.to_check.count}"
        if session is None:
            return "nothing decided yet", check
        saved = f"saved {clock(session.saved_at)}" if session.saved_at else "nothing decided yet"
        undo = f"undo {session.undo_depth}" if session.undo_depth else ""
        redo = f"redo {session.redo_depth}" if session.redo_depth else ""
        return session.reviewer, "read-only" if session.read_only else "", saved, undo, redo, check

    def _moved(self) -> None:
        """The cursor stands somewhere else, or what it stands on has changed."""
        self.follow()
        self.settle()
