"""What became of the areas that an earlier letter raised: each of them beside the finding of now that is nearest.

A letter says that there was an inspection before, and when. Where the letter of that one is in the workspace, the two
are linked, and what the earlier one asked for is put beside what the later one says. What became of it, a person says;
nothing here decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from curation.about import authority, inspection_days, letter_date
from curation.entry import Entry
from curation.review import Followup, Review, ReviewedFinding
from curation.similar import Corpus

SHARED_THEME = 10.0
"""What a theme in common adds to how alike two findings are, for their order alone."""
FEWEST = 25.0
"""A finding that is less alike and has no theme in common is not shown beside an area: it has nothing to do with it."""
BESIDE = 3
"""How many findings of now are kept for each area."""

ThemesOf = Callable[[ReviewedFinding], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Head:
    """What has to be known of each letter of a workspace to link them.

    Attributes:
        letter: its key.
        authority: whose it is.
        date: of the letter, None if it is unknown.
        month: `YYYY-MM` in which its inspection was, "" if unknown.
        speaks_of: the months of the earlier inspections that it names, in order.
        mentions: it speaks of an earlier inspection, perhaps without naming a month.
    """

    letter: str
    authority: str
    date: dt.date | None
    month: str
    speaks_of: tuple[str, ...]
    mentions: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A letter and the earlier one that it speaks of.

    Attributes:
        letter: the later one's key.
        earlier: the earlier one's key.
        month: the month that the later one names, "" if it names none.
        exact: the earlier letter's inspection was in that month; else it is the nearest one before.
    """

    letter: str
    earlier: str
    month: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A finding of now that may speak of an earlier area. `score` is 0-100, how alike the words are."""

    finding: ReviewedFinding
    score: float
    shares_theme: bool


@dataclass(frozen=True, slots=True)
class Point:
    """An area of the earlier letter, what stands beside it now, and what the reviewer said became of it.

    Attributes:
        key: `LETTER#FINDING`, by which a verdict names it.
        area: the finding of then; None if a verdict speaks of one that is no more.
        beside: the nearest findings of now, best first.
        verdict: None if nobody has said yet.
    """

    key: str
    area: ReviewedFinding | None
    beside: tuple[Beside, ...]
    verdict: Followup | None


def raises_area(category: str) -> bool:
    """Whether findings of that category ask for something to be done: areas for this or that, priority actions."""
    return category.startswith("area_for_") or category == "priority_action"


def head_of(review: Review) -> Head:
    """What a review has to be linked."""
    days, date = inspection_days(review), letter_date(review)
    months = []
    for name, entry in review.metadata.items():
        month = entry.values.get("month")
        if name.startswith("previous_inspection.") and isinstance(month, str) and month:
            months.append(month)
    mentions = bool(months) or any(finding.repeats for finding in review.findings)
    month = f"{days[0]:%Y-%m}" if days else ""
    return Head(review.letter, authority(review), date, month, tuple(sorted(set(months))), mentions)


def links(heads: Iterable[Head]) -> tuple[Link, ...]:
    """Which letter speaks of which earlier one, by authority and letter; a pair stands once, exact if it can be."""
    by_authority: dict[str, list[Head]] = {}
    for head in sorted(heads, key=lambda one: (one.authority, one.date or dt.date.min, one.letter)):
        by_authority.setdefault(head.authority, []).append(head)
    found: list[Link] = []
    for letters in by_authority.values():
        for place, head in enumerate(letters):
            found += _links_of(head, letters[:place])
    return tuple(found)


def _links_of(head: Head, before: Sequence[Head]) -> list[Link]:
    earlier = [one for one in before if head.date and one.date and one.date < head.date]
    if not head.mentions or not earlier:
        return []
    found: dict[str, Link] = {}
    for month in head.speaks_of or ("",):
        exact = next((one for one in reversed(earlier) if month and _is_of(one, month)), None)
        there = exact or earlier[-1]
        link = Link(head.letter, there.letter, month, exact is not None)
        if there.letter not in found or link.exact:
            found[there.letter] = link
    return list(found.values())


def _is_of(head: Head, month: str) -> bool:
    """Whether the letter's inspection was in a month; one that gives no day is dated a month after it at most."""
    if head.month or not head.date:
        return head.month == month
    dated = f"{head.date:%Y-%m}"
    return dated == month or any(a == month and b == dated for a, b in pairwise(_months_to(head.date)))


def _months_to(date: dt.date) -> tuple[str, str]:
    before = date.replace(day=1) - dt.timedelta(days=1)
    return f"{before:%Y-%m}", f"{date:%Y-%m}"


def points(
    now: Review, then: Review, themes_of: ThemesOf, judged: Callable[[str], Mapping[str, bool]] = lambda _: {}
) -> tuple[Point, ...]:
    """Each area of `then` beside the findings of `now`, in the order of the earlier letter.

    `themes_of` gives a finding's themes, as the codebook counts them. `judged` says for the `LETTER#ID` of an area
    which findings say the same, and which don't, as somebody judged the pairs. Verdicts on findings that
    are no more come last.
    """
    corpus = Corpus(Entry(now.letter, "", f.id, f.category, f.text) for f in now.findings)
    found = []
    for area in then.findings:
        if raises_area(area.category):
            key = f"{then.letter}#{area.id}"
            beside = _beside(area, now, corpus, themes_of, judged(key))
            found.append(Point(key, area, beside, now.followups.get(key)))
    known = {point.key for point in found}
    lost = (key for key in now.followups if key.rpartition("#")[0] == then.letter and key not in known)
    return (*found, *(Point(key, then.find(key.rpartition("#")[2]), (), now.followups[key]) for key in sorted(lost)))


def _beside(
    area: ReviewedFinding, now: Review, corpus: Corpus, themes_of: ThemesOf, judged: Mapping[str, bool]
) -> tuple[Beside, ...]:
    wanted = set(themes_of(area))
    matches = {m.entry.finding: m for m in corpus.similar(area.text, judged=judged, top=len(now.findings))}
    refused = {ref.rpartition("#")[2] for ref, same in judged.items() if not same}
    found = []
    for finding in now.findings:
        match = matches.get(finding.id)
        score = match.score if match else 0.0
        shares = not wanted.isdisjoint(themes_of(finding))
        same = match is not None and match.same
        if finding.id not in refused and (same or shares or score >= FEWEST):
            found.append((not same, -(score + SHARED_THEME * shares), Beside(finding, score, shares)))
    found.sort(key=lambda one: one[:2])
    return tuple(beside for *_, beside in found[:BESIDE])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many areas of earlier letters there are for an authority, and how many got which verdict."""

    authority: str
    areas: int
    verdicts: Mapping[str, int]

    @property
    def undecided(self) -> int:
        """Areas that nobody has judged yet."""
        return self.areas - sum(self.verdicts.values())


def tally(judged: Iterable[tuple[str, Iterable[Point]]]) -> tuple[Tally, ...]:
    """A line for each authority, in alphabetical order, from its points; findings that are no more don't count."""
    areas: dict[str, int] = {}
    verdicts: dict[str, dict[str, int]] = {}
    for name, found in judged:
        counts = verdicts.setdefault(name, {})
        for point in found:
            if point.area is not None:
                areas[name] = areas.get(name, 0) + 1
                if point.verdict is not None:
                    counts[point.verdict.verdict] = counts.get(point.verdict.verdict, 0) + 1
    return tuple(Tally(name, areas.get(name, 0), verdicts[name]) for name in sorted(verdicts))
