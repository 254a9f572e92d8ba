"""A review put on its letter as it is now: the text may be another, or the parser a better one.

What a person touched is pinned: it is placed by its words, or kept whole until somebody places it. What nobody touched
follows the new parse. Nothing is written here; the plan is done by `curation.session`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from rapidfuzz.distance import Levenshtein

from curation import checks, metadata, schema
from curation.anchoring import Certainty, Placement, Quote, place_all
from curation.beginning import begin
from curation.contexts import Contexts
from curation.following import Followed, follow
from curation.operations import Rebase, Refused
from curation.review import MetadataEntry, RemovedFinding, Review, ReviewedFinding, Unplaced
from curation.spans import text_of
from curation.touched import Touched
from parsers.letter import Letter, Span

ADDED: Final = "added"
DROPPED: Final = "dropped"
_SAME_COUNCIL: Final = 0.8
"""Of the characters of a council's name: one that was mistyped is the same."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What putting a review on its letter leads to.

    Attributes:
        before: the review as it was.
        after: the review as it would be; `operations` and `updated` are those of before.
        placements: what became of each finding that a person touched or removed, in the order of the old text.
        followed: what the new parse changes of the findings that nobody touched.
        metadata: paths of the tables that the new parse says otherwise, gives or takes away.
        text_changed: False if only the parse is another.
    """

    before: Review
    after: Review
    placements: tuple[Placement, ...]
    followed: Followed
    metadata: tuple[str, ...]
    text_changed: bool

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to do."""
        return self.text_changed or replace(self.after, source=self.before.source) != self.before

    def count(self, certainty: Certainty) -> int:
        """How many findings that are not removed were placed so, or not."""
        removed = {r.finding.id for r in self.before.removed} | {
            u.finding.id for u in self.before.unplaced if u.removed
        }
        return sum(p.certainty is certainty and p.id not in removed for p in self.placements)

    def operation(self) -> Rebase:
        """The operation that does it."""
        placements: dict[str, str] = {p.id: p.certainty.value for p in self.placements}
        placements |= {f.id: ADDED for f in self.followed.added} | {f.id: DROPPED for f in self.followed.dropped}
        return Rebase(placements, schema.to_json(self.after))


def plan(review: Review, contexts: Contexts, touched: Touched, letter: Letter, taken: AbstractSet[str]) -> Plan:
    """Work out what becomes of a review on its letter as it is parsed now.

    Args:
        review: the state; its spans count in the text that `review.source` names.
        contexts: what stood around its findings there.
        touched: what of it is pinned.
        letter: the letter now.
        taken: ids that a new finding may not get.

    Raises Refused if the state would break a rule of reviews.
    """
    same_text = review.source.text_sha256 == letter.source.text_sha256
    parse = begin(letter, review.letter, review.reviewer, review.codebook_revision)
    quotes = _quotes(review, contexts, same_text)
    placements = {p.id: p for p in _placed(review, quotes, letter, parse)}
    # A parse that does not know the family says nothing about what is a finding.
    pinned = tuple(f for f in review.findings if letter.profile is None or touched.is_pinned(review, f))
    pinned += tuple(u.finding for u in review.unplaced if not u.removed)
    around = {quote.id: quote for quote in quotes}
    placed = tuple(_moved(f, placements[f.id], letter) for f in pinned if _is_placed(placements[f.id]))
    waiting = tuple(_unplaced(f, around[f.id], placements[f.id]) for f in pinned if not _is_placed(placements[f.id]))
    stones, lost_stones = _stones(review, placements, around, letter)
    untouched = tuple(f for f in review.findings if f not in pinned)
    known = {f.id for f in (*placed, *untouched)} | {s.finding.id for s in stones}
    followed = follow(
        parse=parse.findings,
        pinned=(*(f.spans for f in placed), *(s.finding.spans for s in stones), *(w.proposed for w in waiting)),
        untouched=tuple((f, _moved(f, placements[f.id], letter)) for f in untouched if _is_placed(placements[f.id])),
        gone=tuple(f for f in untouched if not _is_placed(placements[f.id])),
        taken=taken | known | {w.finding.id for w in (*waiting, *lost_stones)},
    )
    entries = _metadata(review, touched, parse)
    after = replace(
        review,
        source=parse.source,
        text=letter.text,
        findings=tuple(sorted((*placed, *followed.living), key=lambda f: (f.spans, f.id))),
        removed=tuple(sorted(stones, key=lambda r: (r.finding.spans, r.finding.id))),
        unplaced=tuple(sorted((*waiting, *lost_stones), key=lambda u: (u.finding.spans, u.finding.id))),
        metadata=entries,
    )
    after = replace(after, doubts=_doubts(review, after, letter, same_text))
    wrong = checks.problems(after)
    if wrong:
        raise Refused(f"the review can't be put on the letter as it is now: {'; '.join(wrong)}")
    told = tuple(p for p in placements.values() if p.id not in {f.id for f in untouched})
    return Plan(review, after, told, followed, _read_otherwise(review.metadata, entries), not same_text)


def _quotes(review: Review, contexts: Contexts, same_text: bool) -> list[Quote]:
    """What is to be placed, in the order of the text that it was found in."""
    held = [*review.findings, *(r.finding for r in review.removed)]
    held.sort(key=lambda f: (f.spans, f.id))
    quotes = []
    for finding in held:
        around = schema.context(review.text, finding) if same_text else contexts.of(finding.id, finding.text)
        quotes.append(Quote(finding.id, finding.text, finding.spans, *around, finding.heading))
    # Those that already had no place in the last text stand in no order with the others.
    for unplaced in review.unplaced:
        finding = unplaced.finding
        quotes.append(Quote(finding.id, finding.text, (), unplaced.prefix, unplaced.suffix, finding.heading))
    return quotes


def _placed(review: Review, quotes: list[Quote], letter: Letter, parse: Review) -> Iterable[Placement]:
    if review.source.text_sha256 == letter.source.text_sha256:
        known = [quote for quote in quotes if quote.spans]
        waiting = {u.finding.id: u for u in review.unplaced}
        yield from (Placement(quote.id, Certainty.SAME, quote.spans, 1.0) for quote in known)
        for name, unplaced in waiting.items():
            certainty = Certainty.ASKED if unplaced.proposed else Certainty.LOST
            yield Placement(name, certainty, unplaced.proposed, unplaced.score)
        return
    yield from place_all(quotes, letter, in_doubt=_names_another(review, parse))


def _names_another(review: Review, parse: Review) -> bool:
    """Whether the letter says that it is to another council, or of another day, than the review's."""
    before, now = (_value(one, "authority").casefold() for one in (review, parse))
    other = bool(before and now) and Levenshtein.normalized_similarity(before, now) < _SAME_COUNCIL
    days = [_value(one, "date") for one in (review, parse)]
    return other or (all(days) and days[0] != days[1])


def _value(review: Review, path: str) -> str:
    entry = review.metadata.get(path)
    return str(entry.values.get(metadata.VALUE, "")) if entry else ""


def _is_placed(placement: Placement) -> bool:
    return placement.certainty in (Certainty.SAME, Certainty.MOVED)


def _moved(finding: ReviewedFinding, placement: Placement, letter: Letter) -> ReviewedFinding:
    """A finding at its new place. "Seen and right" was said of other words where they changed."""
    seen = finding.seen and placement.certainty is Certainty.SAME
    return replace(finding, spans=placement.spans, text=text_of(letter.text, placement.spans), seen=seen)


def _unplaced(finding: ReviewedFinding, quote: Quote, placement: Placement) -> Unplaced:
    score = round(placement.score, 3) if placement.spans else 0.0
    return Unplaced(finding, quote.prefix, quote.suffix, placement.spans, score)


def _stones(
    review: Review, placements: Mapping[str, Placement], quotes: Mapping[str, Quote], letter: Letter
) -> tuple[tuple[RemovedFinding, ...], tuple[Unplaced, ...]]:
    """Removed findings where they stand now, and those that have no place any more."""
    removed = [(r.finding, r.reason) for r in review.removed]
    removed += [(u.finding, u.removed) for u in review.unplaced if u.removed]
    stones, lost = [], []
    for finding, reason in removed:
        placement = placements[finding.id]
        if _is_placed(placement):
            stones.append(RemovedFinding(_moved(finding, placement, letter), reason))
        else:
            quote = quotes[finding.id]
            lost.append(Unplaced(finding, quote.prefix, quote.suffix, removed=reason))
    return tuple(stones), tuple(lost)


def _metadata(review: Review, touched: Touched, parse: Review) -> Mapping[str, MetadataEntry]:
    """The new parse's tables, but those that a person edited: these get their place in the letter from it at most."""
    kept = {
        path: replace(entry, span=_span_of(entry, parse.metadata.get(path)))
        for path, entry in review.metadata.items()
        if touched.is_metadata_pinned(review, path)
    }
    read = {path: entry for path, entry in parse.metadata.items() if not touched.is_metadata_pinned(review, path)}
    if review.source.text_sha256 == parse.source.text_sha256:
        kept = {path: review.metadata[path] for path in kept}
    return metadata.ordered({**read, **kept})


def _read_otherwise(before: Mapping[str, MetadataEntry], after: Mapping[str, MetadataEntry]) -> tuple[str, ...]:
    """The paths under which something else is said now; where it stands does not count."""
    values = [{path: dict(entry.values) for path, entry in entries.items()} for entries in (before, after)]
    return tuple(path for path in values[0] | values[1] if values[0].get(path) != values[1].get(path))


def _span_of(entry: MetadataEntry, read: MetadataEntry | None) -> Span | None:
    return read.span if read is not None and dict(read.values) == dict(entry.values) else None


def _doubts(review: Review, after: Review, letter: Letter, same_text: bool) -> Mapping[str, str]:
    """What was settled, for the doubts that are the same ones now: others are to be looked at again.

    A doubt about a finding is the same where the finding has the same words and as many doubts of that code as were
    settled; one about the letter where it is the only one of its code.
    """
    if same_text:
        keys = {doubt.key for doubt in letter.doubts}
        return MappingProxyType({key: settled for key, settled in review.doubts.items() if key in keys})
    found: dict[str, str] = {}
    now = {f.id: f for f in after.findings}
    about: set[str] = set()
    for finding in review.findings:
        here = {key for key in review.doubts if _lies_in(key, finding)}
        about |= here
        new = now.get(finding.id)
        if new is not None and new.text == finding.text:
            found |= _carried(review, here, [d.key for d in letter.doubts if _lies_in(d.key, new)])
    elsewhere = [d.key for d in letter.doubts if not any(_lies_in(d.key, f) for f in after.findings)]
    found |= _carried(review, set(review.doubts) - about, elsewhere)
    return MappingProxyType(found)


def _carried(review: Review, settled: Iterable[str], now: Iterable[str]) -> dict[str, str]:
    """What was settled under the new keys, for each code of which there are as many now as were settled."""
    found: dict[str, str] = {}
    old, new = _by_code(settled), _by_code(now)
    for code, keys in old.items():
        if len(new.get(code, ())) == len(keys):
            found |= {key: review.doubts[was] for was, key in zip(keys, new[code], strict=True)}
    return found


def _by_code(keys: Iterable[str]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for key in sorted(keys, key=lambda k: int(k.rpartition("-")[2])):
        codes.setdefault(key.rpartition("-")[0], []).append(key)
    return codes


def _lies_in(doubt: str, finding: ReviewedFinding) -> bool:
    place = doubt.rpartition("-")[2]
    return place.isdecimal() and finding.spans[0].start <= int(place) <= finding.spans[-1].end
