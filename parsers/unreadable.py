"""The one error of reading: a file that is no letter."""

from __future__ import annotations

from pathlib import Path

from parsers.display import visible


class UnreadableLetterError(Exception):
    """A file that can't be read as a letter. `str()` is one line that names the file, the reason and the way out."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"{visible(str(path))}: {why}")
        self.path, self.why = str(path), why
