"""Files of an older major version, step by step to this one.

A step is a plain function from the document of one version to that of the next, and stays for ever, with a file of that
version in its test. There is one version so far, so there is no step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Step = Callable[[Mapping[str, Any]], dict[str, Any]]

REVIEW_STEPS: Final[Sequence[Step]] = ()
"""Step n - 1 makes a review of version n + 1 of one of version n."""


def migrated(document: Mapping[str, Any], major: int, steps: Sequence[Step] = REVIEW_STEPS) -> Mapping[str, Any]:
    """A document of version `major`, from 1 up to the present one, as the present version has it."""
    for step in steps[major - 1 :]:
        document = step(document)
    return document
