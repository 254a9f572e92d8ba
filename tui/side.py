"""One letter on the desk: who looks at it, its review, its parse. Screens do operations through its session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curation.agreed_review import Agreed
from curation.doubting import ToCheck, to_check
from curation.review import Review, ReviewedFinding
from curation.session import Session
from curation.workspace import Workspace
from parsers.letter import Letter, Region
from tui.paint import Preview, Subject
from tui.palette import CategoryStyle, category_styles


class Side:
    """A letter as it is looked at, and from the first decision on the session that changes it.

    Looking needs no reviewer and writes nothing; `begin` opens the session.

    Attributes:
        agreed: what people agreed on, where that is shown because nobody reviews; else None.
    """

    def __init__(self, workspace: Workspace, key: str, reviewer: str) -> None:
        """Raises one of `workspace.LETTER_ERRORS`."""
        self.workspace = workspace
        self.key = key
        self.session: Session | None = None
        self._letter: Letter | None = None
        self._review: Review | None = None
        self._known: tuple[Review, ToCheck] | None = None
        self.agreed: Agreed | None = None
        if reviewer:
            self.begin(reviewer)
        else:
            self._letter = workspace.read(key)
            self.look_again()

    def look_again(self) -> None:
        """Show what there is for nobody: the agreed review, else the parse. Raises one of `workspace.LETTER_ERRORS`."""
        self.agreed = self.workspace.agreed(self.key)
        self._review = self.agreed.review if self.agreed else self.workspace.review(self.key)

    def begin(self, reviewer: str) -> Session:
        """Open the reviewer's session on the letter. Raises one of `workspace.LETTER_ERRORS`."""
        self.agreed = None
        self.session = Session.open(self.workspace, self.key, reviewer)
        return self.session

    def close(self) -> None:
        """Save and release. Raises store.NotSaved."""
        if self.session is not None:
            self.session.close()

    @property
    def review(self) -> Review:
        """The state as it is now."""
        if self.session is not None:
            return self.session.review
        assert self._review is not None
        return self._review

    @property
    def letter(self) -> Letter:
        """The parse."""
        if self.session is not None:
            return self.session.letter
        assert self._letter is not None
        return self._letter

    @property
    def styles(self) -> Mapping[str, CategoryStyle]:
        """The categories of the letter's family."""
        return category_styles(self.review.source.profile)

    @property
    def regions(self) -> Sequence[Region]:
        """The parser's regions, none where they count in another text than the review does."""
        same = self.letter.source.text_sha256 == self.review.source.text_sha256
        return self.letter.regions if same else ()

    @property
    def to_check(self) -> ToCheck:
        """What is still to check; found once for each state."""
        if self._known is None or self._known[0] is not self.review:
            self._known = self.review, to_check(self.letter, self.review)
        return self._known[1]

    def subject(self, preview: Preview | None = None) -> Subject:
        """What its panes are to show."""
        review = self.review if preview is None or preview.review is None else preview.review
        return Subject(review, self.styles, frozenset(self.to_check.findings), preview)

    def find(self, finding: str | None) -> ReviewedFinding | None:
        """A living finding by id."""
        return self.review.find(finding) if finding else None
