"""What can be done to a codebook, as plain data, and what each edit changes. Nothing here touches a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from curation.codebook.data import OTHER, THEME_ID, Change, Codebook, Theme
from curation.codebook.history import values_of
from curation.nearest import nearest
from curation.operations.data import Refused
from parsers.display import visible

TEXT_KEYS: Final = ("label", "group", "definition", "use_when", "avoid_when", "example", "not_example")
KEYS: Final = (*TEXT_KEYS, "phrases")
"""What `EditTheme` can change."""

LONGEST: Final[Mapping[str, int]] = {"label": 80, "group": 40, "phrases": 80}
_LONGEST_TEXT = 2_000
_MOST_PHRASES = 60
_NOT_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class AddTheme:
    """A new theme. `id` "" is made from the label; `after` is the theme that it is to stand behind, "" for the end."""

    label: str
    id: str = ""
    group: str = ""
    definition: str = ""
    use_when: str = ""
    avoid_when: str = ""
    example: str = ""
    not_example: str = ""
    phrases: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class EditTheme:
    """Write some of `KEYS` anew: each a text, or for `phrases` several."""

    theme: str
    values: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RenameTheme:
    """Another label; with `id` another id too, and the old one then points to it, so that no review is touched."""

    theme: str
    label: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class MergeTheme:
    """Let a theme count as another from now on. A pointer alone: reviews keep what their reviewer wrote."""

    theme: str
    into: str


@dataclass(frozen=True, slots=True)
class ArchiveTheme:
    """Keep a theme for what it was given to, and don't offer it any more."""

    theme: str


@dataclass(frozen=True, slots=True)
class RestoreTheme:
    """Offer an archived theme again, or let a merged one stand for itself again."""

    theme: str


Edit = AddTheme | EditTheme | RenameTheme | MergeTheme | ArchiveTheme | RestoreTheme


def changes(codebook: Codebook, edit: Edit) -> tuple[Change, ...]:
    """What an edit changes. Raises Refused with the reason, if it would break a rule or change nothing."""
    match edit:
        case AddTheme():
            return _add(codebook, edit)
        case EditTheme():
            return _edit(codebook, edit)
        case RenameTheme():
            return _rename(codebook, edit)
        case MergeTheme():
            return _merge(codebook, edit)
        case ArchiveTheme():
            return _archive(codebook, edit)
        case RestoreTheme(theme):
            return _restore(known(codebook, theme))


def describe(edit: Edit) -> str:
    """An edit in words, on one line: `merge chronologies into case-recording`."""
    match edit:
        case AddTheme(label, theme_id):
            return f"add {theme_id or made_id(label)}, “{label}”"
        case EditTheme(theme, values):
            return f"edit {', '.join(values)} of {theme}"
        case RenameTheme(theme, label, theme_id):
            return f"rename {theme} “{label}”" + (f", id {theme_id}" if theme_id else "")
        case MergeTheme(theme, into):
            return f"merge {theme} into {into}"
        case ArchiveTheme(theme):
            return f"archive {theme}"
        case RestoreTheme(theme):
            return f"restore {theme}"


def known(codebook: Codebook, theme_id: str) -> Theme:
    """The theme with this id. Raises Refused with the nearest one."""
    theme = codebook.themes.get(theme_id)
    if theme is None:
        likely = nearest(theme_id, codebook.themes)
        hint = f"the nearest is {likely}" if likely else "the codebook has none"
        raise Refused(f"no theme {visible(theme_id[:64])}; {hint}")
    return theme


def made_id(label: str) -> str:
    """An id made from a label: `Case recording` becomes `case-recording`; "" if nothing of it can be in an id."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode("ascii").casefold()
    return _NOT_ID.sub("-", plain).strip("-")[:64].strip("-")


def _add(codebook: Codebook, edit: AddTheme) -> tuple[Change, ...]:
    values: dict[str, Any] = {key: _checked(key, getattr(edit, key)) for key in KEYS}
    theme_id = edit.id or made_id(values["label"])
    _check_id(codebook, theme_id, values["label"])
    _check_label(codebook, values["label"])
    if edit.after:
        known(codebook, edit.after)
    # Themes of a group stand together, in the file as on the screen.
    group = [theme.id for theme in codebook.themes.values() if theme.group == values["group"]]
    after = edit.after or (group[-1] if group else "")
    return (Change(theme_id, None, {**values, "archived": False, "merged_into": ""}, after),)


def _edit(codebook: Codebook, edit: EditTheme) -> tuple[Change, ...]:
    theme = known(codebook, edit.theme)
    if strange := next((key for key in edit.values if key not in KEYS), ""):
        raise Refused(f"{visible(strange[:40])} can't be edited; there are {', '.join(KEYS)}")
    before = values_of(theme)
    values = {key: _checked(key, value) for key, value in edit.values.items()}
    values = {key: value for key, value in values.items() if value != before[key]}
    if not values:
        raise Refused(f"nothing would change: {theme.id} says that already")
    if "label" in values:
        _check_label(codebook, values["label"], but=theme.id)
    return (Change(theme.id, {key: before[key] for key in values}, values),)


def _rename(codebook: Codebook, edit: RenameTheme) -> tuple[Change, ...]:
    theme = known(codebook, edit.theme)
    label = _checked("label", edit.label)
    _check_label(codebook, label, but=theme.id)
    if not edit.id or edit.id == theme.id:
        return _edit(codebook, EditTheme(theme.id, {"label": label}))
    _check_own(theme, "be given another id")
    _check_id(codebook, edit.id, label)
    new = Change(edit.id, None, {**values_of(theme), "label": label}, theme.id)
    return (new, Change(theme.id, {"merged_into": ""}, {"merged_into": edit.id}))


def _merge(codebook: Codebook, edit: MergeTheme) -> tuple[Change, ...]:
    theme, into = known(codebook, edit.theme), known(codebook, edit.into)
    if theme is into:
        raise Refused(f"{theme.id} can't be merged into itself")
    if codebook.resolve(into.id) == theme.id:
        raise Refused(f"{into.id} counts as {theme.id} already: restore {into.id} first, or merge the other way")
    _check_own(theme, "be merged")
    if into.merged_into:
        raise Refused(f"{into.id} was merged itself: merge {theme.id} into {codebook.resolve(into.id)}")
    if into.archived:
        raise Refused(f"{into.id} is archived and not offered any more: restore it first, or choose another")
    return (Change(theme.id, {"merged_into": ""}, {"merged_into": into.id}),)


def _archive(codebook: Codebook, edit: ArchiveTheme) -> tuple[Change, ...]:
    theme = known(codebook, edit.theme)
    _check_own(theme, "be archived")
    if theme.archived:
        raise Refused(f"{theme.id} is archived already")
    return (Change(theme.id, {"archived": False}, {"archived": True}),)


def _restore(theme: Theme) -> tuple[Change, ...]:
    if theme.merged_into:
        return (Change(theme.id, {"merged_into": theme.merged_into}, {"merged_into": ""}),)
    if theme.archived:
        return (Change(theme.id, {"archived": True}, {"archived": False}),)
    raise Refused(f"{theme.id} is neither archived nor merged: there is nothing to restore")


def _check_own(theme: Theme, done: str) -> None:
    if theme.id == OTHER:
        raise Refused(f"{OTHER} is for what no theme fits: it can't {done}")
    if theme.merged_into:
        raise Refused(f"{theme.id} was merged into {theme.merged_into} already: restore it first")


def _check_id(codebook: Codebook, theme_id: str, label: str) -> None:
    if not theme_id:
        raise Refused(f"no id can be made of “{visible(label)}”: give one of lower-case letters, digits and -")
    if not THEME_ID.fullmatch(theme_id):
        raise Refused(f"{visible(theme_id[:64])} can't be an id: lower-case letters, digits, - and _, no sign first")
    if theme_id in codebook.themes:
        raise Refused(f"there is a theme {theme_id} already, “{visible(codebook.themes[theme_id].label)}”")


def _check_label(codebook: Codebook, label: str, but: str = "") -> None:
    same = next((t for t in codebook.living if t.id != but and _folded(t.label) == _folded(label)), None)
    if same is not None:
        raise Refused(f"{same.id} is called “{visible(same.label)}” already")


def _folded(label: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def _checked(key: str, value: str | tuple[str, ...]) -> Any:
    """A value as it is kept: white space folded, nothing in it that can't be seen. Raises Refused."""
    if key == "phrases":
        texts = (value,) if isinstance(value, str) else value
        phrases = list(dict.fromkeys(filter(None, (_text(key, text) for text in texts))))
        if len(phrases) > _MOST_PHRASES:
            raise Refused(f"{len(phrases)} phrases are too many: at most {_MOST_PHRASES}, two to ten serve best")
        return phrases
    text = _text(key, value if isinstance(value, str) else " ".join(value))
    if key == "label" and not text:
        raise Refused("a theme needs a label, the name that people see")
    return text


def _text(key: str, text: str) -> str:
    folded = " ".join(text.split())
    if hidden := next(_hidden(folded), ""):
        raise Refused(f"the {key} holds a character that can't be seen, U+{ord(hidden):04X}: take it out")
    longest = LONGEST.get(key, _LONGEST_TEXT)
    if len(folded) > longest:
        raise Refused(f"the {key} has {len(folded)} characters; at most {longest}")
    return folded


def _hidden(text: str) -> Iterator[str]:
    return (char for char in text if visible(char) != char and not char.isspace())
