"""Who was told about what: findings counted by theme for each authority, category or year.

A finding counts under every theme that it has, or under its first alone. A theme that was merged counts as what it was
merged into. The parts of a finding that a reviewer split for meaning count as the one bullet that the letter has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from curation.codebook import Codebook
from curation.facts import Fact, LetterFacts
from parsers.profile import category_table

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""


class By(StrEnum):
    """What the rows of a matrix are."""

    AUTHORITY = "authority"
    CATEGORY = "category"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Column:
    """A theme. `known` is False for one that the codebook doesn't have."""

    theme: str
    label: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """The findings of a row that have a theme, in the order of letters and text."""

    facts: tuple[Fact, ...] = ()

    @property
    def letters(self) -> int:
        """Letters with at least one."""
        return len({fact.letter for fact in self.facts})

    @property
    def findings(self) -> int:
        """Findings, the parts of a bullet as one."""
        return _bullets(self.facts)

    def __str__(self) -> str:
        return f"{self.letters} ({self.findings})" if self.facts else ""


@dataclass(frozen=True, slots=True)
class Row:
    """What was counted for one authority, category or year.

    Attributes:
        key: its name.
        letters: all letters of the row: the denominator of the cells' letters.
        findings: all their findings: the denominator of the cells' findings.
        themed: how many of those have a theme at all.
        cells: by theme; one that nothing fell in is left out.
    """

    key: str
    letters: int
    findings: int
    themed: int
    cells: Mapping[str, Cell]

    def cell(self, theme: str) -> Cell:
        """The cell of a theme, an empty one if nothing fell in it."""
        return self.cells.get(theme, Cell())


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by theme. `total` is all of them together, each letter once."""

    by: By
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row


def matrix(
    letters: Iterable[LetterFacts],
    codebook: Codebook,
    *,
    by: By = By.AUTHORITY,
    category: str = "",
    year: str = "",
    primary: bool = False,
    on_progress: Progress | None = None,
) -> Matrix:
    """Count letters and findings by theme.

    Args:
        letters: each letter once, in any order.
        codebook: its living themes are the columns, and those others that a finding has.
        by: what the rows are.
        category: count findings of this one alone; "" for all.
        year: letters of this one alone; "" for all.
        primary: count a finding under its first theme alone.
        on_progress: called before each row with how many are counted, and of how many; what it raises ends the work.
    """
    wanted = sorted((one for one in letters if year in ("", one.year)), key=lambda one: (one.authority, one.letter))
    groups: dict[str, list[LetterFacts]] = {}
    for one in (_of_category(one, category) for one in wanted):
        for key, part in _parts(one, by):
            groups.setdefault(key, []).append(part)
    themes = _themes(codebook, primary=primary)
    rows = []
    for number, key in enumerate(sorted(groups, key=_order(by))):
        if on_progress is not None:
            on_progress(number, len(groups) + 1)
        rows.append(_row(key, groups[key], themes))
    if on_progress is not None:
        on_progress(len(groups), len(groups) + 1)
    total = _row("all", [_of_category(one, category) for one in wanted], themes)
    return Matrix(by, _columns(codebook, total), tuple(rows), total)


def _of_category(letter: LetterFacts, category: str) -> LetterFacts:
    if not category:
        return letter
    findings = tuple(fact for fact in letter.findings if fact.category == category)
    return LetterFacts(letter.letter, letter.authority, letter.year, findings)


def _parts(letter: LetterFacts, by: By) -> Iterable[tuple[str, LetterFacts]]:
    """The rows that a letter belongs to; by category, each with its share of the findings."""
    if by is By.AUTHORITY:
        return ((letter.authority, letter),)
    if by is By.YEAR:
        return ((letter.year, letter),)
    return ((key, _of_category(letter, key)) for key in dict.fromkeys(fact.category for fact in letter.findings))


def _order(by: By) -> Callable[[str], tuple[int, str]]:
    """Names by the alphabet; categories as letters have them."""
    known = list(category_table(None)) if by is By.CATEGORY else []
    return lambda key: (known.index(key) if key in known else len(known), key)


def _themes(codebook: Codebook, *, primary: bool) -> Callable[[Fact], tuple[str, ...]]:
    known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def of(fact: Fact) -> tuple[str, ...]:
        if fact.themes not in known:
            resolved = codebook.resolve_all(fact.themes)
            known[fact.themes] = resolved[:1] if primary else resolved
        return known[fact.themes]

    return of


def _row(key: str, letters: Sequence[LetterFacts], themes: Callable[[Fact], tuple[str, ...]]) -> Row:
    facts = [fact for letter in letters for fact in letter.findings]
    cells: dict[str, list[Fact]] = {}
    for fact in facts:
        for theme in themes(fact):
            cells.setdefault(theme, []).append(fact)
    return Row(
        key=key,
        letters=len({letter.letter for letter in letters}),
        findings=_bullets(facts),
        themed=_bullets(fact for fact in facts if fact.themes),
        cells=MappingProxyType({theme: Cell(tuple(of_one)) for theme, of_one in cells.items()}),
    )


def _bullets(facts: Iterable[Fact]) -> int:
    return len({(fact.letter, fact.bullet) for fact in facts})


def _columns(codebook: Codebook, total: Row) -> tuple[Column, ...]:
    living = {theme.id for theme in codebook.living}
    known = [t for t in codebook.themes.values() if t.id in living or t.id in total.cells]
    strange = sorted(theme for theme in total.cells if theme not in codebook.themes)
    return (*(Column(t.id, t.label) for t in known), *(Column(theme, theme, known=False) for theme in strange))
