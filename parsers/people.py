"""Names of people and where they end: titles, first names, surnames, letters after the name, then the office.

Works on tokens of plain text (`parsers.plain.plain`): what stands between white space, commas and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from parsers.gazetteer import Rests, gazetteer
from parsers.lexicon import DASHES, MOST_WORDS, Word, look_up

LONGEST_NAME = 7
"""Words of a name, without titles and letters after it."""

# The end of the text stands for a last word: a long run of commas before it must be read once, not once a comma.
_TOKEN = re.compile(r"([\s,;()\[\]|]*+)([^\s,;()\[\]|]++|\Z)")
_ALONE: Rests = ((),)


class Token(NamedTuple):
    """A word and what stands between it and the word before.

    Attributes:
        start, end: where it stands, in code points.
        word: its text.
        key: the word in lower case without a full stop or colon at its end.
        line: it begins a line.
        parted: a comma, semicolon, bracket or dash stands before it.
        known: what the gazetteer knows of it.
    """

    start: int
    end: int
    word: str
    key: str
    line: bool
    parted: str
    known: Word


class Name(NamedTuple):
    """A name among tokens: `first` to `end` (half-open) with titles and letters after it; `surname` the last name word.

    `sure` is False where nothing but a guess says where it ends.
    """

    first: int
    end: int
    surname: int
    titled: bool
    sure: bool


# As the classes, at a third of the cost: a letter has more than a hundred words.
_token_of = partial(tuple.__new__, Token)
_name_of = partial(tuple.__new__, Name)


@lru_cache(maxsize=MOST_WORDS)
def _words_of(piece: str) -> tuple[tuple[Token, ...], bool, str]:
    """The words of what stands between two spaces: mostly one. And whether a line ends, and what parts, after the last.

    The places of the tokens are counted from the start of the piece.
    """
    words: list[Token] = []
    place = 0
    line, parted = False, ""
    for gap, word in _TOKEN.findall(piece):
        first = place + len(gap)
        place = first + len(word)
        line, parted = line or "\n" in gap, parted or gap.strip()[:1]
        if not word or word in DASHES:
            parted = parted or word[:1]
            continue
        known = look_up(word)
        words.append(Token(first, place, word, known.key, line, parted, known))
        line, parted = False, "," if word[-1] == ":" else ""
    return tuple(words), line, parted


def tokens_in(plain: str, start: int, end: int) -> list[Token]:
    """The words of `plain[start:end]`. A dash or colon by itself is no word; it parts what it stands between."""
    tokens: list[Token] = []
    place = start
    begins, held = True, ""
    for piece in plain[start:end].split(" "):
        words, breaks, parts = _words_of(piece)
        for first, stop, word, key, line, parted, known in words:
            if begins or held:
                line, parted = begins or line, held or parted
                begins, held = False, ""
            tokens.append(_token_of((place + first, place + stop, word, key, line, parted, known)))
        if breaks or parts:
            begins, held = begins or breaks, held or parts
        place += len(piece) + 1
    return tokens


def title_at(tokens: Sequence[Token], place: int) -> int:
    """How many tokens of titles begin at `place`: 2 for `Councillor Mrs`, 0 for none."""
    first = place
    while place < len(tokens) and (titles := tokens[place].known.titles):
        length = _phrase_length(titles, tokens, place)
        if not length:
            break
        place += length
    return place - first


@cache
def titles_pattern() -> re.Pattern[str]:
    """Finds a title with a capitalised word, or another title, after it."""
    titles = (r"\s".join(map(re.escape, title.split())) for title in sorted(gazetteer().titles, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(titles)})\b\.?\s{{1,3}}(?=[^\W\d_])")


def _phrase_length(rests: Rests, tokens: Sequence[Token], place: int) -> int:
    """The length of the longest phrase that begins at `place`, in tokens; `rests`: what may follow its first word."""
    if rests == _ALONE:
        return 1
    longest = 0
    following = tuple([token.key for token in tokens[place + 1 : place + 1 + max(map(len, rests))]])
    for rest in rests:
        if len(rest) >= longest and following[: len(rest)] == rest:
            longest = 1 + len(rest)
    return longest


def _begins(rests: Rests, tokens: Sequence[Token], place: int) -> bool:
    """Whether a phrase begins at `place`; `rests`: what may follow its first word."""
    # Most words begin none, and most that do are one by themselves.
    return bool(rests) and (() in rests or _phrase_length(rests, tokens, place) > 0)


def role_at(tokens: Sequence[Token], place: int) -> bool:
    """Whether an office begins at `place`: `Director of ...`, `Her Majesty's Inspector`."""
    return place < len(tokens) and _begins(tokens[place].known.roles, tokens, place)


def body_at(tokens: Sequence[Token], place: int) -> bool:
    """Whether an organisation that can stand for an office begins at `place`: `Department for ...`."""
    return place < len(tokens) and _begins(tokens[place].known.bodies, tokens, place)


def address_at(tokens: Sequence[Token], place: int) -> bool:
    """Whether `place` is a word of an address: a number, `House`, `Street`, ..."""
    if place >= len(tokens):
        return False
    token = tokens[place]
    return token.word[0].isdigit() or _begins(token.known.addresses, tokens, place)


def is_name_word(tokens: Sequence[Token], place: int, *, capitals: bool = False) -> bool:
    """Whether the word at `place` can be in a name: no word of an office, nor one in capitals unless `capitals`."""
    known = tokens[place].known
    return known.is_name_in_capitals if capitals else known.is_name


def is_particle(tokens: Sequence[Token], place: int) -> bool:
    """Whether `place` is a small word before a surname, such as `de` or `van`."""
    return tokens[place].known.is_particle and place + 1 < len(tokens)


def name_at(tokens: Sequence[Token], place: int, *, capitals: bool = False) -> Name | None:
    """The name that begins at `place`, on one line; None if none does.

    A name ends at an office, at a word that is in no name, at a comma, bracket or dash, or with its line. It has two
    words, or one after a title.
    """
    first = place
    titles = title_at(tokens, place)
    place += titles
    begin = place
    for token in tokens[begin : begin + LONGEST_NAME]:
        known = token.known
        if place > first and (token.line or token.parted):
            break
        if not (known.is_name or (capitals and known.is_name_in_capitals) or is_particle(tokens, place)):
            break
        if known.begins_phrase and place > begin and _is_over(tokens, place, begin):
            break
        place += 1
        if known.ends_sentence:
            break
    if place - begin < (1 if titles else 2) or not is_name_word(tokens, place - 1, capitals=capitals):
        return None
    end = after_nominals(tokens, place)
    return _name_of((first, end, place - 1, titles > 0, _is_end(tokens, end)))


def _is_over(tokens: Sequence[Token], place: int, begin: int) -> bool:
    """Whether a name that begins at `begin` is over at `place`, though the word there could be in a name."""
    if _begins_person(tokens, place) or role_at(tokens, place):
        return True
    return place > begin + 1 and body_at(tokens, place)


def _begins_person(tokens: Sequence[Token], place: int) -> bool:
    """Whether `place` is a title before a name, and not a surname such as Judge."""
    if not tokens[place].known.titles:
        return False
    after = place + title_at(tokens, place)
    if place < after < len(tokens) and not tokens[after].line and not tokens[after].parted:
        return is_name_word(tokens, after)
    return False


def after_nominals(tokens: Sequence[Token], place: int) -> int:
    """Behind the letters after the name that begin at `place`: `CBE`, `OBE JP`, also after a comma."""
    while place < len(tokens) and tokens[place].known.is_nominal:
        if tokens[place].line or tokens[place].parted not in ("", ","):
            break
        place += 1
    return place


def _is_end(tokens: Sequence[Token], place: int) -> bool:
    """Whether something at `place` says that the name is over."""
    if place >= len(tokens) or tokens[place].line or tokens[place].parted or not tokens[place].known.is_name:
        return True
    return role_at(tokens, place) or body_at(tokens, place)
