"""Put the key table into README.md, from the one declaration of all commands. `--check` only says if it is there."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.actions import key_table

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- keys: made by scripts/readme.py from tui/actions/ -->\n", "<!-- /keys -->"


def with_keys(readme: str) -> str:
    """The text of the README with the key table of today. Raises ValueError if its two marks are not there."""
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"README.md has lost its marks {START.strip()} and {END}")
    return f"{before}{START}\n{key_table().strip()}\n\n{END}{after}"


def main() -> int:
    """Write the README anew, or with `--check` return 1 if it is not what it should be."""
    old = README.read_text(encoding="utf-8")
    new = with_keys(old)
    if "--check" in sys.argv:
        return int(old != new)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
