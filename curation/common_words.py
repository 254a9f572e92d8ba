"""The words that two findings have in common, where they stand, so that a person sees why they were put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from curation.words import Vocabulary, normalise

Spans = tuple[tuple[int, int], ...]
"""Half-open stretches of code points, in order."""

# What `normalise` takes for one word: up to white space, and over a hyphen at a line end.
_CHUNK: Final = re.compile(r"\S*[^\W\d_][-‐‑]\s+(?!(?:and|or|to)\b)(?=[^\W\d_])\S*|\S+", re.IGNORECASE)
_PART: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


def common(vocabulary: Vocabulary, text: str, other: str) -> tuple[Spans, Spans]:
    """Spans in `text` and in `other` of the words that both have, compared as `vocabulary` compares them.

    Function words are in neither; of a word with hyphens the part that is in both is marked, or all of it where it
    counts as one.
    """
    words, others = list(_words(vocabulary, text)), list(_words(vocabulary, other))
    shared = {key for _, keys in words for key in keys} & {key for _, keys in others for key in keys}
    return _marked(words, shared), _marked(others, shared)


def of_most(vocabulary: Vocabulary, texts: Sequence[str]) -> tuple[str, ...]:
    """The words of the first text that more than half of all texts have, each once, in its order, in lower case."""
    if not texts:
        return ()
    had = Counter(key for text in texts for key in {key for _, keys in _words(vocabulary, text) for key in keys})
    most = {key for key, number in had.items() if 2 * number > len(texts)}
    words = {
        keys: texts[0][start:end].casefold()
        for (start, end), keys in reversed(list(_words(vocabulary, texts[0])))
        if not most.isdisjoint(keys)
    }
    return tuple(reversed(words.values()))


def _words(vocabulary: Vocabulary, text: str) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
    """Each stretch that counts as a word, and its keys."""
    for chunk in _CHUNK.finditer(text):
        parts = list(_PART.finditer(text, *chunk.span()))
        keys = frozenset(vocabulary.keys(normalise(chunk.group())))
        of_parts = [frozenset(vocabulary.keys(normalise(part.group()))) for part in parts]
        if keys == frozenset().union(*of_parts):
            yield from ((part.span(), own) for part, own in zip(parts, of_parts, strict=True))
        elif parts:
            yield (parts[0].start(), parts[-1].end()), keys


def _marked(words: list[tuple[tuple[int, int], frozenset[str]]], shared: set[str]) -> Spans:
    return tuple(span for span, keys in words if not shared.isdisjoint(keys))
