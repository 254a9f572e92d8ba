"""The declaration of commands: no key twice in a place, none that terminals can't tell apart, nothing undeclared."""

from __future__ import annotations

from typing import Any

import pytest
from textual.keys import _character_to_key
from textual.screen import Screen

from tui import actions
from tui.actions import ACTIONS, Action, ClashError, Place
from tui.dialogs.ask import AskScreen
from tui.dialogs.filter import FilterScreen
from tui.dialogs.pick import PickScreen
from tui.help import help_lines
from tui.screens.adopting import AdoptingScreen
from tui.screens.alike import AlikeScreen
from tui.screens.followup import FollowupScreen
from tui.screens.found import FoundScreen
from tui.screens.groups import GroupsScreen
from tui.screens.library import LibraryScreen
from tui.screens.questions import QuestionsScreen
from tui.screens.reading import TextScreen
from tui.screens.review import ReviewScreen
from tui.screens.theme_findings import CellScreen, WorklistScreen
from tui.screens.themes import ThemesScreen
from tui.screens.to_check import ToCheckScreen

SCREENS: dict[Place, type[Screen[Any]]] = {
    Place.LIBRARY: LibraryScreen,
    Place.FOUND: FoundScreen,
    Place.TO_CHECK: ToCheckScreen,
    Place.QUESTIONS: QuestionsScreen,
    Place.THEMES: ThemesScreen,
    Place.HEAT: ThemesScreen,
    Place.CELL: CellScreen,
    Place.WORKLIST: WorklistScreen,
    Place.FOLLOWUP: FollowupScreen,
    Place.FILTER: FilterScreen,
    Place.REVIEW: ReviewScreen,
    Place.ADOPT: AdoptingScreen,
    Place.ALIKE: AlikeScreen,
    Place.GROUPS: GroupsScreen,
    Place.CARET: ReviewScreen,
    Place.SPLIT: ReviewScreen,
    Place.BOUNDARY: ReviewScreen,
    Place.SELECT: ReviewScreen,
    Place.CATEGORY: ReviewScreen,
    Place.LIST: PickScreen,
    Place.ASK: AskScreen,
    Place.TEXT: TextScreen,
}
FORBIDDEN = (
    "ctrl+h",
    "ctrl+i",
    "ctrl+j",
    "ctrl+m",
    "ctrl+left_square_bracket",
    "ctrl+a",
    "ctrl+b",
    "alt+s",
    "shift+f5",
)


def one(id_: str, *keys: str, places: tuple[Place, ...] = (Place.REVIEW,)) -> Action:
    return Action(id_, keys, id_, "Does it.", "Group", places)


@pytest.mark.parametrize("key", FORBIDDEN)
def test_a_key_that_cannot_be_bound_is_refused_and_none_is_bound(key: str) -> None:
    with pytest.raises(ClashError, match=r"mine: .* can't be bound"):
        actions.check([one("mine", key)])
    assert all(key not in action.keys for action in ACTIONS)


def test_a_clash_in_a_place_is_refused_with_both_names() -> None:
    with pytest.raises(ClashError, match="x is bound twice in review: first and second"):
        actions.check([one("first", "x"), one("second", "x", places=(Place.LIBRARY, Place.REVIEW))])


def test_the_same_key_in_two_places_is_no_clash() -> None:
    actions.check([one("first", "x"), one("second", "x", places=(Place.LIBRARY,))])


@pytest.mark.parametrize("place", list(Place))
def test_every_action_of_a_place_is_bound_and_done_by_its_screen(place: Place) -> None:
    screen = SCREENS[place]
    merged = screen._merged_bindings
    assert merged is not None
    bound = {(_normal(key), binding.action.partition("(")[0]) for key, binding in merged}
    for action in actions.of_place(place):
        assert callable(getattr(screen, f"action_{action.method}", None)), action.id
        assert {(_normal(key), action.method) for key in action.keys} <= bound, action.id


def _normal(key: str) -> str:
    return _character_to_key(key) if len(key) == 1 else key


@pytest.mark.parametrize("screen", list(dict.fromkeys(SCREENS.values())))
def test_a_screen_binds_nothing_but_the_declared_keys(screen: type[Screen[Any]]) -> None:
    declared = {action.method for place, s in SCREENS.items() if s is screen for action in actions.of_place(place)}
    bound = screen._merged_bindings
    assert bound is not None
    assert {binding.action.partition("(")[0] for _, binding in bound} == declared


def test_an_action_works_only_in_its_places() -> None:
    assert actions.works("do_split", Place.SPLIT)
    assert not actions.works("do_split", Place.REVIEW)
    assert actions.works("something_of_textual", Place.REVIEW)


def test_the_table_help_and_line_of_keys_name_every_action() -> None:
    table = actions.key_table()
    for action in ACTIONS:
        assert f"| {action.help} |" in table
    assert "`F1` `?`" in table
    assert "`1-9`" in table
    for place in Place:
        text = "\n".join("".join(run.text for run in line) for line in help_lines(place))
        assert all(action.help in text for action in actions.of_place(place))
    assert ("q", "back") in actions.footer(Place.REVIEW)
    assert ("esc", "leave") in actions.footer(Place.SPLIT)


def test_help_ends_with_words_not_with_an_empty_row() -> None:
    assert all(help_lines(place)[-1] for place in Place)
