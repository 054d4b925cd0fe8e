"""Finding leads: for every thing that is not known, how it may turn out and what that would mean."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import attrs

from provenance.assessment.outcomes import (
    Masses,
    against_rest,
    by_value,
    graded,
    grades_expected,
    outcomes,
    two,
)
from provenance.assessment.prospects import Lead, LeadOutcome, lead_of
from provenance.assessment.responses import lines_of, log_mass, response_of, table_of
from provenance.assessment.what_if import Questioned, expit
from provenance.graph import Statement, Story, Witness
from provenance.graph.interests import Interests
from provenance.graph.witnesses import witness_of
from provenance.inference.states import tracking
from provenance.inference.sums import log_odds_of, sums_of
from provenance.records import Source
from provenance.scales import ANONYMITY, DEFAULT_COMPETENCE, GRADES, Degree

__all__ = ["Finding"]

PAIRS_AT_MOST = 30
"""How many pairs of unnamed voices are looked at, in the order of the case."""
_NAMELESS = frozenset(("unnamed", "document", "sensor", "model"))
_ANSWERS = ("it affirms that", "it denies that")
_SAME = ("they are one", "they are two")
_ONE_VOICE = ANONYMITY["well-informed source"].same_voice


class Finding:
    """Everything that could be found out about one claim."""

    def __init__(self, asked: Questioned) -> None:
        self.asked = asked
        self.story = asked.story
        self.now = asked.sums.probability
        self.sources = {source.id: source for source in asked.case.sources}
        self.titles = asked.graph.titles

    def all(self, grades: Sequence[str]) -> Iterator[Lead]:
        """Every lead, kind by kind."""
        yield from self.originals()
        yield from self.judgements()
        yield from self.questions()
        yield from self.independents(grades)
        yield from self.declared_voices()
        yield from self.unnamed_voices()
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
            yield lead_of(
                "obtain",
                self._written(statement),
                f"Obtain '{statement.id}' itself: what was said by {self._title(witness)}, "
                "not what others report of it",
                self._of_statement(statement.question, masses, "it says that"),
                self.now,
            )

    def linked_claims(self) -> Iterator[Lead]:
        """Settle a claim that is linked to this one and still open."""
        asked = self.asked
        component = asked.structure.component
        known = {place for place, _ in self.story.resolved}
        for slot, q in asked.structure.network.question_slots:
            if component[q] != component[asked.place.question]:
                continue
            question = self.story.questions[q]
            masses = by_value(asked.evaluation, asked.sums, slot, question.size)
            for value, claim in enumerate(question.values):
                place = attrs.evolve(asked.place, question=q, value=value)
                if claim is None or place == asked.place or place in known:
                    continue
                yield lead_of(
                    "settle",
                    (claim,),
                    f"Settle whether {self._text(claim)}",
                    two(masses, value, "it is so", "it is not so"),
                    self.now,
                )

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
            about, text = self._judgement(number, witness)
            yield lead_of("judge", about, text, graded(found), self.now)

    def _judgement(self, number: int, witness: Witness) -> tuple[tuple[str, ...], str]:
        """What a judgement of a source is about, and what to do."""
        title = self._title(witness)
        if witness.id in self.sources:
            if witness.reliability is None:
                return (witness.id,), f"Have {title} judged: it has no grade"
            return (witness.id,), f"Find out more of how reliable {title} is: roughly known so far"
        known = self.asked.graph.attribution_of
        relays = (
            known[name]
            for index, each in enumerate(self.story.statements)
            if each.witness == number
            for relay in self.story.listeners[index]
            for name in self.story.statements[relay].merged
        )
        return tuple(dict.fromkeys(relays)), f"Find out and judge who is behind '{witness.id}'"

    def questions(self) -> Iterator[Lead]:
        """Ask a named source that speaks for itself, or has said nothing yet, about this claim."""
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
            if source.kind in _NAMELESS or source.id in answered or heard_only:
                continue
            if witness.reliability is not None:
                yield self._question(source, witness)

    def _question(self, source: Source, witness: Witness) -> Lead:
        """What one more statement of a source, not yet heard, may turn out to be."""
        heard = any(each.id == source.id for each in self.story.witnesses)
        if heard and self.asked.evaluation.is_exact:
            masses = self._answers(source)
        else:
            masses = self._answers_apart(source, witness)
        return lead_of(
            "ask",
            (source.id,),
            f"Ask {self._title(witness)} directly whether {self._text(self.asked.claim)}",
            outcomes(_ANSWERS, masses),
            self.now,
        )

    def _answers(self, source: Source) -> Masses:
        """How a source that is heard already would answer: as one more statement of its state."""
        asked, place = self.asked, self.asked.place
        evaluation = asked.evaluated(self.with_question(source.id))
        term = evaluation.structure.network.term_of[len(self.story.statements)]
        sums = sums_of(evaluation, place.value)
        masses = by_value(evaluation, sums, term.slot, len(term.said))
        return against_rest(masses, place.value)

    def _answers_apart(self, source: Source, witness: Witness) -> Masses:
        """The same read off what is known of the source: of one not heard yet, or in a simulated answer.

        It says what is so if it tracks, and otherwise what the question itself makes likely.
        """
        evaluation = self.asked.evaluation
        heard = [n for n, each in enumerate(self.story.witnesses) if each.id == source.id]
        if not heard:
            chances = [tracking(witness, self._ratio(source))] * 2
        else:
            states = evaluation.structure.network.states
            t = next(
                evaluation.trackings[number]
                for number, state in enumerate(states)
                if state.witness == heard[0]
            )
            chances = [
                t * tracks / (t * tracks + (1.0 - t) * own)
                for tracks, own in lines_of(evaluation, self.asked.sums, heard[0])
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

    def with_question(self, name: str) -> Story:
        """The story with one more statement of a source about the claim, not in hand.

        Its interest is neutral beside other statements of the source, whose interests its state has
        already, so that nothing moves before it is heard.
        """
        names = [each.id for each in self.story.witnesses]
        source, place = self.sources[name], self.asked.place
        heard = name in names
        statement = Statement(
            id=f"{name}?",
            witness=names.index(name) if heard else len(names),
            question=place.question,
            value=place.value,
            affirms=True,
            cites=None,
            in_hand=False,
            skill=DEFAULT_COMPETENCE,
            commitment=1.0,
            interest=1.0 if heard else self._ratio(source),
        )
        return attrs.evolve(
            self.story,
            witnesses=self.story.witnesses + (() if heard else (witness_of(source),)),
            statements=(*self.story.statements, statement),
        )

    def _ratio(self, source: Source) -> float:
        """The interest ratio of a source not heard yet: that of the answer which it would gain by."""
        interests = Interests(self.asked.graph.bearings)
        return max(interests.ratio(source, self.asked.claim, denies) for denies in (False, True))

    def independents(self, grades: Sequence[str]) -> Iterator[Lead]:
        """Find one more source, who has it from nobody we have heard."""
        for label in grades:
            t = tracking(Witness("", GRADES[label], Degree(1.0)), 1.0)
            yield lead_of(
                "independent",
                (),
                f"Find one independent source of grade {label} on whether "
                f"{self._text(self.asked.claim)}",
                outcomes(_ANSWERS, self._said_by(t, t)),
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
        pairs = [
            (i, j)
            for i, j in combinations(unnamed, 2)
            if statements[i].witness != statements[j].witness
            and statements[i].question == statements[j].question
        ]
        for i, j in pairs[:PAIRS_AT_MOST]:
            changed = list(statements)
            changed[j] = attrs.evolve(changed[j], voice=i, voice_probability=1.0)
            evaluation = self.asked.evaluated(attrs.evolve(self.story, statements=tuple(changed)))
            one = log_odds_of(evaluation, self.asked.place.value)
            if one is None:
                continue
            weight = math.exp(log_mass(evaluation) - log_mass(self.asked.evaluation))
            same, apart = _ONE_VOICE * weight, 1.0 - _ONE_VOICE
            p = expit(one)
            masses = [
                (same * p, same * (1.0 - p)),
                (apart * self.now, apart * (1.0 - self.now)),
            ]
            yield self._voices(statements[j], statements[i], outcomes(_SAME, masses))

    # ---------------------------------------------------------------- words

    def _is_unnamed(self, statement: Statement) -> bool:
        witness = self.story.witnesses[statement.witness]
        source = self.sources.get(witness.id)
        return source is not None and source.kind == "unnamed" and witness.reliability is not None

    def _voices(self, one: Statement, other: Statement, outcomes: Iterator[LeadOutcome]) -> Lead:
        return lead_of(
            "voices",
            (one.id, other.id),
            f"Settle whether '{other.id}' and '{one.id}' are one voice",
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
        if claim is not None:
            return f"'{claim}' is so"
        return f"'{question.values[0]}' is not so" if question.size == 2 else "none of them is so"

    def _text(self, claim: str) -> str:
        return f"'{claim}' is so"

    def _title(self, witness: Witness) -> str:
        return self.titles.get(witness.id, witness.id)

    def _written(self, statement: Statement) -> tuple[str, ...]:
        """The ids of the attributions behind a statement."""
        known = self.asked.graph.attribution_of
        return tuple(dict.fromkeys(known[name] for name in statement.merged)) or (statement.id,)
