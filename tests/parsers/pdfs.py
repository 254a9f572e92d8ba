"""PDFs for the tests: letters laid out on pages, and files that were made to do harm."""

from __future__ import annotations

import io
import re
import textwrap
import zlib
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

FOOTER = "INVESTOR IN PEOPLE"
RUNNING_HEAD = "Inspection of arrangements in Eastmarch"
_LEFT, _TOP, _FOOT = 72, 770, 60
_FONT, _SIZE, _LEADING, _BETWEEN_PARAGRAPHS = "Helvetica", 10, 12, 7
"""Points; what stands between paragraphs comes on top of the leading."""
_LETTERS_A_LINE = 92
_PAGE_TURN = re.compile(r"\n*\f\n*|\n{3,}")


def letter_pdf(text: str, *, password: str = "") -> bytes:
    """A letter laid out as a word processor does it: wrapped, paragraphs apart, a running head, a footer and a number.

    A page turns at each form feed and wherever two blank lines or more stand in `text`.
    """
    file = io.BytesIO()
    locked = StandardEncryption(password) if password else None
    canvas = Canvas(file, pagesize=A4, invariant=1, encrypt=locked)
    for number, page in enumerate(_PAGE_TURN.split(text), 1):
        canvas.setFont(_FONT, _SIZE)
        canvas.drawString(_LEFT, _TOP + 30, RUNNING_HEAD)
        height = _TOP
        for line in page.split("\n"):
            for part in textwrap.wrap(line, _LETTERS_A_LINE, break_on_hyphens=False):
                canvas.drawString(_LEFT, height, part)
                height -= _LEADING
            if not line:
                height -= _BETWEEN_PARAGRAPHS
        canvas.drawCentredString(A4[0] / 2, _FOOT, FOOTER)
        canvas.drawCentredString(A4[0] / 2, _FOOT - 20, str(number))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scan() -> bytes:
    """A page with a picture on it and no text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.rect(_LEFT, _FOOT, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def stream_bomb(gigabytes: int = 1) -> bytes:
    """A page whose content is a stream of so many gigabytes of nothing, in a megabyte for each."""
    return _page(_deflated_zeros(gigabytes << 30), b"/FlateDecode")


def nested_bomb(gigabytes: int = 1) -> bytes:
    """The same, deflated twice: some kilobytes in all."""
    return _page(zlib.compress(_deflated_zeros(gigabytes << 30), 9), b"[/FlateDecode /FlateDecode]")


def glyph_bomb(millions: int = 6) -> bytes:
    """A page with so many millions of characters on it, in some kilobytes."""
    line = b"(" + b"a " * 500 + b") Tj\n"
    shown = b"BT /F1 1 Tf 1 TL\n" + (line + b"T*\n") * (millions * 1000) + b"ET"
    return _page(zlib.compress(shown, 9), b"/FlateDecode")


def many_pages(number: int) -> bytes:
    """So many pages with a word on each."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for _ in range(number):
        canvas.drawString(_LEFT, _TOP, "Strengths")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _deflated_zeros(size: int) -> bytes:
    """So many zeros deflated, without deflating them: a piece that ends on a whole byte can be repeated."""
    piece = 1 << 24
    pieces = size // piece
    deflater = zlib.compressobj(9, wbits=-15)
    deflated = deflater.compress(bytes(piece)) + deflater.flush(zlib.Z_FULL_FLUSH)
    adler = ((size % 65521) << 16 | 1).to_bytes(4, "big")
    return b"\x78\xda" + deflated * pieces + b"\x03\x00" + adler


def _page(content: bytes, filters: bytes) -> bytes:
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
            b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        ]
    )


def _pdf(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(written)
