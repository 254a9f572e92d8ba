"""The review that a letter begins with: its parse, not yet looked at by anybody."""

from __future__ import annotations

from curation import metadata
from curation.review import Review, ReviewedFinding, ReviewSource
from curation.spans import text_of, tidy
from parsers import PARSER_VERSION
from parsers.letter import Finding, Letter


def begin(letter: Letter, key: str, reviewer: str = "", codebook_revision: int = 0) -> Review:
    """A review of `letter`, named `key` in its workspace, as the parser left it. `reviewer` is "" for nobody's."""
    source = letter.source
    findings = (_finding(letter.text, finding) for finding in letter.findings)
    return Review(
        letter=key,
        reviewer=reviewer,
        source=ReviewSource(
            path=source.path,
            sha256=source.sha256,
            text_sha256=source.text_sha256,
            length=source.length,
            profile=letter.profile or "",
            parser=PARSER_VERSION,
        ),
        text=letter.text,
        findings=tuple(sorted(findings, key=lambda f: (f.spans, f.id))),
        metadata=metadata.entries_of(letter),
        codebook_revision=codebook_revision,
    )


def _finding(text: str, finding: Finding) -> ReviewedFinding:
    spans = tidy(text, finding.spans)
    return ReviewedFinding(
        id=finding.id,
        category=finding.category,
        heading=finding.heading,
        spans=spans,
        text=text_of(text, spans),
        repeats=finding.repeats or "",
    )
