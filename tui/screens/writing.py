"""What a reviewer writes: notes, questions, the letter's note. It is drafted while it is written."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import SuspendNotSupported

from curation import drafts
from curation import operations as op
from curation.drafts import Draft, Target
from curation.files import reason
from tui import editor
from tui.actions import key_of
from tui.dialogs.ask import AskScreen
from tui.screens.surgery import SurgeryScreen
from tui.side import Side
from tui.surgery import tried
from tui.wording import spoken, when

Making = Callable[[str], op.Operation]
_CALLED = {
    drafts.NOTE: ("a note", "note"),
    drafts.QUESTION: ("a question", "question"),
    drafts.LETTER_NOTE: ("the letter's note", "letter-note"),
}
"""What can be half written, in words, and the command that writes it."""


class WritingScreen(SurgeryScreen):
    """Asks for text, drafts it every two seconds, and lets it go once it is decided on or left."""

    def on_mount(self) -> None:
        said = [words for side in self.sides if (words := self.half_written(side))]
        if said:
            self.call_after_refresh(self.tell, said[0])

    def half_written(self, side: Side) -> str:
        """What of a letter was half written when the last run ended, in words; "" if nothing was."""
        kept = drafts.of_letter(self._root, side.key)
        if not kept:
            return ""
        target, more = kept[-1].target, f", and {len(kept) - 1} more" if len(kept) > 1 else ""
        if target.finding and side.review.find(target.finding) is None:
            return f"Half written, on a finding that is no more: the text is in {drafts.path_of(target)}"
        about = f" on {spoken(target.finding, side.review)}" if target.finding else ""
        called, command = _CALLED.get(target.what, _CALLED[drafts.NOTE])
        return f"Half written: {called}{about}{more}; {key_of(command)} there goes on with it."

    @property
    def _root(self) -> str:
        return str(self.context.workspace.root.absolute())

    # in the app

    def action_note(self) -> None:
        if finding := self.needs_finding():
            target = self._target(drafts.NOTE, finding.id)
            self._write(target, "Note on this finding", lambda text: op.SetNote(finding.id, text))

    def action_letter_note(self) -> None:
        self._write(self._target(drafts.LETTER_NOTE), "Note on the letter", op.SetLetterNote)

    def action_question(self) -> None:
        if finding := self.needs_finding():
            target = self._target(drafts.QUESTION, finding.id)
            why = "empty takes the question back"
            asked = "Question about this finding"
            self._write(target, asked, lambda text: op.SetQuestion(finding.id, text), why=why)

    def _kept(self, target: Target) -> str:
        """What the review has there now, in the letter under the cursor."""
        review = self.side.review
        if target.what == drafts.LETTER_NOTE:
            return review.note
        finding = review.find(target.finding)
        if finding is None:
            return ""
        return finding.note if target.what == drafts.NOTE else finding.question

    def _target(self, what: str, finding: str = "") -> Target:
        return Target(self._root, self.side.key, what, finding)

    def _write(self, target: Target, asked: str, make: Making, *, why: str = "") -> None:
        """Ask for the text; a draft of it is offered in the field, with the time when it was left."""
        draft, before = self._found(target), self._kept(target)
        if draft is not None and draft.text != before:
            why = f"as you left it {when(draft.written)}, not kept yet; {key_of('keep')} keeps it"

        elsewhere = self.once_if_written_elsewhere(lambda: self._kept(target))

        def check(text: str) -> str:
            return elsewhere(text.strip()) or self.wrong(make(text.strip()))

        def answered(text: str | None) -> None:
            if text is None or text.strip() == self._kept(target):
                self._drop(target)
                self.tell("Nothing was changed.")
            else:
                self._decide_written(target, text.strip(), make)

        self.app.push_screen(
            AskScreen(
                self.context.palette,
                asked,
                draft.text if draft is not None else before,
                why=why,
                lines=target.what != drafts.QUESTION,
                check=check,
                draft=lambda text: self._keep(target, text),
            ),
            answered,
        )

    def once_if_written_elsewhere(self, kept: Callable[[], str]) -> Callable[[str], str]:
        """A check of what is typed: says, once, what was put there in another terminal since, "" if nothing was.

        `kept` gives what the review has there.
        """
        before = kept()

        def check(typed: str) -> str:
            nonlocal before
            if self.side.session is not None:
                self.side.session.refresh()
            now = kept()
            if now in (before, typed):
                return ""
            # Now that it was said, what is typed here may take its place.
            before = now
            return f"written elsewhere meanwhile: “{now}”; {key_of('keep')} again puts this in its place"

        return check

    def wrong(self, operation: op.Operation) -> str:
        """Why an operation would be refused, in words; "" if it would not."""
        return self.in_words(tried(self.side.review, [operation]).refused)

    def _decide_written(self, target: Target, text: str, make: Making) -> None:
        """The draft stays until the decision is in the journal: the disk may be full, or nobody gives a name."""
        self._keep(target, text)
        self.decide(make(text), then=lambda: self._drop(target))

    # drafts

    def _found(self, target: Target) -> Draft | None:
        try:
            return drafts.found(target)
        except (OSError, ValueError) as error:
            self.tell(f"A draft can't be read: {drafts.path_of(target)}: {error}", trouble=True)
            return None

    def _keep(self, target: Target, text: str) -> str:
        try:
            drafts.keep(target, text)
        except OSError as error:
            return f"this can't be drafted: {reason(error)}; {key_of('keep')} keeps it as it is"
        return ""

    def _drop(self, target: Target) -> None:
        try:
            drafts.drop(target)
        except OSError as error:
            self.tell(f"A draft stays behind: {drafts.path_of(target)}: {reason(error)}", trouble=True)

    # in the reviewer's editor

    def action_note_in_editor(self) -> None:
        """The note in the program that VISUAL or EDITOR names; what it leaves is a draft until it is decided on."""
        finding = self.needs_finding()
        if finding is None:
            return
        try:
            command = editor.command()
        except ValueError as error:
            self.tell(f"VISUAL or EDITOR can't be read: {error}", trouble=True)
            return
        if not command:
            self.tell(f"Neither VISUAL nor EDITOR names an editor; {key_of('note')} writes the note here.")
            return
        target = self._target(drafts.NOTE, finding.id)
        draft = self._found(target)
        text = draft.text if draft is not None else finding.note
        try:
            status = self._edit(command, target, text)
            text = drafts.take_from_editor(target)
        except SuspendNotSupported:
            self._drop(target)
            self.tell(f"This terminal can't be lent to an editor; {key_of('note')} writes the note here.")
        except OSError as error:
            self.tell(
                f"{command[0]}: {reason(error)}; nothing was changed, {key_of('note')} writes the note here",
                trouble=True,
            )
        else:
            self._edited(target, finding.note, text.strip(), status)

    def _edit(self, command: list[str], target: Target, text: str) -> int:
        path = drafts.hand_to_editor(target, text)
        with self.app.suspend():
            return editor.edit(command, path)

    def _edited(self, target: Target, before: str, text: str, status: int) -> None:
        def make(text: str) -> op.Operation:
            return op.SetNote(target.finding, text)

        if self.side.session is not None:
            self.side.session.refresh()
        if text == before:
            self._drop(target)
            self.tell("Nothing was changed.")
        elif status != 0:
            self.tell(
                f"The editor ended with {status}, nothing was changed; {key_of('note')} shows what it left.",
                trouble=True,
            )
        elif self._kept(target) not in (before, text):
            self.tell(f"The note was written elsewhere meanwhile; {key_of('note')} shows yours, to be kept or left.")
        elif wrong := self.wrong(make(text)):
            self.tell(f"{wrong}; {key_of('note')} shows it", trouble=True)
        else:
            self._decide_written(target, text, make)
