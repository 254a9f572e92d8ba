"""Bytes to text: encodings, limits, PDF. What can't be read as a letter is refused in one clear line."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from parsers.letter import Doubt, Source, Span
from parsers.unreadable import UnreadableLetterError

LARGEST_LETTER = 5_000_000
LARGEST_PDF = 50_000_000
"""Bytes of a file at most."""
_SHORTEST_READ = 1 << 12

_NO_FILE = "not a file (a folder, a pipe, a socket or a device)"
_SAMPLE = 4096
_UTF16_SHARE = 0.4
_CONTROL_SHARE = 0.05
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1b\x85\x00")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text, decoded, without a byte order mark, with CRLF and CR made LF and nothing else changed."""

    text: str
    source: Source
    doubts: tuple[Doubt, ...] = ()


def read(path: Path, *, shown_as: str | None = None) -> Reading:
    """Read a letter from a text file or, with the extra `pdf`, from a PDF.

    Raises UnreadableLetterError: no regular file, no right to read it, too large, a binary, nothing but white space, a
    PDF without text.
    """
    doubts: tuple[Doubt, ...] = ()
    is_pdf = path.suffix.lower() == ".pdf"
    data = _read_bytes(path, LARGEST_PDF if is_pdf else LARGEST_LETTER)
    if is_pdf or data.startswith(b"%PDF-"):
        # PDFium is only there with the extra; importing late keeps text reading free of it.
        from parsers import pdf

        text, encoding = _line_ends(pdf.extract(path, data)), "utf-8"
    elif data.startswith(b"PK\x03\x04") and path.suffix.lower() in {".docx", ".odt"}:
        raise UnreadableLetterError(path, "word processor files are not read; save it as plain text (.txt) first")
    else:
        text, encoding, doubts = decode(data, path)
    if not text.strip():
        # What an extractor leaves of a scan, and no less a failure than a file that can't be opened.
        raise UnreadableLetterError(path, "empty: there is no text in this file")
    digest = hashlib.sha256(data).hexdigest()
    text_digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Reading(text, Source(shown_as or str(path), digest, text_digest, encoding, len(text)), doubts)


def decode(data: bytes, path: Path | str = "") -> tuple[str, str, tuple[Doubt, ...]]:
    """Decode by a ladder: byte order mark, UTF-16 by its zeros, strict UTF-8, cp1252, latin-1 with a doubt.

    Statistics are no help here: on letters in cp1252 they guess wrong far more often than this ladder.

    Returns:
        The text with LF line ends, the name of the encoding, and the doubts.

    Raises:
        UnreadableLetterError: the bytes are not text.
    """
    text, encoding, lost = _decoded(data)
    if _is_binary(text):
        raise UnreadableLetterError(path, "not text (a binary file?); letters are .txt, .md or .pdf")
    text = _line_ends(text)
    return text, encoding, (Doubt("decoding", lost, Span(0, len(text))),) if lost else ()


def _decoded(data: bytes) -> tuple[str, str, str]:
    """Text, encoding, and what is to be doubted about it, "" for nothing."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            data = data[len(mark) :]
            try:
                return data.decode(encoding.removesuffix("-sig")), encoding, ""
            except UnicodeDecodeError:
                if encoding == "utf-8-sig":
                    # Somebody added a line in another encoding; the mark is no part of the text all the same.
                    break
                message = "some bytes are no UTF-16, as where a file was cut; a sign stands for them"
                return data.decode(encoding, "replace"), encoding, message
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    ladder = ["utf-8", "cp1252"]
    if len(data) % 2 == 0 and sample[1::2].count(0) > _UTF16_SHARE * half:
        ladder.insert(0, "utf-16-le")
    elif len(data) % 2 == 0 and sample[0::2].count(0) > _UTF16_SHARE * half:
        ladder.insert(0, "utf-16-be")
    for encoding in ladder:
        try:
            return data.decode(encoding), encoding, ""
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1", "some bytes fit no common encoding; they were read as Latin-1"


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    controls = sum(1 for char in sample if char < " " and char not in _ALLOWED_CONTROLS)
    return sample.count("\0") > 1 or controls > max(8, _CONTROL_SHARE * len(sample))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _read_bytes(path: Path, limit: int) -> bytes:
    """The whole of a file. Raises UnreadableLetterError; never waits for a writer, never reads more than the limit."""
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer that never comes.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableLetterError(path, _NO_FILE)
            data = b"" if status.st_size > limit else _read_up_to(handle, limit + 1, expected=status.st_size)
        finally:
            os.close(handle)
    except OSError as error:
        raise UnreadableLetterError(path, _why_not_opened(path, error)) from error
    size = max(status.st_size, len(data))
    if size > limit:
        raise UnreadableLetterError(
            path, f"too large for a letter: {size / 1e6:,.1f} MB, the limit is {limit / 1e6:,.0f} MB"
        )
    return data


def _read_up_to(handle: int, most: int, *, expected: int) -> bytes:
    """The bytes of a file, `most` at the most: the expected size may be a lie (a file that grows, a file of /proc).

    As much as is asked for is put by for it each time, so what is expected is asked for, not the most there may be.
    """
    pieces: list[bytes] = []
    while most > 0 and (piece := os.read(handle, min(most, max(expected + 1, _SHORTEST_READ)))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _why_not_opened(path: Path, error: OSError) -> str:
    if error.errno == errno.ENXIO:
        # A socket can't even be opened.
        return _NO_FILE
    if error.errno in (errno.ENOENT, errno.ELOOP) and path.is_symlink():
        return "a link to a file that isn't there"
    return error.strerror or "can't be read"
