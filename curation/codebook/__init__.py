"""The codebook: which themes there are, what each means, and which was merged into which.

A workspace's `codebook.toml` replaces the one that Recto ships with. A merge is a pointer (`merged_into`) that every
reader resolves; reviews keep what their reviewer wrote.
"""

from curation.codebook.data import OTHER, Change, Codebook, Revision, Theme
from curation.codebook.reading import CodebookError, load, shipped

__all__ = ["OTHER", "Change", "Codebook", "CodebookError", "Revision", "Theme", "load", "shipped"]
