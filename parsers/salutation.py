"""The greeting of a letter: `Dear Ms Davidson`, also without `Dear`, also on one line with what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.found import UNCERTAIN
from parsers.frame import find_dear
from parsers.gazetteer import gazetteer
from parsers.letter import Doubt, Span
from parsers.people import Token, is_name_word, is_particle, role_at, title_at, titles_pattern, tokens_in
from parsers.plain import Sheet, find_words, lines_in, span_of

_LONGEST_LINE = 8
_LONGEST_NAME = 4
_REACH = 160
_MOST_TITLES = 40


class Salutation(NamedTuple):
    """How the letter greets.

    Attributes:
        span: the whole greeting, with `Dear` and a comma after it.
        name: what follows `Dear`, without the comma.
        surname: the name after a title, in plain characters; None where there is no title.
        first_name: the name without a title, or after one that takes a first name, such as `Sir`.
    """

    span: Span
    name: Span
    surname: str | None = None
    first_name: str | None = None


def find_salutation(sheet: Sheet, head: Span) -> tuple[Salutation | None, tuple[Doubt, ...]]:
    """The greeting in the head, and a doubt where its end is a guess; None if there is none."""
    words = sheet.words
    dear = find_dear(words, head.start, head.end)
    if dear is None:
        return _without_dear(words, head), ()
    stop = words.find("\n", dear.end, head.end)
    stop = head.end if stop < 0 else stop
    tokens = tokens_in(words, dear.end, min(stop, dear.end + _REACH))
    if not tokens:
        return None, ()
    titles = title_at(tokens, 0)
    seen = _seen_before(words, span_of((head.start, dear.start)), tokens, titles)
    end, sure = _end_of_name(tokens, titles, seen, whole_line=stop - dear.end <= _REACH)
    name = span_of((tokens[0].start, _without_stop(words, tokens[0].start, tokens[end - 1].end)))
    span = span_of((dear.start, name.end + (words[name.end : name.end + 1] in (",", ":"))))
    salutation = _salutation(span, name, tokens[:end], titles, seen)
    return salutation, () if sure else (Doubt(UNCERTAIN, "where the salutation ends is a guess", name),)


def _without_stop(words: str, start: int, end: int) -> int:
    return start + len(words[start:end].rstrip(".:,*_"))


def _salutation(span: Span, name: Span, tokens: Sequence[Token], titles: int, seen: int) -> Salutation:
    called = [token.word.strip(".,:*_") for token in tokens[titles : titles + (seen or len(tokens))]]
    if not called or any(
        token.key == "sir" and len(tokens) > 1 and tokens[1].key in ("or", "/madam") for token in tokens[:1]
    ):
        return Salutation(span, name)
    title = " ".join(token.key for token in tokens[:titles])
    if titles and title not in gazetteer().titles_with_first_name:
        return Salutation(span, name, surname=" ".join(called))
    return Salutation(span, name, first_name=called[0] if is_name_word(tokens, titles) else None)


def _end_of_name(tokens: Sequence[Token], titles: int, seen: int, *, whole_line: bool) -> tuple[int, bool]:
    """How many tokens belong to the greeting, and whether that is sure."""
    comma = next((n for n in range(1, len(tokens)) if tokens[n].parted in (",", ":")), len(tokens))
    alone = whole_line and len(tokens) <= _LONGEST_LINE
    if seen:
        end = titles + seen
        more = end < len(tokens) and tokens[end].key in ("and", "&", "or")
        return (len(tokens), True) if alone and more else (end, True)
    if titles < comma <= titles + _LONGEST_NAME and comma < len(tokens):
        return comma, True
    if alone and (len(tokens) <= titles + _LONGEST_NAME or not titles):
        return len(tokens), True
    end = titles
    while end < len(tokens) - 1 and is_particle(tokens, end):
        end += 1
    return min(end + 1, len(tokens)), False


def _seen_before(words: str, before: Span, tokens: Sequence[Token], titles: int) -> int:
    """How many words after the titles stand in the same order in the head before: the surname. 0 if none does."""
    longest = 0
    for length in range(1, min(_LONGEST_NAME, len(tokens) - titles) + 1):
        if length > 1 and (tokens[titles + length - 1].parted or tokens[titles + length - 1].line):
            break
        called = [token.word.rstrip(".,:") for token in tokens[titles : titles + length]]
        if not all(called) or next(find_words(words, called, before.start, before.end), None) is None:
            break
        longest = length
    return longest


def _without_dear(words: str, head: Span) -> Salutation | None:
    """`Ms Davidson` by itself: the last title of the head, with a surname that the addressee has had before."""
    matches = list(titles_pattern().finditer(words, head.start, head.end))[-_MOST_TITLES:]
    for match in reversed(matches):
        stop = words.find("\n", match.start(), head.end)
        stop = head.end if stop < 0 else stop
        tokens = tokens_in(words, match.start(), min(stop, match.start() + _REACH))
        titles = title_at(tokens, 0)
        if not titles or titles == len(tokens) or not (is_name_word(tokens, titles) or is_particle(tokens, titles)):
            continue
        seen = _seen_before(words, span_of((head.start, match.start())), tokens, titles)
        begins_line = not words[words.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        alone = begins_line and len(tokens) <= titles + 2 and stop < head.end
        if seen or (alone and _greets(words, span_of((stop, head.end)))):
            end = titles + (seen or len(tokens) - titles)
            name = span_of((tokens[0].start, _without_stop(words, tokens[0].start, tokens[end - 1].end)))
            span = span_of((name.start, name.end + (words[name.end : name.end + 1] in (",", ":"))))
            return _salutation(span, name, tokens[:end], titles, seen)
    return None


def _greets(words: str, after: Span) -> bool:
    """Whether what follows a name on its own line is a subject, and not the office of an addressee."""
    lines = lines_in(words, after.start, after.end)
    if not lines or lines[0].end - lines[0].start < _REACH // 4:
        return False
    tokens = tokens_in(words, lines[0].start, lines[0].end)
    return not role_at(tokens, 0) and sum(token.word[0].islower() for token in tokens) * 3 > len(tokens)
