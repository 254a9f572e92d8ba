"""What a parsed letter is: plain, frozen data that every other package reads.

All offsets are code points into `Letter.text`, and every span is half-open: `text[start:end]`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int


class RegionKind(StrEnum):
    """What a stretch of the letter is. Each code point of a letter has exactly one kind."""

    LETTERHEAD = "letterhead"
    DATE = "date"
    ADDRESSEE = "addressee"
    SALUTATION = "salutation"
    SUBJECT = "subject"
    BODY = "body"
    PREVIOUS = "previous"
    INTRODUCTION = "introduction"
    HEADING = "heading"
    MARK = "mark"
    FINDING = "finding"
    FURNITURE = "furniture"
    CLOSING = "closing"
    SIGNATORY = "signatory"
    COPIES = "copies"
    BLANK = "blank"
    OTHER = "other"


class Region(NamedTuple):
    """One stretch of the text with its kind; `finding` is the id of the finding it belongs to, if any."""

    kind: RegionKind
    span: Span
    finding: str | None = None


class Doubt(NamedTuple):
    """A place where the parser is not sure.

    Attributes:
        code: one of `parsers.doubts.CODES`.
        message: what is doubted, in plain words, without any text of the letter that could carry control characters.
        span: the place, in code points.
        finding: the id of the finding it concerns, or None.
    """

    code: str
    message: str
    span: Span
    finding: str | None = None

    @property
    def key(self) -> str:
        """The name a reviewer settles it by: the code and where it starts, `page-join-4101`."""
        return f"{self.code}-{self.span.start}"


class Finding(NamedTuple):
    """One bullet of the letter.

    Attributes:
        id: `f-` and at least six characters of Crockford's base32 (`parsers.ids`).
        category: a category id of the letter's profile, such as `area_for_development`.
        heading: the heading it stands under, as the letter spells it, white space folded; "" if there is none.
        text: the spans joined by a space, white space folded.
        spans: where it stands, in order, none empty; more than one where a page break cuts it.
        repeats: the category that the last inspection had raised it under, where the finding itself says so.
        doubts: codes of the doubts about it, each once, in the order of the text.
    """

    id: str
    category: str
    heading: str
    text: str
    spans: tuple[Span, ...]
    repeats: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom the letter went; a part that the letter does not give is None (or empty)."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    address: tuple[str, ...] = ()
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A signatory or the receiver of a copy: a name and all that follows it."""

    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class PreviousInspection:
    """What the letter says of one earlier inspection.

    Attributes:
        month: `YYYY-MM`.
        outcome: `addressed`, `partly`, `continuing`, or None where the letter does not say.
        statements: the paragraphs about it, white space folded.
    """

    month: str
    outcome: str | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the inspectorate, as the letterhead says."""

    email: str | None = None
    telephone: tuple[str, ...] = ()
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """Who, when, where and about what. None (or empty) is unknown; nothing here is guessed."""

    date: dt.date | None = None
    addressee: Addressee = Addressee()
    salutation: str | None = None
    subject: str | None = None
    authority: str | None = None
    council: str | None = None
    inspection_dates: tuple[dt.date, ...] = ()
    legal_basis: str | None = None
    previous_inspection: tuple[PreviousInspection, ...] = ()
    signatory: Person = Person()
    copies: tuple[Person, ...] = ()
    contact: Contact = Contact()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a letter's text came from.

    Attributes:
        path: as the caller gave it.
        sha256: of the file's bytes, hexadecimal.
        text_sha256: of the text in UTF-8 with surrogatepass, hexadecimal.
        encoding: the one that was used to decode, such as `utf-8`.
        length: of the text, in code points.
    """

    path: str
    sha256: str
    text_sha256: str
    encoding: str
    length: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A parsed letter. `regions` partition `text`; `findings` stand in the order of the text.

    `profile` is the id of the letter family, None where no family fits.
    `metadata_spans` names each known value by its path (`date`, `addressee.name`, `copies.1.name`; counted from 1).
    """

    text: str
    source: Source
    profile: str | None
    metadata: Metadata
    metadata_spans: Mapping[str, Span]
    findings: tuple[Finding, ...]
    regions: tuple[Region, ...]
    doubts: tuple[Doubt, ...] = field(default=())
