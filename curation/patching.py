"""What changed between two JSON objects, as a third: JSON Merge Patch (RFC 7386).

A patch holds the keys that differ, with what they are now; null for a key that is gone. Objects are compared key by
key, lists as a whole. Neither object may hold null; no state of a review does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that makes `after` of `before`; empty if they are the same."""
    patch: dict[str, Any] = {key: None for key in before if key not in after}
    for key, value in after.items():
        if key not in before:
            patch[key] = value
        elif isinstance(value, Mapping) and isinstance(before[key], Mapping):
            inner = difference(before[key], value)
            patch |= {key: inner} if inner else {}
        elif not same(before[key], value):
            patch[key] = value
    return patch


def patched(before: Any, patch: Mapping[str, Any]) -> dict[str, Any]:
    """What a patch makes of an object; of anything else it makes an object of its own keys."""
    whole = dict(before) if isinstance(before, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            whole.pop(key, None)
        else:
            whole[key] = patched(whole.get(key), value) if isinstance(value, Mapping) else value
    return whole


def same(one: object, other: object) -> bool:
    """Equal, and of one type through and through: 0 is not false, and 1 is not 1.0."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    # nan is not equal to itself, and 0.0 equals -0.0.
    return type(one) is type(other) and (repr(one) == repr(other) if isinstance(one, float) else one == other)
