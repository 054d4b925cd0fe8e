"""Whom to trust, learned from who said what and how it turned out."""

from provenance.errors import MissingExtra

try:
    import numpy as _numpy  # noqa: F401 everything here stands on it
except ImportError as error:  # pragma: no cover - the tests install it
    raise MissingExtra("learning", "numpy") from error

from provenance.learning.assertions import Assertions
from provenance.learning.calibration import (
    Bin,
    Calibration,
    ValueCalibration,
    calibration_of_values,
)
from provenance.learning.cases import VoiceProposal, assertions_of, proposed_voices, with_voices
from provenance.learning.copying import Copying, CopyingPair, copying_between
from provenance.learning.estimates import Fit
from provenance.learning.files import read_assertions, read_columns
from provenance.learning.learn import METHODS, Method, learn, method_named
from provenance.learning.learned import CopyFound, Learned
from provenance.learning.planted import World
from provenance.learning.recalibration import (
    CalibrationReport,
    Calibrator,
    StatedOutcomes,
    calibrate,
    calibration_report,
    read_outcomes,
)
from provenance.learning.spark import LearnedOnSpark

# The functions `calibration`, `copying`, `planted` and `reliability_diagram` stand in the modules of
# their names, which they would hide if they stood here too.

__all__ = [
    "METHODS",
    "Assertions",
    "Bin",
    "Calibration",
    "CalibrationReport",
    "Calibrator",
    "CopyFound",
    "Copying",
    "CopyingPair",
    "Fit",
    "Learned",
    "LearnedOnSpark",
    "Method",
    "StatedOutcomes",
    "ValueCalibration",
    "VoiceProposal",
    "World",
    "assertions_of",
    "calibrate",
    "calibration_of_values",
    "calibration_report",
    "copying_between",
    "learn",
    "method_named",
    "proposed_voices",
    "read_assertions",
    "read_columns",
    "read_outcomes",
    "with_voices",
]
