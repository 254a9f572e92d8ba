"""Near-duplicate warnings have to be right more often than not, or nobody reads them."""

from __future__ import annotations

import pytest

from curation.codebook import Theme, shipped
from curation.codebook.duplicates import near_duplicates

CODEBOOK = shipped()
MEANT = {
    "Threshold and eligibility": "thresholds",
    "Levels of need": "thresholds",
    "Transfer and allocation of cases": "case-flow",
    "Assessment timescales": "assessment-timeliness",
    "Timely assessments": "assessment-timeliness",
    "Assessment quality": "assessment-quality",
    "Children's views": "child-voice",
    "The voice of children": "child-voice",
    "Feedback from parents and carers": "family-involvement-feedback",
    "Complaints": "family-involvement-feedback",
    "Supervision of staff": "supervision",
    "Domestic violence": "domestic-abuse",
    "Case records": "case-recording",
    "Chronologies": "case-recording",
    "Electronic record system": "electronic-recording",
    "Emergency duty team": "out-of-hours",
    "Caseloads": "workforce-capacity",
    "Quality assurance": "quality-assurance",
    "Performance data": "performance-information",
    "Management oversight": "management-oversight",
}
NEW = (
    "Adoption",
    "Fostering recruitment",
    "Court work",
    "Missing from home",
    "Private fostering",
    "Unaccompanied minors",
    "Substance misuse",
    "Budget and commissioning",
    "Housing and homelessness",
    "Education attainment",
    "Independent reviewing officers",
    "Advocacy",
    "Online safety",
    "Child sexual exploitation",
    "Premises and reception",
    "Data protection",
    "Pre-birth work",
)


@pytest.mark.parametrize(("label", "theme"), MEANT.items())
def test_another_name_for_a_theme_is_noticed(label: str, theme: str) -> None:
    assert near_duplicates(CODEBOOK, Theme("new", label))[0].theme == theme


def test_the_themes_of_the_codebook_are_no_duplicates_of_one_another() -> None:
    assert [theme.id for theme in CODEBOOK.living if near_duplicates(CODEBOOK, theme)] == []


@pytest.mark.parametrize("label", NEW)
def test_what_is_new_is_not_warned_of(label: str) -> None:
    assert near_duplicates(CODEBOOK, Theme("new", label)) == ()


def test_definition_and_phrases_count_too_and_the_reason_is_said() -> None:
    supervision = CODEBOOK.themes["supervision"]
    (double,) = near_duplicates(CODEBOOK, Theme("new", "Meetings", definition=supervision.definition))
    assert (double.theme, double.because) == ("supervision", "the definition")
    flow = CODEBOOK.themes["case-flow"]
    double, *_ = near_duplicates(CODEBOOK, Theme("new", "Meetings", phrases=flow.phrases))
    assert (double.theme, double.because) == ("case-flow", "the phrases")


def test_an_empty_or_foreign_label_doubles_nothing() -> None:
    assert near_duplicates(CODEBOOK, Theme("new", "")) == near_duplicates(CODEBOOK, Theme("new", "中文 Ωμέγα")) == ()
