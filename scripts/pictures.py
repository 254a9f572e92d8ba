"""Make the pictures of the README and the guide: screens of the app, by keys alone, on a copy of the sample letters.

    python -m scripts.pictures [NAME...]      all, or these, that are not of today
    python -m scripts.pictures --check        say which are not; status 1 if there are any

Each PNG carries the digest of the screen that it shows, so that a test can tell a stale one without drawing it again.
Drawing wants DejaVu Sans Mono (Debian's package fonts-dejavu-core).
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[1]
FONTS = Path("/usr/share/fonts/truetype/dejavu")
FONT_FILES = ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf")
LARGE, MIDDLE, SMALL = (120, 40), (120, 32), (80, 24)


_KEYWORD = b"recto-screen"
_MOMENT = "2026-11-20T09:14:31Z"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Attributes:
        path: of the PNG, from the project's folder.
        keys: pressed one after another, each when the app is at rest.
        opened: letters to open at once, one or two; none for the library.
        size: columns and rows.
    """

    path: str
    keys: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    size: tuple[int, int] = LARGE


def _typed(words: str) -> tuple[str, ...]:
    """The keys that type these words."""
    return tuple({" ": "space", "?": "question_mark", ",": "comma"}.get(letter, letter) for letter in words)


PICTURES = (
    # Seen and right, three times; a theme from the suggestions; then the finding that a page cut.
    Picture(
        "docs/recto.png", ("space", "1", "space", "space", "d", "1", "2"), opened=("eastmarch-2010", "saltmere-2010")
    ),
    Picture("docs/guide/library.png", ("down", "down"), size=MIDDLE),
    Picture("docs/guide/text-and-findings.png", ("n", "space", "n"), ("eastmarch-2010",), MIDDLE),
    Picture("docs/guide/side-by-side.png", ("d",), ("eastmarch-2010", "eastmarch-2011"), MIDDLE),
    Picture("docs/guide/split.png", ("n", "enter", "down", "s"), ("eastmarch-2010",), MIDDLE),
    Picture("docs/guide/to-check.png", ("d", "down"), size=MIDDLE),
    Picture("docs/guide/themes-picker.png", ("n", "t", *"rec"), ("eastmarch-2010",), MIDDLE),
    Picture("docs/guide/codebook.png", ("t", *["down"] * 4), size=MIDDLE),
    Picture("docs/guide/heat-map.png", ("t", "v", "right", "down", "down"), size=MIDDLE),
    Picture("docs/guide/alike.png", ("n", "n", "n", "n", "="), ("northby-2010",), MIDDLE),
    Picture(
        "docs/guide/questions.png",
        ("n", "f", *_typed("one point, or two?"), "enter", "q", "Q", "a", *_typed("two themes, one finding"), "enter"),
        ("kestleby-2010",),
        MIDDLE,
    ),
    Picture("docs/guide/small.png", ("n", "n", "1", "space"), ("fenwater-2010",), SMALL),
)


def screen(picture: Picture) -> str:
    """The screen that a picture is of, as SVG; the same whenever and wherever it is made."""
    with _same_everywhere() as folder:
        return asyncio.run(_shown(picture, folder))


def digest(svg: str) -> str:
    """What tells one screen from another."""
    return hashlib.sha256(svg.encode()).hexdigest()


def kept_digest(png: bytes) -> str:
    """The digest of the screen that a PNG says it shows; "" if it says nothing."""
    for kind, data in _chunks(png):
        keyword, _, value = data.partition(b"\0")
        if kind == b"tEXt" and keyword == _KEYWORD:
            return value.decode("ascii")
    return ""


def draw(svg: str) -> bytes:
    """The SVG as PNG. Raises FileNotFoundError if the font is not there: another would shift the columns."""
    # An import of its own: who only checks needs neither the engine nor the font.
    import resvg_py

    fonts = [FONTS / name for name in FONT_FILES]
    for font in fonts:
        if not font.is_file():
            raise FileNotFoundError(f"{font}: install DejaVu Sans Mono (fonts-dejavu-core)")
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        font_family="DejaVu Sans Mono",
        monospace_family="DejaVu Sans Mono",
        font_files=[str(font) for font in fonts],
    )
    return _with_digest(bytes(png), digest(svg))


@contextmanager
def _same_everywhere() -> Iterator[Path]:
    """A copy of the sample letters, settings of its own, one terminal, one time of day."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "sample_letters"
        shutil.copytree(ROOT / "sample_letters", folder, ignore=shutil.ignore_patterns("reviews", "pairs"))
        places = {f"XDG_{name}_HOME": f"{scratch}/{name.lower()}" for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        terminal = {"TERM": "xterm-256color", "TZ": "UTC", "LOGNAME": "abrown"}
        try:
            with (
                mock.patch.dict(os.environ, places | terminal),
                mock.patch("curation.recording._now", return_value=_MOMENT),
            ):
                os.environ.pop("NO_COLOR", None)
                time.tzset()
                yield folder
        finally:
            time.tzset()


async def _shown(picture: Picture, folder: Path) -> str:
    # Here, so that --help and the check of a PNG wait for no screen.
    from textual.pilot import Pilot

    from curation.workspace import Workspace
    from tui.app import RectoApp

    async def rest(pilot: Pilot[str]) -> None:
        for _ in range(4):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    app = RectoApp(Workspace.find(folder), "ab", start=picture.opened, name="sample_letters")
    async with app.run_test(size=picture.size) as pilot:
        await rest(pilot)
        for key in picture.keys:
            await pilot.press(key)
            await rest(pilot)
        return app.export_screenshot(title="Recto")


_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each chunk of a PNG (ISO/IEC 15948, 5.3)."""
    place = len(_SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _with_digest(png: bytes, value: str) -> bytes:
    """The PNG with a text chunk before its end."""
    chunks = [*_chunks(png)]
    said = (b"tEXt", _KEYWORD + b"\0" + value.encode("ascii"))
    return _SIGNATURE + b"".join(_chunk(*chunk) for chunk in (*chunks[:-1], said, chunks[-1]))


def main(arguments: list[str]) -> int:
    """Draw what is stale, or with `--check` name it and return 1 if there is any."""
    check = "--check" in arguments
    names = {argument for argument in arguments if argument != "--check"}
    stale = 0
    for picture in PICTURES:
        path = ROOT / picture.path
        if names and path.stem not in names:
            continue
        svg = screen(picture)
        if path.is_file() and kept_digest(path.read_bytes()) == digest(svg):
            continue
        stale += 1
        print(f"{picture.path} is not of today" if check else picture.path)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(draw(svg))
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
