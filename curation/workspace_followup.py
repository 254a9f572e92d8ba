"""The follow-up of a workspace: all its letters linked, and the points of each pair, as one reviewer sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curation.about import authority
from curation.codebook import Codebook
from curation.followup import Link, Point, ThemesOf, points
from curation.pairs import Pairs
from curation.review import Review, ReviewedFinding
from curation.suggest import Suggester
from curation.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Followed:
    """A letter, the earlier one that it speaks of, and what became of each of its areas."""

    link: Link
    authority: str
    points: tuple[Point, ...]


def themes_by(codebook: Codebook, suggester: Suggester) -> ThemesOf:
    """A finding's own themes as they count now; for one that has none, the first that is suggested."""
    suggested: dict[str, tuple[str, ...]] = {}

    def of(finding: ReviewedFinding) -> tuple[str, ...]:
        if finding.themes:
            return codebook.resolve_all(finding.themes)
        if finding.text not in suggested:
            found = suggester.suggest(finding.text, refused=finding.refused, top=1)
            suggested[finding.text] = tuple(one.theme for one in found)
        return suggested[finding.text]

    return of


def followed(workspace: Workspace, reviewer: str, link: Link, suggester: Suggester | None = None) -> Followed:
    """The points of a pair. Raises what reading a letter raises, CodebookError, OSError for the judged pairs."""
    now, then = (workspace.review(key, reviewer or None) for key in (link.letter, link.earlier))
    return beside_each_other(workspace, reviewer, link, now, then, suggester)


def beside_each_other(
    workspace: Workspace, reviewer: str, link: Link, now: Review, then: Review, suggester: Suggester | None = None
) -> Followed:
    """Like `followed`, for reviews that are at hand; `suggester` is one that has learnt from other letters, if any."""
    codebook = workspace.codebook()
    themes = themes_by(codebook, suggester or Suggester(codebook, workspace.accepted(leave_out=now.letter)))
    judged = Pairs(workspace.root, reviewer).judged().of if reviewer else _nothing
    return Followed(link, authority(now), points(now, then, themes, judged))


def _nothing(_: str) -> dict[str, bool]:
    return {}


def by_letter(links: Iterable[Link], letter: str) -> tuple[Link, ...]:
    """The links of one letter to earlier ones."""
    return tuple(link for link in links if link.letter == letter)
