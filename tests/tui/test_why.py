"""Why a finding is one, and its raw characters."""

from __future__ import annotations

from pathlib import Path

from curation.operations import Split, apply
from curation.workspace import Workspace
from tests.tui.letters import HOSTILE, letter
from tui.why import why_lines

CUT = {"Strengths": ("Plans are\tclear and\n\n\fPage 2 of 4\n\nthey are shared.", "Visits are on time.")}


def shown(folder: Path, sections: dict[str, tuple[str, ...]], number: int = 0) -> list[str]:
    (folder / "a.txt").write_text(letter("Elm County Council", "1 May 2010", sections), encoding="utf-8")
    workspace = Workspace(folder)
    review = workspace.review("a")
    lines = why_lines(workspace.read("a"), review, review.findings[number], ())
    return ["".join(run.text for run in line).rstrip() for line in lines]


def test_it_names_the_rule_and_shows_lines_marks_tabs_and_pages(tmp_path: Path) -> None:
    lines = shown(tmp_path, {**CUT})
    text = " ".join(" ".join(lines).split())
    assert 'rule what stands after the list mark "-", under the heading "Strengths"' in text
    assert "it goes on after a page" in text
    raw = lines[lines.index("Raw characters, and what the parser took each line for") + 1 :]
    assert any("mark, finding" in row and "- Plans are␉clear and␊" in row for row in raw)
    assert any("furniture" in row and "␌Page 2 of 4␊" in row for row in raw)
    assert any(row.endswith("they are shared.␊") for row in raw)
    assert any("U+000C" in row for row in raw)
    assert not any("Visits" in row for row in raw)


def test_a_reviewer_made_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(letter("Elm County Council", "1 May 2010", {"Strengths": ("One. Two.",)}))
    workspace = Workspace(tmp_path)
    review = workspace.review("a")
    split = apply(review, Split(review.findings[0].id, review.text.index("Two."))).review
    lines = why_lines(workspace.read("a"), split, split.findings[1], ())
    assert "a reviewer split it from another: no rule of the parser" in " ".join(r.text for row in lines for r in row)


def test_nothing_in_it_acts_on_a_terminal(tmp_path: Path) -> None:
    for row in shown(tmp_path, HOSTILE):
        assert row.isprintable()
