"""What every test stands on: nobody's settings, and the same examples each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Slow machines are no defect: no deadlines. The same examples on every run: a red test is red for its change.
settings.register_profile("house", max_examples=50, derandomize=True, deadline=None)
# `make torture`: many more, and new ones each time; what fails is printed with the line that repeats it.
settings.register_profile(
    "torture", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

_FROM_OUTSIDE = ("RECTO_REVIEWER", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TEXTUAL_THEME", "COLUMNS", "LINES")


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, state and caches of a test lie in its own folder; the developer's shell does not reach in."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "xdg" / name.lower()))
    for name in _FROM_OUTSIDE:
        monkeypatch.delenv(name, raising=False)
