"""The screen and the command of questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.operations import AnswerQuestion, SetQuestion
from curation.questions import Question, Reply, Standing
from curation.session import Session
from curation.workspace import Workspace
from tests.tui.conftest import Open, rest
from tests.tui.letters import line, pane, review_screen, rows
from tui.__main__ import main
from tui.paint_questions import paint_question
from tui.palette import category_styles


def ask(folder: Path, letter: str, reviewer: str, number: int, words: str) -> str:
    session = Session.open(Workspace(folder), letter, reviewer)
    finding = session.review.findings[number].id
    session.do(SetQuestion(finding, words))
    session.close()
    return finding


async def test_questions_of_all_reviewers_are_answered_in_ones_own_review(letters: Path, open_app: Open) -> None:
    ask(letters, "elmbury-2010", "cd", 0, "Is [sic] one or two?")
    ask(letters, "waveney-2010", "ef", 0, "Whose finding?")
    async with open_app(letters) as pilot:
        assert "2 questions" not in line(pilot, "status"), "own questions only are counted in the library"
        await pilot.press("Q")
        await rest(pilot)
        assert "2 open of 2 questions" in line(pilot, "status")
        text = "\n".join(rows(pilot))
        assert "! open        cd         Is [sic] one or two?" in text
        assert "Supervision is regular, and staff say" in text
        await pilot.press("a", *"Two: [x]", "enter")
        await rest(pilot)
        assert "Answered, in ab's own review" in line(pilot, "keys")
        assert "1 open of 2 questions" in line(pilot, "status")
        assert "ef" in pane(pilot, "queue").sheet.rows[pane(pilot, "queue").cursor].text, "on to the next open one"
        await pilot.press("end")
        await rest(pilot)
        assert "ab answers  Two: [x]" in "\n".join(rows(pilot))
        assert not (letters / "reviews/elmbury-2010/cd.toml").read_text(encoding="utf-8").count("Two: [x]")
        assert "Two: [x]" in (letters / "reviews/elmbury-2010/ab.toml").read_text(encoding="utf-8")
        await pilot.press("u")
        await rest(pilot)
        assert "2 open of 2 questions" in line(pilot, "status")
        await pilot.press("f", *"answered", "enter")
        await rest(pilot)
        await pilot.press("enter")
        assert "There is no question here" in line(pilot, "keys")
        await pilot.press("f", "enter", "home", "enter")
        await rest(pilot)
        assert review_screen(pilot).side.key == "elmbury-2010"


async def test_a_question_asked_in_the_letter_is_there_on_the_way_back(letters: Path, open_app: Open) -> None:
    ask(letters, "elmbury-2010", "ab", 0, "Is it?")
    async with open_app(letters) as pilot:
        assert "1 question" in line(pilot, "status")
        await pilot.press("Q")
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        await pilot.press("n", "f", *"And this?", "enter", "q")
        await rest(pilot)
        assert "2 open of 2" in line(pilot, "status")
        await pilot.press("q")
        await rest(pilot)
        assert "2 questions" in line(pilot, "status")


async def test_an_answer_goes_into_the_codebook_where_it_says_when_to_use_a_theme(
    letters: Path, open_app: Open
) -> None:
    finding = ask(letters, "elmbury-2010", "cd", 0, "Supervision or management?")
    async with open_app(letters) as pilot:
        await pilot.press("Q")
        await rest(pilot)
        await pilot.press("t")
        assert "Nobody has answered it yet" in line(pilot, "keys")
        session = Session.open(Workspace(letters), "elmbury-2010", "ef")
        session.do(AnswerQuestion("cd", finding, "Supervision or management?", "Supervision, if staff say so."))
        session.close()
        await pilot.press("q", "Q")
        await rest(pilot)
        await pilot.press("t", *"supervision", "enter")
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        assert "edit use_when of supervision" in line(pilot, "keys")
    codebook = Workspace(letters).codebook()
    assert codebook.themes["supervision"].use_when.endswith(" Supervision, if staff say so.")


async def test_without_questions_that_is_said(letters: Path, open_app: Open) -> None:
    async with open_app(letters) as pilot:
        await pilot.press("Q")
        await rest(pilot)
        assert "0 open of 0 questions" in line(pilot, "status")
        assert "Nobody has asked anything yet: f in a letter asks" in "\n".join(rows(pilot))
        await pilot.press("a")
        assert "There is no question here" in line(pilot, "keys")
        assert not (letters / "reviews").exists()


@pytest.mark.parametrize("width", [20, 40, 100])
def test_a_question_is_shown_whole_at_any_width(width: int) -> None:
    question = Question(
        "k", "ab", "f-1", "Is it\none?", (Reply("a" * 30, "word " * 20, False),), Standing.OPEN, "text " * 9, "strength"
    )
    sheet = paint_question(question, category_styles("unannounced-cra"), width)
    shown = " ".join(row.text for row in sheet.rows).split()
    assert shown.count("word") == 20
    assert shown.count("text") == 9
    assert all(len(row.text) <= width + 5 for row in sheet.rows)


def test_the_command_lists_what_was_asked_and_answered(letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finding = ask(letters, "elmbury-2010", "cd", 0, "Is it?")
    assert main(["questions", str(letters), "--format", "jsonl"]) == 3
    (told,) = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert (told["asker"], told["question"], told["standing"], told["answers"]) == ("cd", "Is it?", "open", [])
    session = Session.open(Workspace(letters), "elmbury-2010", "ab")
    session.do(AnswerQuestion("cd", finding, "Is it?", "Yes."))
    session.close()
    assert main(["questions", str(letters)]) == 0
    assert "    ab answers: Yes." in capsys.readouterr().out.splitlines()
    assert main(["questions", str(letters), "--open"]) == 0
    assert capsys.readouterr().out == ""
