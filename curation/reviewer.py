"""Names of reviewers: they become names of files."""

from __future__ import annotations

import os
import pwd
import re

from curation.operations import Refused
from curation.review import REVIEWER_NAME


def check(name: str) -> str:
    """`name`, if a reviewer can be called that. Raises Refused."""
    if not REVIEWER_NAME.fullmatch(name):
        shown = name if len(name) < 40 else name[:40] + "…"
        raise Refused(f"{shown!r} can't be a reviewer's name: a-z, 0-9, - and _, at most 32, not - or _ first")
    return name


def is_name(name: str) -> bool:
    """True if a reviewer can be called that."""
    return REVIEWER_NAME.fullmatch(name) is not None


def login() -> str:
    """The account that this process runs under, as the system knows it; its number where it has no name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def proposed() -> str:
    """A reviewer's name made of the login, to be offered where somebody is asked; "" if none can be made."""
    name = re.sub(r"[^a-z0-9_-]", "", login().lower()).lstrip("-_")[:32]
    return name if REVIEWER_NAME.fullmatch(name) else ""
