"""What was read of letters is kept for the next run: never shown once a file is another, and never in the way."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation import files, readings, store, summarising
from curation.facts import Fact, LetterFacts, packed, unpacked
from curation.operations import Merge, SetThemes
from curation.reading_cache import ReadingCache, digest
from curation.readings import Reading, Readings
from curation.session import Session
from curation.workspace import LETTER_ERRORS, UnknownLetter, Workspace
from parsers import profile

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "sample_letters").glob("*.txt"))[:3]
KEY = SAMPLES[0].stem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three letters, one of them reviewed by ab."""
    root = tmp_path / "letters"
    root.mkdir()
    for source in SAMPLES:
        shutil.copy(source, root)
    _decide(root, KEY)
    return root


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is kept though the files of a test are all new."""
    monkeypatch.setattr(readings, "SETTLED", -1)


def _decide(folder: Path, key: str, by: str = "ab", theme: str = "supervision") -> None:
    session = Session.open(Workspace(folder), key, by)
    session.do(SetThemes(session.review.findings[0].id, (theme,)))
    session.close()


def _all(folder: Path, reviewer: str = "ab") -> dict[str, Reading | str]:
    """Read all letters as a run does, and keep what was read."""
    found: dict[str, Reading | str] = {}
    workspace = Workspace(folder)
    with closing(Readings(workspace, reviewer)) as known:
        for ref in workspace.letters():
            try:
                found[ref.key] = known.of(ref.key)
            except LETTER_ERRORS as error:
                found[ref.key] = str(error)
        known.keep(all_read=True)
    return found


def _anew(folder: Path, reviewer: str = "ab") -> dict[str, Reading | str]:
    """The same without anything kept before; nothing is kept."""
    found: dict[str, Reading | str] = {}
    workspace = Workspace(folder)
    known = Readings(workspace, reviewer)
    known.close()
    for ref in workspace.letters():
        try:
            found[ref.key] = known.of(ref.key)
        except LETTER_ERRORS as error:
            found[ref.key] = str(error)
    return found


def _cache() -> Path:
    (path,) = (Path(os.environ["XDG_CACHE_HOME"]) / "recto" / "readings").iterdir()
    return path


class _Parsed:
    """Counts how many letters are read by parsing them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.keys: list[str] = []
        seen_by = summarising.seen_by

        def counted(workspace: Workspace, key: str, reviewer: str) -> object:
            self.keys.append(key)
            return seen_by(workspace, key, reviewer)

        monkeypatch.setattr(readings, "seen_by", counted)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> _Parsed:
    return _Parsed(monkeypatch)


@pytest.mark.usefixtures("at_once")
def test_what_was_read_is_not_read_again(folder: Path, parsed: _Parsed) -> None:
    first = _all(folder)
    assert len(parsed.keys) == 3
    assert _all(folder) == first == _anew(folder)
    assert len(parsed.keys) == 6, "only the three that were to be read anew"
    reading = first[KEY]
    assert isinstance(reading, Reading)
    assert (reading.summary.themes, reading.summary.state) == (("supervision",), "open")
    facts = unpacked(reading.counted)
    assert (facts.letter, facts.findings[0].themes) == (KEY, ("supervision",))


def _same_size(folder: Path) -> None:
    """Other words of the same length, with the time of the old file: only the time of its inode tells."""
    path = folder / f"{KEY}.txt"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Aldermouth", b"Oldermouth").replace(b"Strengths", b"strengthS"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def _replaced(folder: Path) -> None:
    """Another file of that name, with size and time of the old one."""
    path, other = folder / f"{KEY}.txt", folder / "other"
    before = path.stat()
    other.write_bytes(path.read_bytes().replace(b"e", b"a"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def _agree(folder: Path) -> None:
    workspace = Workspace(folder)
    path = workspace.curated_path(SAMPLES[1].stem)
    path.parent.mkdir(exist_ok=True)
    session = Session.open(workspace, SAMPLES[1].stem, "xy")
    session.do(SetThemes(session.review.findings[1].id, ("thresholds",)))
    store.write(path, replace(session.review, reviewer="", state="agreed"), folder)


def _profile(folder: Path) -> None:
    text = (ROOT / "parsers" / "profiles" / "unannounced-cra.toml").read_text(encoding="utf-8")
    (folder / "own.toml").write_text(text.replace('id = "unannounced-cra"', 'id = "own"'), encoding="utf-8")
    (folder / "recto.toml").write_text('profile = "own.toml"\n')


def _other_profile(folder: Path) -> None:
    """The file that `recto.toml` names is another; `recto.toml` is not."""
    path = folder / "own.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "own"', 'id = "other"'), encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "same size and time": _same_size,
    "another file, same size and time": _replaced,
    "a decision": lambda folder: _decide(folder, KEY, theme="thresholds"),
    "a first decision": lambda folder: _decide(folder, SAMPLES[1].stem),
    "a colleague begins": lambda folder: _decide(folder, KEY, "cd"),
    "the TOML by hand": lambda folder: (folder / "reviews" / KEY / "ab.toml").write_text("["),
    "the journal gone": lambda folder: (folder / "reviews" / KEY / "ab.jsonl").unlink(),
    "reviews gone": lambda folder: shutil.rmtree(folder / "reviews"),
    "agreed": _agree,
    "another letter": lambda folder: shutil.copy(SAMPLES[2], folder / "new.txt"),
    "a letter gone": lambda folder: (folder / SAMPLES[2].name).unlink(),
    "a double": lambda folder: shutil.copy(folder / f"{KEY}.txt", folder / f"{KEY}.md"),
    "another ending": lambda folder: (folder / f"{KEY}.txt").rename(folder / f"{KEY}.md"),
    "no letter": lambda folder: (folder / f"{KEY}.txt").write_bytes(b"\x00" * 100),
    "a profile": _profile,
}


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("reviewer", ["ab", ""])
def test_nothing_stale_is_shown_whatever_has_changed(folder: Path, name: str, reviewer: str) -> None:
    before = _all(folder, reviewer)
    CHANGES[name](folder)
    now = _all(folder, reviewer)
    assert now == _anew(folder, reviewer)
    assert _all(folder, reviewer) == now
    unseen = {"the TOML by hand", "the journal gone", "another ending"}
    unseen |= set() if reviewer else {"a decision"}
    assert (now == before) == (name in unseen)


def _next_run() -> None:
    """Forget what a program knows from its start on."""
    profile.load.cache_clear()
    readings._first_stamps.clear()


@pytest.mark.usefixtures("at_once")
def test_a_profile_that_has_changed_is_another_profile_in_the_next_run(folder: Path) -> None:
    _profile(folder)
    before = _all(folder)
    _other_profile(folder)
    # This run goes on with the profile that it has read, and keeps nothing of it for the next.
    assert _all(folder) == before
    _next_run()
    assert _all(folder) == _anew(folder) != before


@pytest.mark.usefixtures("at_once")
def test_what_was_agreed_counts_for_who_has_no_review_and_the_parse_is_what_they_are_shown(folder: Path) -> None:
    _agree(folder)
    for _ in range(2):
        reading = _all(folder)[SAMPLES[1].stem]
        assert isinstance(reading, Reading)
        assert reading.summary.state == "agreed"
        assert unpacked(reading.counted).findings[1].themes == ("thresholds",)
        assert unpacked(reading.shown).findings[1].themes == ()
    own, nobodys = _all(folder, "xy")[SAMPLES[1].stem], _all(folder, "")[SAMPLES[1].stem]
    for one in (own, nobodys):
        assert isinstance(one, Reading)
        assert one.counted == one.shown
        assert unpacked(one.shown).findings[1].themes == ("thresholds",)


@pytest.mark.usefixtures("at_once")
def test_each_reviewer_has_their_own(folder: Path) -> None:
    assert _all(folder, "ab") != _all(folder, "cd")
    assert (_all(folder, "ab"), _all(folder, "cd")) == (_anew(folder, "ab"), _anew(folder, "cd"))


@pytest.mark.usefixtures("at_once")
def test_another_program_reads_all_of_it_anew(folder: Path, parsed: _Parsed, monkeypatch: pytest.MonkeyPatch) -> None:
    _all(folder)
    monkeypatch.setattr(readings, "_program", lambda: b"a later one")
    _next_run()
    _all(folder)
    assert len(parsed.keys) == 6
    _all(folder)
    assert len(parsed.keys) == 6, "and keeps it"


def test_the_program_is_told_by_its_own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("parsers", "curation"):
        (tmp_path / package / "deep").mkdir(parents=True)
        (tmp_path / package / "__init__.py").write_text("")
        (tmp_path / package / "deep" / "x.toml").write_text("a = 1")

    class Spec:
        def __init__(self, name: str) -> None:
            self.submodule_search_locations = [str(tmp_path / name)] if name != "pypdfium2" else []

    monkeypatch.setattr("importlib.util.find_spec", Spec)
    told = readings._program.__wrapped__
    first = told()
    assert told() == first
    (tmp_path / "parsers" / "deep" / "x.toml").write_text("a = 12")
    assert told() != first


@pytest.mark.usefixtures("at_once")
def test_random_changes_one_after_another_never_show_anything_stale(folder: Path) -> None:
    rng = random.Random(4)
    keys = [source.stem for source in SAMPLES]
    for _ in range(12):
        key, by = rng.choice(keys), rng.choice(["ab", "ab", "cd"])
        step = rng.choice(["theme", "merge", "edit", "nothing"])
        if step == "theme":
            _decide(folder, key, by, rng.choice(["supervision", "thresholds"]))
        elif step == "merge":
            session = Session.open(Workspace(folder), key, by)
            if len(session.review.findings) > 1 and not session.changed:
                session.do(Merge((session.review.findings[0].id, session.review.findings[1].id)))
            session.close()
        elif step == "edit":
            path = folder / f"{key}.txt"
            path.write_bytes(b"Added line.\n\n" + path.read_bytes())
        assert _all(folder) == _anew(folder)


def test_what_was_changed_just_now_is_not_kept(folder: Path, parsed: _Parsed) -> None:
    """Within one tick of its clock a file can change twice and look the same."""
    _all(folder)
    _all(folder)
    assert len(parsed.keys) == 6


@pytest.mark.usefixtures("at_once")
def test_what_changes_while_it_is_read_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, parsed: _Parsed
) -> None:
    seen_by = summarising.seen_by

    def slow(workspace: Workspace, key: str, reviewer: str) -> object:
        found = seen_by(workspace, key, reviewer)
        with (folder / f"{key}.txt").open("a", encoding="utf-8") as file:
            file.write("\nA line more.\n")
        return found

    with monkeypatch.context() as changing:
        changing.setattr(readings, "seen_by", slow)
        _all(folder)
    assert _all(folder) == _anew(folder)


@pytest.mark.usefixtures("at_once")
def test_a_letter_that_cannot_be_read_is_asked_again_each_time(folder: Path) -> None:
    path = folder / f"{KEY}.txt"
    text = path.read_bytes()
    path.write_bytes(b"\x00" * 100)
    assert isinstance(_all(folder)[KEY], str)
    path.write_bytes(text)
    assert isinstance(_all(folder)[KEY], Reading)
    with closing(Readings(Workspace(folder), "ab")) as known, pytest.raises(UnknownLetter):
        known.of("nowhere")


# ---- damage, and what is in the way ----


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), how=st.sampled_from(["flip", "cut", "zero", "more"]))
def test_no_damage_is_an_error_or_shows_anything_else(
    tmp_path_factory: pytest.TempPathFactory, where: float, how: str
) -> None:
    path = tmp_path_factory.mktemp("cache") / "one"
    stamp = b"s" * 16
    held = {f"2010/letter-{n}": (digest(bytes([n])), os.urandom(n * 7)) for n in range(8)}
    with closing(ReadingCache(path, stamp)) as cache:
        for key, (identity, reading) in held.items():
            cache.put(key, identity, reading)
        cache.write()
    data = bytearray(path.read_bytes())
    place = int(where * len(data))
    if how == "flip":
        data[place] ^= 0x55
    elif how == "cut":
        del data[place:]
    elif how == "zero":
        data[place : place + 40] = bytes(len(data[place : place + 40]))
    else:
        data += b"never finished"
    path.write_bytes(data)
    with closing(ReadingCache(path, stamp)) as cache:
        for key, (identity, reading) in held.items():
            assert cache.get(key, identity) in (None, reading)
            cache.put(key, identity, reading)
        cache.write()
    with closing(ReadingCache(path, stamp)) as cache:
        assert [cache.get(key, identity) for key, (identity, _) in held.items()] == [r for _, r in held.values()]


@pytest.mark.usefixtures("at_once")
def test_a_record_that_is_whole_but_no_reading_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr(readings, "_encoded", lambda reading: b"\x93\x01\x02\x03")
        _all(folder)
    assert _all(folder) == _anew(folder)


def _folder_in_its_place(path: Path) -> None:
    path.mkdir(parents=True)


def _link_in_its_place(path: Path) -> None:
    path.parent.mkdir(parents=True)
    (path.parent / "elsewhere").write_text("precious")
    path.symlink_to(path.parent / "elsewhere")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("obstacle", [_folder_in_its_place, _link_in_its_place])
def test_what_stands_in_its_place_is_left_alone(folder: Path, obstacle: Callable[[Path], None]) -> None:
    _all(folder)
    path = _cache()
    shutil.rmtree(path.parent)
    obstacle(path)
    assert _all(folder) == _anew(folder)
    if obstacle is _link_in_its_place:
        assert (path.parent / "elsewhere").read_text() == "precious"


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("step", ["write_all", "replace_file"])
def test_a_full_disk_or_a_folder_that_cannot_be_written_costs_nothing_but_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    _all(folder)
    _decide(folder, SAMPLES[1].stem)
    expected = _anew(folder)
    with monkeypatch.context() as broken:
        broken.setattr(files, step, full)
        cache = Readings(Workspace(folder), "ab")
        with closing(cache):
            assert {key: cache.of(key) for key in expected} == expected
            cache.keep(all_read=True)
    assert _all(folder) == expected


def test_it_is_readable_by_its_owner_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "SETTLED", -1)
    _all(folder)
    assert _cache().stat().st_mode & 0o777 == 0o600
    assert _cache().parent.stat().st_mode & 0o777 == 0o700


# ---- one file, several programs, many runs ----


def _fill(path: Path, name: int, barrier: object) -> None:
    with closing(ReadingCache(path, b"s" * 16)) as cache:
        barrier.wait()  # type: ignore[attr-defined]  # it is one
        for number in range(40):
            cache.put(f"{name}-{number}", digest(b"x"), f"{name}-{number}".encode() * 50)
            cache.write()


def test_several_programs_can_write_at_once_and_nothing_is_mixed_up(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "one"
    with closing(ReadingCache(path, b"s" * 16)) as cache:
        cache.put("first", digest(b"x"), b"y")
        cache.write()
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(3)
    writers = [context.Process(target=_fill, args=(path, name, barrier)) for name in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    with closing(ReadingCache(path, b"s" * 16)) as cache:
        assert cache.get("first", digest(b"x")) == b"y"
        for name in range(3):
            for number in range(40):
                assert cache.get(f"{name}-{number}", digest(b"x")) == f"{name}-{number}".encode() * 50


def test_a_program_whose_file_was_written_anew_meanwhile_spoils_nothing(tmp_path: Path) -> None:
    path, stamp = tmp_path / "one", b"s" * 16
    with closing(ReadingCache(path, stamp)) as cache:
        cache.put("a", digest(b"1"), b"first")
        cache.write()
    with closing(ReadingCache(path, stamp)) as old, closing(ReadingCache(path, b"t" * 16)) as new:
        new.put("a", digest(b"1"), b"another stamp")
        new.write()
        assert old.get("a", digest(b"1")) == b"first"
        old.put("b", digest(b"2"), b"second")
        old.write()
        assert new.get("a", digest(b"1")) == b"another stamp"
    with closing(ReadingCache(path, b"t" * 16)) as new:
        assert (new.get("a", digest(b"1")), new.get("b", digest(b"2"))) == (b"another stamp", None)


def test_it_does_not_grow_without_end_and_letters_that_are_gone_leave_it(tmp_path: Path) -> None:
    path, stamp = tmp_path / "one", b"s" * 16
    sizes = []
    for run in range(30):
        with closing(ReadingCache(path, stamp)) as cache:
            for number in range(10):
                key, identity = f"letter-{number if run < 20 else number + 5}", digest(bytes([run]))
                assert cache.get(key, identity) is None
                cache.put(key, identity, b"x" * 1_000)
            cache.write(all_asked=True)
        sizes.append(path.stat().st_size)
    assert max(sizes) < 3 * sizes[0]
    assert b"letter-0" not in path.read_bytes()


def test_a_file_of_which_most_still_counts_is_not_written_anew(tmp_path: Path) -> None:
    path, stamp, identity = tmp_path / "one", b"s" * 16, digest(b"")
    with closing(ReadingCache(path, stamp)) as cache:
        for number in range(10):
            cache.put(f"letter-{number}", identity, b"x" * 1_000)
        cache.write(all_asked=True)
    before = path.stat()
    for still_there in (10, 6):
        with closing(ReadingCache(path, stamp)) as cache:
            for number in range(still_there):
                assert cache.get(f"letter-{number}", identity) == b"x" * 1_000
            cache.write(all_asked=True)
        now = path.stat()
        assert (now.st_ino, now.st_size) == (before.st_ino, before.st_size)
    with closing(ReadingCache(path, stamp)) as cache:
        for number in range(4):
            assert cache.get(f"letter-{number}", identity) == b"x" * 1_000
        cache.write(all_asked=True)
    assert path.stat().st_ino != before.st_ino
    with closing(ReadingCache(path, stamp)) as cache:
        kept = [cache.get(f"letter-{number}", identity) for number in range(10)]
    assert kept == [*[b"x" * 1_000] * 4, *[None] * 6]


def test_names_of_any_kind_and_none_that_is_too_long(tmp_path: Path) -> None:
    names = ("a b/[x]", "half \udc80", "\U0001f468", "x" * 70_000)
    with closing(ReadingCache(tmp_path / "one", b"s" * 16)) as cache:
        for name in names:
            cache.put(name, digest(b""), name[:10].encode("utf-8", "surrogatepass"))
        cache.write()
        kept = [cache.get(name, digest(b"")) for name in names]
    assert kept == [*(name[:10].encode("utf-8", "surrogatepass") for name in names[:3]), None]


# ---- facts ----

_words = st.text(st.characters(codec=None), max_size=20)


def _facts() -> st.SearchStrategy[LetterFacts]:
    def made(letter: str, who: str, year: str, rows: list[tuple[str, str, str, list[str], str]]) -> LetterFacts:
        findings = tuple(Fact(letter, who, year, f, b, c, tuple(themes), text) for f, b, c, themes, text in rows)
        return LetterFacts(letter, who, year, findings)

    row = st.tuples(_words, _words, _words, st.lists(_words, max_size=2), _words)
    return st.builds(made, _words, _words, _words, st.lists(row, max_size=4))


@given(_facts())
def test_facts_that_are_kept_packed_come_back_as_they_were(facts: LetterFacts) -> None:
    assert unpacked(packed(facts)) == facts
    half = replace(facts, authority="half \ud800", findings=())
    assert unpacked(packed(half)) == half
