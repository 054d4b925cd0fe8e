"""Weigh contested claims by who has them from whom."""

from provenance.assessment import Assessment, weigh, weigh_all
from provenance.casefiles import load_case

__all__ = ["Assessment", "load_case", "weigh", "weigh_all"]
