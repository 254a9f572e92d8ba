"""Which council a letter is about: what the body, the subject and the addressee say, held against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from parsers.found import UNCERTAIN, Found
from parsers.letter import Doubt, Span
from parsers.places import PlaceName, find_councils, find_place, nearly
from parsers.plain import Sheet


class AuthorityReading(NamedTuple):
    """The place, and the council as the letter spells it; None where the letter names none."""

    authority: str | None = None
    council: str | None = None
    found: Found = Found()


def places_in_prose(sheet: Sheet, zone: Span) -> tuple[PlaceName, ...]:
    """The councils that prose names, in order; where it names none, the place whose services it speaks of."""
    councils = tuple(find_councils(sheet.text, sheet.words, zone.start, zone.end, wrapped=True))
    if councils:
        return councils
    place = find_place(sheet.text, sheet.words, zone.start, zone.end)
    return (place,) if place else ()


def decide_authority(sources: Mapping[str, PlaceName | None]) -> AuthorityReading:
    """Choose what most sources say, the first of them where they are even.

    Args:
        sources: what was read, by where (`body`, `subject`, `addressee`), the most trusted first.

    Returns:
        Authority and council, with a doubt for each source that says something else, and one where the name is nearly,
        but not, one that the gazetteer knows.
    """
    named = {source: name for source, name in sources.items() if name}
    if not named:
        return AuthorityReading()
    keys = {source: name.key for source, name in named.items()}
    said = list(keys.values())
    key = max(said, key=said.count)
    same = [name for source, name in named.items() if keys[source] == key]
    chosen = same[0]
    council = _as_named([name for name in same if name.council])
    spans = {"authority": chosen.place_span}
    if council:
        spans["council"] = council.span
    doubts = [
        Doubt(UNCERTAIN, f"the {source} names another authority than the rest of the letter", name.span)
        for source, name in named.items()
        if keys[source] != key
    ]
    near = nearly(chosen.place)
    if near:
        doubts.append(Doubt(UNCERTAIN, f"no such authority is known; it is nearly {near.name}", chosen.place_span))
    return AuthorityReading(chosen.authority, council.council if council else None, Found(spans, (), tuple(doubts)))


def _as_named(names: Sequence[PlaceName]) -> PlaceName | None:
    """The first of these councils; `London Borough of X Council` gives way to the same without the last word."""
    if not names or not names[0].council:
        return None
    short = names[0].council.removesuffix(" Council")
    return next((name for name in names if name.council == short), names[0])
