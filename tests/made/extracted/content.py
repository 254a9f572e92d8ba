"""What a made letter says: people, places, dates, findings. All of it is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

MONTHS = "January February March April May June July August September October November December".split()
FORENAMES = "Anneliese Bartholomew Catrin Farhana Ishbel Katarzyna Leopold Nkechi Oonagh Tobias Mary-Anne J Al".split()
SURNAMES = ["Ashgrove", "Cattermole", "Jessop-Moore", "McAlister", "O'Rourke", "D'Souza", "de-Vere", "St John",
            "van Houten", "Thistlewood", "Wolstenholme"]  # fmt: skip
TITLES = ["Ms", "Mr", "Mrs", "Miss", "Dr"]
COUNCILS = [
    ("Wexcombe", "Wexcombe City Council"),
    ("Tarnshire", "Tarnshire County Council"),
    ("Hollowick", "Hollowick Metropolitan Borough Council"),
    ("Port Ellery", "London Borough of Port Ellery"),
    ("Marlow Vale", "Marlow Vale Council"),
    ("Dunmere and Ashby", "City of Dunmere and Ashby Council"),
]
OFFICES = [
    "Director of Children's Services",
    "Strategic Director for Children and Young People",
    "Interim Director of Children's Services",
    "Corporate Director, People",
    "Executive Director, Children, Families and Learning",
    "Strategic Director, Children's Services (Interim)",
    "Director for Children, Schools and Families",
]
FIRST_SENTENCES = """Thresholds for access to services are agreed with partners and referrers are told what was decided.
Case recording on the electronic system is up to date
Social workers see children alone and record what they say in the child's own words.
Supervision is regular, and three of the files seen by inspectors held a written record of it.
Strategy discussions include the police, health and schools; minutes reach those who took part within five days.
The out-of-hours team – which covers three neighbouring authorities – passes on information the next morning.
Most initial assessments are completed in time. However, the analysis in core assessments is too often descriptive.
Managers know the strengths and areas for development of their teams and act on what audits tell them.
Chronologies are missing from two in ten files (see the authority's own audit of March 2009).
In the year to March 2010 the number of referrals rose by 31 per cent - a rise that was not planned for.
Staff turnover in the north team is high. Agency workers hold some of the most complex cases.
Few common assessments (CAF) lead to a plan, e.g. where domestic violence is reported.
Action taken on the area for priority action identified at the last inspection has been swift and thorough.
The views of fathers are seldom sought.
Workers are clear about the 'step up, step down' arrangements and use them well.
Social workers told inspectors: 'We are listened to.' Morale is good.
Child protection enquiries under section 47 of the Children Act 1989 are thorough and risk is well analysed.
Thematic audits (i) are carried out each quarter, (ii) involve partners and (iii) lead to action plans.
Children who go missing are seen on their return. The satisfactory practice in this is not yet recorded.""".split("\n")
MORE_SENTENCES = """This is well monitored.
As a result, children wait longer than they should.
Plans to address this are in place but have yet to show an effect.
Partners confirm this.
This had been an area for development at the previous inspection.
Performance in this respect is above that of similar councils (78 per cent compared with 71 per cent).""".split("\n")
ORDERS = ("SMD", "SMD", "SMDP", "MSDP", "SD", "D", "PDMS", "SM", "SMPD")
CATEGORIES = {"S": "strength", "M": "satisfactory", "D": "area_for_development", "P": "priority_action"}


@dataclass(frozen=True)
class Wanted:
    """The metadata that is right for a letter."""

    date: dt.date
    name: str
    office: str
    council: str
    authority: str
    postcode: str
    salutation: str
    inspected: tuple[dt.date, dt.date]
    days: str
    signatory: tuple[str, str]
    copies: tuple[tuple[str, str], ...]


def draw_metadata(rng: Random) -> Wanted:
    """Draw who wrote to whom, and when."""
    authority, council = rng.choice(COUNCILS)
    title, surname = rng.choice(TITLES), rng.choice(SURNAMES)
    first = dt.date(rng.choice([2009, 2010, 2011]), rng.randrange(1, 13), rng.randrange(1, 29))
    second = first + dt.timedelta(days=1)
    offices = [
        f"Chief Executive, {council}",
        f"Chair of {authority} Safeguarding Children Board",
        f"Lead Member for Children's Services, {council}",
        "Department for Education",
    ]
    return Wanted(
        date=second + dt.timedelta(days=rng.randrange(14, 30)),
        name=f"{title} {rng.choice(FORENAMES)} {surname}{rng.choice(['', ' OBE'])}",
        office=rng.choice(OFFICES),
        council=council,
        authority=authority,
        postcode=rng.choice(["ZZ1 1ZZ", "WX4 7QP", "QQ23 8UG"]),
        salutation=f"{title} {surname}",
        inspected=(first, second),
        days=_days(rng, first, second),
        signatory=(_person(rng), rng.choice(["Her Majesty's Inspector", "Divisional Manager, Social Care", "HMI"])),
        copies=tuple((_person(rng), office) for office in offices[: rng.choice([2, 3, 4])]),
    )


def _person(rng: Random) -> str:
    return f"{rng.choice(FORENAMES)} {rng.choice(SURNAMES)}"


def _days(rng: Random, first: dt.date, second: dt.date) -> str:
    month, after = MONTHS[first.month - 1], MONTHS[second.month - 1]
    if first.month == second.month:
        join = rng.choice([" and ", " - ", " & ", "\u2013", " to "])
        return f"{first.day}{join}{second.day} {month} {first.year}"
    year = f" {first.year}" if first.year != second.year else ""
    return f"{first.day} {month}{year} and {second.day} {after} {second.year}"


def written_date(rng: Random, day: dt.date) -> str:
    """A date as letters write it."""
    number = rng.choice([str(day.day), f"{day.day:02}", str(day.day)])
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def draw_finding(rng: Random, seen: set[str]) -> str:
    """Draw the words of a finding that is none of `seen`, and note them there."""
    words = ""
    while not words or words in seen:
        sentences = [rng.choice(FIRST_SENTENCES)]
        while rng.random() < 0.4 and len(sentences) < 4:
            if not sentences[-1].endswith((".", "'")):
                sentences[-1] += "."
            sentences.append(rng.choice(MORE_SENTENCES))
        words = " ".join(sentences)
    seen.add(words)
    return words
