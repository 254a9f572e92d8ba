"""A letter as JSON, and JSON that is safe to print: a line is a line, and nothing in it acts on a terminal."""

from __future__ import annotations

import json
import re
from typing import Any

from parsers.display import HIDDEN
from parsers.letter import Letter, Metadata

SCHEMA = "recto.letter/1"

# JSON itself escapes C0. These would break a line, act on a terminal, hide text, or fail to encode.
_UNSAFE = re.compile(f"[{HIDDEN}\ud800-\udfff]")


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON on one line (or indented), with controls, line separators and bidi characters as escapes."""
    return escape_unsafe(json.dumps(value, ensure_ascii=False, indent=indent))


def escape_unsafe(text: str) -> str:
    r"""JSON text with every unsafe character written as `\uXXXX`, as two of them beyond U+FFFF."""
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def letter_json(letter: Letter) -> dict[str, Any]:
    """A letter as plain data in the key order of the format; unknown values are None or empty, never absent."""
    source = letter.source
    return {
        "schema": SCHEMA,
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "text_sha256": source.text_sha256,
            "encoding": source.encoding,
            "length": source.length,
        },
        "profile": letter.profile,
        "metadata": metadata_json(letter.metadata),
        "metadata_spans": {field: list(span) for field, span in letter.metadata_spans.items()},
        "findings": [
            {
                "id": f.id,
                "category": f.category,
                "heading": f.heading,
                "text": f.text,
                "spans": [list(span) for span in f.spans],
                "repeats": f.repeats,
                "doubts": list(f.doubts),
            }
            for f in letter.findings
        ],
        "regions": [
            {"kind": r.kind.value, "span": list(r.span)} | ({"finding": r.finding} if r.finding else {})
            for r in letter.regions
        ],
        "doubts": [
            {"code": d.code, "message": d.message, "span": list(d.span), "finding": d.finding} for d in letter.doubts
        ],
    }


def metadata_json(metadata: Metadata) -> dict[str, Any]:
    """Metadata as plain data: dates in ISO 8601, unknown values None or []."""
    to, contact = metadata.addressee, metadata.contact
    return {
        "date": metadata.date.isoformat() if metadata.date else None,
        "addressee": {
            "name": to.name,
            "role": to.role,
            "organisation": to.organisation,
            "address": list(to.address),
            "postcode": to.postcode,
        },
        "salutation": metadata.salutation,
        "subject": metadata.subject,
        "authority": metadata.authority,
        "council": metadata.council,
        "inspection_dates": [day.isoformat() for day in metadata.inspection_dates],
        "legal_basis": metadata.legal_basis,
        "previous_inspection": [
            {"month": p.month, "outcome": p.outcome, "statements": list(p.statements)}
            for p in metadata.previous_inspection
        ],
        "signatory": {"name": metadata.signatory.name, "role": metadata.signatory.role},
        "copies": [{"name": c.name, "role": c.role} for c in metadata.copies],
        "contact": {"email": contact.email, "telephone": list(contact.telephone), "website": contact.website},
    }
