"""The family of focused visits: headings of its own, findings in paragraphs and in bullets. All text is made up."""

from __future__ import annotations

from parsers.parse import parse

LETTER = """\
20 February 2019

Ms Ruth Fennimore
Director of Children's Services
Eastmarch County Council

Dear Ms Fennimore

Focused visit to Eastmarch County Council children's services

This letter summarises the findings of a focused visit to Eastmarch children's services on 29 and 30 January 2019.
Inspectors looked at the local authority's arrangements for children in need.

Overview

The service has steadied since a new director came. Children are seen, and their plans are written in plain words.

Leaders know where the work is weak and have begun to act.

What needs to improve in this area of social work practice

- The quality of chronologies, so that they show what life is like for the child.
- How promptly plans are reviewed when a family's needs change.

Findings

- Social workers see children at home and speak with them alone.
- Plans name who does what, though a few have no dates by which things should be done
and are hard to follow.

Managers sign off assessments within two days. Their reasons are written down.

Ofsted will take the findings from this focused visit into account when planning the next inspection or visit.

Yours sincerely

Edwin Pask
Her Majesty's Inspector
"""


def test_the_family_is_chosen_by_its_own_words_and_its_findings_are_told() -> None:
    letter = parse(LETTER)
    assert letter.profile == "focused-visit"
    assert [(f.category, f.text.split()[0], len(f.text.split())) for f in letter.findings] == [
        ("headline", "The", 20),
        ("headline", "Leaders", 12),
        ("area_for_improvement", "The", 15),
        ("area_for_improvement", "How", 10),
        ("main_finding", "Social", 11),
        ("main_finding", "Plans", 22),
        ("main_finding", "Managers", 12),
    ]
    assert not [doubt for doubt in letter.doubts if doubt.code == "unmarked-item"]
    assert letter.metadata.council == "Eastmarch County Council"
    assert [str(day) for day in letter.metadata.inspection_dates] == ["2019-01-29", "2019-01-30"]
