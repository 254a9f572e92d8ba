"""How a filter that is half typed can go on: fields, and values of a field. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from curation.query_fields import FIELDS, Vocabulary


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to go on: the word under the caret becomes `word`, which `about` explains."""

    word: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """Ways to go on with what stands at `start` to `end` (code points of what was typed)."""

    start: int
    end: int
    offers: tuple[Offer, ...] = ()

    def taken(self, text: str, number: int) -> tuple[str, int]:
        """The text with an offer in it, and where the caret is then."""
        word = self.offers[number].word
        # A value is complete: the next term may begin. Another one may follow a field's colon.
        tail = "" if word.endswith(":") or text[self.end : self.end + 1].isspace() else " "
        return text[: self.start] + word + tail + text[self.end :], self.start + len(word) + len(tail)


def complete(text: str, caret: int, vocabulary: Vocabulary) -> Offers:
    """What could stand where the caret is: fields, or values of the field it stands behind; those that begin so first.

    Never raises: what is typed is not finished.
    """
    start = _word_start(text, caret)
    word = text[start:caret]
    name, colon, rest = word.removeprefix("-").partition(":")
    if not colon:
        begin = start + word.startswith("-")
        wanted = word.removeprefix("-").casefold()
        fields = [Offer(f"{known}:", FIELDS[known].about) for known in FIELDS if known.startswith(wanted)]
        return Offers(begin, caret, tuple(fields))
    typed = rest.rpartition(",")[2]
    wanted = typed.lstrip('"“').casefold()
    values = vocabulary.values(name.casefold())
    fitting = [v for v in values if v.casefold().startswith(wanted)]
    fitting += [v for v in values if wanted in v.casefold() and v not in fitting]
    offers = (Offer(f'"{v}"' if any(map(str.isspace, v)) else v, vocabulary.labels.get(v, "")) for v in fitting)
    return Offers(caret - len(typed), caret, tuple(offers))


def _word_start(text: str, caret: int) -> int:
    """Where the word at the caret begins; blanks inside quotes do not end it."""
    start, quoted = 0, False
    for place, char in enumerate(text[:caret]):
        if char in '"“”':
            quoted = not quoted
        elif char.isspace() and not quoted:
            start = place + 1
    return start
