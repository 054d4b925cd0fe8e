"""Whom to trust, learned from who said what and how it turned out.

Data walks from `files` and `encoding` to `assertions`, through a method to a `Fit`, and is asked as
`Learned`:

- `assertions`: who said what about which object, as arrays
- `calibration`: whether probabilities mean what they say, with the diagram
- `cases`: from cases to assertions, and back into a case
- `copy_rivals`: whether those who contradict a group of copies are one voice too
- `copy_search`: the search for pairs that agree beyond chance
- `copying`: who copies whom, and how many voices are left
- `crediting`: credit from the others alone, and what nobody checks
- `crowd`: what all say taken together, so that any two can be left out
- `encoding`: columns as codes, tables in and out
- `estimates`: what every method returns, and the sums it is made of
- `files`: assertions from CSV and Parquet, piece by piece
- `known`: known truths, and one temperature fitted to them
- `labels`: objects that share one set of labels
- `learn`: the one call, the methods by name, and how `auto` chooses
- `learned`: what was learned, asked by name
- `methods`: truth discovery and label aggregation, a module for each family of papers
- `planted`: made-up worlds with their truth
- `progress`: a bar while a person waits
- `recalibration`: correcting probabilities from outcomes
- `spark`: the same on a PySpark frame
- `tracking`: from how often a source is right to how often it tracks the truth
"""

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
from provenance.learning.cases import (
    VoiceProposal,
    assertions_of,
    into_case,
    proposed_voices,
    with_voices,
)
from provenance.learning.copying import (
    CopyCost,
    Copying,
    CopyingPair,
    copying_between,
    cost_of_copying,
)
from provenance.learning.estimates import Fit
from provenance.learning.files import read_assertions, read_columns
from provenance.learning.learn import METHODS, Method, learn, method_named
from provenance.learning.learned import CopyFound, Learned
from provenance.learning.planted import TROUBLES, Planted, World, troubled
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
    "TROUBLES",
    "Assertions",
    "Bin",
    "Calibration",
    "CalibrationReport",
    "Calibrator",
    "CopyCost",
    "CopyFound",
    "Copying",
    "CopyingPair",
    "Fit",
    "Learned",
    "LearnedOnSpark",
    "Method",
    "Planted",
    "StatedOutcomes",
    "ValueCalibration",
    "VoiceProposal",
    "World",
    "assertions_of",
    "calibrate",
    "calibration_of_values",
    "calibration_report",
    "copying_between",
    "cost_of_copying",
    "into_case",
    "learn",
    "method_named",
    "proposed_voices",
    "read_assertions",
    "read_columns",
    "read_outcomes",
    "troubled",
    "with_voices",
]
