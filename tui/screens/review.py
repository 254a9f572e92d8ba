"""The review screen: the decisions about a finding that take no moment of their own, and those about the letter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from curation import operations as op
from curation.review import RemovedFinding, Review
from curation.summarising import summary_of
from tui import paint_info
from tui.actions import Place, bindings, key_of
from tui.choosing import Choice
from tui.paint import Line, Run
from tui.palette import KEY
from tui.screens.taking_in import TakingInScreen
from tui.wording import counted, letter_title

_HELP_AND_LEAVE = 20
"""Cells of the keys that stand after the categories."""


class ReviewScreen(TakingInScreen):
    """Merge, seen, remove, bring back, hand in."""

    BINDINGS = bindings(Place.REVIEW, Place.CARET, Place.SPLIT, Place.BOUNDARY, Place.SELECT, Place.CATEGORY)

    def footer(self) -> tuple[tuple[str, str], ...]:
        """Key and label of what can be done here; the categories by digit and tag while one is chosen."""
        others = super().footer()
        if self.place is not Place.CATEGORY:
            return others
        styles = self.side.styles.values()
        # However narrow it is, all of them are offered; help gives way.
        kept = others if self.size.width >= _HELP_AND_LEAVE + 6 * len(styles) else others[-1:]
        return *((str(style.number), style.tag) for style in styles), *kept

    def info_lines(self, width: int) -> Sequence[Line]:
        """The categories by name while one is chosen; else as ever."""
        if self.place is Place.CATEGORY:
            return paint_info.categories(self.side.styles, width)
        return super().info_lines(width)

    # merge, seen

    def action_merge_next(self) -> None:
        self._merge(1)

    def action_merge_previous(self) -> None:
        self._merge(-1)

    def _merge(self, step: int) -> None:
        if finding := self.needs_finding():
            findings = self.side.review.findings
            other = self.side.review.index(finding.id) + step
            if 0 <= other < len(findings):
                first, second = (finding, findings[other])[::step]
                self.decide(op.Merge((first.id, second.id)))
            else:
                self.tell(f"There is no finding {'below' if step > 0 else 'above'} to merge with.")

    def action_seen(self) -> None:
        """Seen and right: its doubts are settled with it, in one step; then on to the next finding.

        A doubt about the letter itself that the cursor was taken to is settled; then on to what is next to check.
        """
        if self.unplaced is not None:
            self.take_proposed(self.unplaced)
            return
        own = self.own_doubt
        if own is not None:
            self.decide(op.SettleDoubt(own.key, "right"), then=partial(self.to_doubt, 1))
            return
        finding = self.needs_finding()
        if finding is None:
            return
        settled = [op.SettleDoubt(d.key, "right") for d in self.side.to_check.of(finding.id)]
        seen = [] if finding.seen else [op.SetSeen(finding.id, True)]
        if settled or seen:
            self.decide(*settled, *seen, then=self._on_to_next)
        else:
            self.action_next_finding()

    def _on_to_next(self) -> None:
        """The cursor on the next finding, without a word if there is none."""
        finding = self.current
        if finding is not None and finding.id != self.side.review.findings[-1].id:
            self.to_finding(self.side.review.findings[self.side.review.index(finding.id) + 1].id)

    # bringing back

    def action_restore(self) -> None:
        styles = self.side.styles
        choices = [
            Choice(
                removed.finding.id,
                " ".join(removed.finding.text.split()),
                Run(styles[removed.finding.category].tag if removed.finding.category in styles else "??", KEY),
                detail=f"{removed.reason}: {removed.finding.text}",
            )
            for removed in (*self.side.review.removed, *_removed_unplaced(self.side.review))
        ]
        if choices:
            self.choose("Bring back", choices, lambda finding: self.decide(op.Restore(finding)))
        else:
            self.tell("Nothing was removed from this letter.")

    # the letter

    def action_hand_in(self) -> None:
        """Hand the letter in, and on to the next; what is not seen or still to check is said first."""
        review, left = self.side.review, self.side.to_check.count
        if review.state != "open":
            self.tell(f"It was handed in already; {key_of('reopen')} reopens it.")
            return
        unseen, unplaced = sum(not f.seen for f in review.findings), len(review.tray())
        if not unseen and not left and not unplaced:
            self._hand_in()
            return
        missing = ", ".join(
            words
            for number, words in (
                (unseen, f"{counted(unseen, 'finding')} not seen"),
                (left, f"{left} to check"),
                (unplaced, f"{unplaced} couldn't be placed"),
            )
            if number
        )
        choices = [Choice("no", "go back", aside=missing), Choice("yes", "hand it in anyway")]
        self.choose("Hand in", choices, lambda answer: self._hand_in() if answer == "yes" else self.settle())

    def _hand_in(self) -> None:
        self.decide(op.HandIn(), then=self._handed_in)

    def _handed_in(self) -> None:
        """Its row in the library knows; then the next letter that is open."""
        side, following = self.side, self.row_beside(1, state="open")
        names = self.context.workspace.reviewers(side.key)
        self.context.shelf.put([summary_of(side.review, side.to_check, names)])
        then = "it was the last one that was open"
        if following is not None and self.turn_to(following):
            then = f"now {letter_title(self.side.review)}"
        self.say(f"handed in: {letter_title(side.review)}; {then}")

    def action_reopen(self) -> None:
        self.decide(op.Reopen())


def _removed_unplaced(review: Review) -> list[RemovedFinding]:
    """What was removed from those that couldn't be placed."""
    return [RemovedFinding(u.finding, u.removed) for u in review.unplaced if u.removed]
