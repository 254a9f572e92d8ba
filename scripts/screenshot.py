"""Make the README's picture: two sample letters side by side, as a reviewer has them after a few decisions.

    python scripts/screenshot.py [PNG]

Runs the app without a terminal, by keys alone, on a copy of the sample letters, and turns its screen into a PNG with
DejaVu Sans Mono (Debian's package fonts-dejavu-core).
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

import resvg_py

HERE = Path(__file__).parents[1]
PICTURE = HERE / "docs" / "recto.png"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
SIZE = (120, 40)
OPENED = ("eastmarch-2010", "saltmere-2010")
# Seen and right, three times; a theme from the suggestions; then the finding that a page cut.
KEYS = ("space", "1", "space", "space", "d", "1", "2")


async def screen_as_svg(folder: Path) -> str:
    """The review screen after `KEYS`, as SVG."""
    from curation.workspace import Workspace
    from tui.app import RectoApp

    app = RectoApp(Workspace.find(folder), "ab", start=OPENED, name="sample_letters")
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()
        await pilot.pause()
        return app.export_screenshot(title="Recto")


def picture(svg: str) -> bytes:
    """The SVG as PNG. Raises FileNotFoundError if the font is not there: another would shift the columns."""
    fonts = [FONTS / "DejaVuSansMono.ttf", FONTS / "DejaVuSansMono-Bold.ttf"]
    for font in fonts:
        if not font.is_file():
            raise FileNotFoundError(f"{font}: install DejaVu Sans Mono (fonts-dejavu-core)")
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            font_family="DejaVu Sans Mono",
            monospace_family="DejaVu Sans Mono",
            font_files=[str(font) for font in fonts],
        )
    )


def main() -> None:
    """Make the picture, on copies and with settings of its own."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("CONFIG", "STATE", "CACHE", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = f"{scratch}/{name.lower()}"
        folder = Path(scratch) / "sample_letters"
        shutil.copytree(HERE / "sample_letters", folder, ignore=shutil.ignore_patterns("reviews", "pairs"))
        target.write_bytes(picture(asyncio.run(screen_as_svg(folder))))
    print(target)


if __name__ == "__main__":
    main()
