"""The rules that hold between records of a case: signs, questions, resolutions."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.errors import Problem
from provenance.records.claims import Question
from provenance.records.sections import UNREAD, Sections, link_paths

__all__ = ["rule_problems"]


def rule_problems(sections: Sections) -> Iterator[Problem]:
    """Every rule of questions and links that the case breaks, in the order of the document."""
    yield from _question_problems(sections)
    yield from _resolution_problems(sections)
    yield from _link_problems(sections)
    yield from _sign_problems(sections)
    yield from _circles_of_evidence(sections)


def _question_problems(sections: Sections) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for position, question in enumerate(sections.questions):
        for place, name in enumerate(question.claims if question is not None else ()):
            other = first.setdefault(name, position)
            if other != position and name != UNREAD:
                yield Problem(
                    f"questions[{position}].claims[{place}]",
                    "claim-in-two-questions",
                    f"expected a claim of no other question, found {name!r}, "
                    f"which questions[{other}] has",
                    "leave it in one of them",
                )
    for position, claim in enumerate(sections.claims):
        if claim is not None and claim.prior is not None and claim.id in first:
            yield Problem(
                f"claims[{position}].prior",
                "prior-in-question",
                f"expected no prior, since {claim.id!r} is an answer of "
                f"questions[{first[claim.id]}], found one",
                "move it into the prior of the question",
            )


def _resolution_problems(sections: Sections) -> Iterator[Problem]:
    outcome = {
        claim.id: claim.resolved.value
        for claim in sections.claims
        if claim is not None and claim.resolved is not None
    }
    for position, question in enumerate(sections.questions):
        if question is not None and outcome:
            yield from _one_true_answer(f"questions[{position}].claims", question, outcome)


def _one_true_answer(path: str, question: Question, outcome: dict[str, bool]) -> Iterator[Problem]:
    so = [name for name in question.claims if outcome.get(name) is True]
    if len(so) > 1:
        yield Problem(
            path,
            "two-true-answers",
            f"expected at most one answer that is resolved true, found {', '.join(map(repr, so))}",
            "correct the resolutions",
        )
    if question.exhaustive and all(outcome.get(name) is False for name in question.claims):
        yield Problem(
            path,
            "no-true-answer",
            "expected an answer that may be so, found all of them resolved false",
            "correct a resolution, or set exhaustive to false",
        )


def _link_problems(sections: Sections) -> Iterator[Problem]:
    for position, link in enumerate(sections.links):
        seen: set[str] = set()
        for path, name in link_paths(f"links[{position}]", link) if link is not None else ():
            if name in seen and name != UNREAD:
                yield Problem(
                    path,
                    "linked-to-itself",
                    f"expected different claims, found {name!r} twice",
                    "name another claim, or remove the link",
                )
            seen.add(name)


def _sign_problems(sections: Sections) -> Iterator[Problem]:
    stated = {
        claim.id for claim in sections.claims if claim is not None and claim.prior is not None
    }
    first: dict[str, int] = {}
    for position, link in sections.evidence():
        if link.sign == UNREAD:
            continue
        path, other = f"links[{position}].sign", first.setdefault(link.sign, position)
        if other != position:
            yield Problem(
                path,
                "sign-of-two",
                f"expected a claim that is a sign in one evidence link only, found {link.sign!r}, "
                f"which is one in links[{other}]",
                "state two signs, or make the second link an implies link",
            )
        elif link.sign in stated:
            yield Problem(
                path,
                "sign-with-prior",
                f"expected a claim without a prior, found {link.sign!r}, which states one",
                "remove its prior: a sign takes it from the link",
            )
        if link.sign in sections.question_of:
            yield Problem(
                path,
                "sign-in-question",
                f"expected a yes/no claim, found {link.sign!r}, which is an answer of a question",
                "use a claim of its own as the sign",
            )


def _circles_of_evidence(sections: Sections) -> Iterator[Problem]:
    """A sign has one broader claim, so a circle is found by walking upwards."""
    above: dict[str, tuple[str, int]] = {}
    for position, link in sections.evidence():
        if link.sign != link.claim:
            above.setdefault(link.sign, (link.claim, position))
    walked: dict[str, str] = {}
    for start in above:
        name = start
        while name in above and name not in walked:
            walked[name] = start
            name = above[name][0]
        if name in above and walked[name] == start and name != UNREAD:
            yield Problem(
                f"links[{above[name][1]}]",
                "circle-of-evidence",
                f"expected signs that lead away from a claim, found {name!r} to be, "
                "through other signs, a sign of itself",
                "remove one of these links",
            )
