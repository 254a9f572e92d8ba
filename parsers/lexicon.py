"""What the gazetteer knows of a single word, looked up once for each word and not once for each question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from parsers.gazetteer import Rests, gazetteer, rests_by_first_word

MOST_WORDS = 8192
"""How many words are kept in mind; letters share most of theirs."""

DASHES = frozenset({"-", "--", "/", ":", "=", "~"})
"""What is no word by itself, and parts the words that it stands between."""

_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}")
_LONGEST_ABBREVIATION = 3
_NUMBERED = re.compile(r"\d{1,2}[.)]?")
_MARKS = frozenset(("Copy:", "Copies:", "cc:", "cc", "Cc:", *"•▪●■·◦\uf0b7"))
_ELIDED = re.compile(r"[a-z]{1,3}['-][A-Z]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a letter.

    Attributes:
        key: it in lower case without a full stop or colon at its end.
        titles, roles, bodies, addresses: the words that may follow it in such a phrase, one tuple for each phrase that
            it begins; () where it begins none.
        begins_phrase: it begins a title, a role or a body.
        parts: it parts words: a dash or colon by itself, which is no word (`DASHES`), or a colon at its end.
        ends_sentence: it ends with a full stop, its only one, and is longer than an abbreviation.
        is_office: it is a word of offices and organisations, and in nobody's name.
        is_mark: it may stand before an item of a list that lost its breaks: a bullet, a number, `cc`.
        is_particle: it may stand before a surname in small letters, such as `de`.
        is_nominal: letters after a name, such as `CBE`.
        is_name: it can be in a name; `is_name_in_capitals` where names are written in capitals.
        begins_name: a person may begin with it: it can be in a name, however written, or be a title or particle before.
    """

    key: str
    titles: Rests
    roles: Rests
    bodies: Rests
    addresses: Rests
    begins_phrase: bool
    parts: bool
    ends_sentence: bool
    is_office: bool
    is_mark: bool
    is_particle: bool
    is_nominal: bool
    is_name: bool
    is_name_in_capitals: bool
    begins_name: bool


@lru_cache(maxsize=MOST_WORDS)
def look_up(word: str) -> Word:
    """What is known of a word, as it stands between white space, commas and brackets."""
    known = gazetteer()
    key = word.rstrip(".:").casefold()
    titles = _titles().get(key, ()) if word[:1].isupper() else ()
    roles, bodies = known.role_starts.get(key, ()), known.bodies.get(key, ())
    is_office, is_particle = key in known.office_words, key in known.particles
    in_capitals = _can_be_in_name(word, capitals=True)
    return Word(
        key=key,
        titles=titles,
        roles=roles,
        bodies=bodies,
        addresses=known.address_words.get(key, ()),
        begins_phrase=bool(titles or roles or bodies),
        parts=word in DASHES or word[-1:] == ":",
        ends_sentence=word.find(".") == len(word) - 1 >= _LONGEST_ABBREVIATION,
        is_office=is_office,
        is_mark=word in _MARKS or _NUMBERED.fullmatch(word) is not None,
        is_particle=is_particle,
        is_nominal=word.rstrip(".,") in known.post_nominals,
        is_name=_can_be_in_name(word, capitals=False),
        is_name_in_capitals=in_capitals,
        begins_name=not is_office and bool(in_capitals or is_particle or titles),
    )


@cache
def _titles() -> Mapping[str, Rests]:
    return rests_by_first_word(gazetteer().titles)


def _can_be_in_name(word: str, *, capitals: bool) -> bool:
    word = word.rstrip(".,")
    if not word or word.rstrip(":").casefold() in gazetteer().office_words or word in gazetteer().post_nominals:
        return False
    if word[0].islower():
        return _ELIDED.match(word) is not None
    letters = word.replace("-", "").replace("'", "").replace(".", "")
    if not word[0].isupper() or not letters.isalpha():
        return False
    if len(word) > 1 and word[-1].isupper() and not capitals:
        return _INITIALS.fullmatch(word) is not None
    return True
