"""Changing the codebook by keys: what a change does is said before it is done, and undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curation.codebook import Codebook, CodebookError, Theme
from curation.codebook.duplicates import near_duplicates
from curation.codebook.edits import (
    AddTheme,
    ArchiveTheme,
    Edit,
    EditTheme,
    MergeTheme,
    RenameTheme,
    RestoreTheme,
    changes,
    describe,
    known,
    made_id,
)
from curation.codebook.history import next_redo, next_undo, values_of
from curation.codebook.writing import Edited, NotKept
from curation.matrix import Cell
from curation.operations import Refused
from parsers.display import visible
from tui.actions import key_of
from tui.choosing import Choice
from tui.dialogs.ask import AskScreen
from tui.paint import ItemKind, Run
from tui.palette import KEY
from tui.screens.naming import with_reviewer
from tui.screens.surveying import SurveyingScreen
from tui.wording import counted, sentence

_WORDS = {
    "label": "the name that people see",
    "group": "the heading that it stands under",
    "definition": "what belongs under it",
    "use_when": "when to take it",
    "avoid_when": "when not, and which theme to take then",
    "example": "a finding that belongs here",
    "not_example": "one that seems to, and doesn't",
    "phrases": "short cues for suggestions, one a line",
}
_MEANING = ("definition", "use_when", "avoid_when")
_LONG = ("definition", "use_when", "avoid_when", "example", "not_example", "phrases")
_LISTED = "Each reviewer finds their own on the list of what to look at again (w)."
_FAINTLY = 40.0
_MAKE = "+"
"""No theme's id."""


class CodebookScreen(SurveyingScreen):
    """The one screen that edits the codebook. A change is refused if the file is not the one that was looked at."""

    @property
    def theme(self) -> Theme | None:
        """The theme under the cursor, if the codebook has it."""
        raise NotImplementedError

    def needs_theme(self) -> Theme | None:
        """The theme under the cursor; where there is none, that is said."""
        theme = self.theme
        if theme is None:
            self.tell(self.trouble or f"The codebook has no such theme; {key_of('add-theme')} makes it.")
        return theme

    # adding

    def action_add_theme(self) -> None:
        group = self.theme.group if self.theme else ""
        why = f"in the group {visible(group)}" if group else "in no group"
        self._ask("Name of the new theme", "", lambda label: self._named(label, group), why=why)

    def _named(self, label: str, group: str) -> None:
        """Say what it may double, then ask what belongs under it."""
        label = " ".join(label.split())
        doubles = near_duplicates(self.codebook, Theme("", label), least=_FAINTLY)[:4]
        if not doubles:
            self._define(label, group)
            return
        themes = self.codebook.themes
        seen = [
            Choice(d.theme, f"look at {visible(themes[d.theme].label)}", aside=f"{d.because} {d.score:.0f}")
            for d in doubles
        ]
        make = Choice(_MAKE, f"make “{visible(label)}”, it is another", Run("+", KEY), aside=made_id(label))

        def chosen(key: str) -> None:
            if key == _MAKE:
                self._define(label, group)
            else:
                self.land_on(key)

        self.choose("The codebook has something like it", [*seen, make], chosen)

    def _define(self, label: str, group: str) -> None:
        self._ask(
            f"What belongs under “{visible(label)}”?",
            "",
            lambda words: self._preview(AddTheme(label, group=group, definition=words)),
            why="its definition; may stay empty",
            lines=True,
        )

    # changing

    def action_edit_theme(self) -> None:
        theme = self.needs_theme()
        if theme is None:
            return
        values = values_of(theme)
        choices = [
            Choice(key, key.replace("_", " "), aside=visible(_as_text(values[key], ", ")) or f"({words})")
            for key, words in _WORDS.items()
        ]
        self.choose(f"Edit {theme.id}", choices, lambda key: self._edit(theme, key))

    def _edit(self, theme: Theme, key: str) -> None:
        def edited(text: str) -> None:
            value = tuple(text.splitlines()) if key == "phrases" else text
            self._preview(EditTheme(theme.id, {key: value}))

        old = _as_text(values_of(theme)[key], "\n")
        self._ask(f"{theme.id}: {key.replace('_', ' ')}", old, edited, why=_WORDS[key], lines=key in _LONG)

    def action_rename_theme(self) -> None:
        if theme := self.needs_theme():
            self._ask(
                f"Another name for {theme.id}",
                theme.label,
                lambda label: self._preview(RenameTheme(theme.id, label)),
                why="its id stays, so that reviews still find it",
            )

    def action_merge_theme(self) -> None:
        theme = self.needs_theme()
        if theme is None:
            return
        near = [double.theme for double in near_duplicates(self.codebook, theme, least=_FAINTLY)]
        others = [one for one in self.codebook.living if one.id != theme.id]
        others.sort(key=lambda one: near.index(one.id) if one.id in near else len(near))
        choices = [
            Choice(o.id, visible(o.label), aside=visible(f"{o.id} · {o.group}"), detail=o.definition) for o in others
        ]
        self.choose(
            f"Merge {theme.id} into",
            choices,
            lambda into: self._preview(MergeTheme(theme.id, into)),
            hint="a theme's name",
        )

    def action_archive_theme(self) -> None:
        if theme := self.needs_theme():
            self._preview(ArchiveTheme(theme.id))

    def action_restore_theme(self) -> None:
        if theme := self.needs_theme():
            self._preview(RestoreTheme(theme.id))

    def action_undo_codebook(self) -> None:
        if next_undo(self.codebook) is None:
            self.tell("There is nothing to undo in the codebook.")
        else:
            self._do(lambda by, seen: self.context.workspace.undo_codebook(by, seen))

    def action_redo_codebook(self) -> None:
        if next_redo(self.codebook) is None:
            self.tell("There is nothing to redo in the codebook.")
        else:
            self._do(lambda by, seen: self.context.workspace.redo_codebook(by, seen))

    # doing

    def _preview(self, edit: Edit) -> None:
        """Say what an edit changes before it is done; one that can't be done is said at once."""
        try:
            changes(self.codebook, edit)
            effects = self._effects(edit)
        except Refused as error:
            self.tell(str(error), trouble=True)
            return
        choices = [
            Choice("yes", f"do it: {visible(describe(edit))}", detail=" ".join(effects)),
            Choice("no", "leave all as it is", detail=" ".join(effects)),
        ]

        def chosen(answer: str) -> None:
            if answer == "yes":
                self._do(lambda by, seen: self.context.workspace.edit_codebook(edit, by, seen))
            else:
                self.tell("Nothing was changed.")

        self.choose(sentence(visible(describe(edit))).rstrip("."), choices, chosen)

    def _effects(self, edit: Edit) -> Sequence[str]:
        """What an edit changes, in words, the most important first."""
        if isinstance(edit, AddTheme):
            return ("It is offered in all letters.",)
        theme = known(self.codebook, edit.theme)
        found = self.count()
        cell = found.total.cell(self.codebook.resolve(theme.id)) if found else Cell()
        own = [fact for fact in cell.facts if theme.id in fact.themes]
        used = f"{counted(len(own), 'finding')} in {counted(len({f.letter for f in own}), 'letter')}"
        if so_far := self.progress():
            used = f"{used} so far ({so_far})" if found else f"findings that are not counted yet ({so_far})"
        match edit:
            case MergeTheme(_, into):
                return (f"{used} count as {into}.", "Reviews stay as they are; only codebook.toml is written.")
            case ArchiveTheme():
                return (f"{used} keep it.", f"It is offered no more. {_LISTED}")
            case EditTheme(_, values) if set(values) & set(_MEANING):
                return (f"{used} have it.", _LISTED)
            case _:
                return (f"{used} have it.", "Reviews stay as they are.")

    def _do(self, step: Callable[[str, Codebook], Edited]) -> None:
        """Do a step in the name of whoever reviews, on the codebook that is on the screen."""
        seen = self.codebook

        def do(reviewer: str) -> None:
            try:
                edited = step(reviewer, seen)
            except (Refused, NotKept, CodebookError) as error:
                self.check_codebook()
                self.tell(str(error), trouble=True)
                return
            self.check_codebook()
            done = f"Revision {edited.step.number}: {edited.step.what}; {key_of('undo-codebook')} takes it back."
            self.say(" ".join((done, *edited.warnings)))
            self.land_on(edited.step.changes[0].theme)
            self.show()

        with_reviewer(self, do)

    def land_on(self, theme: str) -> None:
        """Put the cursor on a theme."""
        place = self.list.sheet.place(ItemKind.TEXT, theme)
        if place is not None:
            self.list.move_to(place)
            self.moved()

    def _ask(
        self, question: str, answer: str, then: Callable[[str], None], *, why: str = "", lines: bool = False
    ) -> None:
        def answered(text: str | None) -> None:
            if text is None:
                self.tell("Nothing was changed.")
            else:
                then(text)

        self.app.push_screen(AskScreen(self.context.palette, question, answer, why=why, lines=lines), answered)


def _as_text(value: object, between: str) -> str:
    return between.join(value) if isinstance(value, list) else str(value)
