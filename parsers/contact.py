"""How to reach the inspectorate: e-mail, telephone and website of a letterhead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.letter import Contact, Span
from parsers.plain import Sheet, span_of

_LOCAL_PART = re.compile(r"[\w.+-]{1,64}\Z")
_DOMAIN = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_WEBSITE = re.compile(r"[hw](?<![\w@./-].)(?:ttps?://|ww\.)[\w.-]{1,100}(?:/[\w./%~-]{0,100})?")
_NUMBER = re.compile(r"[+(0][\d ()-]{7,20}")
# Up to the last digit that a British number can have: eleven with its leading 0, and one more with +44 for it.
_DIGITS = re.compile(r"(?:\D*\d){10,11}")
_DIGITS_ABROAD = re.compile(r"(?:\D*\d){10,12}")
_FAX = frozenset({"f", "fax", "facsimile"})
_GENERAL = ("enquiries", "enquiry", "info", "contact", "general")
_LONGEST_LOCAL_PART = 64
_LOOK_BACK = 20

CONTACT_MARK = re.compile(r"[\w-]@[\w-]|\bwww\.|https?://|(?<![\w.-])(?:\+44|0)\d[\d ]{7}")
"""What stands in a letterhead and hardly anywhere else in a letter's head."""


def read_contact(sheet: Sheet, letterhead: Iterable[Span]) -> tuple[Contact, dict[str, Span]]:
    """Read the contact details of the letterhead, and where they stand.

    The e-mail address is that for general enquiries, or else the first. Telephone numbers are as printed, without the
    `T` before them; fax numbers are left out.
    """
    emails: list[Span] = []
    websites: list[Span] = []
    numbers: list[Span] = []
    for zone in letterhead:
        emails.extend(_emails(sheet.words, zone))
        websites.extend(_without_stop(sheet.words, *match.span()) for match in _WEBSITE.finditer(sheet.words, *zone))
        numbers.extend(_telephones(sheet.words, zone))
    general = [span for span in emails if sheet.words[span.start : span.end].casefold().startswith(_GENERAL)]
    email = next(iter(general or emails), None)
    website = websites[0] if websites else None
    spans = {}
    if email:
        spans["contact.email"] = email
    if numbers:
        spans["contact.telephone"] = span_of((numbers[0].start, numbers[-1].end))
    if website:
        spans["contact.website"] = website
    contact = Contact(
        email=sheet.value(email) if email else None,
        telephone=tuple(sheet.value(number) for number in numbers),
        website=sheet.value(website) if website else None,
    )
    return contact, spans


def _without_stop(words: str, start: int, end: int) -> Span:
    return span_of((start, start + len(words[start:end].rstrip("./-"))))


def _emails(words: str, zone: Span) -> list[Span]:
    emails = []
    at = words.find("@", zone.start, zone.end)
    while at >= 0:
        first = max(zone.start, at - _LONGEST_LOCAL_PART)
        # Only in the last word, or else each place before it is tried.
        local = _LOCAL_PART.search(words, _word_start(words, first, at), at)
        domain = _DOMAIN.match(words, at, zone.end)
        if local and domain:
            emails.append(_without_stop(words, local.start(), domain.end()))
        at = words.find("@", at + 1, zone.end)
    return emails


def _word_start(words: str, start: int, end: int) -> int:
    """Where the last word of `words[start:end]` begins."""
    before = words[start:end]
    return end - len(before.rsplit(None, 1)[-1]) if before and not before[-1].isspace() else end


def _telephones(words: str, zone: Span) -> list[Span]:
    numbers = []
    place = zone.start
    while match := _NUMBER.search(words, place, zone.end):
        place = match.start() + 1
        before = words[max(zone.start, match.start() - _LOOK_BACK) : match.start()]
        if before[-1:].isalnum() and before.split()[-1] not in ("T", "F"):
            continue
        end = _number_end(words, match)
        if end is None:
            continue
        place = end
        labels = before.casefold().replace(".", " ").replace(":", " ").split()
        if not _FAX.intersection(labels[-1:]) and not (
            labels[-1:] in (["no"], ["number"]) and _FAX.intersection(labels[-2:])
        ):
            numbers.append(span_of((match.start(), end)))
    return numbers


def _number_end(words: str, match: re.Match[str]) -> int | None:
    """Behind the last digit that the number can have: on a line that lost its breaks, the day of a date may follow.

    None if it has too few of them.
    """
    digits = (_DIGITS_ABROAD if words[match.start()] == "+" else _DIGITS).match(words, *match.span())
    return digits.end() if digits else None
