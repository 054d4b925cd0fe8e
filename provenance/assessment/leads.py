"""Leads: what to find out next, by how far it is expected to move the answer."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

import attrs

from provenance.assessment.costs import bounded
from provenance.assessment.names import Names, said_of
from provenance.assessment.prospects import (
    Lead,
    LeadOutcome,
    Leads,
    Masses,
    against_rest,
    by_value,
    graded,
    grades_expected,
    lead_of,
    outcomes,
    two,
)
from provenance.assessment.responses import lines_of, replays_fit, response_of, table_of
from provenance.assessment.what_if import Questioned, expit, questioned
from provenance.bounds import Cancel, expect
from provenance.errors import InvalidValue, UnknownName
from provenance.graph import Interests, Place, Statement, Story, Witness, witness_of
from provenance.inference import (
    Coupling,
    Line,
    log_odds_of,
    sums_of,
    tracking,
)
from provenance.records import Case, Claim, Source
from provenance.scales import (
    ANONYMITY,
    DEFAULT_ACCESS,
    DEFAULT_COMPETENCE,
    GRADES,
    Degree,
)

__all__ = ["Finding", "leads", "leads_in"]

# Finding leads: for every thing that is not known, how it may turn out and what that would mean.

PAIRS_AT_MOST = 30
"""How many pairs of unnamed voices are looked at, in the order of the case."""
_NAMELESS = frozenset(("unnamed", "document", "sensor", "model"))
_ANSWERS = ("it is affirmed", "it is denied")
_TURNS_OUT = ("it is true", "it is false")
_SAME = ("they are one", "they are two")
_FROM_ONE = ("they are one voice", "each has its own")
_UNHEARD = Degree(0.0)
_FILLING = 100  # operations for a statement, at least, where the case is asked with other numbers
_ONE_VOICE = ANONYMITY["well-informed source"].same_voice


class Finding:
    """Everything that could be found out about one claim."""

    def __init__(self, asked: Questioned) -> None:
        self.asked = asked
        self.story = asked.story
        self.now = asked.sums.probability
        self.sources = {source.id: source for source in asked.case.sources}
        self.names = Names(asked.graph)
        self.heard = frozenset(each.id for each in self.story.witnesses)
        self.gates = frozenset(place for each in self.story.statements for place in each.gates)
        # Every source that is asked takes a story with one more statement, open and either way, and
        # every condition one in which it is true and one in which it is false.
        times = 3 * len(asked.case.sources) + 2 * len(self.gates) + 2
        self.can_lay_out = replays_fit(asked, times)
        self.entered: dict[tuple[Witness, float, bool], float] = {}
        self.said_by: dict[int, list[int]] = {}
        for index, each in enumerate(self.story.statements):
            self.said_by.setdefault(each.witness, []).append(index)

    def all(self, grades: Sequence[str]) -> Iterator[Lead]:
        """Every lead, kind by kind."""
        self.expect_lineages()
        yield from self.originals()
        yield from self.judgements()
        yield from self.questions()
        yield from self.independents(grades)
        yield from self.declared_voices()
        yield from self.unnamed_voices()
        yield from self.lineages()
        yield from self.linked_claims()

    # ---------------------------------------------------------------- what the model already holds

    def originals(self) -> Iterator[Lead]:
        """Read what is known only through others."""
        network, evaluation = self.asked.structure.network, self.asked.evaluation
        for index in network.variables:
            statement = self.story.statements[index]
            witness = self.story.witnesses[statement.witness]
            if statement.in_hand or witness.id not in self.sources:
                continue
            term = network.term_of[index]
            masses = by_value(evaluation, self.asked.sums, term.slot, len(term.said))
            who = self.names.source(witness.id)
            claim, _ = said_of(self.story, statement)
            yield lead_of(
                "obtain",
                self._written(statement),
                f"Read what {who} said of {self.names.claim(claim)}",
                who,
                self._of_statement(statement.question, masses, "it says that"),
                self.now,
            )

    def linked_claims(self) -> Iterator[Lead]:
        """Settle a claim that is linked to this one, or that what is said hangs on, and still open."""
        asked = self.asked
        component = asked.structure.component
        known = {place for place, _ in self.story.resolved}
        for slot, q in asked.structure.network.question_slots:
            is_linked = component[q] == component[asked.place.question]
            question = self.story.questions[q]
            masses = by_value(asked.evaluation, asked.sums, slot, question.size)
            for value, claim in enumerate(question.values):
                place = attrs.evolve(asked.place, question=q, value=value)
                if claim is None or place == asked.place or place in known:
                    continue
                if not is_linked and place not in self.gates:
                    continue
                found = two(masses, value, *_TURNS_OUT)
                yield lead_of(
                    "settle",
                    (claim,),
                    f"Find out whether this is true: {self.names.claim(claim)}",
                    self.names.claim(claim),
                    self._once_settled(place, found) if place in self.gates else found,
                    self.now,
                )

    def _once_settled(self, place: Place, found: Iterable[LeadOutcome]) -> Iterator[LeadOutcome]:
        """What weighing the case gives with a condition settled: that moves who stands first in line."""
        for each in found:
            if self.can_lay_out:
                settled = (place, each.text == _TURNS_OUT[0])
                story = attrs.evolve(self.story, resolved=(*self.story.resolved, settled))
                each = attrs.evolve(each, probability=self._answer_in(story))
            yield each

    def _answer_in(self, story: Story) -> float:
        return expit(self.asked.log_odds_in(self.asked.evaluated(story)))

    def declared_voices(self) -> Iterator[Lead]:
        """Settle whether two statements declared to be perhaps one voice are."""
        asked, evaluation = self.asked, self.asked.evaluation
        for term in asked.structure.network.terms:
            statement = self.story.statements[term.statement]
            tau = statement.voice_probability
            if statement.voice is None or not 0.0 < tau < 1.0:
                continue
            masses = []
            for chance, voice in ((tau, 1.0), (1.0 - tau, 0.0)):
                table = table_of(evaluation, term, voice=voice)
                so, rest = (
                    chance * math.fsum(a * b for a, b in zip(table, flows[term.slot], strict=True))
                    for flows in (asked.sums.value_flows, asked.sums.rest_flows)
                )
                masses.append((self.now * so, (1.0 - self.now) * rest))
            yield self._voices(
                statement, self.story.statements[statement.voice], outcomes(_SAME, masses)
            )

    # ---------------------------------------------------------------- what the model is asked anew

    def judgements(self) -> Iterator[Lead]:
        """Have a source judged that cannot be judged, or is known only roughly."""
        heard = sorted({statement.witness for statement in self.story.statements})
        for number in heard:
            witness = self.story.witnesses[number]
            degree = witness.reliability
            if degree is not None and degree.variance == 0.0:
                continue
            response = response_of(self.asked, number)
            found = [
                (label, chance, response(grade.mean))
                for label, grade, chance in grades_expected(degree)
                if chance > 0.0
            ]
            yield self._judgement(number, witness, graded(found))

    def _judgement(self, number: int, witness: Witness, found: Iterator[LeadOutcome]) -> Lead:
        """What a judgement of a source would do."""
        if witness.id in self.sources:
            who = self.names.source(witness.id)
            text = f"Find out more about the reliability of {who}"
            if witness.reliability is None:
                text = f"Have {who} judged"
            return lead_of("judge", (witness.id,), text, who, found, self.now)
        known = self.asked.graph.attribution_of
        relays = (
            known[name]
            for index in self.said_by.get(number, ())
            for relay in self.story.listeners[index]
            for name in self.story.statements[relay].merged
        )
        about = tuple(dict.fromkeys(relays))
        who = self.names.statements(about)
        text = f"Find out who is behind what {who} passed on"
        return lead_of("judge", about, text, who, found, self.now)

    def questions(self) -> Iterator[Lead]:
        """Ask a named source that could know: it speaks of what is linked, or has said nothing yet.

        Who speaks for itself of other matters alone is nobody to ask about this one.
        """
        speaking: set[str] = set()
        for_itself: set[str] = set()
        for story in self.asked.graph.stories:
            for each in story.statements:
                name = story.witnesses[each.witness].id
                speaking.add(name)
                if each.cites is None:
                    for_itself.add(name)
        answered = {
            self.story.witnesses[each.witness].id
            for each in self.story.statements
            if each.cites is None and each.question == self.asked.place.question
        }
        for source in self.sources.values():
            witness = witness_of(source)
            heard_only = source.id in speaking and source.id not in for_itself
            elsewhere = source.id in speaking and source.id not in self.heard
            if source.kind in _NAMELESS or source.id in answered or heard_only or elsewhere:
                continue
            if witness.reliability is not None:
                yield self._question(source, witness)

    def _question(self, source: Source, witness: Witness) -> Lead:
        """What one more statement of a source, not yet heard, may turn out to be."""
        heard = source.id in self.heard
        if heard and self.can_lay_out:
            masses = self._answers(source)
        else:
            masses = self._answers_apart(source, witness)
        return lead_of(
            "ask",
            (source.id,),
            f"Ask {self.names.source(source.id)} directly",
            self.names.source(source.id),
            self._once_entered(witness, self.ratio(source), masses),
            self.now,
        )

    def _once_entered(
        self, witness: Witness, ratio: float, masses: Masses
    ) -> Iterator[LeadOutcome]:
        """As likely as the model holds each answer to be, with what weighing the case with it gives.

        The answer as it stands need not be the mean of the two: who speaks for the claim as well
        takes from the independence of all whose lineage nobody recorded, and what one source says is
        one story. Where the case is not laid out anew, it is their mean.
        """
        for each in outcomes(_ANSWERS, masses):
            if self.can_lay_out:
                entered = self._if_entered(witness, ratio, affirms=each.text == _ANSWERS[0])
                each = attrs.evolve(each, probability=entered)
            yield each

    def _if_entered(self, witness: Witness, ratio: float, affirms: bool) -> float:
        """The answer with one more statement of a witness about the claim; once for all who are alike."""
        alike = witness if witness.id in self.heard else attrs.evolve(witness, id="")
        key = (alike, ratio, affirms)
        if key not in self.entered:
            story = self.with_word_of(witness, ratio, affirms=affirms, in_hand=True)
            self.entered[key] = self._answer_in(story)
        return self.entered[key]

    def _answers(self, source: Source) -> Masses:
        """How a source that is heard already would answer: as one more statement of its state."""
        asked, place = self.asked, self.asked.place
        evaluation = asked.evaluated(self.with_word_of(witness_of(source), self.ratio(source)))
        term = evaluation.structure.network.term_of[len(self.story.statements)]
        sums = sums_of(evaluation, place.value)
        masses = by_value(evaluation, sums, term.slot, len(term.said))
        return against_rest(masses, place.value)

    def _answers_apart(self, source: Source, witness: Witness) -> Masses:
        """The same read off what is known of the source: of one not heard yet, or in a simulated answer.

        It says what is so if it tracks, and otherwise what the question itself makes likely.
        """
        evaluation = self.asked.evaluation
        number = next(
            (
                number
                for number, state in enumerate(evaluation.structure.network.states)
                if self.story.witnesses[state.witness].id == source.id and not state.relays
            ),
            None,
        )
        if number is None:
            chances = [tracking(witness, False, self.ratio(source))] * 2
        else:
            t = evaluation.trackings[number]
            chances = [
                t * tracks / (t * tracks + (1.0 - t) * own)
                for tracks, own in lines_of(evaluation, self.asked.sums, number)
            ]
        return self._said_by(*chances)

    def _said_by(self, for_it: float, against_it: float) -> Masses:
        """The masses of affirming and denying for a chance of tracking with the claim so, and not so."""
        place, now = self.asked.place, self.now
        flat = self.asked.evaluation.priors.flat[place.question][place.value]
        says = (for_it + (1.0 - for_it) * flat, (1.0 - against_it) * flat)
        return [
            (now * says[0], (1.0 - now) * says[1]),
            (now * (1.0 - says[0]), (1.0 - now) * (1.0 - says[1])),
        ]

    def with_word_of(
        self, witness: Witness, ratio: float, *, affirms: bool = True, in_hand: bool = False
    ) -> Story:
        """The story with one more statement of a witness about the claim.

        Its interest is neutral beside other statements of the source, whose interests its state has
        already, so that nothing moves before it is heard.
        """
        names = [each.id for each in self.story.witnesses]
        heard, place = witness.id in names, self.asked.place
        statement = Statement(
            id=f"{witness.id}?",
            witness=names.index(witness.id) if heard else len(names),
            question=place.question,
            value=place.value,
            affirms=affirms,
            cites=None,
            in_hand=in_hand,
            skill=DEFAULT_COMPETENCE,
            commitment=1.0,
            interest=1.0 if heard else ratio,
            # Who is asked directly answers for itself.
            is_established=True,
        )
        return attrs.evolve(
            self.story,
            witnesses=self.story.witnesses + (() if heard else (witness,)),
            statements=(*self.story.statements, statement),
        )

    def ratio(self, source: Source) -> float:
        """The interest ratio of a source not heard yet: that of the answer which it would gain by."""
        interests = Interests(self.asked.graph.bearings)
        return max(interests.ratio(source, self.asked.claim, denies) for denies in (False, True))

    def independents(self, grades: Sequence[str]) -> Iterator[Lead]:
        """Find one more source, who has it from nobody we have heard."""
        for label in grades:
            stranger = Witness("", GRADES[label], DEFAULT_ACCESS)
            t = tracking(stranger, False, 1.0)
            masses = self._said_by(t, t)
            yield lead_of(
                "independent",
                (),
                f"Find a source of grade {label} that has it from nobody here",
                "",
                self._once_entered(stranger, 1.0, masses),
                self.now,
            )

    def unnamed_voices(self) -> Iterator[Lead]:
        """Settle whether two unnamed sources that say the same are one; not in a simulated answer."""
        if not self.asked.evaluation.is_exact:
            return
        statements = self.story.statements
        unnamed = [
            index
            for index, each in enumerate(statements)
            if each.cites is None and each.voice is None and self._is_unnamed(each)
        ]
        lines = [frozenset(line.statements) for line in self.asked.evaluation.lines]
        pairs = [
            (i, j)
            for i, j in combinations(unnamed, 2)
            if statements[i].witness != statements[j].witness
            and statements[i].question == statements[j].question
            # Those that may have it from one another are a lead of their own.
            and not any({i, j} <= line for line in lines)
        ]
        for i, j in pairs[:PAIRS_AT_MOST]:
            changed = list(statements)
            changed[j] = attrs.evolve(changed[j], voice=i, voice_probability=1.0)
            evaluation = self.asked.evaluated(attrs.evolve(self.story, statements=tuple(changed)))
            one = log_odds_of(evaluation, self.asked.place.value)
            if one is None:
                continue
            weight = math.exp(evaluation.log_total - self.asked.evaluation.log_total)
            same, apart = _ONE_VOICE * weight, 1.0 - _ONE_VOICE
            p = expit(one)
            masses = [
                (same * p, same * (1.0 - p)),
                (apart * self.now, apart * (1.0 - self.now)),
            ]
            yield self._voices(statements[j], statements[i], outcomes(_SAME, masses))

    def lineages(self) -> Iterator[Lead]:
        """Find out whether voices of unrecorded lineage are one; not in a simulated answer.

        The two ends of the range are looked at. Of two voices the chance that they are one is the
        model's own (model 2.9): that with which the two answers come to the one that is given.
        Of more of them it is the same mean, as if there were nothing in between.
        """
        if not self.asked.evaluation.is_exact:
            return
        for line in self.asked.evaluation.lines:
            one, own = self._if_one(line), self._if_own(line)
            if abs(own - one) < _NOTHING:
                continue
            # Rounding must not take a chance over the ends of the range (model 2.9).
            chance = min(1.0, max(0.0, (own - self.now) / (own - one)))
            sources = [
                self.story.witnesses[self.story.statements[voice[0]].witness].id
                for voice in line.voices
            ]
            who = self.names.sources(sources)
            found = zip(_FROM_ONE, (chance, 1.0 - chance), (one, own), strict=True)
            yield lead_of(
                "lineage",
                self._ids(line.statements),
                f"Find out whether {who} have it from one another",
                who,
                itertools.starmap(LeadOutcome, found),
                self.now,
            )

    def expect_lineages(self) -> None:
        """Refuse what `lineages` cannot be gone through with, before anything is asked."""
        if self.asked.evaluation.is_exact:
            each = self.asked.structure.network.plan.operations
            each += _FILLING * len(self.story.statements)
            times = 2 * len(self.asked.evaluation.lines)
            expect(times * each, "finding out who has it from whom")

    def _if_one(self, line: Line) -> float:
        """The answer if only the strongest voice of a line is heard, as the others have it from it."""
        dropped = {index for voice in line.voices[1:] for index in voice}
        return self._answer_with(
            lambda index, each: (
                attrs.evolve(each, skill=_UNHEARD)
                if index in dropped and each.voice is None
                else each
            )
        )

    def _if_own(self, line: Line) -> float:
        """The answer if each voice of a line has it from nobody."""
        inside = frozenset(line.statements)
        return self._answer_with(
            lambda index, each: attrs.evolve(each, is_established=True) if index in inside else each
        )

    def _answer_with(self, change: Callable[[int, Statement], Statement]) -> float:
        statements = tuple(itertools.starmap(change, enumerate(self.story.statements)))
        evaluation = self.asked.evaluated(attrs.evolve(self.story, statements=statements))
        return expit(self.asked.log_odds_in(evaluation))

    # ---------------------------------------------------------------- words

    def _is_unnamed(self, statement: Statement) -> bool:
        witness = self.story.witnesses[statement.witness]
        source = self.sources.get(witness.id)
        return source is not None and source.kind == "unnamed" and witness.reliability is not None

    def _voices(self, one: Statement, other: Statement, outcomes: Iterator[LeadOutcome]) -> Lead:
        who = self.names.sources(
            dict.fromkeys(self.story.witnesses[each.witness].id for each in (other, one))
        )
        return lead_of(
            "voices",
            (one.id, other.id),
            f"Find out whether {who} are one voice",
            who,
            outcomes,
            self.now,
        )

    def _of_statement(
        self, q: int, masses: Sequence[tuple[float, float]], words: str
    ) -> Iterator[LeadOutcome]:
        """One outcome for every value that a statement may speak of."""
        return outcomes(
            [f"{words} {self._value(q, value)}" for value in range(len(masses))], masses
        )

    def _value(self, q: int, value: int) -> str:
        question = self.story.questions[q]
        claim = question.values[value]
        if question.size == 2 and value == 1 and claim is None:
            return "this is false"
        if question.size == 2 and question.values[1] is None:
            return "this is true"
        return "none of them is true" if claim is None else f"{self.names.claim(claim)} is true"

    def _written(self, statement: Statement) -> tuple[str, ...]:
        """The ids of the attributions behind a statement."""
        known = self.asked.graph.attribution_of
        return tuple(dict.fromkeys(known[name] for name in statement.merged)) or (statement.id,)

    def _ids(self, statements: Iterable[int]) -> tuple[str, ...]:
        """The ids of the attributions behind some statements."""
        return tuple(
            name for index in statements for name in self._written(self.story.statements[index])
        )


_NOTHING = 1e-12


@bounded
def leads(
    case: Case,
    claim: str | Claim,
    *,
    grades: Sequence[str] = ("B",),
    most: int | None = None,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Leads:
    """What to find out next about a claim, the most promising first.

    Seven kinds: read an original that is known only through others (`obtain`); have a source judged
    that has no grade, or is known only roughly (`judge`); ask a named source that speaks for
    itself on what is linked with the claim, or on nothing yet (`ask`); find one independent source of a given grade
    (`independent`); settle whether two voices are one (`voices`); find out whether voices that say
    the same have it from one another (`lineage`); settle a linked claim, or one that what is said
    hangs on (`settle`). Never about what we have, and never about what could not move the answer.

    The expectations are exact sums over the outcomes, each as likely as the model itself holds it to
    be, given everything that we have. For `obtain`, `settle`, `lineage` and declared voices the
    outcomes are events of the model, so that the answer is their mean and the entropy cannot be
    expected to grow. For `ask` and `independent` the answer then is that of the case with the
    statement entered as one that the source makes at first hand, and for a condition that of the case
    with it settled; it is not the mean of the two where a voice takes from the independence of others,
    or from what its source said before. Two kinds need a judgement of ours: for `judge` the grades
    are as likely, before the evidence, as the Beta of the reliability makes them, and equally likely
    where there is none; two unnamed sources of which nothing is declared are taken to be one in 15
    cases of 100.
    An answer that is certain has no leads.

    The figure for reading an original is for that original alone. Where its source has said several
    things, weighing the case with the original entered may move the answer further, because the
    statements of one source are taken together as one story.

    Cost: one pass over the story for most kinds together; some for every source to be judged or
    asked and every pair of unnamed voices. Where the answer is simulated, the expectations are read
    off the same simulation, with one more, shorter, for every source that cannot be judged; then
    pairs of unnamed voices are not looked at, and `approximate` is true.

    Args:
        case: what is on record.
        claim: the id of the claim, or the claim.
        grades: the grades of the independent sources to look for, "A" to "E".
        most: how many leads to give; all if absent.
        as_of: leave out what was said later, as for `weigh`.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises `UnknownName` for a claim or a grade that is not there, and otherwise as `weigh` does.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": 0.9}, {"id": "daily", "reliability": 0.7}],
    ...     "attributions": [
    ...         {"id": "log", "source": "pilot", "claim": "sailed"},
    ...         {"id": "story", "source": "daily", "cites": "log"},
    ...     ],
    ... })
    >>> print(leads(case, "sailed"))
    The ship sailed
    <BLANKLINE>
    It stands at 65 %. To find out next:
    <BLANKLINE>
     1. Find a source of grade B that has it from nobody here
        expected to move it by 25.2 points (+0.185 bits); at best 78 % (it is affirmed), at worst 21 % (it is denied)
     2. Read what pilot said of “The ship sailed”
        expected to move it by 5.3 points (+0.063 bits); at best 68 % (it says that this is true), at worst 0.6 % (it says that this is false)
    """
    if not isinstance(grades, Sequence):
        raise InvalidValue(f"expected grades such as ('B', 'C'), found {grades!r}")
    for label in grades:
        if not isinstance(label, str) or GRADES.get(label) is None:
            known = [each for each, degree in GRADES.items() if degree is not None]
            raise UnknownName("grade of a source to look for", label, known)
    asked = questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed)
    return leads_in(asked, grades, most)


def leads_in(asked: Questioned, grades: Sequence[str] = ("B",), most: int | None = None) -> Leads:
    """The leads about a claim that is laid out already; see `leads`."""
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 0):
        raise InvalidValue(f"expected a whole number of leads at most, found {most!r:.80}")
    found: list[Lead] = []
    if not asked.sums.is_certain:
        found = [each for each in Finding(asked).all(grades) if each.expected_change > _NOTHING]
    ranked = sorted(
        found, key=lambda each: (-round(each.expected_change, 12), each.about, each.kind)
    )
    return Leads(
        asked.claim,
        asked.graph.texts[asked.claim],
        asked.sums.probability,
        tuple(ranked if most is None else ranked[:most]),
        not asked.evaluation.is_exact or not replays_fit(asked),
    )
