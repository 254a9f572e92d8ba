"""Findings and people for made letters. All of it is made up; the sentences only have to read like findings."""

from __future__ import annotations

from random import Random

SUBJECTS = (
    "Supervision of social workers",
    "The duty team",
    "Team managers",
    "Social workers",
    "The recording system",
    "Work with partner agencies",
    "The quality of core assessments",
    "The common assessment framework",
    "Training for newly qualified staff",
    "Case file auditing",
    "The out-of-hours service",
    "Initial assessments",
    "Thresholds for referral",
    "Strategy discussions",
    "Section 47 enquiries",
    "Chronologies",
    "Performance information",
    "The 'front door' service",
    "Children's wishes and feelings",
    "Management oversight (including sign-off)",
    "Referrals from schools, health and the police",
    "Plans for children in need",
)
VERBS = (
    "is regular and well recorded",
    "does not yet reach all parts of the county",
    "has improved since last summer",
    "is valued by the staff who spoke to inspectors",
    "is not consistently applied across the three area teams",
    "shows good attention to risk and protective factors",
    "leads to delay for some children in need",
    "is hard to follow where families move between teams",
    "is robust, with clear direction from senior managers",
    "takes account of children's religion, language and culture",
    "is variable, and some of it is poor",
    "responds promptly when a child is at immediate risk of harm",
    "often lacks analysis of a family's history",
)
TAILS = (
    "",
    "",
    ", although a plan to mend this is in place",
    " and this helps new workers to settle",
    ", which partners confirm",
    "; however, the work is at an early stage",
    ", particularly in the north of the county",
    " - as staff themselves report -",
    ", e.g. in cases of domestic violence",
    " within 24 hours of receipt",
    " (about 60 a month)",
)
SECONDS = (
    "Managers know this and have begun to act.",
    "Parents say that they are listened to.",
    "As a result, decisions are made late and families wait.",
    "This has reduced the number of re-referrals by 40%.",
    "Not all files seen by inspectors held a current chronology.",
    "Staff told inspectors that morale is good.",
    "In two of the cases seen, the reasons for decisions were not written down.",
    "The areas for development found by the audit are clear.",
    "Strengths and needs are set out well.",
    "Good use is made of research; it informs what is written.",
)
COUNCILS = (
    ("Eastmarch", "Eastmarch County Council"),
    ("Saltwick", "Saltwick City Council"),
    ("Northby", "Northby Borough Council"),
    ("Wrayford", "Wrayford Metropolitan Borough Council"),
    ("Highmoor", "Highmoor Council"),
    ("Lindale", "London Borough of Lindale"),
)
FIRST = ("Ann", "Peter", "Grace", "Omar", "Ruth", "Daniel", "Mei", "Helen")
LAST = ("Hartwell", "Osei", "Prendergast", "Marlow", "Quist", "O'Dowd", "Fenn", "Abara-Lyle")


def finding(rng: Random) -> str:
    """One finding of one to three sentences."""
    tail = rng.choice(TAILS).rstrip("-").rstrip()
    sentence = f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)}{tail}."
    return " ".join([sentence, *rng.sample(SECONDS, rng.choice((0, 0, 1, 1, 2)))])


def findings(rng: Random, number: int) -> list[str]:
    """So many findings, no two alike: a reader could not say which is which."""
    seen: dict[str, None] = {}
    while len(seen) < number:
        seen[finding(rng)] = None
    return list(seen)


def name(rng: Random) -> str:
    """A person's name without a title."""
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"
