from __future__ import annotations

from pathlib import Path

import pytest

from curation.codebook import OTHER, Codebook, CodebookError, load, shipped

HEAD = 'schema = "recto.codebook/1"\nrevision = 7\n'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "codebook.toml"


def _load(path: Path, body: str, head: str = HEAD) -> Codebook:
    path.write_text(head + body, encoding="utf-8")
    return load(path)


def _problems(path: Path, body: str, head: str = HEAD) -> tuple[str, ...]:
    with pytest.raises(CodebookError) as raised:
        _load(path, body, head)
    assert str(raised.value) == "\n".join(raised.value.problems)
    return raised.value.problems


def _theme(theme_id: str, **keys: str) -> str:
    lines = [f"[themes.{theme_id}]", f'label = "{theme_id.title()}"', *(f"{k} = {v}" for k, v in keys.items())]
    return "\n".join(lines) + "\n"


def test_the_shipped_codebook_is_whole() -> None:
    codebook = shipped()
    assert len(codebook.themes) == 25
    assert codebook.revision == 1
    assert OTHER in codebook.themes
    assert all(t.definition and t.use_when and t.group for t in codebook.living)
    assert all(t.phrases for t in codebook.living if t.id != OTHER)


def test_only_the_label_has_to_be_there(book: Path) -> None:
    theme = _load(book, _theme("records")).themes["records"]
    assert (theme.label, theme.group, theme.phrases, theme.archived) == ("Records", "", (), False)


def test_keys_that_this_version_does_not_know_are_kept(book: Path) -> None:
    codebook = _load(book, 'owner = "ab"\n' + _theme("records", weight="3"))
    assert dict(codebook.extra) == {"owner": "ab"}
    assert dict(codebook.themes["records"].extra) == {"weight": 3}


def test_every_wrong_key_is_named_with_file_and_place(book: Path) -> None:
    body = _theme("a", phrases='["x", 1]', archived='"no"') + "[themes.b]\n" + _theme("Bad_ID") + "[themes.c]\nlabel=1"
    assert _problems(book, body) == (
        f'{book}: themes.a.phrases: should be a list of texts, such as ["...", "..."]',
        f"{book}: themes.a.archived: should be true or false",
        f'{book}: themes.b.label: missing; write label = "..." with the name that people see',
        f"{book}: themes.Bad_ID: an id has up to 64 lower-case letters, digits, - and _, and begins with no sign",
        f'{book}: themes.c.label: should be a text in quotes, such as "..."',
    )


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", 'schema: write schema = "recto.codebook/1" at the top of the file'),
        ('schema = "recto.codebook/2"\n', "is newer than this Recto"),
        ('schema = "recto.review/1"\n', 'schema: write schema = "recto.codebook/1"'),
        ("schema = \n", "not TOML: Invalid value (at line 1"),
        (HEAD + "revision = true\n", "not TOML: Cannot overwrite a value"),
        (HEAD.replace("7", "true"), "revision: should be a whole number"),
        (HEAD + ".".join("a" * 20_000) + " = 1\n", "nests deeper than 32 levels"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_with_the_way_out(book: Path, head: str, said: str) -> None:
    (problem,) = _problems(book, "", head)
    assert problem.startswith(f"{book}: ")
    assert said in problem


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="a folder stands in its place"):
        load(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"schema = '\xe9'")
    with pytest.raises(CodebookError, match=r"latin\.toml: not UTF-8 at byte 10"):
        load(tmp_path / "latin.toml")


def test_a_merged_theme_counts_as_its_target_however_far(book: Path) -> None:
    codebook = _load(book, _theme("a", merged_into='"b"') + _theme("b", merged_into='"c"') + _theme("c"))
    assert [codebook.resolve(theme) for theme in ("a", "b", "c", "typed-freely")] == ["c", "c", "c", "typed-freely"]
    assert codebook.resolve_all(("b", "typed-freely", "a")) == ("c", "typed-freely")
    assert [theme.id for theme in codebook.merged("c")] == ["a", "b"]
    assert [theme.id for theme in codebook.living] == ["c"]


def test_a_pointer_to_nothing_is_refused_with_the_nearest(book: Path) -> None:
    assert _problems(book, _theme("records", merged_into='"recordin"') + _theme("recording")) == (
        f'{book}: themes.records.merged_into: there is no theme "recordin"; the nearest is "recording"',
    )


@pytest.mark.parametrize("ring", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_a_circle_of_merges_is_refused_once(book: Path, ring: list[str]) -> None:
    themes = [_theme(one, merged_into=f'"{into}"') for one, into in zip(ring, [*ring[1:], ring[0]], strict=True)]
    outside = _theme("z", merged_into='"a"')
    circle = " -> ".join([*ring, "a"])
    assert _problems(book, outside + "".join(themes)) == (
        f'{book}: themes.a.merged_into: goes round in a circle, {circle}; write "" in the one that stays',
    )


def test_an_archived_theme_is_not_offered(book: Path) -> None:
    codebook = _load(book, _theme("old", archived="true") + _theme("new"))
    assert [theme.id for theme in codebook.living] == ["new"]
    assert [theme.id for theme in codebook.search("old")] == []


def test_the_picker_offers_all_in_order_before_anything_is_typed() -> None:
    codebook = shipped()
    assert codebook.search("") == codebook.search("  ") == codebook.living
    assert codebook.search("", limit=3) == codebook.living[:3]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("su", "supervision"),
        ("SUPERVISON", "supervision"),
        ("out of", "out-of-hours"),
        ("dom viol", "domestic-abuse"),
        ("caf", "early-help-caf"),
        ("s47", "section-47-enquiries"),
        ("assesment qualty", "assessment-quality"),
        ("voice of teh child", "child-voice"),
    ],
)
def test_the_picker_understands_beginnings_cues_and_misspellings(typed: str, first: str) -> None:
    assert shipped().search(typed)[0].id == first


@pytest.mark.parametrize("typed", ["zzz", "?", "\ud800", "[/x]"])
def test_the_picker_finds_nothing_where_nothing_fits(typed: str) -> None:
    assert shipped().search(typed) == ()


def test_a_merged_theme_is_found_by_its_old_name(book: Path) -> None:
    codebook = _load(book, _theme("chronology", merged_into='"records"') + _theme("records") + _theme("training"))
    assert [theme.id for theme in codebook.search("chron")] == ["records"]
