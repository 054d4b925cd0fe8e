"""Published scales and words, each once as a table, and degrees of belief as values."""

from provenance.scales.catalogue import scale, scale_names
from provenance.scales.conversions import Conversion, Match, convert, stix_confidence
from provenance.scales.degrees import Degree
from provenance.scales.grades import (
    ANONYMITY,
    ANONYMITY_SOURCE,
    DEFAULT_ACCESS,
    DEFAULT_COMPETENCE,
    DEFAULT_FIDELITY,
    FIDELITY_SOURCE,
    GRADES,
    GRADES_SOURCE,
    PROPOSED_COMPETENCE,
    Anonymity,
    grade,
)
from provenance.scales.hedges import (
    CONFIRMING,
    HEDGE_ROWS,
    HEDGES,
    NO_COMMITMENT,
    Hedge,
    commits,
    confirms,
    credence,
)
from provenance.scales.opinions import MultinomialOpinion, Opinion
from provenance.scales.published import Kind, Scale, Span, Term
from provenance.scales.stakes import STAKES, STAKES_SOURCE, interest_ratio
from provenance.scales.surveys import (
    SURVEYS,
    VERBS,
    VERBS_SOURCE,
    Survey,
    SurveyedPhrase,
    SurveyedVerb,
    survey,
)
from provenance.scales.wordings import Wording, in_words

__all__ = [
    "ANONYMITY",
    "ANONYMITY_SOURCE",
    "CONFIRMING",
    "DEFAULT_ACCESS",
    "DEFAULT_COMPETENCE",
    "DEFAULT_FIDELITY",
    "FIDELITY_SOURCE",
    "GRADES",
    "GRADES_SOURCE",
    "HEDGES",
    "HEDGE_ROWS",
    "NO_COMMITMENT",
    "PROPOSED_COMPETENCE",
    "STAKES",
    "STAKES_SOURCE",
    "SURVEYS",
    "VERBS",
    "VERBS_SOURCE",
    "Anonymity",
    "Conversion",
    "Degree",
    "Hedge",
    "Kind",
    "Match",
    "MultinomialOpinion",
    "Opinion",
    "Scale",
    "Span",
    "Survey",
    "SurveyedPhrase",
    "SurveyedVerb",
    "Term",
    "Wording",
    "commits",
    "confirms",
    "convert",
    "credence",
    "grade",
    "in_words",
    "interest_ratio",
    "scale",
    "scale_names",
    "stix_confidence",
    "survey",
]
