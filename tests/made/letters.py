"""Made letters: `make(rng)` gives a text and what a careful reader makes of it.

Each defect of the family is a choice of the random generator, alone and together with all the others; `Made.defects`
names those that a letter has, so that a score can be told by layout.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field, replace
from random import Random

from parsers.letter import Span
from tests.made import prose

HEADINGS = {
    "strength": ("Strengths", "Areas of strength"),
    "satisfactory": (
        "Satisfactory practice",
        "The service meets the requirements of statutory guidance in the following areas",
    ),
    "area_for_development": ("Areas for development",),
    "priority_action": ("Areas for priority action",),
}
SENTENCE = (
    "From the evidence gathered, the inspection identified a number of areas where the contact, referral and assessment"
    " arrangements were delivered satisfactorily in accordance with national guidance, in particular:"
)
MARKS = ("-", "•", "▪", "*", "–", "·", "●", "■", "\uf0b7", "o", "1.", "(a)", "—", "◦")
PAGE_TURNS = (
    "\n\n\n\n", "\n\n\n", "\n\f\n", "\f", "\n\n2\n\n\n", "\n\nPage 2 of 3\n\n", "\nINVESTOR IN PEOPLE\n\n\n\n",
    "\n\n- 2 -\n\n", "\n\nINVESTOR IN PEOPLE\n2\n\f\n",
)  # fmt: skip


@dataclass(frozen=True)
class Truth:
    """A finding as the reader should have it."""

    category: str
    spans: tuple[Span, ...]
    text: str


@dataclass
class Made:
    """A made letter, its findings, and the defects in it."""

    text: str = ""
    findings: list[Truth] = field(default_factory=list)
    defects: set[str] = field(default_factory=set)

    def add(self, words: str) -> Span:
        """Append to the text; the span says where."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))


@dataclass(frozen=True)
class Style:
    """The layout of one letter: choices that hold for the whole of it."""

    width: int
    gap: str
    defect_rate: float
    curly: bool
    hard_spaces: bool


def make(rng: Random) -> Made:
    """Make a letter from a random generator; the same state gives the same letter."""
    made = Made()
    style = Style(
        width=rng.choice((0, 0, 72, 76, 84, 90)),
        gap=rng.choice(("\n", "\n", "\n\n")),
        defect_rate=rng.choice((0.0, 0.1, 0.3)),
        curly=rng.random() < 0.3,
        hard_spaces=rng.random() < 0.2,
    )
    if style.width:
        made.defects.add("wrapped")
    _place, council = rng.choice(prose.COUNCILS)
    _head(made, rng, style, council)
    if rng.random() < 0.15:
        made.defects.add("no-closing")
    _sections(made, rng, style)
    _foot(made, rng, style, council)
    return made


def _words(style: Style, words: str, rng: Random) -> str:
    if style.curly:
        words = words.replace("'", "\u2019")
    if style.hard_spaces:
        words = " ".join(words.split(" ")) if rng.random() < 0.5 else words.replace(" ", "\u00a0", 1)
    return words


def _wrap(style: Style, words: str, indent: str = "", used: int = 0) -> str:
    if not style.width:
        return words
    wrapped = textwrap.wrap(
        words, style.width, initial_indent="x" * used, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(wrapped)[used:]


def _head(made: Made, rng: Random, style: Style, council: str) -> None:
    if rng.random() < 0.8:
        made.add(
            "Harbour House Quay Street Bristol BS1 9ZZ\nT 0300 000 0000 enquiries@example.org www.example.org\n\n\n\n"
        )
    made.add("1 December 2010\n\n")
    surname = rng.choice(prose.LAST)
    person = f"Ms Ruth {surname}"
    items = [person, "Director of Children's Services", council, "Town Hall", "High Street", "ZZ1 1ZZ"]
    made.add((" " if rng.random() < 0.4 else "\n").join(items) + "\n\n")
    made.add(f"Dear Ms {surname}\n\n")
    arrangements = "contact, referral and assessment arrangements"
    subject = f"Annual unannounced inspection of {arrangements} within {council} children's services"
    made.add(_wrap(style, subject) + "\n\n")
    opening = (
        "This letter summarises the findings of the recent unannounced inspection of contact, referral and assessment"
        f" arrangements within local authority children's services in {council} which was conducted on 2 and 3"
        " November 2010."
        " The inspection was carried out under section 138 of the Education and Inspections Act 2006."
    )
    made.add(_wrap(style, _words(style, opening, rng)) + "\n\n")
    if rng.random() < 0.3:
        made.defects.add("previous")
        previous = (
            "The areas for development identified at the previous inspection of contact, referral and assessment"
            " arrangements in January 2010 have all been fully addressed."
        )
        made.add(_wrap(style, previous) + "\n\n")
    if rng.random() < 0.7:
        method = (
            "The inspection sampled the quality and effectiveness of arrangements. Inspectors considered a range of"
            " evidence, including: electronic case records; supervision files and notes."
        )
        made.add(_wrap(style, method) + "\n\n")


def _sections(made: Made, rng: Random, style: Style) -> None:
    order = ["strength", "satisfactory", "area_for_development"]
    if rng.random() < 0.4:
        order.append("priority_action")
    if rng.random() < 0.2:
        made.defects.add("order")
        rng.shuffle(order)
    if rng.random() < 0.15:
        made.defects.add("missing-section")
        order.remove(rng.choice(order))
    if rng.random() < 0.8:
        made.add(
            _wrap(style, "From the evidence gathered, the following features of the service were identified:") + "\n\n"
        )
    numbers = {category: rng.randint(1, 9 if category != "priority_action" else 2) for category in order}
    pool = prose.findings(rng, sum(numbers.values()))
    for place, category in enumerate(order):
        mine, pool = pool[: numbers[category]], pool[numbers[category] :]
        _heading(made, rng, style, category)
        # Without a closing sentence nobody can tell a last finding's second paragraph from the closing.
        _list(made, rng, style, category, mine, ends="no-closing" in made.defects and place == len(order) - 1)
        last = place == len(order) - 1 or order[place + 1] in ("satisfactory", "priority_action")
        made.add("\n" if rng.random() < 0.1 and not last else "\n\n")


def _heading(made: Made, rng: Random, style: Style, category: str) -> None:
    if category == "satisfactory" and rng.random() < 0.25:
        made.defects.add("sentence-heading")
        made.add(_wrap(style, SENTENCE) + "\n\n")
        return
    if category == "priority_action" and rng.random() < 0.5:
        made.defects.add("introduced")
        made.add(_wrap(style, "This visit has identified the following area(s) for priority action:") + "\n\n")
    words = rng.choice(HEADINGS[category])
    spelling = rng.choice(("", "", "", "colon", "capitals", "singular", "(s)", "#", "**", "number", "stop"))
    if spelling:
        made.defects.add(f"heading-{spelling}")
    changed = {
        "": words,
        "colon": words + ":",
        "capitals": words.upper(),
        "singular": words.replace("Areas", "Area").replace("Strengths", "Strength"),
        "(s)": words.replace("Areas", "Area(s)").replace("Strengths", "Strength(s)"),
        "#": "## " + words,
        "**": f"**{words}**",
        "number": f"{rng.randint(1, 4)}. {words}",
        "stop": words + ".",
    }[spelling]
    made.add(_wrap(style, changed) + rng.choice(("\n\n", "\n\n", "\n", "\n\n\n")))


def _list(made: Made, rng: Random, style: Style, category: str, findings: list[str], *, ends: bool) -> None:
    mark = rng.choice(MARKS)
    remnant = rng.random() < 0.15
    tags = rng.choice(("one-line", "li-lines", "li-open")) if remnant else ""
    unmarked_first = not remnant and rng.random() < 0.15
    until = rng.randint(1, len(findings)) if tags == "one-line" else len(findings)
    if remnant:
        made.defects.add(f"remnant-{tags}")
    for number, words in enumerate(findings):
        tagged = bool(tags) and number < until
        if tagged:
            _open_item(made, tags, number)
        elif unmarked_first and number == 0:
            made.defects.add("unmarked-first")
        else:
            if tags and number == until:
                mark = "-"
                made.defects.add("continued")
                made.add("\n\n" if number else "")
            made.add(_mark(made, rng, mark, number) + " ")
        whole = tagged or (unmarked_first and number == 0) or (ends and number == len(findings) - 1)
        lines = replace(style, width=0) if tagged and tags == "one-line" else style
        _finding(made, rng, lines, category, _words(style, words, rng), plain=tagged, splittable=not whole)
        if tagged:
            _close_item(made, tags, last=number == until - 1)
        elif number < len(findings) - 1:
            made.add("\n\n" if unmarked_first and number == 0 else style.gap)
    if tags in ("li-lines",):
        made.add("</ul>")


def _open_item(made: Made, tags: str, number: int) -> None:
    if tags == "one-line":
        made.add('<ul style="list-style-type: none"> ▪ ' if number == 0 else " ▪ ")
    else:
        made.add("<ul>\n<li>" if number == 0 else "<li>")


def _close_item(made: Made, tags: str, *, last: bool) -> None:
    if tags == "li-lines":
        made.add("</li>\n")
    elif tags == "li-open":
        made.add("" if last else "\n")


def _mark(made: Made, rng: Random, mark: str, number: int) -> str:
    if mark == "1.":
        return f"{number + 1}."
    if mark == "(a)":
        return f"({chr(ord('a') + number)})"
    if number and rng.random() < 0.05:
        made.defects.add("stray-mark")
        return "•"
    return mark


def _finding(
    made: Made, rng: Random, style: Style, category: str, words: str, *, plain: bool, splittable: bool
) -> None:
    """Render one finding with the defects that fall to it and note its spans."""
    spans: list[Span] = []
    pieces = [words]
    turn = ""
    choice = rng.random()
    if not plain and choice < style.defect_rate:
        tokens = words.split(" ")
        # A page holds more than a word: a number alone on a page would be its number to any reader.
        places = range(3, len(tokens) - 2, 4)
        cuts = sorted(rng.sample(places, min(len(places), rng.choice((1, 1, 2)))))
        pieces = [" ".join(tokens[a:b]) for a, b in zip([0, *cuts], [*cuts, len(tokens)], strict=True)]
        made.defects.add("page-cut")
    elif splittable and choice < 1.5 * style.defect_rate and ". " in words:
        first, second = words.split(". ", 1)
        made.defects.add("two-paragraphs")
        spans.append(made.add(f"{_wrap(style, first + '.', used=3)}\n\n{_wrap(style, second)}"))
        pieces = []
    for number, piece in enumerate(pieces):
        if number:
            turn = rng.choice(PAGE_TURNS)
            made.add(turn)
        spans.append(made.add(_hyphenated(made, rng, style, _wrap(style, piece, used=0 if number else 3), plain=plain)))
    folded = " ".join(" ".join(made.text[a:b] for a, b in spans).split())
    made.findings.append(Truth(category, tuple(spans), folded))


def _hyphenated(made: Made, rng: Random, style: Style, words: str, *, plain: bool) -> str:
    """Hyphenate the word before one line's end."""
    lines = words.split("\n")
    if plain or len(lines) < 2 or rng.random() > style.defect_rate / 2:
        return words
    place = rng.randrange(len(lines) - 1)
    head, _, rest = lines[place + 1].partition(" ")
    if len(head) < 8 or not head.isalpha() or not head.islower():
        return words
    made.defects.add("hyphen")
    lines[place] += f" {head[:4]}-"
    lines[place + 1] = f"{head[4:]} {rest}".rstrip()
    return "\n".join(lines)


def _foot(made: Made, rng: Random, style: Style, council: str) -> None:
    if "no-closing" not in made.defects:
        closing = (
            "Any areas for development identified above will be specifically considered in any future inspection of"
            " services to safeguard children within your area."
        )
        made.add(_wrap(style, closing) + "\n\n")
    inspector = prose.name(rng)
    made.add(f"Yours sincerely\n\n{inspector}{rng.choice((' ', chr(10)))}Her Majesty's Inspector\n\n")
    if rng.random() < 0.8:
        made.add(f"Copy: {prose.name(rng)}, Chief Executive, {council}\n{prose.name(rng)}, Department for Education")
