"""The state after an adoption, and what it must not change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from curation import checks, schema
from curation.operations.checking import check_category, check_themes
from curation.operations.data import Adopt, Refused
from curation.operations.room import check_room
from curation.patching import difference, patched
from curation.review import Review, ReviewedFinding
from curation.tables import SchemaError

_FIXED: Final = ("schema", "letter", "reviewer", "operations", "updated", "source")
_STATES: Final = ("open", "handed-in")
_ID: Final = re.compile(r"f-[0-9a-z]{6,60}")


def adopted(review: Review, operation: Adopt) -> Review:
    """The state after an adoption. Raises Refused if it would be none."""
    try:
        return schema.from_json(patched(schema.to_json(review), operation.changes), review.text)
    except SchemaError as error:
        raise Refused(f"what was changed can't be taken in: {error}") from error


def check(review: Review, operation: Adopt) -> None:
    """Raises Refused with all that is wrong with the state that an adoption would lead to."""
    fixed = [key for key in _FIXED if key in operation.changes]
    if fixed:
        raise Refused(f"{', '.join(fixed)}: that is not to be changed by hand; give it its old value back")
    after = adopted(review, operation)
    wrong = list(checks.problems(after))
    if after.state not in _STATES:
        wrong.append(f"state: it is one of {', '.join(_STATES)}")
    for name in touched_ids(operation):
        if not _ID.fullmatch(name):
            wrong.append(f"[findings.{name}]: an id is f- and six or more of the signs 0-9 and a-z")
        finding = after.find(name)
        if finding is not None and finding != review.find(name):
            wrong += _problems(review, after, finding)
    if wrong:
        raise Refused(f"what was changed can't be taken in: {'; '.join(dict.fromkeys(wrong))}")


def changes_back(before: Review, after: Review) -> dict[str, Any]:
    """The patch that would make `before` of `after`, for the log."""
    patch = difference(schema.to_json(after), schema.to_json(before))
    return {key: value for key, value in patch.items() if key not in _FIXED}


def touched_ids(operation: Adopt) -> tuple[str, ...]:
    """The ids of all findings, living or removed, that an adoption changes, makes or takes out."""
    tables = (operation.changes.get(key) for key in ("findings", "removed", "unplaced"))
    return tuple(dict.fromkeys(name for table in tables if isinstance(table, Mapping) for name in table))


def _problems(review: Review, after: Review, finding: ReviewedFinding) -> Iterator[str]:
    others = tuple(f for f in after.findings if f is not finding)
    checks_of_one: tuple[Callable[[], None], ...] = (
        lambda: check_category(review, finding.category),
        lambda: check_themes(finding.themes),
        lambda: check_room(others, finding.spans),
    )
    for check_one in checks_of_one:
        try:
            check_one()
        except Refused as error:
            yield f"[findings.{finding.id}]: {error}"
