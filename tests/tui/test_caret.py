"""Where a caret stops."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parsers.letter import Span
from tui.caret import stops

TEXT = "Plans are late. (Some are lost.) They help; staff say so"


def test_it_goes_by_word_and_by_sentence_and_stays_inside() -> None:
    found = stops(TEXT, [Span(0, len(TEXT))])
    words = [TEXT[at:].split()[0] for at in found.words]
    assert words == TEXT.split()
    assert [TEXT[at:].split()[0] for at in found.sentences] == ["Plans", "(Some", "They", "staff"]
    assert found.word(found.words[0], -1) == found.words[0]
    assert found.word(found.words[-1], 1) == found.words[-1]
    assert found.sentence(found.words[1], -1) == found.words[0]
    assert found.sentence(found.sentences[-1], 1) == found.words[-1]


def test_it_steps_over_a_joined_page() -> None:
    found = stops("slow and\n\n\nwork lost", [Span(0, 8), Span(11, 20)])
    assert found.words == (0, 5, 11, 16)


@given(st.text(max_size=60).filter(lambda text: text.strip()))
def test_every_stop_is_the_start_of_a_word(text: str) -> None:
    found = stops(text, [Span(0, len(text))])
    assert len(found.words) == len(text.split())
    assert set(found.sentences) <= set(found.words)
    for at in found.words:
        assert not text[at].isspace()
        assert at == 0 or text[at - 1].isspace()
