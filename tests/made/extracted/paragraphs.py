"""A made letter as paragraphs: what stands one after another before an extractor tears it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from tests.made.extracted.content import CATEGORIES, ORDERS, Wanted, draw_finding, draw_metadata, written_date

HEADINGS = {
    "S": ["Strengths", "Strength", "Areas of strength"],
    "M": [
        "Satisfactory practice",
        "The service meets the requirements of statutory guidance in the following areas",
        "Practice that meets requirements",
    ],
    "D": ["Areas for development", "Area for development", "Area(s) for development", "Areas for Development"],
    "P": ["Areas for priority action", "Area for priority action", "Area(s) for priority action", "Priority action"],
}
NAMES = {"S": "areas of strength", "M": "areas of satisfactory practice", "D": "areas for development",
         "P": "areas for priority action"}  # fmt: skip
LEADS = ["The following {} were identified:", "This visit has identified the following {}:",
         "The inspection identified the following {}:", "Inspectors identified the following {}:"]  # fmt: skip
IN_PARTICULAR = (
    "From the evidence gathered, the inspection identified a number of areas where the contact, referral and assessment"
    " arrangements were delivered satisfactorily in accordance with national guidance, in particular:"
)
CLOSINGS = [
    "Any areas for development identified above will be specifically considered in any future inspection of services to"
    " safeguard children within your area.",
    "The areas for development and priority action identified above will be specifically considered in any future"
    " inspection of services to safeguard children within your area.",
]
GLYPHS = [*"-•▪*–·●■o○◦►‣□—+➢ƒ", "\uf0b7", "\uf0a7", "\uf06e", "\uf02d"]
NUMBERS = ["1.", "(a)", "1)", "a."]
LAYOUTS = ["plain", "wrapped", "margin", "torn", "html", "inline", "single", "paste", "remnant"]
HEADING_STYLES = ["plain", "plain", "colon", "caps", "hash", "bold", "number", "stop", "two lines", "glued"]


class Word(NamedTuple):
    """A word of the letter, the number of its finding if it has one, and whether it is glued to the word before."""

    text: str
    finding: int | None = None
    glued: bool = False


@dataclass
class Paragraph:
    """A paragraph: its role, its lines as words, and of a finding the mark and whether it is first or last."""

    role: str
    lines: list[list[Word]]
    mark: str = ""
    first: bool = False
    last: bool = False


@dataclass
class Draft:
    """A letter before it is set: its choices, its paragraphs, and the category of each finding."""

    wanted: Wanted
    layout: str
    heading: str
    mark: str
    semicolons: bool
    second_paragraphs: bool
    sub_bullets: bool
    paragraphs: list[Paragraph] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        """Whether the lists stand on one line each, or the whole letter does."""
        return self.layout in ("inline", "single")

    @property
    def unmarked(self) -> bool:
        """Whether findings lack their marks, all or the first of each list."""
        return self.mark in ("none", "first none")

    def add(self, role: str, words: str) -> None:
        """Add a paragraph that is no finding."""
        lines = [[Word(word) for word in line.split(" ")] for line in words.split("\n")]
        self.paragraphs.append(Paragraph(role, lines))


def draw(rng: Random) -> Draft:
    """Draw a letter: what it says, and in which manner it is written."""
    layout = rng.choice(LAYOUTS)
    mark = rng.choice([*GLYPHS, *NUMBERS, *["none", "first none", "mixed", "alone"] * 3])
    if layout in ("inline", "single", "torn"):
        mark = rng.choice(["•", "▪", "-", "\uf0b7", "●", "–", "1.", "(a)"][: 5 if layout == "torn" else 8])
    heading = rng.choice(HEADING_STYLES)
    loose = layout not in ("inline", "single", "torn", "html", "remnant") and mark not in (
        "none",
        "first none",
        "alone",
    )
    if (heading == "two lines" and layout in ("inline", "single")) or (heading == "glued" and not loose):
        heading = "plain"
    draft = Draft(
        draw_metadata(rng), layout, heading, mark,
        semicolons=mark != "none" and rng.random() < 0.1,
        second_paragraphs=loose and layout != "paste" and rng.random() < 0.1,
        sub_bullets=loose and mark not in ("o", "(a)", "a.") and rng.random() < 0.1,
    )  # fmt: skip
    _add_head(draft, rng)
    _add_sections(draft, rng)
    _add_foot(draft, rng)
    return draft


def _add_head(draft: Draft, rng: Random) -> None:
    wanted = draft.wanted
    if rng.random() < 0.7:
        letterhead = "Ferry House\nTannery Way\nSaltford SF1 6NL\nT 0300 000 1231\nenquiries@inspectors.example"
        draft.add("head", letterhead if rng.random() < 0.6 else letterhead.replace("\n", " "))
    draft.add("date", written_date(rng, wanted.date))
    address = [wanted.name, wanted.office, wanted.council, "Elm House", "Old Sarum Cross", wanted.postcode]
    draft.add("addressee", rng.choice(["\n", " "]).join(address))
    draft.add("salutation", f"Dear {wanted.salutation}{rng.choice(['', ','])}")
    arrangements = "contact, referral and assessment arrangements"
    draft.add("subject", f"Annual unannounced inspection of {arrangements} within {wanted.council} children's services")
    draft.add(
        "body",
        f"This letter {rng.choice(['summarises', 'contains'])} the findings of the recent unannounced inspection of"
        f" {arrangements} within local authority children's services in {wanted.council} which was conducted on"
        f" {wanted.days}. The inspection was carried out under section 138 of the Education and Inspections Act 2006.",
    )


def _add_sections(draft: Draft, rng: Random) -> None:
    order = rng.choice(ORDERS)
    if rng.random() < 0.6:
        names = [NAMES[letter] for letter in order]
        draft.add("body", "The inspection identified " + ", ".join(names) + ".")
    if rng.random() < 0.7:
        draft.add("lead", "From the evidence gathered, the following features of the service were identified:")
    seen: set[str] = set()
    for place, letter in enumerate(order):
        if letter == "M" and place == 0 and rng.random() < 0.6:
            draft.add("lead", IN_PARTICULAR)
        else:
            led = rng.random() < 0.2 and letter != "M" and draft.heading != "glued"
            if led:
                draft.add("lead", rng.choice(LEADS).format(NAMES[letter]))
            if not led or rng.random() < 0.7:
                draft.add("heading", _heading(draft.heading, rng.choice(HEADINGS[letter]), place + 1))
        number = rng.choice([1, 2, 3, 5, 8]) if letter != "P" else rng.choice([1, 2])
        _add_findings(draft, rng, CATEGORIES[letter], [draw_finding(rng, seen) for _ in range(number)])


def _heading(style: str, words: str, number: int) -> str:
    if style == "two lines" and " " in words:
        first, rest = words.rsplit(" ", 1)
        return f"{first}\n{rest}"
    return {
        "colon": f"{words}:",
        "caps": words.upper(),
        "hash": f"## {words}",
        "bold": f"**{words}**",
        "number": f"{number}. {words}",
        "stop": f"{words}.",
    }.get(style, words)


def _add_findings(draft: Draft, rng: Random, category: str, texts: list[str]) -> None:
    for place, text in enumerate(texts):
        number = len(draft.categories)
        draft.categories.append(category)
        last = place == len(texts) - 1
        if draft.semicolons:
            text = text.rstrip(".") + ("." if last else "; and" if place == len(texts) - 2 else ";")
            if rng.random() < 0.5 and not text.startswith("In the") and len(texts) > 1:
                text = text[0].lower() + text[1:]
        words = [Word(word, number) for word in text.split()]
        finding = Paragraph("finding", [words], _mark(draft.mark, rng, place), place == 0, last)
        draft.paragraphs.append(finding)
        if draft.semicolons or rng.random() > 0.3:
            continue
        end = words[-1].text.rstrip(".")
        if draft.sub_bullets:
            words[-1] = Word(f"{end}:", number)
            for item in rng.sample(["children on the edge of care", "families new to the area", "young carers"], 2):
                draft.paragraphs.append(Paragraph("sub", [[Word(word, number) for word in item.split()]], "o"))
        elif draft.second_paragraphs:
            words[-1] = Word(f"{end}.", number)
            more = rng.choice(["This is well monitored.", "Partners confirm this."])
            draft.paragraphs.append(Paragraph("second", [[Word(word, number) for word in more.split()]]))


def _mark(mark: str, rng: Random, place: int) -> str:
    if mark in NUMBERS:
        return mark.replace("1", str(place + 1)).replace("a", chr(ord("a") + place))
    if mark == "first none":
        return "-" if place else ""
    return {"none": "", "alone": "•", "mixed": rng.choice("--•–▪")}.get(mark, mark)


def _add_foot(draft: Draft, rng: Random) -> None:
    wanted = draft.wanted
    draft.add("closing", rng.choice(CLOSINGS))
    draft.add("valediction", rng.choice(["Yours sincerely", "Yours sincerely,", "Yours faithfully"]))
    draft.add("signatory", rng.choice(["\n", " "]).join(wanted.signatory))
    copies = [", ".join(copy) for copy in wanted.copies]
    draft.add("copies", rng.choice(["Copy:", "cc:", "Copies:"]) + " " + rng.choice(["\n", " "]).join(copies))
