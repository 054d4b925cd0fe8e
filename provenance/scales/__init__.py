"""Published scales and words, each once as a table, and degrees of belief as values.

- `conversions`: from one scale to another, by label and by range
- `defaults`: every number that stands in where a case states none, with its source
- `degrees`: a number in [0, 1] with how well it is known
- `hedges`: the credence that a speaker's own words express, and the surveys behind it
- `opinions`: belief, disbelief and uncertainty, which sum to one
- `phrases`: chances, errors, counts and lists in plain words
- `published`: what a published scale is: words over the line from 0 to 1
- `standards`: the scales themselves, each as its publisher has it
"""

from provenance.scales.conversions import (
    Conversion,
    Match,
    Wording,
    convert,
    in_words,
    stix_confidence,
)
from provenance.scales.defaults import (
    ANONYMITY,
    DEFAULT_ACCESS,
    DEFAULT_COMPETENCE,
    DEFAULT_FIDELITY,
    DEFAULTS,
    GRADES,
    MOST_ALTERNATIVES,
    PASSING_ON,
    PROPOSED_COMPETENCE,
    STAKES,
    THETA,
    THETA_SPREAD,
    UNJUDGED,
    Anonymity,
    Default,
    Measurement,
    grade,
    interest_ratio,
    passing_on,
)
from provenance.scales.degrees import Degree, share_below
from provenance.scales.hedges import (
    HEDGE_ROWS,
    HEDGES,
    NO_COMMITMENT,
    SURVEYS,
    VERBS,
    VERBS_SOURCE,
    Hedge,
    Survey,
    SurveyedPhrase,
    SurveyedVerb,
    commits,
    credence,
    survey,
)
from provenance.scales.opinions import MultinomialOpinion, Opinion
from provenance.scales.phrases import (
    chance_in_words,
    counted,
    day_in_words,
    error_in_words,
    isolated,
    listed,
    named,
    number_in_words,
    percent,
    points,
    quoted,
    sentence,
    span_in_words,
)
from provenance.scales.published import Kind, Label, Range, Scale
from provenance.scales.standards import scale, scale_names

__all__ = [
    "ANONYMITY",
    "DEFAULTS",
    "DEFAULT_ACCESS",
    "DEFAULT_COMPETENCE",
    "DEFAULT_FIDELITY",
    "GRADES",
    "HEDGES",
    "HEDGE_ROWS",
    "MOST_ALTERNATIVES",
    "NO_COMMITMENT",
    "PASSING_ON",
    "PROPOSED_COMPETENCE",
    "STAKES",
    "SURVEYS",
    "THETA",
    "THETA_SPREAD",
    "UNJUDGED",
    "VERBS",
    "VERBS_SOURCE",
    "Anonymity",
    "Conversion",
    "Default",
    "Degree",
    "Hedge",
    "Kind",
    "Label",
    "Match",
    "Measurement",
    "MultinomialOpinion",
    "Opinion",
    "Range",
    "Scale",
    "Survey",
    "SurveyedPhrase",
    "SurveyedVerb",
    "Wording",
    "chance_in_words",
    "commits",
    "convert",
    "counted",
    "credence",
    "day_in_words",
    "error_in_words",
    "grade",
    "in_words",
    "interest_ratio",
    "isolated",
    "listed",
    "named",
    "number_in_words",
    "passing_on",
    "percent",
    "points",
    "quoted",
    "scale",
    "scale_names",
    "sentence",
    "share_below",
    "span_in_words",
    "stix_confidence",
    "survey",
]
