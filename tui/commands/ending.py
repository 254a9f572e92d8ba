"""How a command ends that can't go on: what stood in the way is said in a line, and the status tells its kind."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import wraps

from curation.codebook import CodebookError
from curation.codebook.writing import NotKept
from curation.journal import NotWritten
from curation.store import NotSaved
from curation.workspace import LETTER_ERRORS
from tui.commands import EXIT_REFUSED, EXIT_USAGE
from tui.output import complain

Run = Callable[[argparse.Namespace], int]


class UsageError(Exception):
    """The command was not called as it has to be. `str()` says what to do."""


def ending(run: Run) -> Run:
    """`run`, with status 2 for an error of usage, and 1 for what was refused, can't be read or could not be kept.

    The message of each such error is a clear line. A reader of the output that went away is passed on.
    """

    @wraps(run)
    def ended(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except UsageError as error:
            complain(str(error))
            return EXIT_USAGE
        except CodebookError as error:
            for problem in error.problems:
                complain(problem)
        except BrokenPipeError:
            raise
        except (*LETTER_ERRORS, NotWritten, NotSaved, NotKept) as error:
            complain(str(error))
        return EXIT_REFUSED

    return ended
