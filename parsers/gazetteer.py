"""The councils there were in 2009-2011 and the words that names are made of, read from `gazetteer.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Rests = tuple[tuple[str, ...], ...]
"""What may follow the first word of a phrase, for each phrase that it begins."""


@dataclass(frozen=True, slots=True)
class Council:
    """A council with children's services.

    Attributes:
        name: the place, as it is usually written.
        type: `county`, `unitary`, `metropolitan`, `london-borough` or `city-of-london`.
        region: the government office region.
        aliases: other names of the place.
    """

    name: str
    type: str
    region: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Councils and words. All words are case-folded but post-nominals, furniture and names of places.

    `by_key` finds a council, and `canonical` the key of its usual name, by the key of any of its names (`place_key`).
    `regions` holds the keys (`place_key`) of parts of the country, `first_words` what a place's name can begin with.
    `role_starts`, `bodies` and `address_words` hold, by their first word, what may follow it; an empty tuple where the
    word stands alone.
    """

    councils: tuple[Council, ...]
    by_key: Mapping[str, Council]
    canonical: Mapping[str, str]
    regions: frozenset[str]
    first_words: frozenset[str]
    longest_place: int
    titles: tuple[str, ...]
    titles_with_first_name: frozenset[str]
    post_nominals: frozenset[str]
    particles: frozenset[str]
    role_starts: Mapping[str, Rests]
    bodies: Mapping[str, Rests]
    role_ends: frozenset[str]
    bare_roles: frozenset[str]
    departments: frozenset[str]
    organisations: frozenset[str]
    office_words: frozenset[str]
    address_words: Mapping[str, Rests]
    furniture: tuple[str, ...]

    def council(self, place: str) -> Council | None:
        """The council of a place, whatever the case, hyphens, spaces and `&` for `and`; None if there was none."""
        return self.by_key.get(place_key(place))


def place_key(place: str) -> str:
    """Under what a place is found: its letters alone, in lower case, `&` as `and`."""
    key = place.replace("&", "and").casefold()
    return key if key.isalpha() else "".join(filter(str.isalpha, key))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that Recto ships with; read once."""
    data = tomllib.loads(Path(__file__).with_name("gazetteer.toml").read_text("utf-8"))
    councils = tuple(
        Council(row["name"], row["type"], row["region"], tuple(row.get("aliases", ()))) for row in data["councils"]
    )
    names = {name: council for council in councils for name in (council.name, *council.aliases)}
    people, roles = data["people"], data["roles"]
    return Gazetteer(
        councils=councils,
        by_key={place_key(name): council for name, council in names.items()},
        canonical={place_key(name): place_key(council.name) for name, council in names.items()},
        regions=frozenset(place_key(name) for name in data["regions"]["names"]),
        first_words=frozenset(re.split(r"[\s-]", name.casefold())[0] for name in (*names, *data["regions"]["names"])),
        longest_place=max(len(name.split()) for name in names),
        titles=tuple(people["titles"]),
        titles_with_first_name=_folded(people["titles_with_first_name"]),
        post_nominals=frozenset(people["post_nominals"]),
        particles=_folded(people["particles"]),
        role_starts=rests_by_first_word(roles["starts"]),
        bodies=rests_by_first_word(roles["bodies"]),
        role_ends=_folded(roles["ends"]),
        bare_roles=_folded(roles["bare"]),
        departments=_folded(roles["departments"]),
        organisations=_folded(roles["organisations"]),
        office_words=_folded(roles["words"]),
        address_words=rests_by_first_word(data["addresses"]["words"]),
        furniture=tuple(data["furniture"]["phrases"]),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def rests_by_first_word(phrases: Iterable[str]) -> dict[str, Rests]:
    """Phrases by their first word, case-folded: what may follow it, an empty tuple where it stands alone."""
    table: dict[str, Rests] = {}
    for phrase in phrases:
        first, *rest = phrase.casefold().split()
        table[first] = (*table.get(first, ()), tuple(rest))
    return table
