from __future__ import annotations

import stat
from pathlib import Path

import pytest

from curation import settings
from curation.operations import Refused
from curation.preferences import config_path
from curation.reviewer import login, proposed
from curation.settings import Place


def test_a_reviewer_is_remembered() -> None:
    assert settings.reviewer() == ""
    assert settings.save_reviewer("ab") == ""
    assert settings.reviewer() == "ab"
    assert config_path().read_text() == 'reviewer = "ab"\n'


def test_a_reviewer_who_cannot_be_one_is_refused() -> None:
    with pytest.raises(Refused):
        settings.save_reviewer("../ab")
    assert not config_path().exists()


def test_what_a_person_wrote_into_the_settings_is_kept() -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text('colour = "plain"\n')
    settings.save_reviewer("ab")
    assert 'colour = "plain"' in config_path().read_text()


@pytest.mark.parametrize("text", ["reviewer = ", "reviewer = 3", 'reviewer = "A B"', "reviewer = ['ab']", "a." * 9000])
def test_settings_that_cannot_be_used_are_named(text: str) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text(text)
    with pytest.raises(Refused, match=r"settings\.toml: .*; mend it or take it away"):
        settings.reviewer()


def test_places_are_remembered_for_each_workspace_by_their_owner_alone(tmp_path: Path) -> None:
    assert settings.last_place(tmp_path) is None
    here, there = Place("a", "b", 1, "f-1"), Place("c")
    assert settings.save_place(tmp_path, here) == ""
    assert settings.save_place(tmp_path / "other", there) == ""
    assert settings.last_place(tmp_path) == here
    assert settings.last_place(tmp_path / "other") == there
    path = settings.state_path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    settings.save_place(tmp_path, there)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_so_many_places_are_kept_and_the_last_ones(tmp_path: Path) -> None:
    for number in range(205):
        settings.save_place(tmp_path / str(number), Place(str(number)))
    assert settings.last_place(tmp_path / "4") is None
    assert settings.last_place(tmp_path / "5") == Place("5")
    assert settings.last_place(tmp_path / "204") == Place("204")


@pytest.mark.parametrize("text", ["[places", "places = 3", "[places]\n'X' = 3", "[places.'X']\nletter = 3", "\xff"])
def test_places_that_cannot_be_read_are_forgotten(tmp_path: Path, text: str) -> None:
    settings.state_path().parent.mkdir(parents=True)
    settings.state_path().write_text(text.replace("X", str(tmp_path)), encoding="latin-1")
    assert settings.last_place(tmp_path) is None
    assert settings.save_place(tmp_path, Place("a")) == ""
    assert settings.last_place(tmp_path) == Place("a")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    assert "could not be kept" in settings.save_place(tmp_path, Place("a"))
    assert "could not be kept" in settings.save_reviewer("ab")
    assert settings.last_place(tmp_path) is None


def test_a_reviewers_name_is_proposed_from_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    assert login()
    for account, name in (("a.Brown", "abrown"), ("DOMAIN\\ab", "domainab"), ("-é-", ""), ("x" * 40, "x" * 32)):
        monkeypatch.setattr("curation.reviewer.login", lambda account=account: account)
        assert proposed() == name
