"""The grounds of an answer on a page: the lineage, the reasons, other priors, and the doubts."""

from __future__ import annotations

from provenance.assessment import Assessment, Curve
from provenance.assessment.prose import percent
from provenance.report.curves import points_of, prior_svg
from provenance.report.drawing import Picture
from provenance.report.flows import signs
from provenance.report.inert import escaped
from provenance.report.lineage import lineage_svg
from provenance.report.markup import WIDE, Section, case_text, figure, folded, paragraph, table
from provenance.report.sentences import doubt_in_words, listed
from provenance.report.weights import weights_svg
from provenance.report.words import Words, bits_in_words

__all__ = ["doubts_section", "lineage_section", "priors_section", "reasons_section"]

_MOST_ROUTES = 200
_TABLED = frozenset((0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99))
_SIDES = {1: "for", -1: "against", 0: "either way"}


def lineage_section(assessment: Assessment) -> Section:
    """Who has it from whom: the diagram, and every route in words."""
    lineage = assessment.lineage
    if not assessment.answer.evaluation.story.statements:
        return Section("lineage", "Who has it from whom", paragraph("Nobody is heard on this."))
    mentions = len(lineage.mentions)
    counted = "One mention goes" if mentions == 1 else f"{mentions} mentions go"
    groups = "one group" if lineage.groups == 1 else f"{lineage.groups} groups"
    intro = f"{counted} back to {groups} of origins that may be independent of each other."
    if lineage.shared and mentions > 1:
        titles = assessment.graph.titles
        names = listed([titles.get(each, each) for each in lineage.shared])
        intro += f" Every route passes through {names}."
    caption = (
        "A box is a source, a row in it a statement. Lines run from who said it to where it is in "
        "hand; the weight of an origin is shared out over its lines. Weights overlap and need not "
        "add up."
    )
    return Section(
        "lineage",
        "Who has it from whom",
        paragraph(intro)
        + figure(lambda width, mark: lineage_svg(assessment, width=width, mark=mark), caption, WIDE)
        + folded("Every route in words", _routes(assessment)),
    )


def _routes(assessment: Assessment) -> str:
    story, words, sign = assessment.answer.evaluation.story, Words(assessment), signs(assessment)
    alone = {each.attribution: each.bits for each in assessment.statements}
    rows = []
    for index, statement in enumerate(story.statements):
        if not statement.in_hand:
            continue
        way = [index]
        while (cited := story.statements[way[-1]].cites) is not None:
            way.append(cited)
        names = [words.name(story.statements[each].witness) for each in reversed(way)]
        rows.append(
            (
                case_text(" → ".join(names)),
                case_text(words.says(way[-1])),
                escaped(words.places(index)),
                _SIDES[sign[index]],
                bits_in_words(alone.get(statement.id, 0.0)),
            )
        )
    heads = ("From whom to whom", "What is said", "Where", "Speaks", "Bits by itself")
    more = len(rows) - _MOST_ROUTES
    rest = paragraph(f"… and {more:,} more, in the case file below.") if more > 0 else ""
    return table("Every route", heads, rows[:_MOST_ROUTES], numbers=(4,)) + rest


def reasons_section(assessment: Assessment) -> Section:
    """What moves the answer: the weight of every origin."""
    if not assessment.reasons:
        return Section("reasons", "What moves it", "")
    titles = assessment.graph.titles
    rows = [
        (
            case_text(" + ".join(titles.get(source, source) for source in each.sources)),
            bits_in_words(each.bits),
            case_text(listed(each.statements)),
        )
        for each in assessment.reasons[:_MOST_ROUTES]
    ]
    intro = (
        "The weight of an origin is how far the answer moves when all that it says is left out. "
        "One bit doubles the odds, or halves them. Weights overlap and need not add up."
    )
    return Section(
        "reasons",
        "What moves it",
        paragraph(intro)
        + figure(lambda width, mark: weights_svg(assessment, width=width, mark=mark))
        + folded(
            "Which statements these are",
            table("Weights", ("Origin", "Bits", "Statements"), rows, numbers=(1,)),
        ),
    )


def priors_section(curve: Curve | None) -> Section:
    """The same evidence on other priors, as a curve and a table."""
    points = () if curve is None else points_of(curve)
    if curve is None or not points or any(p in (0.0, 1.0) for _, p in points):
        return Section("priors", "On another prior", "")

    def drawn(width: float, mark: str) -> Picture:
        return prior_svg(curve, width=min(width, 440.0), mark=mark)

    intro = (
        "Whoever starts from another prior ends elsewhere on the same evidence. Both axes are of "
        "log-odds, on which the same evidence is everywhere the same distance; on the dotted line "
        "it would add nothing. The dot is this case."
    )
    rows = [(percent(prior), percent(p)) for prior, p in points if prior in _TABLED]
    return Section(
        "priors",
        "On another prior",
        paragraph(intro)
        + '<div class="pair">'
        + figure(drawn, wide=440.0)
        + table("Priors", ("Prior", "Then"), rows, numbers=(0, 1))
        + "</div>",
    )


def doubts_section(assessment: Assessment) -> Section:
    """Where the width of the interval comes from, and what unjudged sources could change."""
    large = [each for each in assessment.doubts if each.share >= 0.01][:12]
    body = ""
    if large:
        rows = [
            (case_text(doubt_in_words(assessment.case, each.about)), percent(each.share))
            for each in large
        ]
        intro = "What the width of the interval comes from; the shares of all doubts sum to 100 %."
        body = paragraph(intro) + table("Doubts", ("Doubt", "Share"), rows, numbers=(1,))
    if assessment.potentials:
        titles = assessment.graph.titles
        rows = [
            (case_text(titles.get(source, source)), percent(p))
            for source, p in assessment.potentials.items()
        ]
        intro = (
            "These sources cannot be judged and have no weight in the answer. If one of them were "
            "as reliable as not, it would be:"
        )
        body += paragraph(intro) + table("Unjudged", ("Source", "Then"), rows, numbers=(1,))
    return Section("doubts", "What it hangs on", body)
