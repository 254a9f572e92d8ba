"""What Python does by itself, at times when nobody waits for a key.

Two of its habits are seen as keys that hang. Now and then it looks through all objects for those that hold each other
and nobody else: with 300 letters read a quarter of a second, in the middle of whatever a person does. And a thread that
computes hands over only every five milliseconds, each time that another one has waited for a file.
"""

from __future__ import annotations

import gc
import sys
import time

HAND_OVER = 0.0001
"""Seconds that the screen waits until a thread that reads letters or looks for advice makes way."""
QUIET = 30.0
"""Seconds without a key after which all objects are looked through."""


def share_fairly() -> None:
    """Let threads make way for each other soon."""
    sys.setswitchinterval(HAND_OVER)


class Tidying:
    """Sets aside what is there, so that only what is new is looked through; all of it when nobody has pressed a key.

    Letters, reviews and advice hold no circles and go when nobody needs them. Screens that were left do hold them: they
    stay until the quiet moment.
    """

    def __init__(self) -> None:
        self._touched = time.monotonic()
        self._tidy = False

    def touch(self) -> None:
        """A key was pressed."""
        self._touched, self._tidy = time.monotonic(), False

    def pass_by(self) -> None:
        """To be called every few seconds; takes no time but at a quiet moment."""
        if not self._tidy and time.monotonic() - self._touched >= QUIET:
            self._tidy = True
            gc.unfreeze()
            gc.collect()
        gc.freeze()
