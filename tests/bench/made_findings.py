"""Corpora of findings made from the sample letters' own sentences, with the truth about which say the same.

A finding of the samples is told again in other words: words replaced by others that mean the same, clauses and words
left out, sentences turned round, an opening put before it, letters lost as text extraction loses them. All tellings of
one finding have its origin. Filler is cut together from clauses of different findings, and has none. One seed gives one
corpus.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from curation.entry import Entry
from tests.bench.labelled import sample_letters

TELLINGS: Final = 12
"""So often is each finding told; a corpus that is too small for that has fewer origins."""
_A_LETTER: Final = 18
_LETTERS_OF_ONE: Final = 2

_SAME: Final = (
    "children young-people|social-workers practitioners|workers staff|managers leaders|supervision oversight|"
    "regular frequent|recorded documented|records files|assessments appraisals|clear explicit|timely prompt|"
    "delay slippage|thresholds criteria|agencies partners|referrals contacts|families households|training courses|"
    "plans plan|parents carers|council authority|good effective|poor weak|systems arrangements|information data|"
    "visited seen|quality standard|missing absent|understood grasped|consistent uniform|often frequently|"
    "some several|most many|although though|however but|improved strengthened|ensure secure"
)
_WORDS: Final = {
    a.replace("-", " "): b.replace("-", " ")
    for pair in _SAME.split("|")
    for one, other in [pair.split()]
    for a, b in ((one, other), (other, one))
}
_KNOWN: Final = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})\b")
_OPENINGS: Final = (
    "Inspectors found that",
    "It is clear that",
    "In the cases seen,",
    "Evidence shows that",
    "During the inspection it was noted that",
    "In most areas of the service",
)
_CLAUSES: Final = re.compile(r"(?<=[.;,])\s+")


class Made(NamedTuple):
    """A finding and the number of what it was told from; -1 for filler."""

    entry: Entry
    origin: int


def corpus(size: int, seed: int = 6) -> tuple[Made, ...]:
    """A corpus of `size` findings, in letters of 18, two letters a council."""
    rng = random.Random(seed)
    sources = sorted(entry.text for entry in sample_letters())
    told = [(origin, source) for origin, source in enumerate(sources) for _ in range(TELLINGS)]
    rng.shuffle(told)
    texts = [(_told_again(source, rng), origin) for origin, source in told[:size]]
    clauses = [clause for source in sources for clause in _CLAUSES.split(source) if len(clause.split()) > 2]
    texts += [(_filler(clauses, rng), -1) for _ in range(size - len(texts))]
    rng.shuffle(texts)
    return tuple(_made(number, text, origin) for number, (text, origin) in enumerate(texts))


def asked(made: Sequence[Made], number: int, seed: int = 7) -> list[Made]:
    """Findings to ask with: tellings of different origins."""
    first = {one.origin: one for one in made if one.origin >= 0}
    return random.Random(seed).sample(list(first.values()), min(number, len(first)))


def _made(number: int, text: str, origin: int) -> Made:
    letter = number // _A_LETTER
    category = ("strength", "satisfactory", "area_for_development", "priority_action")[number % 4]
    authority = f"Council {letter // _LETTERS_OF_ONE:05}"
    year = 2009 + letter % _LETTERS_OF_ONE
    return Made(Entry(f"{year}/letter-{letter:05}", authority, f"f-{number:06}", category, text, year), origin)


def _told_again(text: str, rng: random.Random) -> str:
    text = _KNOWN.sub(lambda found: _WORDS[found[0]] if rng.random() < 0.4 else found[0], text)
    clauses = _CLAUSES.split(text)
    clauses = [clause for clause in clauses if rng.random() < 0.7] or [rng.choice(clauses)]
    if len(clauses) > 1 and rng.random() < 0.3:
        at = rng.randrange(1, len(clauses))
        clauses = clauses[at:] + clauses[:at]
    text = " ".join(word for word in " ".join(clauses).split() if rng.random() < 0.92) or clauses[0]
    if rng.random() < 0.4:
        text = f"{rng.choice(_OPENINGS)} {text[:1].lower()}{text[1:]}"
    return " ".join(_damaged(word, rng) for word in text.split())


def _damaged(word: str, rng: random.Random) -> str:
    """One word in fifty as text extraction gives it: a letter lost, doubled or turned, or a hyphen of a line's end."""
    if rng.random() > 0.02 or len(word) < 6:
        return word
    at = rng.randrange(1, len(word) - 2)
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            f"{word[:at]}- {word[at:]}",
        )
    )


def _filler(clauses: Sequence[str], rng: random.Random) -> str:
    chosen = rng.sample(clauses, rng.randint(2, 4))
    words = " ".join(chosen).split()
    return " ".join(word for word in words if rng.random() > 0.1) or words[0]
