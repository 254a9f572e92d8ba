"""The TOML: its layout, what it keeps, what it refuses, and how it is put in place."""

from __future__ import annotations

import errno
import os
import stat
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import plain, store
from curation.migrating import migrated
from curation.operations import EditMetadata, Merge, Remove, SetFollowup, SetSeen, SetThemes, SettleDoubt
from curation.review import Review
from curation.schema import for_show, from_json, to_dict, to_json
from curation.schema_reading import from_dict
from curation.tables import SchemaError
from tests.made.reviews import Desk, Draft, eastmarch

GOLDEN = """\
schema = "recto.review/1"
letter = "2010/eastmarch"
reviewer = "ab"
state = "open"
note = ""
operations = 7
updated = 2026-11-20 09:14:31+00:00
codebook_revision = 1

[source]
path = "2010/eastmarch.txt"
sha256 = "{sha256}"
text_sha256 = "{sha256}"
length = 270
profile = "unannounced-cra"
parser = "{parser}"

[metadata.date]
value = 2010-12-01
span = []
origin = "edited"

[metadata.copies.1]
name = "A. Moor"
role = "Chief Executive"
span = [0, 3]
origin = "parser"

[metadata.copies.2]
name = "B. Fenn"
role = ""
span = [4, 5]
origin = "parser"

[findings.f-nqt7pn]
category = "strength"
heading = "Strengths"
seen = false
question = ""
origin = "merge"
parents = [
    "f-z8xdnc",
    "f-9c83f7",
]
reason = ""
spans = [
    [39, 92],
    [95, 121],
]
exact = "Supervision is regular. Staff say that it helps them. Thresholds are understood."
prefix = "arch County Council Strengths - "
suffix = " Areas for development - The rec"
themes = []
refused = []
repeats = ""
note = ""

[findings.f-0nhqqk]
category = "area_for_development"
heading = "Areas for development"
seen = true
question = ""
origin = "parser"
parents = []
reason = ""
spans = [
    [148, 181],
    [188, 207],
]
exact = "The recording system is slow, and work has been lost."
prefix = "rstood. Areas for development - "
suffix = " - Chronologies are missing from"
themes = [
    "electronic-recording",
    "case-recording",
]
refused = []
repeats = ""
note = ""

[removed.f-6hrdt9]
category = "area_for_development"
heading = "Areas for development"
seen = false
question = ""
origin = "parser"
parents = []
split_reason = ""
spans = [
    [210, 252],
]
exact = "Chronologies are missing from older files."
prefix = "ow, and 2 work has been lost. - "
suffix = " Yours sincerely "
themes = []
refused = []
repeats = ""
note = ""
reason = "page-furniture"

[doubts.page-join-190]
settled = "right"

[followups."2009/eastmarch#f-0wz4cd"]
verdict = "partly"
finding = "f-0nhqqk"
"""


@pytest.fixture
def review() -> Review:
    desk = Desk(eastmarch().review())
    first, second, cut, last = (f.id for f in desk.review.findings)
    desk.do(Merge((first, second)))
    desk.do(SetThemes(cut, ("electronic-recording", "case-recording"), 1))
    desk.do(SetSeen(cut, True))
    desk.do(Remove(last, "page-furniture"))
    desk.do(EditMetadata("date", "2010-12-01"))
    desk.do(SettleDoubt("page-join-190", "right"))
    desk.do(SetFollowup("2009/eastmarch#f-0wz4cd", "partly", cut))
    return desk.review


def wrong(data: str | bytes, text: str = "") -> tuple[str, ...]:
    with pytest.raises(SchemaError) as raised:
        store.loads(data.encode() if isinstance(data, str) else data, text)
    return raised.value.problems


def edited(review: Review, old: str, new: str) -> str:
    data = store.dumps(review).decode()
    assert old in data
    return data.replace(old, new, 1)


# ---- the layout ----


def test_the_file_has_this_layout(review: Review) -> None:
    source = review.source
    assert store.dumps(review).decode() == GOLDEN.format(sha256=source.text_sha256, parser=source.parser)


def test_a_change_of_one_finding_is_a_difference_of_one_block(review: Review) -> None:
    before = store.dumps(review).decode().split("\n\n")
    seen = replace(review.findings[0], seen=True, themes=("supervision",), note="yes")
    after = store.dumps(replace(review, findings=(seen, *review.findings[1:]))).decode().split("\n\n")
    assert [old.split("\n")[0] for old, new in zip(before, after, strict=True) if old != new] == ["[findings.f-nqt7pn]"]


def test_the_order_of_deciding_is_not_seen_in_the_file(review: Review) -> None:
    doubts = {"page-join-190": "right", "hyphen-9": "wrong", "hyphen-100": "right"}
    backwards = dict(reversed(doubts.items()))
    assert store.dumps(replace(review, doubts=doubts)) == store.dumps(replace(review, doubts=backwards))
    text = store.dumps(replace(review, doubts=doubts)).decode()
    assert text.index("hyphen-9]") < text.index("hyphen-100]") < text.index("page-join-190]")


def test_what_cannot_be_seen_or_acts_on_a_terminal_stands_as_an_escape(review: Review) -> None:
    hidden = "".join(map(chr, range(0x20))) + "\x7f\x80\x9b\u00ad\u200b\u202e\u2028\u2066\ufeff\U000e0041\r\n"
    noted = replace(review, note=hidden)
    text = store.dumps(noted).decode()
    assert not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
    assert store.loads(text.encode(), review.text).note == hidden


@given(st.text())
def test_any_text_comes_back(note: str) -> None:
    review = replace(Draft("- ").finding("strength", "Good.").review(), note=note)
    assert store.loads(store.dumps(review), review.text).note == note


def test_half_a_character_of_a_letter_is_stored_as_a_replacement() -> None:
    review = Draft("- ").finding("strength", "Good \ud800 work.").review()
    data = store.dumps(review)
    assert 'exact = "Good \ufffd work."' in data.decode()
    loaded = store.loads(data, review.text)
    assert store.dumps(loaded) == data


# ---- what is read ----


def test_keys_that_this_version_does_not_know_are_kept_at_every_level(review: Review) -> None:
    data = store.dumps(review).decode()
    data = data.replace("codebook_revision = 1\n", 'codebook_revision = 1\nmood = "glad"\nwhen = 2010-12-01\n')
    for header in ("[source]", "[metadata.date]", "[metadata.copies.1]", "[findings.f-nqt7pn]", "[removed.f-6hrdt9]",
                   "[doubts.page-join-190]", '[followups."2009/eastmarch#f-0wz4cd"]'):  # fmt: skip
        data = data.replace(f"{header}\n", f"{header}\nextra_key = [1, 2.5, nan]\nat = 09:14:31\n")
    data += '\n[metadata.weather]\nsky = "grey"\n\n[metadata.copies.x]\na = 1\n\n[stamps.first]\nby = "cd"\n'
    loaded = store.loads(data.encode(), review.text)
    again = store.dumps(loaded)
    assert store.dumps(store.loads(again, review.text)) == again

    def flat(table: Any, path: str = "") -> dict[str, str]:
        if isinstance(table, dict):
            return {k: v for key, value in table.items() for k, v in flat(value, f"{path}/{key}").items()}
        return {path: repr(table)}

    assert flat(tomllib.loads(again.decode())) == flat(tomllib.loads(data))
    through_the_journal = from_json(to_json(loaded), review.text)
    assert store.dumps(through_the_journal) == again


def test_every_wrong_table_is_named_with_its_key(review: Review) -> None:
    data = store.dumps(review).decode()
    for old, new in (
        ("seen = true", 'seen = "yes"'),
        ("    [39, 92],\n", "    [39, 92, 93],\n"),
        ('split_reason = ""\n', "themes = 3\n"),
        ('settled = "right"', "settled = 1"),
        ("length = 270\n", ""),
        ("value = 2010-12-01", 'value = "yesterday"'),
        ("span = [4, 5]", "span = [4]"),
    ):
        assert old in data, old
        data = data.replace(old, new, 1)
    data = data.replace('themes = []\nrefused = []\nrepeats = ""\nnote = ""\nreason', 'refused = []\nnote = ""\nreason')
    found = "\n".join(wrong(data, review.text))
    for place in (
        "[findings.f-0nhqqk] seen: expected `bool`, got `str`",
        "[findings.f-nqt7pn] spans[0]: expected `array` of length 2, got 3",
        "[removed.f-6hrdt9] themes: expected `array`, got `int`",
        "[doubts.page-join-190] settled: expected `str`, got `int`",
        "[source]: it lacks the key `length`",
        "[metadata.date] value: it has to be a date, written 2010-12-01",
        "[metadata.copies.2] span: it has to be a start and an end, or empty",
    ):
        assert place in found


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('schema = "recto.review/1"', 'schema = "recto.letter/1"', 'schema: it has to be "recto.review/1"'),
        ('schema = "recto.review/1"\n', "", 'schema: it has to be "recto.review/1"'),
        ('note = ""\noperations', "note = 3\noperations", "at the top: note: expected `str`"),
        ("operations = 7", "operations = true", "at the top: operations: expected `int`, got `bool`"),
        ("[removed.f-6hrdt9]", "[removed.f-nqt7pn]", "it is among the findings too"),
        ('reason = ""\n', 'split_reason = ""\n', "only a removed finding has this key"),
        ("[source]", "[source", "it is not TOML"),
        ("[removed.f-6hrdt9]", "[findings.f-nqt7pn]", "it is not TOML"),
    ],
)
def test_what_is_no_review_is_refused_with_the_place(review: Review, old: str, new: str, why: str) -> None:
    assert why in "\n".join(wrong(edited(review, old, new), review.text))


def test_a_newer_version_is_told_apart(review: Review) -> None:
    with pytest.raises(SchemaError) as raised:
        store.loads(edited(review, "recto.review/1", "recto.review/2").encode(), review.text)
    assert raised.value.newer
    assert store.loads(edited(review, "recto.review/1", "recto.review/1.4").encode(), review.text).letter


def test_an_older_version_is_read_step_by_step(review: Review) -> None:
    def second(document: Mapping[str, Any]) -> dict[str, Any]:
        return {**document, "second": document["first"] + 1}

    def third(document: Mapping[str, Any]) -> dict[str, Any]:
        return {**document, "third": document["second"] + 1}

    steps = (second, third)
    assert migrated({"first": 1}, 1, steps) == {"first": 1, "second": 2, "third": 3}
    assert migrated({"second": 5}, 2, steps) == {"second": 5, "third": 6}
    assert migrated({"third": 5}, 3, steps) == {"third": 5}
    assert "there is no version" in wrong(edited(review, "recto.review/1", "recto.review/0"))[0]


@pytest.mark.parametrize(
    "data",
    [
        "a." * 20_000 + "b = 1",
        "[" + "a." * 20_000 + "b]",
        "a = " + "[" * 20_000,
        "a = " + "{b=" * 20_000,
        "x = 1\n" * 3 + "a = " + "[" * 40 + "]" * 40,
    ],
)
def test_what_nests_too_deep_is_refused_before_it_is_parsed(data: str) -> None:
    assert wrong(data) == ("it nests deeper than 32 levels, which no review does",)


def test_brackets_and_dots_in_strings_and_comments_do_not_nest(review: Review) -> None:
    quoted = "[{." * 100 + "\"'#"
    noted = replace(review, note=quoted + "'''" + '"""')
    data = (
        store.dumps(noted) + b"# " + b"[." * 100 + b"\nz = '" + b"[." * 100 + b"'\ny = '''\n" + b"[.'" * 100 + b"'''\n"
    )
    assert store.loads(data, review.text).note == noted.note


def test_what_is_too_large_or_not_utf8_is_refused(review: Review) -> None:
    assert wrong(b"#" * 5_000_001) == ("it is larger than 5 MB, which no review is",)
    assert wrong(b'a = "\xff"') == ("it is not UTF-8: byte 5",)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[39, 92]", "[39, 91]", "[findings.f-nqt7pn] exact: it is not what the letter has at the spans"),
        ("[39, 92]", "[39, 39]", "[findings.f-nqt7pn] spans: one is empty or outside the letter, which has 270"),
        ("[148, 181]", "[148, 999]", "[findings.f-0nhqqk] spans: one is empty or outside the letter"),
        ("    [39, 92],\n    [95, 121],\n", "    [95, 121],\n    [39, 92],\n", "not in order or overlap each other"),
        ("    [39, 92],\n    [95, 121],\n", "", "[findings.f-nqt7pn] spans: it has none"),
        ("    [95, 121],\n", "    [95, 121],\n    [148, 150],\n", "spans: 148-181 overlaps f-nqt7pn"),
        ("[210, 252]", "[210, 251]", "[removed.f-6hrdt9] exact"),
        ('exact = "The rec', 'exact = "Our rec', "[findings.f-0nhqqk] exact"),
    ],
)
def test_places_that_do_not_fit_the_letter_are_named(
    review: Review, old: str, new: str, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "ab.toml"
    path.write_text(edited(review, old, new))
    with pytest.raises(store.Unreadable) as raised:
        store.read(path, review.text, review.source.text_sha256)
    assert why in str(raised.value)
    assert all(problem.startswith("ab.toml: ") for problem in raised.value.problems)
    # Of another text it can only be said that it is another: its places are not judged by this one.
    assert store.read(path, review.text, "another") is not None


def test_the_state_for_other_programs_lists_findings_with_id_and_text(review: Review) -> None:
    shown = for_show(review)
    assert list(shown)[:4] == ["schema", "letter", "reviewer", "state"]
    assert [f["id"] for f in shown["findings"]] == [f.id for f in review.findings]
    assert [f["text"] for f in shown["findings"]] == [f.text for f in review.findings]
    assert list(shown["findings"][0])[:3] == ["id", "text", "category"]
    assert shown["removed"][0]["reason"] == "page-furniture"
    assert shown["metadata"]["date"] == {"value": "2010-12-01", "span": [], "origin": "edited"}
    assert shown["updated"] == "2026-11-20T09:14:31+00:00"
    assert for_show(eastmarch().review())["updated"] is None
    assert set(shown) == set(tomllib.loads(store.dumps(review).decode()))


def test_the_dict_of_a_review_leads_back_to_it(review: Review) -> None:
    assert from_dict(to_dict(review), review.text) == review
    assert from_json(to_json(review), review.text) == review


_values = st.recursive(
    st.booleans() | st.integers(-(2**62), 2**62) | st.floats() | st.text() | st.dates()
    | st.times().map(lambda t: t.replace(fold=0)) | st.datetimes().map(lambda t: t.replace(fold=0)),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["a", "$toml", "b"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(_values)
def test_values_that_json_does_not_have_come_back_from_it(value: Any) -> None:
    back = plain.from_json(plain.to_json(value))
    assert repr(back) == repr(value)


# ---- how it is written ----


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(review: Review, tmp_path: Path) -> None:
    path = tmp_path / "reviews" / "2010" / "eastmarch" / "ab.toml"
    assert store.write(path, review, tmp_path) == path.read_bytes() == store.dumps(review)
    inode = path.stat().st_ino
    store.write(path, replace(review, note="more"), tmp_path)
    assert path.stat().st_ino != inode
    assert b'note = "more"' in path.read_bytes()
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_process_left_half_written_is_taken_away(review: Review, tmp_path: Path) -> None:
    path = tmp_path / "ab.toml"
    others = [tmp_path / name for name in (".cd.toml.00ff.tmp", "ab.toml.tmp", "x.tmp")]
    for orphan in (tmp_path / ".ab.toml.0123456789abcdef.tmp", *others):
        orphan.write_text("half")
    store.write(path, review, tmp_path)
    assert sorted(tmp_path.glob("*.t*")) == sorted([path, *others])


def test_the_new_file_is_whole_on_the_disk_before_it_takes_the_place_of_the_old(
    review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ab.toml"
    store.write(path, review, tmp_path)
    calls: list[str] = []

    def recorded(name: str, call: Any) -> Any:
        def record(*args: Any, **kwargs: Any) -> Any:
            folder = name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)
            calls.append("fsync the folder" if folder else name)
            return call(*args, **kwargs)

        return record

    for name in ("write", "fsync", "replace"):
        monkeypatch.setattr(os, name, recorded(name, getattr(os, name)))
    store.write(path, replace(review, note="more"), tmp_path)
    assert calls == ["write", "fsync", "replace", "fsync the folder"]


@pytest.mark.parametrize("call", ["write", "fsync", "close", "replace", "open"])
def test_a_failure_at_any_call_leaves_the_old_file_whole_and_nothing_beside_it(
    review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "ab.toml"
    before = store.write(path, review, tmp_path)
    real = getattr(os, call)

    def fail(*args: Any, **kwargs: Any) -> Any:
        if call == "close":
            real(*args, **kwargs)
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        with pytest.raises(store.NotSaved, match="the disk reports an error"):
            store.write(path, replace(review, note="more"), tmp_path)
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*.tmp")) == []
    store.write(path, replace(review, note="more"), tmp_path)
    assert b'note = "more"' in path.read_bytes()


def test_new_folders_and_files_take_the_mode_of_the_workspace_and_old_ones_keep_theirs(
    review: Review, tmp_path: Path
) -> None:
    root = tmp_path / "shared"
    root.mkdir()
    root.chmod(0o2770)
    path = root / "reviews" / "eastmarch" / "ab.toml"
    store.write(path, review, root)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o777 == 0o770
    path.chmod(0o640)
    store.write(path, review, root)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_extended_attributes_are_kept(review: Review, tmp_path: Path) -> None:
    path = tmp_path / "ab.toml"
    store.write(path, review, tmp_path)
    try:
        os.setxattr(path, "user.origin", b"scan 4")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    store.write(path, review, tmp_path)
    assert os.getxattr(path, "user.origin") == b"scan 4"


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "dangling"])
def test_what_stands_in_place_of_the_file_is_neither_read_nor_replaced(
    review: Review, tmp_path: Path, kind: str
) -> None:
    path, target = tmp_path / "ab.toml", tmp_path / "target"
    target.write_text("precious")
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(target if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(store.Unreadable):
        store.read(path, review.text, review.source.text_sha256)
    with pytest.raises(store.NotSaved, match="safe in the journal"):
        store.write(path, review, tmp_path)
    assert target.read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_on_the_way_may_not_be_a_link(review: Review, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "root"
    root.mkdir()
    (root / "reviews").symlink_to(outside)
    with pytest.raises(store.NotSaved, match="symbolic link"):
        store.write(root / "reviews" / "eastmarch" / "ab.toml", review, root)
    assert not list(outside.iterdir())


def test_a_state_that_breaks_the_rules_is_not_written(review: Review, tmp_path: Path) -> None:
    path = tmp_path / "ab.toml"
    store.write(path, review, tmp_path)
    before = path.read_bytes()
    bent = replace(review, findings=(replace(review.findings[0], text="other"), *review.findings[1:]))
    with pytest.raises(store.NotSaved, match="exact: it is not what the letter has"):
        store.write(path, bent, tmp_path)
    assert path.read_bytes() == before


def test_a_file_changed_by_hand_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "ab.toml"
    first = store.keep_original(path, b"one", tmp_path)
    assert store.keep_original(path, b"one", tmp_path) == first == tmp_path / "ab.toml.orig"
    assert store.keep_original(path, b"two", tmp_path) == tmp_path / "ab.toml.orig-2"
    assert first.read_bytes() == b"one"
