"""Wording as data: phrases with slots, and errors that name the file and the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.phrases import BadPhraseError, Passage, Phrase
from parsers.profile import Profile, ProfileError, load, shipped, shipped_source

GOOD = """
schema = "recto.profile/1"
id = "plain"
title = "Plain"
recognise = ["plain letter"]
introductions = []
closings = []
nothing = []
earlier = []
[categories.good]
label = "Good"
tag = "GO"
colour = "green"
style = "bold"
order = 1
headings = ["What is good"]
introductions = []
names = ["good"]
"""


@pytest.mark.parametrize(
    ("wording", "text", "fits"),
    [
        ("areas for priority action", "Area(s)  for PRIORITY\naction:", True),
        ("areas for priority action", "areas for priority actions taken", False),
        ("the following {number} areas", "The following three areas", True),
        ("the following {number} areas", "the following green areas", False),
        ("{...} in particular", "It was good, in particular:", True),
        ("{...} in particular", "in particular it was good", False),
        ("children's {...} services", "childrens\u2019 many services", True),
        ("from {...} to {...} again", "From here to there and back again.", True),
        ("strengths", "strengthsome", False),
    ],
)
def test_phrases(wording: str, text: str, fits: bool) -> None:
    assert Phrase.read(wording).match(Passage.of(text)) is fits


@pytest.mark.parametrize("wording", ["", "{...}", "{word} of", "..."])
def test_bad_phrases_are_refused(wording: str) -> None:
    with pytest.raises(BadPhraseError):
        Phrase.read(wording)


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=6))
def test_words_match_themselves_in_any_spelling_and_not_with_a_word_more(words: list[str]) -> None:
    phrase = Phrase.read(" ".join(words))
    assert phrase.match(Passage.of("  " + "\n".join(words).upper() + ":"))
    assert phrase.occurs(Passage.of(f"before {' '.join(words)} after"))
    assert not phrase.match(Passage.of(f"{' '.join(words)} 2010"))


@given(st.text(max_size=80))
def test_no_wording_breaks_a_phrase(wording: str) -> None:
    try:
        phrase = Phrase.read(wording)
    except BadPhraseError:
        return
    phrase.match(Passage.of(wording))


def test_the_shipped_profiles_load_and_their_tags_differ() -> None:
    for profile in shipped():
        tags = [c.tag for c in profile.categories]
        assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('tag = "GO"', 'tag = "good"', "categories.good.tag"),
        ("order = 1", 'order = "1"', "categories.good.order: should be a whole number"),
        ('label = "Good"\n', "", "categories.good.label: missing"),
        ("closings = []", "closing = []", "closings: missing"),
        ("nothing = []", 'nothing = []\nextra = "x"', "extra: no such key"),
        ('recognise = ["plain letter"]', 'recognise = ["{any} letter"]', "unknown slot"),
        ('schema = "recto.profile/1"', 'schema = "recto.profile/9"', "schema"),
        ('colour = "green"', 'colour = "teal"', "categories.good.colour"),
        ('id = "plain"', "id = ", "not TOML"),
    ],
)
def test_a_bad_profile_names_its_file_and_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load(path).id == "plain"
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ProfileError) as error:
        load(wrong)
    assert "wrong.toml" in str(error.value)
    assert says in str(error.value)


def test_an_unknown_profile_says_which_there_are() -> None:
    with pytest.raises(ProfileError, match="unannounced-cra"):
        load("no-such-family")


@pytest.mark.parametrize("profile", shipped(), ids=lambda profile: profile.id)
def test_the_source_of_a_shipped_profile_is_one_to_begin_with(tmp_path: Path, profile: Profile) -> None:
    copy = tmp_path / f"{profile.id}.toml"
    copy.write_text(shipped_source(profile.id), encoding="utf-8")
    assert [(c.id, c.headings) for c in load(copy).categories] == [(c.id, c.headings) for c in profile.categories]


@pytest.mark.parametrize("name", ["nope", "defaults", "../profile", ""])
def test_the_source_of_an_unknown_profile_says_which_there_are(name: str) -> None:
    with pytest.raises(ProfileError, match="unannounced-cra"):
        shipped_source(name)
