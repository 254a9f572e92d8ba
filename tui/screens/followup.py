"""What became of the areas that an earlier letter raised: each beside a finding of now, and the reviewer's verdict."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from curation.about import authority
from curation.codebook import CodebookError
from curation.followup import Point, head_of, links
from curation.journal import NotWritten
from curation.operations import VERDICTS, Refused, SetFollowup
from curation.review import Review
from curation.summarising import why_not
from curation.workspace import LETTER_ERRORS
from curation.workspace_followup import Followed, beside_each_other, by_letter
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.context import Context
from tui.paint_followup import chosen, paint_followup, verdict_keys, verdict_words
from tui.screens.list_screen import ListScreen
from tui.screens.naming import with_reviewer
from tui.side import Side
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import row_title

LOOK_EVERY = 0.05
"""Seconds between two looks whether all letters are read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the review is to go on: a finding of now, or an earlier letter to be put beside, at one of its findings."""

    finding: str = ""
    beside: str = ""


class Linked(Message):
    """The earlier letters were read and put beside this one."""

    def __init__(self, found: Sequence[Followed], trouble: str) -> None:
        super().__init__()
        self.found, self.trouble = tuple(found), trouble


class FollowupScreen(ListScreen):
    """Gives back where the review is to go on (`answer`) and what to say. Verdicts go into the letter's own review."""

    BINDINGS = bindings(Place.FOLLOWUP)
    home = Place.FOLLOWUP
    list_id = "points"

    def __init__(self, context: Context, side: Side) -> None:
        super().__init__(context)
        self.answer = Wanted()
        self._side = side
        self._found: tuple[Followed, ...] = ()
        self._reading = True
        self._choice: dict[str, int] = {}
        self._done: list[str] = []

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield LinePane(palette, id="points")
        yield InfoLines(palette, id="verdicts")
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self.show()
        self.run_worker(partial(self._link, self._side.review), thread=True)

    def _link(self, now: Review) -> None:
        """In the thread: the letters of the same council, which of them this one speaks of, and what stands beside."""
        worker, context = get_current_worker(), self.context
        while not context.shelf.complete and not worker.is_cancelled:
            # A row that was not read does not say whose letter it is.
            time.sleep(LOOK_EVERY)
        name, found, trouble = authority(now), [], ""
        heads = [head_of(now)]
        for row in tuple(context.shelf.rows.values()):
            if row.name == name and row.key != now.letter and not worker.is_cancelled:
                try:
                    heads.append(head_of(context.workspace.review(row.key, context.reviewer or None)))
                except LETTER_ERRORS as error:
                    trouble = f"{row.key}: {why_not(error)}"
        for link in by_letter(links(heads), now.letter):
            try:
                then = context.workspace.review(link.earlier, context.reviewer or None)
                suggester = context.adviser.teacher.suggester(now)
                found.append(beside_each_other(context.workspace, context.reviewer, link, now, then, suggester))
            except (*LETTER_ERRORS, CodebookError) as error:
                trouble = str(error)
        self.post_message(Linked(found, trouble))

    def on_linked(self, event: Linked) -> None:
        self._found, self._reading = event.found, False
        if event.trouble:
            self.say(event.trouble, trouble=True)
        elif not self._found:
            spoken = bool(head_of(self._side.review).mentions)
            self.say(
                "The earlier letter that this one speaks of is not in this folder."
                if spoken
                else "This letter speaks of no earlier inspection."
            )
        self.show()

    # showing

    @property
    def _points(self) -> tuple[Point, ...]:
        """With the verdicts as they are now."""
        return tuple(point for one in self._found for point in one.points)

    @property
    def _point(self) -> Point | None:
        item = self.list.item
        return next((p for p in self._points if item and p.key == item.key), None)

    def paint(self) -> None:
        """The areas under the names of their letters."""
        verdicts = self._side.review.followups
        self._found = tuple(
            replace(one, points=tuple(replace(p, verdict=verdicts.get(p.key)) for p in one.points))
            for one in self._found
        )
        names = {key: row_title(row) for key, row in self.context.shelf.rows.items()}
        if self._reading:
            self.list.show(
                partial(paint_info.no_rows, ("reading the earlier letters",)), title=authority(self._side.review)
            )
            return
        painter = partial(paint_followup, self._found, names, dict(self._choice), self._side.styles)
        self.list.show(painter, title=self._title())

    def _title(self) -> str:
        points = [point for point in self._points if point.area]
        given = sum(point.verdict is not None for point in points)
        return f"{authority(self._side.review)} · {given} of {len(points)} areas have a verdict"

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status = self.query_one("#status", InfoLines)
        right = (self.context.reviewer, f"undo {len(self._done)}" if self._done else "")
        status.show([paint_info.status(self.home.label, right, status.size.width)])
        self.query_one("#verdicts", InfoLines).show([verdict_keys()])

    # doing

    def action_give_verdict(self, digit: str) -> None:
        point = self._point
        if point is None or point.area is None:
            reading = "One moment: the earlier letters are still being read."
            self.tell(reading if self._reading else "There is no area under the cursor.")
            return
        if int(digit) > len(VERDICTS):
            self.tell(f"There is no verdict {digit}: 1 to {len(VERDICTS)}.")
            return
        verdict, beside = VERDICTS[int(digit) - 1], chosen(point, self._choice)
        if verdict != "not-mentioned" and beside is None:
            self.tell("No finding speaks of it: only 4, not mentioned, fits.")
            return
        finding = beside.finding.id if beside is not None and verdict != "not-mentioned" else ""
        with_reviewer(self, lambda name: self._decide(name, SetFollowup(point.key, verdict, finding)))

    def _decide(self, reviewer: str, operation: SetFollowup) -> None:
        try:
            session = self._side.session or self._side.begin(reviewer)
            batch = secrets.token_hex(4)
            session.do(operation, batch=batch)
        except (Refused, NotWritten, *LETTER_ERRORS) as error:
            self.tell(str(error), trouble=True)
            return
        self._done.append(batch)
        self._choice.pop(operation.earlier, None)
        self.say(f"{verdict_words(operation.verdict)[0].upper()}{verdict_words(operation.verdict)[1:]}.")
        self.show()
        self.list.step(1)
        self.settle()

    def action_undo(self) -> None:
        session = self._side.session
        if not self._done or session is None:
            self.tell(f"There is no verdict to take back; in the letter {key_of('undo')} goes further.")
            return
        try:
            # By its name: in another terminal something else may have been done to the letter since.
            done = session.undo_batch(self._done[-1])
        except (Refused, NotWritten) as error:
            self.tell(str(error), trouble=True)
            return
        self._done.pop()
        self.say(done.said)
        self.show()

    def action_other_beside(self) -> None:
        point = self._point
        if point is None or len(point.beside) < 2:
            self.tell("There is no other finding like it.")
            return
        at = chosen(point, self._choice)
        here = point.beside.index(at) if at in point.beside else 0
        self._choice[point.key] = (here + 1) % len(point.beside)
        self.show()

    def action_to_beside(self) -> None:
        point = self._point
        beside = chosen(point, self._choice) if point else None
        if beside is None:
            self.tell("There is no finding of now to go to.")
        else:
            self.answer = Wanted(finding=beside.finding.id)
            self.dismiss("")

    def action_open_earlier(self) -> None:
        if point := self._point:
            self.answer = Wanted(beside=point.key)
            self.dismiss("")
        else:
            self.tell("There is no earlier letter to open.")
