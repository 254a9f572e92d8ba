"""Every question that reviewers asked, whoever asked it; answers are kept with it, in the answerer's own review."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from curation.codebook import Codebook, CodebookError
from curation.codebook.edits import EditTheme
from curation.codebook.writing import NotKept
from curation.journal import NotWritten
from curation.operations import AnswerQuestion, Refused
from curation.questions import Question, Standing
from curation.workspace import LETTER_ERRORS
from parsers.display import visible
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.choosing import Choice
from tui.context import Context, Landing
from tui.dialogs.ask import AskScreen
from tui.paint import ItemKind
from tui.paint_questions import paint_question, paint_questions
from tui.palette import CategoryStyle, category_styles
from tui.screens.naming import with_reviewer
from tui.screens.queue_screen import QueueScreen
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane
from tui.wording import counted

_EVERY = 0.25
"""Seconds between two deliveries."""
_ORDER = {Standing.OPEN: 0, Standing.ANSWERED: 1, Standing.TAKEN_BACK: 2}


class Asked(Message):
    """The questions of some letters, `read` of `of` letters in all; `trouble` is the first that could not be read."""

    def __init__(self, found: Mapping[str, tuple[Question, ...]], read: int, of: int, trouble: str) -> None:
        super().__init__()
        self.found, self.read, self.of, self.trouble = dict(found), read, of, trouble


class QuestionsScreen(QueueScreen):
    """Open ones first. They come in while the reviews are read."""

    BINDINGS = bindings(Place.QUESTIONS)
    home = Place.QUESTIONS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: dict[str, tuple[Question, ...]] = {}
        self._questions: tuple[Question, ...] = ()
        self._only: Standing | None = None
        self._read, self._of = 0, -1
        self._visited = ""

    def compose(self) -> ComposeResult:
        palette = self.context.palette
        yield InfoLines(palette, id="status")
        yield LinePane(palette, id="queue")
        place = LinePane(palette, id="place")
        place.active = False
        yield place
        yield InfoLines(palette, id="keys")
        yield InfoLines(palette, id="small")

    def on_mount(self) -> None:
        self.show()
        self.run_worker(self._collect, thread=True)

    def _collect(self) -> None:
        """In the thread."""
        worker, workspace = get_current_worker(), self.context.workspace
        keys = [key for key in workspace.keys_with_reviews() if workspace.reviewers(key)]
        batch: dict[str, tuple[Question, ...]] = {}
        trouble, posted = "", time.monotonic()
        if not keys:
            self.post_message(Asked({}, 0, 0, ""))
        for number, key in enumerate(keys, start=1):
            if worker.is_cancelled:
                return
            try:
                batch[key] = workspace.questions(key)
            except LETTER_ERRORS as error:
                trouble = trouble or f"{key}: {error}"
            if number == len(keys) or time.monotonic() - posted > _EVERY:
                self.post_message(Asked(batch, number, len(keys), trouble))
                batch, trouble, posted = {}, "", time.monotonic()

    def on_asked(self, event: Asked) -> None:
        self._found |= event.found
        self._read, self._of = event.read, event.of
        if event.trouble:
            self.say(event.trouble, trouble=True)
        self.show()

    # showing

    def paint(self) -> None:
        """The questions, and the one under the cursor whole."""
        wanted = [q for key in sorted(self._found) for q in self._found[key] if self._only in (None, q.standing)]
        self._questions = tuple(sorted(wanted, key=lambda question: _ORDER[question.standing]))
        title = f"{self._only.value} questions" if self._only else "all questions, open ones first"
        painter = partial(paint_questions, self._questions, self.context.shelf.rows)
        self.list.show(painter if self._questions else partial(paint_info.no_rows, (self._none(),)), title=title)
        self.show_current()

    def _none(self) -> str:
        """Why there are no questions to show, and what can be done."""
        if self._read != self._of:
            return "reading the reviews"
        if any(self._found.values()):
            return f"No question is {self._only.value}; {key_of('filter')} shows others." if self._only else ""
        return (
            f"Nobody has asked anything yet: {key_of('question')} in a letter asks about the finding under the cursor."
        )

    @property
    def _current(self) -> Question | None:
        place = self.list.cursor
        return self._questions[place] if place < len(self._questions) else None

    @property
    def _styles(self) -> Mapping[str, CategoryStyle]:
        row = self.context.shelf.rows.get(self._current.letter) if self._current else None
        return category_styles(row.profile if row else "")

    def show_current(self) -> None:
        """The finding, what was asked, every answer."""
        pane, one = self.query_one("#place", LinePane), self._current
        if one is None:
            pane.forget()
        else:
            pane.show(partial(paint_question, one, self._styles), title=one.letter, at=(ItemKind.TEXT, "0"))

    def settle(self) -> None:
        """Show what has changed."""
        super().settle()
        status = self.query_one("#status", InfoLines)
        status.show([paint_info.status("Questions", self._status(), status.size.width)])

    def _status(self) -> tuple[str, ...]:
        found = [question for some in self._found.values() for question in some]
        left = sum(question.standing is Standing.OPEN for question in found)
        reading = "" if self._read == self._of else f"read {self._read}/{max(self._of, 0)}"
        undo = f"undo {self.decisions.count}" if self.decisions.count else ""
        return self.context.reviewer, reading, undo, f"{left} open of {counted(len(found), 'question')}"

    # answering

    def action_answer(self) -> None:
        one = self._one()
        if one is None:
            return
        own = next((reply.answer for reply in one.replies if reply.by == self.context.reviewer), "")

        def answered(text: str | None) -> None:
            if text is None or text.strip() == own:
                self.tell("Nothing was changed.")
            else:
                with_reviewer(self, lambda reviewer: self._answer(one, reviewer, text.strip()))

        why = f"to {one.asker}: {one.question} (empty takes your answer back)"
        self.app.push_screen(AskScreen(self.context.palette, "Answer", own, why=why, lines=True), answered)

    def _answer(self, one: Question, reviewer: str, text: str) -> None:
        try:
            self.decisions.do(one.letter, reviewer, AnswerQuestion(one.asker, one.finding, one.question, text))
            self.decisions.save()
        except (Refused, NotWritten, *LETTER_ERRORS) as error:
            self.tell(str(error), trouble=True)
            return
        words = "Answered" if text else "Answer taken back"
        self.say(f"{words}, in {reviewer}'s own review; {key_of('undo')} takes it back.")
        self._read_again(one.letter)
        place = next((n for n, q in enumerate(self._questions) if q.standing is Standing.OPEN), None)
        if place is not None:
            self.list.move_to(place)
            self.moved()

    # into the codebook

    def action_into_codebook(self) -> None:
        """The answer as one more sentence of when to use a theme: which theme, then the text to look over."""
        one = self._one()
        if one is None:
            return
        if not one.replies:
            self.tell(f"Nobody has answered it yet; {key_of('answer')} does.")
            return
        try:
            codebook = self.context.workspace.codebook()
        except (CodebookError, OSError) as error:
            self.tell(str(error), trouble=True)
            return
        answer = " ".join(one.replies[0].answer.split())
        choices = [
            Choice(theme.id, visible(theme.label), aside=visible(theme.use_when), detail=theme.definition)
            for theme in codebook.living
        ]

        def worded(theme: str) -> None:
            before = codebook.themes[theme].use_when
            text = f"{before} {answer}".strip()
            why = "in the codebook, for everybody; change it as you like"
            ask = AskScreen(self.context.palette, f"When to use {theme}", text, why=why, lines=True)
            self.app.push_screen(ask, lambda new: self._write(theme, before, new, codebook))

        self.choose("Which theme is the answer about", choices, worded)

    def _write(self, theme: str, before: str, text: str | None, seen: Codebook) -> None:
        if text is None or text.strip() == before:
            self.tell("Nothing was changed.")
            return

        def write(reviewer: str) -> None:
            try:
                edit = EditTheme(theme, {"use_when": text.strip()})
                done = self.context.workspace.edit_codebook(edit, reviewer, seen)
            except (Refused, NotKept, CodebookError, OSError) as error:
                self.tell(str(error), trouble=True)
                return
            words = " ".join(done.warnings)
            self.tell(words or f"In the codebook, revision {done.step.number}: {done.step.what}.", trouble=bool(words))

        with_reviewer(self, write)

    def action_undo(self) -> None:
        try:
            key, _ = self.decisions.undo(self.context.reviewer)
            self.decisions.save()
        except (Refused, NotWritten, *LETTER_ERRORS) as error:
            self.tell(str(error), trouble=True)
            return
        self.say("Taken back.")
        self._read_again(key)

    def _read_again(self, key: str) -> None:
        for words in self.decisions.troubles:
            self.say(words, trouble=True)
        self.decisions.troubles.clear()
        try:
            self._found[key] = self.context.workspace.questions(key)
        except LETTER_ERRORS as error:
            self.say(f"{key}: {error}", trouble=True)
        self.show()

    def _one(self) -> Question | None:
        """The question under the cursor; where there is none, that is said."""
        if self._current is None:
            reading = self._read != self._of
            self.tell("One moment: the reviews are still being read." if reading else "There is no question here.")
        return self._current

    # which, and in the letter

    def action_filter(self) -> None:
        choices = [Choice("", "all"), *(Choice(one.value, one.value) for one in Standing)]
        self.choose("Show which", choices, self._narrow)

    def _narrow(self, standing: str) -> None:
        self._only = Standing(standing) if standing else None
        self.show()

    def action_open(self) -> None:
        one = self._one()
        if one is not None:
            self.decisions.forget()
            self._visited = one.letter
            self.open_letters([one.letter], Landing(one.finding if one.text else "", at=one.at))

    def returned(self) -> None:
        """Back from a letter, in which questions may have been asked or taken back."""
        self._read_again(self._visited)
