"""Themes, alike findings, a second letter, and why a finding is one: what the codebook and the other letters say."""

from __future__ import annotations

from curation import operations as op
from curation.codebook import Codebook, CodebookError, Theme
from curation.review import ReviewedFinding
from curation.summary import Summary
from parsers.display import visible
from tui.choosing import Choice
from tui.paint import ItemKind, Run
from tui.paint_info import Advice
from tui.palette import KEY, unknown_category
from tui.screens.deciding import DecidingScreen
from tui.screens.reading import TextScreen
from tui.side import OPENING_ERRORS, Side
from tui.why import why_lines
from tui.wording import day


class ComparingScreen(DecidingScreen):
    """What a finding is about, and where else it stands."""

    def needs_finding(self) -> ReviewedFinding | None:
        """The finding under the cursor; where there is none, that is said."""
        finding = self.current
        if finding is None:
            self.tell("There is no finding under the cursor; n goes to the next.")
        return finding

    def to_finding(self, finding: str) -> None:
        """Put the cursor of the active pane on a finding."""
        place = self.active.sheet.place(ItemKind.FINDING, finding)
        if place is not None:
            self.active.move_to(place)

    def _advice(self, finding: ReviewedFinding) -> Advice:
        return self.advice.get((self.side.key, finding.id), Advice())

    # themes

    def action_theme(self) -> None:
        finding = self.needs_finding()
        if finding is None:
            return
        try:
            codebook = self.context.workspace.codebook()
        except (CodebookError, OSError) as error:
            self.tell(str(error), trouble=True)
            return
        suggested = [hint.theme for hint in self._advice(finding).hints or ()]
        order = {theme: place for place, theme in enumerate((*finding.themes, *suggested))}
        themes = sorted(codebook.living, key=lambda theme: order.get(theme.id, len(order)))
        self.choose(
            "Themes: a second choice takes one away",
            [_theme_choice(theme, finding) for theme in themes],
            lambda theme: self._toggle_theme(finding, codebook, theme),
            search=lambda words: [_theme_choice(theme, finding) for theme in codebook.search(words, 20)],
            hint="a theme's name, or words of its definition",
        )

    def _toggle_theme(self, finding: ReviewedFinding, codebook: Codebook, theme: str) -> None:
        had = [t for t in finding.themes if codebook.resolve(t) == theme]
        now = tuple(t for t in finding.themes if t not in had) if had else (*finding.themes, theme)
        self.decide(op.SetThemes(finding.id, now))

    def action_take_suggestion(self, digit: str) -> None:
        finding = self.needs_finding()
        if finding is None:
            return
        hints = self._advice(finding).hints or ()
        rank = int(digit)
        if rank > len(hints):
            self.tell(f"There is no suggestion {rank}; t shows all themes.")
        else:
            self.decide(op.SetThemes(finding.id, (*finding.themes, hints[rank - 1].theme), from_rank=rank))

    def action_refuse_suggestion(self) -> None:
        finding = self.needs_finding()
        if finding is None:
            return
        hints = self._advice(finding).hints or ()
        if hints:
            self.decide(op.RefuseTheme(finding.id, hints[0].theme))
        else:
            self.tell("There is no suggestion to refuse.")

    # other letters

    def action_alike(self) -> None:
        finding = self.needs_finding()
        if finding is None:
            return
        found = self._advice(finding).alike
        if not found:
            self.tell(
                "The other letters are still being read." if found is None else "Nothing alike in another letter."
            )
            return
        styles = self.side.styles
        choices = []
        for one in found:
            entry = one.entry
            style = styles.get(entry.category) or unknown_category(entry.category)
            name = f"{one.score:3.0f}  {visible(entry.authority):<18} {visible(entry.text)}"
            choices.append(Choice(entry.ref, name, Run(style.tag, style.sign), detail=entry.text))
        self.choose("Alike in other letters; enter opens one beside", choices, self._open_alike)

    def _open_alike(self, place: str) -> None:
        letter, _, finding = place.rpartition("#")
        if self._beside(letter):
            self.to_finding(finding)
            self.follow()
            self.settle()

    def action_open_beside(self) -> None:
        """A list of letters: the same council's other years first."""
        here = self.sides[0]
        rows = [row for row in self.context.shelf.rows.values() if row.key != here.key]
        own = self.context.shelf.rows.get(here.key)
        rows.sort(key=lambda row: (own is None or row.name != own.name, row.name, row.date is None, row.date))
        if rows:
            self.choose("Open beside", [_letter_choice(row) for row in rows], self._beside, hint="council or file name")
        else:
            self.tell("There is no other letter in this folder.")

    def _beside(self, key: str) -> bool:
        """Show a letter beside the first one. False, and said, if it can't be opened."""
        if key == self.sides[0].key:
            self.tell("That letter is open here already.")
            return False
        side = self.visited.get(key)
        try:
            side = side or Side(self.context.workspace, key, self.context.reviewer)
        except OPENING_ERRORS as error:
            self.tell(f"{key}: {error}", trouble=True)
            return False
        self.put_beside(side)
        self.advise(side)
        self.warn(side)
        return True

    # why

    def action_why(self) -> None:
        finding = self.needs_finding()
        if finding is not None:
            lines = why_lines(self.side.letter, self.side.review, finding, self.side.to_check.of(finding.id))
            self.app.push_screen(TextScreen(self.context, f"Why {finding.id}", lines))


def _theme_choice(theme: Theme, finding: ReviewedFinding) -> Choice:
    number = finding.themes.index(theme.id) + 1 if theme.id in finding.themes else 0
    mark = Run(f"{number or ' '}", KEY)
    return Choice(
        theme.id, visible(theme.label), mark, aside=visible(f"{theme.id} · {theme.group}"), detail=theme.definition
    )


def _letter_choice(row: Summary) -> Choice:
    date = day(row.date) if row.date else ""
    return Choice(row.key, visible(row.name), aside=visible(f"{date}  {row.key}"))
