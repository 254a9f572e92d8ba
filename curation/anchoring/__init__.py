"""Where findings stand in a letter whose text has changed. Wrongly placed: none, before anything else."""

from curation.anchoring.quote import Quote
from curation.anchoring.together import Certainty, Placement, place_all

__all__ = ["Certainty", "Placement", "Quote", "place_all"]
