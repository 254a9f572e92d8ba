"""Every question that reviewers asked about findings, with the answers that others, or they themselves, gave.

A question stands in its asker's review, an answer in the answerer's: nobody writes into a colleague's file. They find
each other by asker and finding, and by the question's words: one that was changed since it was answered is open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from curation.review import Answer, Review, ReviewedFinding


class Standing(Enum):
    """What became of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    TAKEN_BACK = "taken back"
    """It was answered, and isn't asked any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: whose it is, its words, and whether it answers the question as it is asked now."""

    by: str
    answer: str
    current: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a finding.

    Attributes:
        letter: its key.
        asker: who asked.
        finding: id of the finding in the asker's review.
        question: the words.
        replies: in the order of the answerers' names, current ones first.
        standing: open, answered or taken back.
        text: the finding's words, "" where the finding is gone.
        category: of the finding, "" where it is gone.
        at: where the finding begins, a code point; 0 where it is gone.
    """

    letter: str
    asker: str
    finding: str
    question: str
    replies: tuple[Reply, ...]
    standing: Standing
    text: str = ""
    category: str = ""
    at: int = 0


def questions(reviews: Iterable[Review]) -> tuple[Question, ...]:
    """The questions about one letter, from all its reviews, in the order of the text; those taken back at the end."""
    known = {review.reviewer: review for review in reviews}
    asked = [question for review in known.values() for question in _asked(review, known)]
    asked += _taken_back(known)
    return tuple(sorted(asked, key=lambda q: (q.standing is Standing.TAKEN_BACK, q.at, q.asker, q.finding)))


def _asked(review: Review, known: Mapping[str, Review]) -> Iterator[Question]:
    for finding in review.findings:
        if not finding.question:
            continue
        replies = tuple(_replies(review, finding, known))
        answered = any(reply.current for reply in replies)
        yield Question(
            letter=review.letter,
            asker=review.reviewer,
            finding=finding.id,
            question=finding.question,
            replies=replies,
            standing=Standing.ANSWERED if answered else Standing.OPEN,
            text=finding.text,
            category=finding.category,
            at=finding.spans[0].start if finding.spans else 0,
        )


def _replies(review: Review, finding: ReviewedFinding, known: Mapping[str, Review]) -> Iterator[Reply]:
    found = []
    for by, other in sorted(known.items()):
        given = [one for name, one in other.answers.items() if _is_about(name, one, review, finding)]
        found += [Reply(by, one.answer, one.question == finding.question) for one in given]
    return iter(sorted(found, key=lambda reply: not reply.current))


def _is_about(name: str, given: Answer, review: Review, finding: ReviewedFinding) -> bool:
    """Whether an answer is to the question about a finding, or to what that was before it was split or merged."""
    asker, _, asked = name.partition("#")
    if asker != review.reviewer:
        return False
    if asked in (finding.id, *finding.parents):
        return True
    # Its finding became others, and those again: then it is known by its words.
    return given.question == finding.question and not _stands(review, asked)


def _stands(review: Review, finding: str) -> bool:
    return review.find(finding) is not None or any(stone.finding.id == finding for stone in review.removed)


def _taken_back(known: Mapping[str, Review]) -> Iterator[Question]:
    """Answers to what is not asked any more."""
    for by, review in sorted(known.items()):
        for name, given in review.answers.items():
            asker, _, finding = name.partition("#")
            own = known.get(asker)
            if own and any(f.question and _is_about(name, given, own, f) for f in own.findings):
                continue
            reply = Reply(by, given.answer, False)
            yield Question(review.letter, asker, finding, given.question, (reply,), Standing.TAKEN_BACK)
