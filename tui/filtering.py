"""The words that the library's filter knows: those of the codebook, of the parser, and of the letters at hand."""

from __future__ import annotations

from collections.abc import Callable

from curation.codebook import CodebookError
from curation.query_fields import NOBODY, STATES, Vocabulary
from parsers.doubts import CODES
from parsers.profile import category_table
from tui.context import Context
from tui.wording import STATE_WORDS


def vocabulary(context: Context) -> Vocabulary:
    """The words for the letters that are known so far. Without a codebook that can be read, themes are those given."""
    rows = context.shelf.rows.values()
    families = sorted({row.profile for row in rows if row.profile})
    labels = {state: STATE_WORDS[state] for state in STATES} | {NOBODY: "none at all"}
    categories: dict[str, str] = {}
    for family in families or [""]:
        for category in category_table(family or None).values():
            for name in (category.tag, category.id, category.label):
                categories.setdefault(name.casefold(), category.id)
                labels.setdefault(name.casefold(), category.label)
    given = {theme for row in rows for theme in row.themes}
    themes: dict[str, None] = {}
    resolve: Callable[[str], str] = str
    try:
        codebook = context.workspace.codebook()
    except (CodebookError, OSError):
        # Said where themes are chosen; a filter goes without.
        pass
    else:
        themes |= dict.fromkeys(codebook.themes)
        labels |= {theme.id: theme.label for theme in codebook.themes.values()}
        resolve = codebook.resolve
    return Vocabulary(
        categories=categories,
        themes=tuple(themes | dict.fromkeys(sorted(given))),
        labels=labels,
        reviewers=sorted({name for row in rows for name in row.reviewers}),
        councils=sorted({row.name for row in rows if row.read and not row.trouble}),
        codes=sorted(CODES),
        families=families,
        resolve=resolve,
    )
