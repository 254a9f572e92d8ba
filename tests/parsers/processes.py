"""What the processes of the tests make of a letter. Alone here, so that each process that is started imports little."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from parsers.letter import Letter


def length(letter: Letter) -> int:
    return len(letter.text)


def dies_of_some(letter: Letter) -> int:
    match Path(letter.source.path).name:
        case "m.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        case "n07.txt":
            os._exit(7)
    return len(letter.text)


def stumbles(letter: Letter) -> int:
    if letter.source.path.endswith("m.txt"):
        raise ValueError(letter.text)
    return len(letter.text)
