"""The text of a letter that was read from a PDF, kept beside its reviews: the one that their spans count in.

Another version of the PDF reader may read another text from the same file. As long as the PDF is the one that was
reviewed, its letter keeps the text that was; when the PDF itself is another, the letter has changed
(`curation.rebasing`).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from curation import files, store
from curation.journal import Journal
from parsers.letter import Letter
from parsers.parse import parse
from parsers.profile import Profile

NAME: Final = "text.txt"
_LARGEST: Final = 5_000_000
_SUFFIX: Final = ".pdf"
_WHOLE_STATES: Final = ("open", "rebase")


def is_pdf(letter: Letter) -> bool:
    """Whether a letter's text was read from a PDF."""
    return letter.source.path.lower().endswith(_SUFFIX)


def keep(folder: Path, letter: Letter, root: Path) -> tuple[str, ...]:
    """Keep the text of a PDF letter in the folder of its reviews, which is there. Raises OSError.

    Returns what the system refused the file: `group`, `mode`, `access list`.
    """
    data = letter.text.encode("utf-8", "surrogatepass")
    if _bytes(folder / NAME) == data:
        return ()
    return files.replace_file(folder / NAME, data, root)


def as_reviewed(letter: Letter, folder: Path, reviews: Iterable[tuple[Path, Path]], profile: Profile | None) -> Letter:
    """The letter with the text that it was reviewed with, if it is still the same PDF; else as it is.

    Args:
        letter: as the PDF reads now.
        folder: of its reviews.
        reviews: journal and TOML of each.
        profile: the letter family that the workspace names, or None.
    """
    data = _bytes(folder / NAME)
    if data is None or data == letter.text.encode("utf-8", "surrogatepass"):
        return letter
    digest = hashlib.sha256(data).hexdigest()
    wanted = (letter.source.sha256, digest)
    if not any((source.get("sha256"), source.get("text_sha256")) == wanted for source in _sources(reviews)):
        return letter
    text = data.decode("utf-8", "surrogatepass")
    return parse(text, source=replace(letter.source, text_sha256=digest, length=len(text)), profile=profile)


def _bytes(path: Path) -> bytes | None:
    with suppress(OSError):
        return files.read_regular(path, _LARGEST)
    return None


def _sources(reviews: Iterable[tuple[Path, Path]]) -> Iterator[dict[str, Any]]:
    """`[source]` as each review has or had it."""
    for journal, toml in reviews:
        states: list[Any] = []
        with suppress(OSError, ValueError, RecursionError):
            states.append(tomllib.loads(files.read_regular(toml, store.LARGEST).decode("utf-8")))
        with suppress(OSError, ValueError):
            lines = Journal(journal, journal.parent).read().lines
            states += [line.values.get("state") for line in lines if line.outline.op in _WHOLE_STATES]
        for state in states:
            source = state.get("source") if isinstance(state, dict) else None
            if isinstance(source, dict):
                yield source
