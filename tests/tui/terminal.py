"""A program in a pseudo-terminal of its own: what it sends is read, and counted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUIET = 0.15
"""Seconds of silence after which a screen counts as settled."""
PATIENCE = 30.0
"""Seconds after which something that should have come has not."""


class Terminal:
    """An app in a pseudo-terminal: what it sends is read and counted."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], columns: int, rows: int) -> None:
        self.started = time.perf_counter()
        self.output = bytearray()
        self._over = False
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(ROOT)
            os.execvpe(command[0], list(command), environ)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float) -> bytes:
        """What comes within that time."""
        if not select.select([self.master], [], [], max(seconds, 0))[0]:
            return b""
        try:
            return os.read(self.master, 1 << 16)
        except OSError:
            return b""

    def wait_for(self, text: bytes) -> bytes:
        """Read until `text` has come; what was read. Raises TimeoutError."""
        seen = bytearray()
        end = time.perf_counter() + PATIENCE
        while text not in seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"{text!r} did not come; the last was {bytes(seen[-300:])!r}")
            seen += self.read(0.1)
        self.output += seen
        return bytes(seen)

    def settle(self, quiet: float = QUIET) -> int:
        """Read until it is quiet; the bytes that came."""
        count = 0
        while chunk := self.read(quiet):
            self.output += chunk
            count += len(chunk)
        return count

    def press(self, key: bytes) -> int:
        """The bytes that a key press costs."""
        os.write(self.master, key)
        return self.settle()

    def answered(self, key: bytes, quiet: float = QUIET) -> float:
        """Seconds from a key press to the last byte that it brings; nan if it brings none."""
        begun = last = time.perf_counter()
        os.write(self.master, key)
        while chunk := self.read(quiet):
            self.output += chunk
            last = time.perf_counter()
        return last - begun if last > begun else float("nan")

    def showed(self, key: bytes, text: bytes) -> float:
        """Seconds from a key press until `text` has come. Raises TimeoutError."""
        begun = time.perf_counter()
        os.write(self.master, key)
        self.wait_for(text)
        return time.perf_counter() - begun

    def idle(self, seconds: float) -> int:
        """The bytes that come while nothing is pressed."""
        count, end = 0, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            count += len(self.read(left))
        return count

    def megabytes(self) -> float:
        """Resident memory of the app."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return float("nan")

    def close(self) -> None:
        """End the app at once."""
        if not self._over:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self.master)
        self._over = True

    def is_over(self) -> bool:
        """Whether the app has ended by itself; nothing is waited for."""
        if not self._over:
            pid, _ = os.waitpid(self.pid, os.WNOHANG)
            self._over = pid != 0
        return self._over

    def hung_up(self) -> int:
        """Close the terminal under the app, and wait for its end: its exit status."""
        os.close(self.master)
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._over = True
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._over = True
        raise TimeoutError("the app did not end")

    def stall(self) -> None:
        """Read nothing until the app can't go on: it has stopped computing while it still has something to send."""
        end, spent, same = time.perf_counter() + PATIENCE, -1, 0
        while same < 5 and time.perf_counter() < end:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            now = int(fields[11]) + int(fields[12])
            spent, same = now, same + 1 if now == spent else 0
            time.sleep(0.05)

    def ended(self, *, reading: bool = True) -> int:
        """Wait for the app's end; its exit status, or minus the signal that ended it. What it sends is read, or not."""
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            if reading:
                self.output += self.read(0.05)
            else:
                time.sleep(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._over = True
                while chunk := self.read(0.05):
                    self.output += chunk
                return os.waitstatus_to_exitcode(status)
        self.close()
        raise TimeoutError("the app did not end")


def recto(*arguments: str) -> list[str]:
    """The command that starts Recto."""
    return [sys.executable, "-m", "tui", *arguments]
