from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from curation.entry import Entry
from curation.groups import Group, groups
from curation.pairs import Judged, pair
from curation.similar import Corpus

ROOT = Path(__file__).parents[2]
SAID = {
    "Eastmarch": "Supervision of social workers is regular and is recorded on their files.",
    "Saltwick": "Regular supervision of social workers is recorded on files.",
    "Northby": "Social workers' supervision is regular, and is recorded on file.",
    "Tidewell": "Supervision of social workers is not regular and is not recorded on their files.",
}


def _entries(category: str = "strength") -> list[Entry]:
    said = [Entry(f"2010/{name.lower()}", name, "f-1", category, text) for name, text in SAID.items()]
    other = [Entry(f"2010/{name.lower()}", name, "f-2", "strength", f"The roof of {name} leaks.") for name in "XY"]
    return [*said, *other]


def _names(group: Group) -> set[str]:
    return {entry.authority for entry in group.entries}


def test_findings_that_say_the_same_are_one_group_and_the_opposite_is_not_in_it() -> None:
    (group, *others) = groups(Corpus(_entries()), threshold=50)
    assert _names(group) == {"Eastmarch", "Saltwick", "Northby"} == set(group.authorities)
    assert {"supervision", "social", "workers", "regular", "recorded"} <= set(group.words)
    assert 50 <= group.score <= 100
    assert all("Tidewell" not in _names(other) for other in others)


def test_a_group_spans_two_authorities() -> None:
    text = SAID["Eastmarch"]
    years = [Entry(f"{year}/eastmarch", "Eastmarch", "f-1", "strength", text, year) for year in (2009, 2010)]
    assert groups(Corpus(years)) == ()
    elsewhere = Entry("2010/saltwick", "Saltwick", "f-1", "strength", text)
    (group,) = groups(Corpus([*years, elsewhere]))
    assert len(group.entries) == 3
    unnamed = [Entry(letter, "", "f-1", "strength", text) for letter in ("a", "b")]
    assert groups(Corpus(unnamed))[0].authorities == ("a", "b")


def test_what_was_judged_counts() -> None:
    entries = _entries()
    refs = {entry.authority: entry.ref for entry in entries if entry.finding == "f-1"}
    apart = {pair(refs["Northby"], refs[name]): False for name in ("Eastmarch", "Saltwick")}
    gone = {pair("gone#f-1", refs["Northby"]): True}
    (group,) = groups(Corpus(entries), Judged(apart | gone), threshold=50)[:1]
    assert _names(group) == {"Eastmarch", "Saltwick"}
    same = {pair(refs["Tidewell"], refs[name]): True for name in ("Eastmarch", "Saltwick", "Northby")}
    (group,) = groups(Corpus(entries), Judged(same), threshold=50)[:1]
    assert _names(group) == set(SAID)


def test_one_category_is_asked_for() -> None:
    mixed = [*_entries(), Entry("2010/hill", "Hill", "f-1", "area_for_development", SAID["Eastmarch"])]
    assert "Hill" in _names(groups(Corpus(mixed), threshold=50)[0])
    (group,) = groups(Corpus(mixed), threshold=50, category="strength")[:1]
    assert "Hill" not in _names(group)


def test_the_same_findings_have_the_same_id_and_others_another() -> None:
    first = groups(Corpus(_entries()), threshold=50)[0]
    with_more = groups(Corpus([*_entries(), Entry("z", "Z", "f-1", "strength", SAID["Northby"])]), threshold=50)[0]
    assert first.id == groups(Corpus(reversed(_entries())), threshold=50)[0].id
    assert first.id != with_more.id


def test_work_can_be_watched_and_ended() -> None:
    seen: list[tuple[int, int]] = []
    groups(Corpus(_entries()), on_progress=lambda done, of: seen.append((done, of)))
    assert seen[0] == (0, 6)

    def stop(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        groups(Corpus(_entries()), on_progress=stop)


PRINTED = """
import random, sys
from tests.bench.labelled import sample_letters
from curation.groups import groups
from curation.similar import Corpus
entries = list(sample_letters())
random.Random(int(sys.argv[1])).shuffle(entries)
corpus = Corpus(entries[:100])
for entry in entries[100:]:
    corpus.put(entry.letter, [e for e in entries if e.letter == entry.letter])
for entry in entries:
    corpus.put(entry.letter, [e for e in entries if e.letter == entry.letter])
for group in groups(corpus):
    print(group.id, group.score, [e.ref for e in group.entries], group.words)
for entry in sorted(entries, key=lambda e: e.ref)[:60]:
    print([(m.entry.ref, m.score) for m in corpus.similar(entry.text, leave_out_letter=entry.letter)])
"""


def _printed(seed: str, hash_seed: str) -> Sequence[str]:
    done = subprocess.run(
        [sys.executable, "-c", PRINTED, seed],
        cwd=ROOT,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_any_order_of_letters_and_any_hash_seed_give_the_same() -> None:
    first = _printed("1", "0")
    assert len(first) > 60
    for number in range(2):
        rng = random.Random(number)
        assert _printed(str(rng.randrange(1_000)), str(rng.randrange(1, 1_000))) == first
