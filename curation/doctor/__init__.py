"""Looks a workspace over: what is damaged, why, and the way out. Nothing that is looked at is changed."""

from typing import Final

from curation.doctor import disk, reviews, settings, strays
from curation.doctor.remarks import Checkup, Remark, Section

__all__ = ["SECTIONS", "Checkup", "Remark", "Section"]

SECTIONS: Final = (
    Section("disk", "The disk", disk.examine),
    Section("settings", "Settings and codebook", settings.examine_settings),
    Section("letters", "Letters", settings.examine_letters),
    Section("reviews", "Reviews", reviews.examine),
    Section("agreed", "Agreed reviews", reviews.examine_agreed),
    Section("pairs", "Judgements on pairs", settings.examine_pairs),
    Section("strays", "Other files", strays.examine),
)
"""What is looked at, in this order."""
