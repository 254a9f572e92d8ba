"""How often the finding of now that stands beside an earlier area is about the same, on the pairs of sample letters.

`python -m tests.bench.followup` prints the table. What a careful reader says both are about decides; the suggester has
learnt from other authorities only.
"""

from __future__ import annotations

from pathlib import Path

from curation.about import authority
from curation.codebook import shipped
from curation.followup import ThemesOf, head_of, links, points
from curation.review import Review
from curation.suggest import Suggester
from curation.workspace import Workspace
from tests.bench.labelled import examples, sample_letters

SAMPLES = Path(__file__).parents[2] / "sample_letters"


def by_words(_: Review) -> ThemesOf:
    """Words alone."""
    return lambda _: ()


def by_given_themes(_: Review) -> ThemesOf:
    """The themes that reviewers gave both."""
    return lambda finding: finding.themes


def by_suggested_themes(now: Review) -> ThemesOf:
    """The first suggestion for each, as where nobody gave a theme yet."""
    labelled = {entry: themes for entry, themes in sample_letters().items() if entry.authority != authority(now)}
    suggester = Suggester(shipped(), examples(labelled))
    return lambda finding: tuple(one.theme for one in suggester.suggest(finding.text, top=1))


def main() -> None:
    """Print the table."""
    workspace = Workspace(SAMPLES)
    reviews = {ref.key: workspace.review(ref.key) for ref in workspace.letters()}
    linked = links(head_of(review) for review in reviews.values())
    print(f"{len(linked)} letters speak of an earlier one that is here")
    for name, themes in (
        ("words alone", by_words),
        ("words and suggested themes", by_suggested_themes),
        ("words and given themes", by_given_themes),
    ):
        first = three = areas = 0
        for link in linked:
            now, then = reviews[link.letter], reviews[link.earlier]
            for point in points(now, then, themes(now)):
                right = [
                    not set(b.finding.themes).isdisjoint(point.area.themes if point.area else ()) for b in point.beside
                ]
                areas, first, three = areas + 1, first + right[:1].count(True), three + any(right)
        print(f"{name:<28} of {areas} areas the nearest is about the same {first}, one of the three nearest {three}")


if __name__ == "__main__":
    main()
