from __future__ import annotations

import json
import tomllib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import checks, schema, store
from curation.beginning import begin
from curation.changed_letter import words
from curation.contexts import Contexts
from curation.history import ENVELOPE, History
from curation.journal import NotWritten
from curation.operations import (
    Add,
    DeclinePlace,
    EditMetadata,
    Place,
    Recategorise,
    Refused,
    Remove,
    Restore,
    SetLetterNote,
    SetNote,
    SetSeen,
    SetThemes,
    SettleDoubt,
    Split,
    apply,
    describe,
    from_line,
)
from curation.rebasing import plan
from curation.review import Review
from curation.schema import to_dict
from curation.session import Session
from curation.touched import Touched
from curation.workspace import Workspace
from parsers.letter import Span
from parsers.parse import parse
from tests.made import damage
from tests.made.letters import make

LETTER = (
    "1 December 2010\n\nDear Ms Reed\n\nAnnual unannounced inspection\n\n"
    "Strengths\n\n"
    "- Supervision is regular, and staff say that it helps them in their work with families.\n"
    "- Children are seen alone, and what they say is written down in their own words.\n\n"
    "Areas for development\n\n"
    "- Chronologies are missing from older files, and new ones are not always begun.\n"
    "- The recording system is slow, and work has been\n\n\n\nlost when it failed without warning.\n"
    "- Managers sign assessments without a word about what they think of them.\n\n"
    "Yours sincerely\n\nA Person\nHer Majesty's Inspector\n"
)
SUPERVISION, CHILDREN, CHRONOLOGIES, RECORDING, MANAGERS = range(5)


class Desk:
    """A workspace with one letter, whose file can be exchanged."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / "eastmarch-2010.txt"
        self.file.write_text(LETTER, encoding="utf-8")
        self.ids = [f.id for f in self.open().review.findings]

    def open(self) -> Session:
        return Session.open(Workspace(self.root), "eastmarch-2010", "ab")

    def change(self, text: str) -> Session:
        self.file.write_text(text, encoding="utf-8")
        return self.open()

    def see_all(self) -> None:
        session = self.open()
        session.do_all([SetSeen(name, True) for name in self.ids])
        session.close()

    @property
    def toml(self) -> dict[str, object]:
        path = self.root / "reviews" / "eastmarch-2010" / "ab.toml"
        return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "letters").mkdir()
    return Desk(tmp_path / "letters")


def _texts(review: Review) -> list[str]:
    return [f.text for f in review.findings]


# ---- opening a letter that changed ----


def test_a_letter_that_changed_opens_with_what_became_of_its_review_and_nothing_is_written(desk: Desk) -> None:
    desk.see_all()
    files = sorted((desk.root / "reviews").rglob("*.*"))
    before = [path.read_bytes() for path in files]
    session = desk.change("A new first line.\n\n" + LETTER)
    assert session.changed.startswith("the letter's text has changed since it was reviewed: 5 of 5 findings have their")
    assert "recto rebase eastmarch-2010" in session.changed
    assert not session.read_only
    assert checks.problems(session.review) == ()
    with pytest.raises(Refused, match="text has changed"):
        session.do(SetLetterNote("x"))
    session.close()
    assert [path.read_bytes() for path in files] == before


def test_a_letter_without_a_review_is_never_asked_about(desk: Desk) -> None:
    session = desk.change(LETTER.replace("Supervision is regular", "Supervision is rare"))
    assert session.changed == ""
    with pytest.raises(Refused, match="nobody has decided anything here"):
        session.rebase()
    assert not (desk.root / "reviews").exists()


def test_rebase_refuses_where_the_review_stands_on_the_letter(desk: Desk) -> None:
    desk.see_all()
    with pytest.raises(Refused, match="stands on the letter as it is"):
        desk.open().rebase()


# ---- placing ----


def test_what_was_decided_comes_along_and_the_file_says_the_new_places(desk: Desk) -> None:
    desk.see_all()
    session = desk.open()
    session.do(SetThemes(desk.ids[RECORDING], ("electronic-recording",)))
    session.do(SetNote(desk.ids[MANAGERS], "ask Ruth"))
    session.close()
    new = LETTER.replace("been\n\n\n\nlost", "been lost").replace("helps them in", "helps\n\n\n\nthem in")
    session = desk.change("A new first line.\n\n" + new)
    done = session.rebase()
    assert done.said == "placed on the letter as it is now"
    assert session.changed == ""
    assert [f.id for f in session.review.findings] == desk.ids
    assert [len(f.spans) for f in session.review.findings] == [2, 1, 1, 1, 1]
    assert session.review.findings[RECORDING].themes == ("electronic-recording",)
    assert session.review.findings[MANAGERS].note == "ask Ruth"
    assert all(f.seen for f in session.review.findings)
    session.close()
    assert store.dumps(desk.open().review) == (session.place.toml).read_bytes()
    assert desk.open().warnings == ()
    session.do(SetLetterNote("and on"))


def test_a_finding_whose_words_changed_is_no_longer_seen_and_right(desk: Desk) -> None:
    desk.see_all()
    session = desk.change(LETTER.replace("Chronologies are missing", "Chronologies are misssing"))
    session.rebase()
    assert [f.seen for f in session.review.findings] == [True, True, False, True, True]
    assert session.review.findings[CHRONOLOGIES].text.startswith("Chronologies are misssing")


def test_what_has_no_place_is_kept_whole_with_what_stood_around_it(desk: Desk) -> None:
    desk.see_all()
    session = desk.open()
    session.do(SetNote(desk.ids[CHILDREN], "keep me"))
    kept = session.review.findings[CHILDREN]
    session.close()
    session = desk.change(
        LETTER.replace("- Children are seen alone, and what they say is written down in their own words.\n", "")
    )
    assert "4 of 5 findings have their place in it, 1 couldn't be placed" in session.changed
    session.rebase()
    (unplaced,) = session.review.unplaced
    assert unplaced.finding == kept
    assert unplaced.prefix.endswith("work with families. - ")
    assert unplaced.suffix.startswith(" Areas for development")
    session.close()
    table = desk.toml["unplaced"][kept.id]  # type: ignore[index]  # a table of tables
    assert table["note"] == "keep me"
    assert table["exact"] == kept.text
    assert table["spans"] == [list(span) for span in kept.spans]
    assert (table["proposed"], table["score"], table["removed"]) == ([], 0.0, "")
    assert desk.open().review == session.review


def test_half_rewritten_words_are_asked_about_and_placed_when_told(desk: Desk) -> None:
    desk.see_all()
    new = LETTER.replace("and new ones are not always begun", "and new ones are begun by some")
    session = desk.change(new)
    assert "4 of 5 findings have their place in it, 1 is asked about" in session.changed
    session.rebase()
    (asked,) = session.review.tray()
    assert asked.finding.id == desk.ids[CHRONOLOGIES]
    assert new[asked.proposed[0].start :].startswith("Chronologies are missing")
    assert 0.75 <= asked.score < 0.92
    session.do(Place(asked.finding.id))
    assert session.review.tray() == ()
    assert session.review.findings[CHRONOLOGIES].id == asked.finding.id
    assert not session.review.findings[CHRONOLOGIES].seen


def test_a_proposed_place_can_be_declined_and_another_given(desk: Desk) -> None:
    desk.see_all()
    new = LETTER.replace("and new ones are not always begun", "and new ones are begun by some")
    session = desk.change(new)
    session.rebase()
    name = desk.ids[CHRONOLOGIES]
    session.do(DeclinePlace(name))
    (waiting,) = session.review.tray()
    assert (waiting.proposed, waiting.score) == ((), 0.0)
    with pytest.raises(Refused, match="nothing in the letter is like"):
        session.do(Place(name))
    with pytest.raises(Refused, match="no place was proposed"):
        session.do(DeclinePlace(name))
    with pytest.raises(Refused, match="would overlap"):
        session.do(Place(name, (session.review.findings[0].spans[0],)))
    start = new.index("Chronologies")
    session.do(Place(name, (Span(start, new.index("\n", start)),)))
    placed = session.review.find(name)
    assert placed is not None
    assert placed.text.endswith("begun by some.")
    assert placed.origin == "edited"
    session.undo()
    assert [u.finding.id for u in session.review.tray()] == [name]


def test_what_could_not_be_placed_is_told_so_and_can_be_removed_and_brought_back(desk: Desk) -> None:
    desk.see_all()
    session = desk.change(LETTER.replace("Children are seen alone, and what they say", "Nothing"))
    session.rebase()
    name = desk.ids[CHILDREN]
    with pytest.raises(Refused, match="couldn't be placed in the letter as it is now; place it first"):
        session.do(SetNote(name, "x"))
    session.do(Remove(name, "not-a-finding"))
    assert session.review.tray() == ()
    assert session.review.unplaced[0].removed == "not-a-finding"
    with pytest.raises(Refused, match="was removed; bring it back first"):
        session.do(SetNote(name, "x"))
    session.do(Restore(name))
    assert [u.finding.id for u in session.review.tray()] == [name]
    session.close()
    assert desk.open().review == session.review


def test_the_next_change_of_the_letter_places_what_waited(desk: Desk) -> None:
    desk.see_all()
    sentence = "- Children are seen alone, and what they say is written down in their own words.\n"
    session = desk.change(LETTER.replace(sentence, ""))
    session.rebase()
    assert len(session.review.tray()) == 1
    session.close()
    session = desk.change("A new line.\n\n" + LETTER)
    session.rebase()
    assert session.review.tray() == ()
    assert [f.id for f in session.review.findings] == desk.ids


def test_removed_findings_go_along_and_do_not_come_back(desk: Desk) -> None:
    session = desk.open()
    session.do(Remove(desk.ids[CHILDREN], "duplicate"))
    session.close()
    session = desk.change("A new first line.\n\n" + LETTER)
    session.rebase()
    assert [f.id for f in session.review.findings] == [n for n in desk.ids if n != desk.ids[CHILDREN]]
    assert [(r.finding.id, r.reason) for r in session.review.removed] == [(desk.ids[CHILDREN], "duplicate")]
    session.do(Restore(desk.ids[CHILDREN]))
    assert [f.id for f in session.review.findings] == desk.ids


def test_on_another_letter_all_that_was_touched_waits(desk: Desk) -> None:
    desk.see_all()
    other = LETTER.replace("1 December 2010", "3 March 2011")
    for old, new in (("Supervision", "Nothing"), ("Children", "No one"), ("Chronologies", "Files"), ("recording", "")):
        other = other.replace(old, new).replace("and", "or")
    session = desk.change(other.replace("Managers sign", "Leaders write").replace("is", "was"))
    session.rebase()
    assert sorted(u.finding.id for u in session.review.tray()) == sorted(desk.ids)


# ---- what nobody touched follows the parse ----


def test_findings_that_nobody_touched_follow_the_new_text(desk: Desk) -> None:
    session = desk.open()
    session.do(SetSeen(desk.ids[SUPERVISION], True))
    session.close()
    new = LETTER.replace(
        "- Managers sign assessments without a word about what they think of them.\n",
        "- Nobody counts how often a family has to tell its story again.\n",
    )
    session = desk.change(new)
    found = session.plan().followed
    assert [f.text for f in found.added] == ["Nobody counts how often a family has to tell its story again."]
    assert [f.id for f in found.dropped] == [desk.ids[MANAGERS]]
    session.rebase()
    assert session.review.tray() == ()
    assert [f.id for f in session.review.findings[:4]] == desk.ids[:4]
    assert session.review.findings[4].id not in desk.ids
    session.do(SetSeen(session.review.findings[4].id, True))


def _plan_of(review: Review, text: str, touched: Touched) -> Review:
    return plan(review, Contexts([to_dict(review)]), touched, parse(text), {f.id for f in review.findings}).after


def test_what_stands_in_the_way_of_the_parse_stays_with_its_neighbours() -> None:
    review = begin(parse(LETTER), "letter")
    joined = apply(review, Split(review.findings[MANAGERS].id, LETTER.index("about what they think"), "meaning")).review
    # The parser reads one finding where a person made two: hers stay, and nothing is read over them.
    after = _plan_of(joined, LETTER, Touched())
    assert _texts(after) == _texts(joined)


def test_a_category_that_a_person_chose_stays_and_another_follows_the_parse() -> None:
    review = begin(parse(LETTER), "letter")
    first, second = review.findings[0].id, review.findings[1].id
    wrong = apply(apply(review, Recategorise(first, "priority_action")).review, Recategorise(second, "satisfactory"))
    after = _plan_of(wrong.review, LETTER, Touched(frozenset({first})))
    assert [f.category for f in after.findings[:2]] == ["priority_action", "strength"]


def test_where_nobody_knows_what_was_touched_all_is_pinned(desk: Desk) -> None:
    desk.see_all()
    session = desk.open()
    session.place.journal.unlink()
    session = desk.change(
        LETTER.replace("- Managers sign assessments without a word about what they think of them.\n", "")
    )
    session.rebase()
    assert [u.finding.id for u in session.review.tray()] == [desk.ids[MANAGERS]]
    assert session.review.tray()[0].prefix.endswith("without warning. - ")
    session.close()
    # The base of the new journal knows what stood around, though the old text was gone when it was begun.
    first = json.loads(session.place.journal.read_bytes().splitlines()[0])
    assert first["state"]["findings"][desk.ids[MANAGERS]]["prefix"].endswith("without warning. - ")
    assert desk.open().warnings == ()


def test_what_was_edited_by_hand_in_the_file_is_pinned_and_the_rest_is_not(desk: Desk) -> None:
    session = desk.open()
    session.do(SetSeen(desk.ids[SUPERVISION], True))
    session.close()
    path = session.place.toml
    path.write_text(path.read_text("utf-8").replace('"area_for_development"', '"priority_action"', 1), encoding="utf-8")
    session = desk.open()
    session.do(SetLetterNote("taken in"))
    assert session.review.findings[CHRONOLOGIES].category == "priority_action"
    session.close()
    session = desk.change("A new first line.\n\n" + LETTER.replace("Managers sign", "Managers now sign"))
    session.rebase()
    assert session.review.findings[CHRONOLOGIES].category == "priority_action"
    assert session.review.tray() == ()


def test_metadata_that_was_edited_stays_and_the_rest_is_read_anew(desk: Desk) -> None:
    session = desk.open()
    session.do(EditMetadata("subject", "My own subject"))
    session.close()
    session = desk.change(LETTER.replace("1 December 2010", "2 December 2010").replace("Annual un", "Annual, un"))
    assert "date" in session.plan().metadata
    session.rebase()
    assert str(session.review.metadata["date"].values["value"]) == "2010-12-02"
    assert session.review.metadata["subject"].values["value"] == "My own subject"


def test_a_settled_doubt_stays_settled_where_its_finding_is_the_same(desk: Desk) -> None:
    session = desk.open()
    (doubt,) = [d.key for d in session.letter.doubts if d.code == "page-join"]
    session.do(SettleDoubt(doubt, "right"))
    session.close()
    session = desk.change("A new first line.\n\n" + LETTER)
    session.rebase()
    (moved,) = [d.key for d in session.letter.doubts if d.code == "page-join"]
    assert dict(session.review.doubts) == {moved: "right"}
    session.close()
    session = desk.change(LETTER.replace("lost when it", "lust when it"))
    session.rebase()
    assert dict(session.review.doubts) == {}


# ---- history ----


def test_a_rebase_is_undone_and_done_again_like_anything_else(desk: Desk) -> None:
    desk.see_all()
    new = "A new first line.\n\n" + LETTER
    session = desk.change(new)
    session.rebase()
    after = session.review
    session.do(SetLetterNote("and on"))
    session.undo()
    session.undo()
    assert session.changed.startswith("the letter's text has changed")
    with pytest.raises(Refused, match="text has changed"):
        session.do(SetLetterNote("x"))
    session.close()
    session = desk.open()
    assert session.changed
    session.redo()
    assert session.changed == ""
    assert session.review.findings == after.findings
    session.close()
    assert desk.open().warnings == ()
    session.undo()
    session.close()
    # With the old text in its place the review is what it was.
    session = desk.change(LETTER)
    assert session.changed == ""
    assert [f.id for f in session.review.findings] == desk.ids
    session.do(SetLetterNote("goes on"))


def test_replay_of_a_rebase_needs_neither_the_text_nor_the_parser(desk: Desk) -> None:
    desk.see_all()
    session = desk.change(LETTER.replace("Children are seen", "Children were seen"))
    session.rebase()
    session.close()
    lines = [json.loads(line) for line in session.place.journal.read_bytes().splitlines()]
    history = History(schema.from_json(lines[0]["state"], ""))
    for line in lines[1:]:
        history.take({key: value for key, value in line.items() if key != "sum"})
    assert history.review.findings == session.review.findings
    assert history.review.source == session.review.source
    assert lines[-1]["placements"][desk.ids[CHILDREN]] == "moved"
    operation, _ = from_line({k: v for k, v in lines[-1].items() if k not in ENVELOPE | {"sum"}})
    assert describe(operation) == "place it on the changed letter: 1 moved, 4 same"


def test_a_rebase_that_the_file_does_not_know_yet_is_no_change_by_hand(desk: Desk) -> None:
    desk.see_all()
    # Killed before the TOML was written: that is still of the old text, which nobody has any more.
    desk.change("A new first line.\n\n" + LETTER).rebase()
    again = desk.open()
    assert (again.warnings, again.changed, again.read_only) == ((), "", "")
    again.close()
    assert not list((desk.root / "reviews").rglob("*.orig*"))
    assert desk.toml["operations"] == 6


def test_the_last_change_of_one_finding_is_not_undone_through_a_rebase(desk: Desk) -> None:
    desk.see_all()
    session = desk.change("A new first line.\n\n" + LETTER)
    session.rebase()
    session.do(SetNote(desk.ids[0], "x"))
    session.undo_finding(desk.ids[0])
    with pytest.raises(Refused, match="placed on the letter as it is now\\) came after it"):
        session.undo_finding(desk.ids[0])


def test_an_id_that_a_rebase_gave_is_never_given_again(desk: Desk) -> None:
    session = desk.open()
    session.do(SetSeen(desk.ids[SUPERVISION], True))
    session.close()
    sentence = "Nobody counts how often a family has to tell its story again."
    session = desk.change(
        LETTER.replace("Managers sign assessments without a word about what they think of them.", sentence)
    )
    session.rebase()
    given = session.review.findings[-1]
    session.do(Remove(given.id, "duplicate"))
    done = session.do(Add("strength", given.spans))
    assert done.created[0] != given.id


def test_one_that_is_open_elsewhere_stops_when_the_review_is_put_on_another_text(desk: Desk) -> None:
    desk.see_all()
    old = desk.open()
    session = desk.change("A new first line.\n\n" + LETTER)
    session.rebase()
    with pytest.raises(NotWritten, match="open it again"):
        old.do(SetLetterNote("x"))
    assert old.read_only
    session.do(SetLetterNote("and on"))


def test_words_about_a_change_count_what_a_person_waits_for(desk: Desk) -> None:
    desk.see_all()
    session = desk.open()
    session.do(Remove(desk.ids[0], "duplicate"))
    session.close()
    session = desk.change(
        LETTER.replace("- Supervision is regular, and staff say that it helps them in their work with families.\n", "")
    )
    assert words(session.plan(), "x").startswith(
        "the letter's text has changed since it was reviewed: 4 of 4 findings have their place in it."
    )


# ---- promises ----


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from(sorted(damage.KINDS)))
def test_however_a_letter_changes_every_touched_finding_is_placed_or_kept_whole(seed: int, kind: str) -> None:
    rng = Random(seed)
    review = begin(parse(make(rng).text), "letter")
    if not review.findings:
        return
    names = rng.sample([f.id for f in review.findings], k=min(6, len(review.findings)))
    for name in names[1:]:
        review = apply(review, SetNote(name, f"note on {name}")).review
    review = apply(review, Remove(names[0], "duplicate")).review
    damaged = damage.KINDS[kind](damage.undamaged(review.text), review, rng)
    after = _plan_of(review, damaged.text, Touched(frozenset(names)))
    assert checks.problems(after) == ()
    held = {f.id: f for f in after.findings} | {u.finding.id: u.finding for u in after.unplaced}
    for name in names[1:]:
        assert held[name].note == f"note on {name}"
    assert names[0] not in {f.id for f in after.findings}
    assert after.source.text_sha256 == parse(damaged.text).source.text_sha256
    # A second time there is nothing left to do.
    again = plan(after, Contexts([]), Touched(frozenset(names)), parse(damaged.text), set())
    assert not again.is_needed or again.after.findings == after.findings
