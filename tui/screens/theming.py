"""What a finding is about: its themes, the suggested ones, and a theme that the codebook doesn't have yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curation import operations as op
from curation.codebook import Codebook, CodebookError, Theme
from curation.codebook.duplicates import near_duplicates
from curation.codebook.edits import AddTheme, made_id
from curation.codebook.writing import NotKept
from curation.review import ReviewedFinding
from curation.session import Session
from parsers.display import visible
from tui.actions import key_of
from tui.choosing import Choice
from tui.paint import ItemKind, Run
from tui.paint_info import Advice
from tui.palette import KEY
from tui.screens.deciding import DecidingScreen

_NEW = "new:"
"""Before a name that was typed: what the picker gives back for a theme that is to be made."""
_OFFERED = 20
_FAINTLY = 30.0
"""A theme that is this much like a typed name is offered where the search finds none."""


class ThemingScreen(DecidingScreen):
    """Giving themes, taking them away, taking and refusing suggestions."""

    def needs_finding(self) -> ReviewedFinding | None:
        """The finding under the cursor; where there is none, that is said."""
        finding = self.current
        if finding is None:
            self.tell(f"There is no finding under the cursor; {key_of('next-finding')} goes to the next.")
        return finding

    def to_finding(self, finding: str) -> None:
        """Put the cursor of the active pane on a finding."""
        place = self.active.sheet.place(ItemKind.FINDING, finding)
        if place is not None:
            self.active.move_to(place)

    def _advice(self, finding: ReviewedFinding) -> Advice:
        return self.advice.get((self.side.key, finding.id), Advice())

    def action_theme(self) -> None:
        """Choose a theme; a name that no theme has offers the nearest ones first, then to make it."""
        finding, codebook = self.needs_finding(), self._codebook()
        if finding is None or codebook is None:
            return
        given = codebook.resolve_all(finding.themes)
        # What was suggested before it was given may still be among the suggestions.
        suggested = [hint.theme for hint in self._advice(finding).hints or () if hint.theme not in given]
        order = {theme: place for place, theme in enumerate((*given, *suggested))}
        # What it has can be taken away, also what is not offered any more or was typed freely.
        has = {theme: codebook.themes.get(theme, Theme(theme, theme)) for theme in given}
        offered = {theme.id: theme for theme in codebook.living} | has
        themes = sorted(offered.values(), key=lambda theme: order.get(theme.id, len(order)))
        because = {hint.theme: hint.because for hint in self._advice(finding).hints or ()}
        self.choose(
            "Themes: a second choice takes one away",
            [_theme_choice(theme, given, because.get(theme.id, "")) for theme in themes],
            lambda chosen: self._chosen(finding, codebook, chosen),
            search=lambda words: _searched(codebook, words, given),
            hint="a theme's name, or words of its definition",
        )

    def _codebook(self) -> Codebook | None:
        try:
            return self.context.workspace.codebook()
        except (CodebookError, OSError) as error:
            self.tell(str(error), trouble=True)
            return None

    def _chosen(self, finding: ReviewedFinding, codebook: Codebook, chosen: str) -> None:
        if chosen.startswith(_NEW):
            self._ask_before_making(finding, codebook, chosen.removeprefix(_NEW))
        else:
            self._toggle_theme(finding, codebook, chosen)

    def _toggle_theme(self, finding: ReviewedFinding, codebook: Codebook, theme: str) -> None:
        def toggled(themes: tuple[str, ...]) -> tuple[str, ...]:
            had = [t for t in themes if codebook.resolve(t) == theme]
            return tuple(t for t in themes if t not in had) if had else (*themes, theme)

        self._change_themes(finding, toggled)

    def _change_themes(
        self,
        finding: ReviewedFinding,
        change: Callable[[tuple[str, ...]], tuple[str, ...]],
        from_rank: int | None = None,
    ) -> None:
        """Change a finding's themes as they are now: in another terminal it may have got one since it was shown."""

        def decide(session: Session) -> None:
            session.refresh()
            now = session.review.find(finding.id) or finding
            self.decide(op.SetThemes(finding.id, change(now.themes), from_rank=from_rank))

        self.with_session(decide)

    def _ask_before_making(self, finding: ReviewedFinding, codebook: Codebook, label: str) -> None:
        """A new theme is everybody's: say what it doubles before it is made."""
        nearest = near_duplicates(codebook, Theme("", label), least=_FAINTLY)[:3]
        use = [
            Choice(d.theme, f"give it {visible(codebook.themes[d.theme].label)}", aside=f"{d.because} is alike")
            for d in nearest
        ]
        make = Choice(
            _NEW,
            f"make a new theme “{visible(label)}”",
            aside=made_id(label),
            detail="For all letters of this folder. Its definition is written on the screen of themes, where "
            f"{key_of('undo-codebook')} takes it back.",
        )

        def chosen(key: str) -> None:
            if key == _NEW:
                self.with_session(lambda session: self._make(session, finding, codebook, label))
            else:
                self._toggle_theme(finding, codebook, key)

        self.choose("There is no such theme yet", [*use, make], chosen)

    def _make(self, session: Session, finding: ReviewedFinding, codebook: Codebook, label: str) -> None:
        try:
            edited = self.context.workspace.edit_codebook(AddTheme(label), session.reviewer, codebook)
        except (op.Refused, NotKept, CodebookError) as error:
            self.tell(str(error), trouble=True)
            return
        made = edited.step.changes[0].theme
        self._change_themes(finding, lambda themes: (*themes, made))

    def action_take_suggestion(self, digit: str) -> None:
        finding = self.needs_finding()
        if finding is None:
            return
        hints = self._advice(finding).hints
        rank = int(digit)
        if hints is None:
            self.tell("Suggestions are still being looked for.")
        elif rank > len(hints):
            self.tell(f"There is no suggestion {rank}; {key_of('theme')} shows all themes.")
        else:
            theme = hints[rank - 1].theme
            self._change_themes(finding, lambda themes: (*themes, theme), rank)

    def action_refuse_suggestion(self) -> None:
        finding = self.needs_finding()
        if finding is None:
            return
        hints = self._advice(finding).hints or ()
        if hints:
            self.decide(op.RefuseTheme(finding.id, hints[0].theme))
        else:
            self.tell("There is no suggestion to refuse.")


def _searched(codebook: Codebook, words: str, given: Sequence[str]) -> list[Choice]:
    """The themes that were probably meant, then the way to make one of that name, unless there is one."""
    label = " ".join(words.split())
    found = codebook.search(label, _OFFERED)
    if not found:
        near = near_duplicates(codebook, Theme("", label), least=_FAINTLY)[:3]
        found = tuple(codebook.themes[double.theme] for double in near)
    choices = [_theme_choice(theme, given) for theme in found]
    if not any(label.casefold() in (theme.label.casefold(), theme.id) for theme in found):
        choices.append(Choice(_NEW + label, f"make a new theme “{visible(label)}”", Run("+", KEY)))
    return choices


def _theme_choice(theme: Theme, given: Sequence[str], because: str = "") -> Choice:
    number = given.index(theme.id) + 1 if theme.id in given else 0
    mark = Run(f"{number or ' '}", KEY)
    detail = f"suggested by {because}. {theme.definition}" if because else theme.definition
    return Choice(theme.id, visible(theme.label), mark, aside=visible(f"{theme.id} · {theme.group}"), detail=detail)
