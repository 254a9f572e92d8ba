"""The subcommands: one module each, with `add(subparsers)` and `run(args) -> int`, imported only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_FOUND, EXIT_INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses: done; input refused or unreadable; usage; a check found something; interrupted."""

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "parse": "parse",
        "doubts": "doubts",
        "questions": "questions",
        "profiles": "profiles",
        "show": "show",
        "apply": "apply",
        "undo": "history",
        "redo": "history",
        "log": "log",
        "rebase": "rebase",
        "adopt": "adopt",
        "suggest": "suggest",
        "similar": "similar",
        "pairs": "pairs",
        "groups": "groups",
        "themes": "themes",
        "followup": "followup",
        "score": "score",
        "doctor": "doctor",
        "settings": "settings",
        "completion": "completion",
    }
)
"""Command -> module of this package, in the order of the help."""
