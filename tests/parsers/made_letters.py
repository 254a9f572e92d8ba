"""Letters about people and councils that never were, with the metadata that is right for them.

`make(random)` draws one letter: its layout (how head and foot stand on their lines) and its wording are drawn apart, so
that every layout meets every name. It returns the text and the metadata that a careful reader would take from it.
"""

from __future__ import annotations

import datetime as dt
import random
import textwrap
from dataclasses import dataclass, field

MONTHS = "January February March April May June July August September October November December".split()
FORENAMES = ["Ann", "Jo", "Pat", "Mary Ann", "J. P.", "Siân", "Robert", "Nia", "D", "Lesley"]
SURNAMES = ["Roe", "Marlowe", "O'Dell", "d'Arcy", "Fenn-Hartley", "McBride", "Young", "de Souza", "Quill", "Thorne"]
TITLES = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Professor"]
LETTERS_AFTER = ["", "", "", " OBE", " CBE", " MBE JP"]
PLACES = [
    "Eastmarch",
    "Northwick",
    "Kestrel Vale",
    "Aldermere and Thorne",
    "Stowe-on-Teme",
    "St Brannock",
    "Isle of Merrin",
    "Westerley",
]
COUNCILS = [
    "{place} County Council",
    "{place} City Council",
    "{place} Council",
    "{place} Metropolitan Borough Council",
    "London Borough of {place}",
    "Royal Borough of {place}",
    "City of {place} Council",
]
ROLES = [
    "Director of Children's Services",
    "Executive Director, Children and Families Services",
    "Strategic Director for Children and Young People (Interim)",
    "Corporate Director for Children, Schools and Families",
    "Interim Director of Children, Adults and Learning",
    "Group Director Children's Services",
    "Chief Executive",
    "Assistant Chief Executive and Director of People",
]
DEPARTMENTS = ["Children's Services Department", "Children and Young People's Directorate"]
BUILDINGS = ["Lantern House", "12 Quarry Street", "County Offices", "The Old Mill", "St Mary's Gate", "Civic Centre"]
TOWNS = ["Thornbury Cross", "Alderwick", "Marlow Heath"]
POSTCODES = ["ZZ1 1ZZ", "ZZ12 9XY", "Q1 4QQ", "ZE1A 2BC"]
INSPECTOR_ROLES = [
    "Her Majesty's Inspector",
    "Divisional Manager, Social Care Safeguarding",
    "Lead Inspector",
    "Senior HMI",
]
COPY_ROLES = [
    "Chief Executive, {council}",
    "Chair of {place} Safeguarding Children Board",
    "Lead Member for Children's Services, {council}",
    "Lead Member for Education and Children's Services, {council}",
    "Department for Education",
    "Department for Children, Schools and Families",
    "Acting Chair of the Local Safeguarding Children Board (LSCB)",
]
ARRANGEMENTS = "contact, referral and assessment arrangements"
SUBJECTS = [
    f"Annual unannounced inspection of {ARRANGEMENTS} within {{council}} children's services",
    f"Annual unannounced inspection of {ARRANGEMENTS} within {{place}} children's services",
    "Focused visit to {council} children's services",
]
LETTERHEAD = ["Ferry House", "Tannery Way", "Saltford SF1 6NL"]
CONTACT = ["T 0300 0001234", "general.enquiries@inspectors.example", "www.inspectors.example"]
DIRECT = ["Direct T 0170 0456333", "Direct F 0170 0456554", "safeguarding@inspectors.example"]


@dataclass
class Made:
    """A letter and what is right for it; `layout` names how it was written."""

    text: str
    want: dict[str, object]
    layout: dict[str, str] = field(default_factory=dict)


def make(rng: random.Random, **fixed: str) -> Made:
    """Draw a letter; `fixed` holds choices of its layout that are not drawn."""
    return _Maker(rng, fixed).letter()


class _Maker:
    def __init__(self, rng: random.Random, fixed: dict[str, str]) -> None:
        self.rng = rng
        self.fixed = fixed
        self.layout: dict[str, str] = {}
        self.want: dict[str, object] = {}

    def choose(self, name: str, options: list[str]) -> str:
        self.layout[name] = self.fixed.get(name) or self.rng.choice(options)
        return self.layout[name]

    def pick(self, options: list[str]) -> str:
        return self.rng.choice(options)

    def letter(self) -> Made:
        place = self.pick(PLACES)
        council = self.pick(COUNCILS).format(place=place)
        self.want |= {"authority": place, "council": council}
        whole = self.choose("whole", ["lines"] * 7 + ["one line", "one line wrapped", "wrapped", "nbsp", "curly"])
        head, body, foot = self.head(place, council), self.body(place, council), self.foot(place, council)
        text = "\n\n".join(part for part in (head, body, foot) if part)
        if whole.startswith("one line"):
            text = " ".join(text.split())
        if whole.endswith("wrapped"):
            text = _wrapped(text, self.rng.randrange(70, 91))
        if whole == "nbsp":
            text = (
                text.replace("  ", " ")
                .replace(" and ", " and\u00a0")
                .replace("Mr ", "Mr\u00a0")
                .replace("ZZ1 1", "ZZ1\u00a01")
            )
        elif whole == "curly":
            text = text.replace("'", "\u2019")
            self.want = {key: _curly(value) for key, value in self.want.items()}
        return Made(text, self.want, self.layout)

    # ---- head ----

    def head(self, place: str, council: str) -> str:
        flat = self.choose("head", ["lines"] * 5 + ["one line"]) == "one line"
        subject = self.pick(SUBJECTS).format(council=council, place=place)
        title, surname = self.pick(TITLES), self.pick(SURNAMES)
        name = f"{title} {self.pick(FORENAMES)} {surname}{self.pick(LETTERS_AFTER)}"
        letterhead, date = self.letterhead(), self.date()
        addressee = self.addressee(name, council)
        greeting = self.greeting(title, surname)
        position = self.choose("date position", ["between", "between", "first", "after addressee"])
        order = {
            "first": [date, letterhead, addressee],
            "between": [letterhead, date, addressee],
            "after addressee": [letterhead, addressee, date],
        }[position]
        self.want |= {"addressee.name": name, "addressee.organisation": council, "subject": subject}
        shape = self.choose("subject", ["line", "line", "wrapped", "with greeting", "stop"])
        if shape == "wrapped":
            half = subject.index(" ", len(subject) // 2)
            subject = subject[:half] + "\n" + subject[half + 1 :]
        elif shape == "stop":
            subject += "."
            self.want["subject"] = subject
        end = (
            f"{greeting} {subject}" if shape == "with greeting" else f"{greeting}\n\n{subject}" if greeting else subject
        )
        gap = self.choose("gaps", ["\n\n", "\n\n\n\n", "\n"])
        head = gap.join(part for part in [*order, end] if part)
        return " ".join(head.split()) if flat else head

    def letterhead(self) -> str:
        shape = self.choose("letterhead", ["lines", "one line", "blocks", "none"])
        self.want["contact.email"] = None if shape == "none" else CONTACT[1]
        self.want["contact.website"] = None if shape == "none" else CONTACT[2]
        self.want["contact.telephone"] = () if shape == "none" else ("0300 0001234", "0170 0456333")
        if shape == "none":
            return ""
        if shape == "one line":
            return " ".join([*LETTERHEAD, *CONTACT, *DIRECT])
        if shape == "blocks":
            return "\n\n".join(["\n".join(LETTERHEAD), "\n".join(CONTACT), "\n".join(DIRECT)])
        return "\n".join([*LETTERHEAD, *CONTACT, *DIRECT])

    def date(self) -> str:
        date = dt.date(2010, 12, 1) + dt.timedelta(days=self.rng.randrange(60))
        self.want["date"] = date
        month = MONTHS[date.month - 1]
        return self.pick(
            [
                f"{date.day} {month} {date.year}",
                f"{_ordinal(date.day)} {month} {date.year}",
                f"{date:%d/%m/%Y}",
                f"{date:%Y-%m-%d}",
                f"{month} {date.day}, {date.year}",
                f"{date.day} {month[:3]} {date.year}",
                f"{date:%A} {date.day} {month} {date.year}",
            ]
        )

    def addressee(self, name: str, council: str) -> str:
        role = self.pick(ROLES)
        department = self.pick([*DEPARTMENTS, "", "", ""])
        address = [self.pick(BUILDINGS), self.pick(TOWNS)]
        postcode = self.pick(POSTCODES)
        self.want |= {"addressee.role": role, "addressee.postcode": postcode}
        items = [name, role, *([department] if department else []), council, *address, postcode]
        shape = self.choose(
            "addressee", ["lines", "lines", "commas at ends", "apart", "one line", "commas", "name and role"]
        )
        if (self.layout["head"] == "one line" or self.layout["whole"].startswith("one line")) and shape != "commas":
            shape = "one line"
        lines = [*([department] if department else []), *address]
        flat = [*([department] if department else []), " ".join(address)]
        if shape == "lines":
            self.want["addressee.address"] = tuple(lines)
            return "\n".join(items)
        if shape == "commas at ends":
            return ",\n".join(items)
        if shape == "apart":
            return "\n\n".join(items)
        if shape == "commas":
            return ", ".join(items)
        if shape == "name and role":
            return f"{name}, {role}\n" + "\n".join(items[2:])
        self.want["addressee.address"] = tuple(flat)
        return " ".join(items)

    def greeting(self, title: str, surname: str) -> str:
        called = f"{title} {surname}"
        shape = self.choose("greeting", ["dear", "dear", "dear", "comma", "without dear", "none"])
        self.want["salutation"] = None if shape == "none" else called
        return {"dear": f"Dear {called}", "comma": f"Dear {called},", "without dear": called, "none": ""}[shape]

    # ---- body ----

    def body(self, place: str, council: str) -> str:
        first = dt.date(2010, 10, 1) + dt.timedelta(days=self.rng.randrange(50))
        days, words = self.days(first)
        self.want["inspection_dates"] = days
        self.want["legal_basis"] = "section 138 of the Education and Inspections Act 2006"
        return (
            f"This letter summarises the findings of the recent unannounced inspection of {ARRANGEMENTS} within local "
            f"authority children's services in {self.the(council)} which was conducted on {words}. The inspection was "
            "carried out under section 138 of the Education and Inspections Act 2006.\n\n"
            "Strengths\n\n- Records of the lantern workshop are kept by hand and read by everybody.\n\n"
            "Any areas for development identified above will be specifically considered in any future inspection."
        )

    def the(self, council: str) -> str:
        return f"the {council}" if council.startswith(("London", "Royal", "City of")) else council

    def days(self, first: dt.date) -> tuple[tuple[dt.date, ...], str]:
        second = first + dt.timedelta(days=1)
        month, other = MONTHS[first.month - 1], MONTHS[second.month - 1]
        if month != other:
            return (first, second), self.pick(
                [
                    f"{first.day} {month} and {second.day} {other} 2010",
                    f"{first.day} {month} 2010 and {second.day} {other} 2010",
                ]
            )
        third = second + dt.timedelta(days=1)
        if third.month == first.month and self.rng.random() < 0.2:
            return (first, second, third), f"{first.day} to {third.day} {month} 2010"
        return (first, second), self.pick(
            [
                f"{first.day} and {second.day} {month} 2010",
                f"{_ordinal(first.day)} and {_ordinal(second.day)} {month} 2010",
                f"{first.day}-{second.day} {month} 2010",
                f"{first.day} & {second.day} {month} 2010",
                f"{first:%d/%m/%Y} and {second:%d/%m/%Y}",
            ]
        )

    # ---- foot ----

    def foot(self, place: str, council: str) -> str:
        name, role = f"{self.pick(FORENAMES)} {self.pick(SURNAMES)}", self.pick(INSPECTOR_ROLES)
        self.want |= {"signatory.name": name, "signatory.role": role}
        shape = self.choose("signatory", ["one line", "lines", "comma", "apart"])
        signature = {
            "one line": f"{name} {role}",
            "lines": f"{name}\n{role}",
            "comma": f"{name}, {role}",
            "apart": f"{name}\n\n{role}",
        }[shape]
        furniture = self.choose("furniture", ["", "", "\n\nINVESTOR IN PEOPLE", "\n\n3\n\n", "\n\nPage 3 of 3"])
        closing = self.pick(["Yours sincerely", "Yours faithfully", "Yours sincerely,", "YOURS SINCERELY"])
        copies = self.copies(place, council)
        return f"{closing}{furniture}\n\n{signature}" + (f"{furniture}\n\n{copies}" if copies else "")

    def copies(self, place: str, council: str) -> str:
        shape = self.choose(
            "copies", ["lines", "lines", "one line", "marks", "wrapped", "own line", "titles", "semicolons", "none"]
        )
        people = []
        for role in self.rng.sample(COPY_ROLES, self.rng.randrange(1, 5)):
            title = self.pick(["", "", "Mr ", "Councillor ", "Cllr Mrs "]) if shape != "titles" else "Mr "
            people.append(
                (f"{title}{self.pick(FORENAMES)} {self.pick(SURNAMES)}", role.format(council=council, place=place))
            )
        if shape == "none":
            self.want["copies"] = ()
            return ""
        self.want["copies"] = tuple(people)
        items = [f"{name}, {role}" for name, role in people]
        mark = self.pick(["Copy: ", "Copies: ", "cc: ", "cc ", "Copy to: ", "Copies to "])
        if shape == "one line":
            return mark + " ".join(items)
        if shape == "semicolons":
            return mark + "; ".join(items)
        if shape == "marks":
            return mark.strip() + "\n" + "\n".join(f"\u2022 {item}" for item in items)
        if shape == "own line":
            return mark.strip() + "\n\n" + "\n".join(items)
        if shape == "wrapped":
            return mark + "\n".join(item.replace(", ", ",\n", 1) for item in items)
        return mark + "\n".join(item + self.pick(["", "", "."]) for item in items)


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _wrapped(text: str, width: int) -> str:
    lines = (textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join("\n".join(line) for line in lines)


def _curly(value: object) -> object:
    if isinstance(value, str):
        return value.replace("'", "\u2019")
    if isinstance(value, tuple):
        return tuple(_curly(item) for item in value)
    return value
