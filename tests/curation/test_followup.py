"""Which letter speaks of which, and what stands beside an earlier area."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from types import MappingProxyType

import pytest

from curation.followup import Head, Link, head_of, links, points, raises_area, tally
from curation.review import Followup, MetadataEntry, Review, ReviewedFinding, ReviewSource
from parsers.letter import Span

SOURCE = ReviewSource("x.txt", "", "", 0, "unannounced-cra", "")


def head(letter: str, date: str, month: str = "", *speaks_of: str, mentions: bool = True, authority: str = "A") -> Head:
    return Head(letter, authority, dt.date.fromisoformat(date) if date else None, month, speaks_of, mentions)


def review(letter: str, *findings: tuple[str, str], **metadata: dict[str, object]) -> Review:
    made = tuple(
        ReviewedFinding(f"f-{n}", category, "", (Span(n, n + 1),), text) for n, (category, text) in enumerate(findings)
    )
    entries = {name: MetadataEntry(values, None) for name, values in metadata.items()}  # type: ignore[arg-type]
    return Review(letter, "", SOURCE, "", made, metadata=MappingProxyType(entries))


OLD = head("old", "2009-03-10", "2009-02")
MIDDLE = head("middle", "2010-03-10", "2010-02")


@pytest.mark.parametrize(
    ("now", "linked"),
    [
        (head("now", "2011-03-10", "2011-02", "2010-02"), [Link("now", "middle", "2010-02", True)]),
        (head("now", "2011-03-10", "2011-02", "2009-02"), [Link("now", "old", "2009-02", True)]),
        # No letter of that month is here: the nearest before.
        (head("now", "2011-03-10", "2011-02", "2010-07"), [Link("now", "middle", "2010-07", False)]),
        (
            head("now", "2011-03-10", "2011-02", "2009-02", "2010-02"),
            [Link("now", "old", "2009-02", True), Link("now", "middle", "2010-02", True)],
        ),
        # It speaks of one, but does not say when.
        (head("now", "2011-03-10", "2011-02"), [Link("now", "middle", "", False)]),
        (head("now", "2011-03-10", "2011-02", mentions=False), []),
        (head("now", "", "", "2010-02"), []),
        (head("now", "2011-03-10", "2011-02", "2010-02", authority="B"), []),
    ],
)
def test_a_letter_is_linked_to_the_one_of_the_month_it_names_else_to_the_nearest_before(
    now: Head, linked: list[Link]
) -> None:
    for order in ([now, OLD, MIDDLE], [MIDDLE, now, OLD]):
        assert [link for link in links(order) if link.letter == "now"] == linked


def test_a_letter_without_days_is_found_by_its_own_date_a_month_later_at_most() -> None:
    undated = head("old", "2010-03-02")
    for month, exact in (("2010-03", True), ("2010-02", True), ("2010-01", False)):
        (link,) = (one for one in links([undated, head("now", "2011-03-10", "", month)]) if one.letter == "now")
        assert (link.earlier, link.exact) == ("old", exact)


def test_two_months_of_which_one_letter_is_here_give_one_link_the_exact_one() -> None:
    now = head("now", "2011-03-10", "2011-02", "2009-12", "2010-02")
    assert [one for one in links([now, MIDDLE]) if one.letter == "now"] == [Link("now", "middle", "2010-02", True)]


def test_letters_of_one_day_and_letters_without_a_day_speak_of_nothing_before() -> None:
    same_day, undated = head("other", "2011-03-10", "2011-02"), head("undated", "", "2010-02")
    now = head("now", "2011-03-10", "2011-02", "2010-02", "2011-02")
    assert links([now, same_day]) == ()
    assert links([now, undated]) == ()
    assert [one.earlier for one in links([now, same_day, undated, MIDDLE]) if one.letter == "now"] == ["middle"]


def test_what_a_review_says_of_earlier_inspections() -> None:
    plain = review("a", date={"value": dt.date(2010, 3, 1)}, authority={"value": "Elmbury"})
    assert head_of(plain) == Head("a", "Elmbury", dt.date(2010, 3, 1), "", (), False)
    spoken = review(
        "a",
        **{  # type: ignore[arg-type]  # names with a point
            "inspection_dates": {"value": (dt.date(2010, 2, 3), dt.date(2010, 2, 2))},
            "previous_inspection.1": {"month": "2009-02", "outcome": "partly"},
            "previous_inspection.2": {"month": "", "outcome": "partly"},
            "date_of_the_form": {"month": "2008-01"},
        },
    )
    assert (head_of(spoken).month, head_of(spoken).speaks_of, head_of(spoken).mentions) == (
        "2010-02",
        ("2009-02",),
        True,
    )
    repeated = review("a", ("area_for_development", "x"))
    repeated = replace(repeated, findings=(replace(repeated.findings[0], repeats="area_for_development"),))
    assert head_of(repeated).mentions


AD, ST = "area_for_development", "strength"
THEN = review(
    "then",
    (ST, "Supervision is regular."),
    (AD, "Chronologies are missing from most of the older files."),
    (AD, "The out of hours team is not told of plans."),
    ("priority_action", "Children wait too long before they are seen."),
)
NOW = review(
    "now",
    (ST, "Chronologies are on nearly all files, the older ones too."),
    (AD, "Thresholds are read differently by partner agencies."),
    (AD, "Children still wait too long before a worker sees them."),
)


def test_only_what_asks_for_something_is_followed_up() -> None:
    asked = ["area_for_development", "area_for_improvement", "priority_action"]
    others = ["strength", "satisfactory", "main_finding", "headline"]
    assert [c for c in (*asked, *others) if raises_area(c)] == asked


def test_each_area_stands_beside_the_nearest_finding_of_now() -> None:
    found = points(NOW, THEN, lambda _: ())
    assert [point.key for point in found] == ["then#f-1", "then#f-2", "then#f-3"]
    assert [point.beside[0].finding.id if point.beside else "" for point in found] == ["f-0", "", "f-2"]
    assert all(point.verdict is None for point in found)


def test_a_theme_in_common_speaks_for_a_finding_that_has_no_word_in_common() -> None:
    themes = {"The out of hours team is not told of plans.": ("out-of-hours",)}
    themes["Thresholds are read differently by partner agencies."] = ("out-of-hours",)
    found = points(NOW, THEN, lambda finding: themes.get(finding.text, ()))
    assert found[1].beside[0].finding.id == "f-1"
    assert found[1].beside[0].shares_theme


def test_pairs_that_somebody_judged_come_first_or_not_at_all() -> None:
    judged = {"then#f-1": {"now#f-0": False}, "then#f-3": {"now#f-1": True}}
    found = points(NOW, THEN, lambda _: (), lambda key: judged.get(key, {}))
    assert "f-0" not in [beside.finding.id for beside in found[0].beside]
    assert found[2].beside[0].finding.id == "f-1"


def test_a_verdict_stays_with_its_area_and_one_on_a_finding_that_is_gone_is_shown() -> None:
    verdicts = {
        "then#f-1": Followup("partly", "f-0"),
        "then#f-9": Followup("not-mentioned", ""),
        "else#f-1": Followup("partly", "f-0"),
    }
    found = points(replace(NOW, followups=MappingProxyType(verdicts)), THEN, lambda _: ())
    assert found[0].verdict == Followup("partly", "f-0")
    assert (found[-1].key, found[-1].area, found[-1].verdict) == ("then#f-9", None, verdicts["then#f-9"])
    (row,) = tally([("A", found)])
    assert (row.areas, dict(row.verdicts), row.undecided) == (3, {"partly": 1}, 2)


def test_no_order_of_letters_changes_a_link() -> None:
    heads = [OLD, MIDDLE, head("now", "2011-03-10", "2011-02", "2010-02"), head("b", "2010-01-01", authority="B")]
    expected = links(heads)
    for seed in range(10):
        assert links(random.Random(seed).sample(heads, len(heads))) == expected
