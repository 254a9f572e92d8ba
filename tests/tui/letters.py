"""Three short letters, made up for these tests, and what the screens say of an app."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from curation.operations import SetThemes
from curation.session import Session
from curation.workspace import Workspace
from tui.app import RectoApp
from tui.screens.review import ReviewScreen
from tui.widgets.info_lines import InfoLines
from tui.widgets.line_pane import LinePane

_FRAME = """{date}

Ms Rowan Ashby
Director of Children's Services
{council}

Dear Ms Ashby

Annual unannounced inspection of contact, referral and assessment arrangements within {council} children's services

This letter summarises the findings of the recent unannounced inspection of contact, referral and assessment \
arrangements within local authority children's services in {council}.

From the evidence gathered, the following features of the service were identified:

{sections}

Any areas for development identified above will be specifically considered in any future inspection of services.

Yours sincerely

Imogen Thrale
Her Majesty's Inspector
"""

ELMBURY = {
    "Strengths": (
        "Supervision is regular, and staff say that it helps them. It is recorded well.",
        "Parents are asked what they think of the help that they were given.",
    ),
    "Areas for development": (
        "Thresholds are read differently by partner agencies. Too many referrals go no further.",
        "The recording system is slow, and\n\n\n\nwork has been lost because of it.",
        "Chronologies are missing from older files.",
        "Written receipts are not sent to those who refer a child.",
    ),
}
WAVENEY_BRIDGE = {
    "Strengths": ("Managers know their teams and give them time.",),
    "Areas for priority action": ("Children wait too long before a social worker sees them.",),
    "Areas for development": (
        "Files lack chronologies, so that history is overlooked.",
        "Supervision is irregular, and staff say that it does not help them.",
    ),
}
HOSTILE_FINDING = (
    "Records say [sic] and [/x] and [bold], \x1b[2J\x1b]52;c;aGk=\x07 then \u202egnp.exe\u202c e\u0301 \u4e2d\u6587."
)
HOSTILE = {
    "Strengths": (HOSTILE_FINDING, "Plain words follow [@click=app.quit]here[/]."),
    "Areas for development": ("A zero\u200bwidth and a tab\there, \x07bell, \x9b31mC1, \ufeffmark.",),
}


def letter(council: str, date: str, sections: dict[str, tuple[str, ...]]) -> str:
    """The text of a letter."""
    lists = ["\n".join([heading, "", *(f"- {item}" for item in items)]) for heading, items in sections.items()]
    return _FRAME.format(date=date, council=council, sections="\n\n".join(lists))


def write_letters(folder: Path) -> None:
    """Elmbury in two years, and Waveney Bridge."""
    for name, council, date, sections in (
        ("elmbury-2010", "Elmbury County Council", "1 December 2010", ELMBURY),
        ("elmbury-2009", "Elmbury County Council", "3 November 2009", {"Strengths": ELMBURY["Strengths"]}),
        ("waveney-2010", "Waveney Bridge Borough Council", "10 June 2010", WAVENEY_BRIDGE),
    ):
        (folder / f"{name}.txt").write_text(letter(council, date, sections), encoding="utf-8")


def give_themes(folder: Path) -> None:
    """Supervision as a strength in Elmbury and a weakness in Waveney Bridge, and two more."""
    for key, number, themes in (
        ("elmbury-2010", 0, ("supervision",)),
        ("elmbury-2010", 3, ("electronic-recording",)),
        ("elmbury-2009", 0, ("supervision", "case-recording")),
        ("waveney-2010", 3, ("supervision",)),
    ):
        session = Session.open(Workspace(folder), key, "ab")
        session.do(SetThemes(session.review.findings[number].id, themes))
        session.close()


def rows(pilot: Pilot[str]) -> list[str]:
    """The screen as plain text, row by row, as a person sees it."""
    app = pilot.app
    size = app.size
    painted = app.screen._compositor.render_strips(size)
    return ["".join(segment.text for segment in strip) for strip in painted]


def line(pilot: Pilot[str], name: str, number: int = 0) -> str:
    """One of the lines around the panes: `status`, `info` or `keys`."""
    return pilot.app.screen.query_one(f"#{name}", InfoLines).plain[number]


def said(pilot: Pilot[str]) -> str:
    """A message in the place of the keys: one that is too long for a line goes on in the next."""
    return " ".join(row.strip() for row in pilot.app.screen.query_one("#keys", InfoLines).plain)


def review_screen(pilot: Pilot[str]) -> ReviewScreen:
    """The screen, which has to be the review screen."""
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


def pane(pilot: Pilot[str], name: str) -> LinePane:
    """A pane by its id."""
    return pilot.app.screen.query_one(f"#{name}", LinePane)


def app_of(pilot: Pilot[str]) -> RectoApp:
    """The app itself."""
    assert isinstance(pilot.app, RectoApp)
    return pilot.app
