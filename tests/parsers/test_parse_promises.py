"""What the parser promises for any text: it never raises, regions partition, spans stand inside and in order."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import items, lines
from parsers.ids import finding_id, fold
from parsers.jsonl import dumps, letter_json
from parsers.letter import Letter, RegionKind
from parsers.parse import parse
from parsers.profile import load
from tests.made.letters import make

PIECES = st.sampled_from(
    [
        "Strengths",
        "Areas for development",
        "Areas for priority action:",
        "in particular:",
        "- ",
        "• ",
        "▪ ",
        "1. ",
        "(a) ",
        "o ",
        "<ul>",
        "<li>",
        "</li>",
        '<ul style="x">',
        "\n",
        "\n\n",
        "\n\n\n\n",
        "\f",
        "\r",
        "\t",
        "\u00a0",
        "\u2028",
        "\x85",
        "Dear Ms Fenn",
        "Yours sincerely",
        "Copy: Ann Fenn, Chief Executive",
        "1 December 2010",
        "Page 2 of 3",
        "INVESTOR IN PEOPLE",
        "This letter summarises the inspection of contact, referral and assessment arrangements",
        "ends here.",
        "and goes on",
        "\x00",
        "\x1b[2J",
        "\u202e",
        "\ud800",
        "\U0001f600",
        "ﬁ",
        "\u00ad",
        "&bull; ",
        "&nbsp;",
        "â€¢ ",
        "â€™",
        "\v",
        "        ",
        "\n        - One is good.",
        "ƒ ",
        "n ",
        "1.1 ",
        "; and",
        "Strengths - One is good. - Two is good.",
        "The following areas for development were identified:",
        "I would like to thank you.",
        "Wexcombe City Council inspection letter",
        "'",
        "’",
        "[sic]",
        "[/x]",
        "{...}",
        "%s",
        "a" * 50,
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)


def assert_promises(letter: Letter) -> None:
    text = letter.text
    assert "".join(text[r.span.start : r.span.end] for r in letter.regions) == text
    assert all(r.span.start < r.span.end for r in letter.regions)
    owned = Counter((r.finding, r.span) for r in letter.regions if r.kind is RegionKind.FINDING)
    assert owned == Counter((f.id, span) for f in letter.findings for span in f.spans)
    flat = [place for f in letter.findings for span in f.spans for place in span]
    assert flat == sorted(flat)
    for finding in letter.findings:
        assert finding.text == fold(" ".join(text[a:b] for a, b in finding.spans))
        assert all(text[a:b].strip() == text[a:b] != "" for a, b in finding.spans)
    assert len({f.id for f in letter.findings}) == len(letter.findings)
    for doubt in letter.doubts:
        assert 0 <= doubt.span.start <= doubt.span.end <= len(text)
        assert doubt.message.isprintable()
    keys = [doubt.key for doubt in letter.doubts]
    assert len(set(keys)) == len(keys)
    for span in letter.metadata_spans.values():
        assert 0 <= span.start < span.end <= len(text)


@given(TEXTS)
def test_any_text(text: str) -> None:
    letter = parse(text)
    assert_promises(letter)
    assert letter == parse(text)


@given(TEXTS)
def test_any_body_between_the_frame_of_a_letter(text: str) -> None:
    opening = "This letter summarises the inspection of contact, referral and assessment arrangements."
    assert_promises(parse(f"{opening}\n\nStrengths\n\n- {text}\n\nYours sincerely"))


@given(TEXTS)
def test_json_is_one_line_that_no_terminal_acts_on(text: str) -> None:
    line = dumps(letter_json(parse(text)))
    assert line.splitlines() == [line]
    assert json.loads(line)["source"]["length"] == len(text)
    line.encode("utf-8")


@given(st.integers(0, 2**32), st.integers(0, 10_000), st.integers(1, 200))
def test_a_made_letter_with_a_piece_missing(seed: int, start: int, length: int) -> None:
    text = make(Random(seed)).text
    place = start % len(text)
    assert_promises(parse(text[:place] + text[place + length :]))


def test_what_stands_behind_more_lines_than_a_letter_has_is_kept_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Strengths\n\n" + "".join(f"- Number {n} is good.\n" for n in range(40)) + "\nYours sincerely\n\nAnn Fenn"
    whole = parse(text, profile=load("unannounced-cra"))
    assert "too-many-lines" not in {doubt.code for doubt in whole.doubts}
    monkeypatch.setattr(lines, "MOST_LINES", 21)
    letter = parse(text, profile=load("unannounced-cra"))
    assert_promises(letter)
    assert letter.findings == whole.findings[:20]
    (doubt,) = (doubt for doubt in letter.doubts if doubt.code == "too-many-lines")
    assert text[doubt.span.start : doubt.span.end] == text[text.index("- Number 20") : text.index("\n\nYours")]
    assert [r for r in letter.regions if r.kind is RegionKind.OTHER and r.span == doubt.span]
    assert letter.metadata.signatory.name == "Ann Fenn"


@pytest.mark.parametrize("mark", ["\u2022", "-", "<li>"])
def test_a_line_is_cut_so_often_and_the_rest_is_the_last_item(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Strengths\n\n" + " ".join(f"{mark} Number {n} is good." for n in range(40))
    monkeypatch.setattr(items, "MOST_ITEMS", 10)
    letter = parse(text, profile=load("unannounced-cra"))
    assert_promises(letter)
    assert [finding.text for finding in letter.findings][:9] == [f"Number {n} is good." for n in range(9)]
    assert letter.findings[-1].text.endswith("Number 39 is good.")
    assert len(letter.findings) <= 11
    assert any(doubt.code == "too-long" for doubt in letter.doubts)


def f1(letters: range) -> tuple[float, list[str]]:
    right = read = there = 0
    silent = []
    for seed in letters:
        made = make(Random(seed))
        letter = parse(made.text)
        assert_promises(letter)
        got, want = (Counter((f.category, f.text) for f in found) for found in (letter.findings, made.findings))
        right, read, there = right + (got & want).total(), read + got.total(), there + want.total()
        if got != want and not letter.doubts:
            silent.append(f"seed {seed}: {got - want} for {want - got}")
    return 2 * right / (read + there), silent


def test_made_letters_with_every_defect() -> None:
    score, silent = f1(range(300))
    assert score >= 0.995
    assert not silent, "wrong without a doubt"


@pytest.mark.torture
def test_two_thousand_made_letters() -> None:
    score, silent = f1(range(10_000, 12_000))
    assert score >= 0.995
    assert not silent


def test_ids_are_stable_and_never_given_twice() -> None:
    assert finding_id("One  is\ngood.") == finding_id("One is good.")
    assert finding_id("One is good.", 1) != finding_id("One is good.")
    first = finding_id("One is good.")
    assert finding_id("One is good.", taken={first}).startswith(first)
    assert len(first) == 8
    assert set(first[2:]) <= set("0123456789abcdefghjkmnpqrstvwxyz")


REAL = os.environ.get("RECTO_REAL_LETTERS")
KEYS_OF_A_RECORD = ("addressee", "signatory")


@pytest.mark.skipif(not REAL, reason="RECTO_REAL_LETTERS names no folder of real letters")
@pytest.mark.parametrize("place", range(3))
def test_the_real_letters_are_read_exactly(place: int) -> None:
    folder = Path(REAL or "")
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    name = sorted(answers)[place]
    from parsers.parse import parse_file

    letter = parse_file(folder / name)
    assert_promises(letter)
    read = letter_json(letter)
    assert [{k: f[k] for k in ("category", "spans", "text")} for f in read["findings"]] == [
        {k: f[k] for k in ("category", "spans", "text")} for f in answers[name]["findings"]
    ]
    for key, value in answers[name]["metadata"].items():
        known = read["metadata"][key]
        if key in KEYS_OF_A_RECORD:
            known = {k: known[k] for k in value}
        elif key == "previous_inspection":
            known = [{k: entry[k] for k in said} for entry, said in zip(known, value, strict=True)]
        assert known == value, key
