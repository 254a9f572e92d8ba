"""The filter of the library: what it lets through, what it says of errors, what it offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.query_completing import complete
from curation.query_fields import FIELDS, STATES, Vocabulary
from curation.querying import Query, QueryError, parse
from curation.summary import Summary

WORDS = Vocabulary(
    categories={"st": "strength", "strengths": "strength", "pa": "priority_action", "areas for development": "area"},
    themes=("supervision", "old-supervision", "case-recording"),
    labels={"supervision": "Supervision of staff"},
    reviewers=("ab", "cd"),
    councils=("Elmbury", "North Dale"),
    codes=("page-join", "hyphen"),
    families=("unannounced-cra",),
    resolve=lambda theme: theme.removeprefix("old-"),
)
LETTER = Summary(
    key="2010/north-dale",
    name="North Dale",
    council="North Dale County Council",
    date=dt.date(2010, 12, 1),
    profile="unannounced-cra",
    counts={"strength": 3, "area": 2},
    seen=1,
    checks=("page-join", "page-join"),
    themes=("old-supervision",),
    state="open",
    reviewer="ab",
    reviewers=("ab",),
    read=True,
)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("state:open", True),
        ("state:new,open", True),
        ("-state:open", False),
        ("STATE:Open", True),
        ("check:>0", True),
        ("check:2", True),
        ("check:>=3", False),
        ("check:page-join", True),
        ("check:hyphen", False),
        ("seen:<2 unseen:4", True),
        ("findings:3..7", True),
        ("findings:6..7", False),
        ("year:2010", True),
        ("year:2009-2011", True),
        ("-year:2010", False),
        ("year:<2010", False),
        ("theme:supervision", True),
        ("theme:old-supervision", True),
        ("theme:case-recording", False),
        ("category:ST", True),
        ("category:pa", False),
        ('category:"Areas for development"', True),
        ("reviewer:ab", True),
        ("reviewer:cd,ab", True),
        ("reviewer:none", False),
        ('council:"north dale"', True),
        ("council:“north dale”", True),
        ('council:"dale north"', False),
        ("letter:2010/", True),
        ("family:none", False),
        ("north county", True),
        ("north -county", False),
        ('"dale county"', True),
        ("state:open check:>0 theme:supervision year:2010 reviewer:ab council:north category:st", True),
        ("state:open check:>0 theme:supervision year:2011", False),
    ],
)
def test_what_fits(text: str, fits: bool) -> None:
    assert parse(text, WORDS).matches(LETTER) is fits


def test_a_letter_that_was_not_read_fits_no_field_nor_its_opposite_but_its_name() -> None:
    unread = Summary("2010/north-dale", "2010/north-dale")
    assert not parse("state:new", WORDS).matches(unread)
    assert not parse("-state:new", WORDS).matches(unread)
    assert parse("north", WORDS).matches(unread)


def test_states_of_letters_that_nobody_began_or_could_read() -> None:
    assert parse("state:new", WORDS).matches(replace(LETTER, state=""))
    assert parse("state:unreadable", WORDS).matches(replace(LETTER, state="", trouble="no"))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("state:open stat:new", "stat", "is it state?"),
        ("theme:supervison", "supervison", "is it supervision?"),
        ("state:opne", "opne", "is it open?"),
        ("category:xy", "xy", "no category xy"),
        ("check:many", "many", "no code of a doubt"),
        ("check:>", ">", "takes a number"),
        ("year:2011..2009", "2011..2009", "smaller number stands first"),
        ("state:", "state:", "needs one of a few words"),
        ("state:open, year:2010", "state:open,", "needs one of a few words"),
        ('council:"North', '"North', "not closed"),
        ("- state:open", "-", "a minus stands before"),
    ],
)
def test_errors_point_at_the_place_and_say_the_way_out(text: str, place: str, words: str) -> None:
    with pytest.raises(QueryError, match=words.replace("?", r"\?")) as caught:
        parse(text, WORDS)
    assert text[caught.value.start : caught.value.end] == place


@pytest.mark.parametrize(
    ("text", "offered", "taken"),
    [
        ("sta", "state:", "state:"),
        ("-che", "check:", "-check:"),
        ("state:ha", "handed-in", "state:handed-in "),
        ("state:open,ag", "agreed", "state:open,agreed "),
        ("theme:sup", "supervision", "theme:supervision "),
        ("theme:recording", "case-recording", "theme:case-recording "),
        ("council:nor", '"North Dale"', 'council:"North Dale" '),
        ("year:2010 rev", "reviewer:", "year:2010 reviewer:"),
        ("check:pa", "page-join", "check:page-join "),
    ],
)
def test_completion(text: str, offered: str, taken: str) -> None:
    offers = complete(text, len(text), WORDS)
    assert offers.offers[0].word == offered
    assert offers.taken(text, 0) == (taken, len(taken))


def test_a_word_is_completed_where_the_caret_is() -> None:
    offers = complete("sta year:2010", 3, WORDS)
    assert offers.taken("sta year:2010", 0) == ("state: year:2010", 6)
    assert [offer.word for offer in complete("", 0, WORDS).offers] == [f"{name}:" for name in FIELDS]


def read(text: str) -> Query | QueryError:
    try:
        return parse(text, WORDS)
    except QueryError as error:
        return error


TERMS = st.lists(
    st.one_of(
        st.sampled_from(STATES).map("state:{}".format),
        st.integers(0, 9).map("check:>{}".format),
        st.integers(2008, 2012).map("year:{}".format),
        st.sampled_from(WORDS.themes).map("theme:{}".format),
        st.sampled_from(["north", "zzz", '"dale county"']),
    ),
    max_size=4,
)


@given(st.lists(TERMS, min_size=1, max_size=2), st.booleans())
def test_terms_stand_for_and_a_minus_for_not_in_any_order(groups: list[list[str]], negate: bool) -> None:
    terms = [("-" if negate else "") + term for group in groups for term in group]
    each = [parse(term, WORDS).matches(LETTER) for term in terms]
    assert parse(" ".join(terms), WORDS).matches(LETTER) is all(each)
    assert parse(" ".join(reversed(terms)), WORDS).matches(LETTER) is all(each)
    assert [parse(term.removeprefix("-"), WORDS).matches(LETTER) for term in terms] == [fit != negate for fit in each]


@given(st.text(alphabet=st.sampled_from('state:open,"“”>-.. \u00a09check\x1b[') | st.characters(), max_size=40))
def test_whatever_is_typed_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    found = read(text)
    if isinstance(found, QueryError):
        assert 0 <= found.start <= found.end <= len(text)
        assert str(found)
    else:
        found.matches(LETTER)


@given(st.text(alphabet=st.sampled_from('state:open,"“> -'), max_size=20), st.integers(0, 20))
def test_completing_never_fails_and_changes_only_the_word_at_the_caret(text: str, caret: int) -> None:
    caret = min(caret, len(text))
    offers = complete(text, caret, WORDS)
    for number in range(len(offers.offers)):
        new, place = offers.taken(text, number)
        assert new.startswith(text[: offers.start])
        assert new.endswith(text[offers.end :])
        assert offers.end == caret
        assert place <= len(new)
