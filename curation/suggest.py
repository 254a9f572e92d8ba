"""Theme suggestions for a finding: its words weighed against each theme's own, and against what reviewers accepted.

TF-IDF cosine over stems of a theme's label, definition and phrases, with the accepted findings folded in (Rocchio
1971), plus a share for the best phrase that the finding holds. Nothing is ever applied: a person takes a suggestion or
doesn't. A theme never says good or bad, so negations carry no weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from curation.codebook import OTHER, Codebook, Theme
from curation.cues import Cue, idiom, key_for
from curation.example import Example
from curation.vectors import Index, Vector, added, dot, inverse_frequencies, scaled, tfidf, unit
from curation.words import NEGATION, Normalised, Vocabulary, normalise, stemmed, tokens

PHRASE_SHARE = 0.3
"""What the best phrase adds, at most, to a cosine between 0 and 1."""

EXEMPLAR_SHARE = 1.0
"""The most that all accepted findings of a theme weigh, against 1.0 for its own words."""

SAME_SHARE = 0.5
"""How far an accepted finding that says the very same lifts its themes: so much of the way to 100."""

REFUSED_SHARE = 0.5
"""How far a finding that says the very same, and for which a reviewer turned the theme down, lowers it."""

SURE_MARGIN = 9.0
"""How far, in points of 100, the first suggestion has to lead to be called sure. About half of all do."""

_QUOTED = 60
_WORDS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that a finding may be about.

    Attributes:
        theme: the id of a living theme.
        score: 0-100; to be compared with the other suggestions for the same finding only.
        sure: it leads the next one by `SURE_MARGIN` or more. Only the first can be sure.
        because: what spoke for it, in words to show: a phrase, an accepted finding, or words that the two share.
    """

    theme: str
    score: float
    sure: bool
    because: str


@dataclass(frozen=True, slots=True)
class _Profile:
    """A theme as it is compared.

    `own` and `taught` add up to one unit vector, so that the share of each can be told. `exemplars` are the places of
    its accepted findings among all that were accepted, `refusals` those of findings that it was turned down for.
    """

    theme: str
    own: Vector
    taught: Vector
    cues: tuple[Cue, ...]
    exemplars: tuple[int, ...]
    refusals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Finding:
    """A text as it is compared.

    `words` has the first word for each key, `alike` its cosine with each exemplar, `unlike` with each finding that
    something was refused for.
    """

    vector: Vector
    words: Mapping[str, str]
    keys: str
    stems: str
    alike: Sequence[float]
    unlike: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Scored:
    """How much each source speaks for a theme, between 0 and 1. `nearest` is an exemplar's place, -1 for none."""

    profile: _Profile
    own: float
    taught: float
    cue: Cue | None
    held: float
    nearest: int
    same: float
    against: float

    @property
    def score(self) -> float:
        words = (self.own + self.taught + PHRASE_SHARE * self.held) / (1 + PHRASE_SHARE)
        return min(100.0, 100 * (words + (1 - words) * self.same) * (1 - self.against))


class Suggester:
    """Ranks the themes of a codebook for any text. Immutable: build a new one when a finding was accepted.

    Args:
        codebook: its living themes are suggested. Merged ones lend their words to what they were merged into, and
            examples of them count as examples of that.
        examples: what reviewers decided about findings, in any order.
    """

    def __init__(self, codebook: Codebook, examples: Iterable[Example] = ()) -> None:
        self._codebook = codebook
        decided = sorted(set(examples))
        self._examples = [example for example in decided if example.themes]
        refused = [example for example in decided if example.refused]
        sources = [(theme, *codebook.merged(theme.id)) for theme in codebook.living if theme.id != OTHER]
        described = [[normalise(text) for theme in source for text in _wording(theme)] for source in sources]
        accepted = [normalise(example.text) for example in self._examples]
        words = (word for texts in (*described, accepted) for text in texts for word in tokens(text))
        key = key_for(phrase for source in sources for theme in source for phrase in theme.phrases)
        self._vocabulary = Vocabulary(words, key)
        own = [self._count(texts) for texts in described]
        taught = [self._count([text]) for text in accepted]
        self._inverse = inverse_frequencies([*own, *taught])
        vectors = [tfidf(counts, self._inverse) for counts in taught]
        self._exemplars = Index(vectors)
        self._refusals = Index([tfidf(self._count([normalise(one.text)]), self._inverse) for one in refused])
        accepted_at = _places(codebook, (example.themes for example in self._examples))
        refused_at = _places(codebook, (example.refused for example in refused))
        self._profiles = [
            self._profile(source, counts, accepted_at.get(source[0].id, ()), refused_at.get(source[0].id, ()), vectors)
            for source, counts in zip(sources, own, strict=True)
        ]

    def suggest(self, text: str, *, refused: Collection[str] = (), top: int = 3) -> tuple[Suggestion, ...]:
        """Rank the themes that something in `text` speaks for, best first, at most `top` of them.

        `refused` are theme ids that a person turned down, or has set already; what they count as isn't suggested. The
        answer follows from the arguments and the constructor's alone, in any order of examples and in any process.
        Equal scores keep the codebook's order.
        """
        finding = self._finding(normalise(text))
        out = set(self._codebook.resolve_all(refused))
        scored = [_scored(finding, profile) for profile in self._profiles if profile.theme not in out]
        ranked = sorted((one for one in scored if one.score > 0), key=lambda one: -one.score)
        scores = [one.score for one in ranked] + [0.0, 0.0]
        leads = scores[0] - scores[1] >= SURE_MARGIN
        return tuple(
            Suggestion(one.profile.theme, one.score, place == 0 and leads, self._because(finding, one))
            for place, one in enumerate(ranked[: max(top, 0)])
        )

    def _count(self, texts: Iterable[Normalised]) -> Counter[str]:
        return Counter(key for text in texts for key in self._vocabulary.keys(text) if key != NEGATION)

    def _finding(self, text: Normalised) -> _Finding:
        counts = self._count([text])
        vector = tfidf(counts, self._inverse)
        first = {key: word for word in reversed(tokens(text)) for key in self._vocabulary.keys(Normalised(word))}
        words = {key: first.get(key, key) for key in counts}
        alike, unlike = self._exemplars.cosines(vector), self._refusals.cosines(vector)
        return _Finding(vector, words, " ".join(counts), stemmed(text), alike, unlike)

    def _profile(
        self,
        source: Sequence[Theme],
        counts: Mapping[str, int],
        places: Sequence[int],
        refusals: Sequence[int],
        vectors: Sequence[Vector],
    ) -> _Profile:
        own = tfidf(counts, self._inverse)
        # One finding set in haste weighs half, many weigh all of the share and never more.
        share = EXEMPLAR_SHARE * len(places) / (len(places) + 1)
        taught = scaled(unit(added(vectors[place] for place in places)), share)
        together = added([own, taught])
        length = dot(together, together) ** 0.5 or 1.0
        phrases = {phrase: normalise(phrase) for theme in source for phrase in theme.phrases}
        cues = [Cue(phrase, tuple(self._count([text])), idiom(text)) for phrase, text in phrases.items()]
        return _Profile(
            theme=source[0].id,
            own=scaled(own, 1 / length),
            taught=scaled(taught, 1 / length),
            cues=tuple(cue for cue in cues if cue.keys),
            exemplars=tuple(places),
            refusals=tuple(refusals),
        )

    def _because(self, finding: _Finding, scored: _Scored) -> str:
        phrase = PHRASE_SHARE if scored.cue is not None and scored.held >= 1 else 0.0
        if scored.nearest >= 0 and scored.taught + scored.same > scored.own + phrase:
            example = self._examples[scored.nearest]
            return f'like {example.letter}#{example.finding} "{_shortened(example.text)}"'
        if scored.cue is not None and phrase:
            return f'"{scored.cue.phrase}"'
        own = scored.profile.own
        weights = {key: weight * own[key] for key, weight in finding.vector.items() if key in own}
        named = sorted(weights, key=lambda key: (-weights[key], key))[:_WORDS_NAMED]
        return "words: " + ", ".join(finding.words[key] for key in named)


def _places(codebook: Codebook, themes_of_each: Iterable[Iterable[str]]) -> Mapping[str, Sequence[int]]:
    """For each theme the places of those that have it, counted as what it was merged into."""
    places: dict[str, list[int]] = {}
    for place, themes in enumerate(themes_of_each):
        for theme_id in codebook.resolve_all(themes):
            places.setdefault(theme_id, []).append(place)
    return places


def _wording(theme: Theme) -> tuple[str, ...]:
    return (theme.label, theme.definition, *theme.phrases)


def _scored(finding: _Finding, profile: _Profile) -> _Scored:
    best: Cue | None = None
    held = 0.0
    for cue in profile.cues:
        share = cue.held(finding.words, finding.keys, finding.stems)
        if share and (best is None or (share, len(cue.keys)) > (held, len(best.keys))):
            best, held = cue, share
    nearest = max(profile.exemplars, key=finding.alike.__getitem__, default=-1)
    against = max((finding.unlike[place] for place in profile.refusals), default=0.0)
    return _Scored(
        profile=profile,
        own=dot(finding.vector, profile.own),
        taught=dot(finding.vector, profile.taught),
        cue=best,
        held=held,
        nearest=nearest,
        same=SAME_SHARE * _sameness(finding.alike[nearest]) if nearest >= 0 else 0.0,
        against=REFUSED_SHARE * _sameness(against),
    )


def _sameness(cosine: float) -> float:
    """How far two findings say the same, from how alike their words are, between 0 and 1.

    Cubed: what says the same decides, what is merely alike hardly counts beside the many that `taught` sums up.
    """
    return min(1.0, cosine) ** 3


def _shortened(text: str) -> str:
    if len(text) <= _QUOTED:
        return text
    return (text[:_QUOTED].rpartition(" ")[0] or text[:_QUOTED]) + "…"
