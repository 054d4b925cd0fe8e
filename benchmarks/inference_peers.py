"""Times a whole answer against the point query of two libraries for graphical models.

    python -m benchmarks.inference_peers

Needs pgmpy and pyagrum beside the library. The peers are given the very network that the library
sums for each case, variable by variable, with all its numbers worked out. Times are processor
time, the best of several runs in one process on this machine; only the ratios travel.
"""

from __future__ import annotations

import argparse
import math
import random
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from provenance import Assessment, Case, Graph, load_case, weigh
from provenance.graph import Place, Story
from provenance.inference import Structure, evaluate
from provenance.inference.answer import asked

SIZES = (5, 15, 20, 100, 1000)


def news_like(size: int, seed: int = 1) -> Case:
    """A few origins, and a few outlets that relay many of them: states and bundles are shared."""
    chance = random.Random(seed)
    origins = max(2, size // 4)
    outlets = max(2, min(6, size // 8))
    attributions: list[dict[str, Any]] = [
        {"id": f"o{n}", "source": f"origin{n}", "claim": "x", "stance": stance}
        for n in range(origins)
        for stance in [chance.choice(("affirms", "affirms", "denies"))]
    ]
    pairs = [(outlet, n) for outlet in range(outlets) for n in range(origins)]
    chance.shuffle(pairs)
    attributions += [
        {"id": f"r{k}", "source": f"outlet{outlet}", "cites": f"o{n}"}
        for k, (outlet, n) in enumerate(pairs[: size - origins])
    ]
    return _case(attributions)


def tree_like(size: int, seed: int = 1) -> Case:
    """Every attribution by a source of its own, each relay citing any earlier one."""
    chance = random.Random(seed)
    attributions: list[dict[str, Any]] = []
    for n in range(size):
        entry: dict[str, Any] = {"id": f"a{n}", "source": f"source{n}"}
        if n < max(1, size // 3):
            entry |= {"claim": "x", "stance": chance.choice(("affirms", "denies"))}
        else:
            entry["cites"] = f"a{chance.randrange(n)}"
        attributions.append(entry)
    return _case(attributions)


def _case(attributions: Sequence[dict[str, Any]]) -> Case:
    names = dict.fromkeys(each["source"] for each in attributions)
    sources = [
        {"id": name, "reliability": "B" if name.startswith("outlet") else "C"} for name in names
    ]
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "x", "prior": {"mean": 0.3, "strength": 10}}],
            "sources": sources,
            "attributions": list(attributions),
        }
    )


def everything(found: Assessment) -> object:
    """All that an answer tells, which is worked out when it is asked for."""
    return (
        *(found.probability, found.interval, found.bits, found.reasons, found.statements),
        *(found.doubts, found.potentials, found.sources, found.opinion, found.caveats),
        *(found.confidence, found.credibility, found.if_one_voice, found.if_independent),
        *(found.answer.questions, found.answer.hidden),
    )


class Node(NamedTuple):
    """One variable: its parents, and its distribution given every combination of theirs."""

    name: str
    size: int
    parents: tuple[str, ...]
    rows: list[list[float]]


class Net(NamedTuple):
    """The network of a story as a Bayesian network: what is so, who tracks it, who said what."""

    nodes: list[Node]
    evidence: dict[str, int]


def net_of(story: Story, place: Place) -> Net:
    """The network that the library sums, written out variable by variable.

    A source's own story over several statements in hand enters the prior of its state.
    """
    evaluation = evaluate(Structure.of(story, place.question, with_reasons=False), story)
    network, priors = evaluation.structure.network, evaluation.priors
    nodes = [
        Node(f"q{q}", question.size, (), [list(priors.stated[q])])
        for q, question in enumerate(story.questions)
    ]
    worth = dict.fromkeys(range(len(network.states)), 0.0)
    for bundle, log in zip(evaluation.structure.bundles, evaluation.bundle_logs, strict=True):
        worth[bundle.state] += log
    for number, t in enumerate(evaluation.trackings):
        own = (1.0 - t) * math.exp(worth[number])
        nodes.append(Node(f"s{number}", 2, (), [[t / (t + own), own / (t + own)]]))
    evidence: dict[str, int] = {}
    for term in network.terms:
        statement = story.statements[term.statement]
        size = story.questions[statement.question].size
        cited = statement.cites
        upstream = f"q{statement.question}" if cited is None else f"m{cited}"
        guess = priors.flat[statement.question] if cited is None else evaluation.predictive[cited]
        lam = evaluation.strengths[term.statement]
        tracking = [
            [lam * (m == x) + (1.0 - lam) * guess[m] for m in range(size)] for x in range(size)
        ]
        own = [float(m == statement.value) for m in range(size)] if term.bundled else list(guess)
        rows = tracking + [own] * size
        nodes.append(Node(f"m{term.statement}", size, (f"s{term.state}", upstream), rows))
        if statement.in_hand:
            evidence[f"m{term.statement}"] = statement.value
    return Net(nodes, evidence)


def build_pgmpy(net: Net) -> Any:
    """The network in pgmpy."""
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.models import DiscreteBayesianNetwork

    sizes = {node.name: node.size for node in net.nodes}
    model = DiscreteBayesianNetwork()
    model.add_nodes_from(sizes)
    model.add_edges_from((parent, node.name) for node in net.nodes for parent in node.parents)
    model.add_cpds(
        *(
            TabularCPD(
                node.name,
                node.size,
                [list(column) for column in zip(*node.rows, strict=True)],
                evidence=list(node.parents) or None,
                evidence_card=[sizes[parent] for parent in node.parents] or None,
            )
            for node in net.nodes
        )
    )
    return model


def query_pgmpy(model: Any, net: Net) -> float:
    """P(q0 = 0 | evidence) by pgmpy's variable elimination."""
    from pgmpy.inference import VariableElimination

    found = VariableElimination(model).query(
        ["q0"], evidence=net.evidence, elimination_order="MinFill", show_progress=False
    )
    return float(found.values[0])


def build_agrum(net: Net) -> Any:
    """The network in pyAgrum."""
    import pyagrum

    model = pyagrum.BayesNet()
    for node in net.nodes:
        model.add(pyagrum.RangeVariable(node.name, "", 0, node.size - 1))
    for node in net.nodes:
        # pyAgrum's tables run over the parents in the order in which their arcs were added, the
        # first one fastest.
        for parent in reversed(node.parents):
            model.addArc(parent, node.name)
        model.cpt(node.name).fillWith([p for row in node.rows for p in row])
    return model


def query_agrum(model: Any, net: Net) -> float:
    """P(q0 = 0 | evidence) by pyAgrum's lazy propagation."""
    import pyagrum

    inference = pyagrum.LazyPropagation(model)
    inference.setEvidence(net.evidence)
    inference.setTargets({"q0"})
    inference.makeInference()
    return float(inference.posterior("q0").tolist()[0])


def best(run: Callable[[], object], repeats: int) -> float:
    """The shortest of several runs, in seconds of processor time: other work does not count."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def measure(name: str, case: Case, patience: float) -> list[str]:
    """One row: our times, the peers' times, and their ratios."""
    graph = Graph.of(case)
    story, place = asked(graph.story("x"), graph.place("x")), graph.place("x")
    net = net_of(story, place)
    size = len(case.attributions)
    repeats = 100 if size <= 20 else 15 if size <= 100 else 4

    exact = weigh(case, "x").probability
    # Of a copy nothing is kept that was worked out for the case before.
    cold = best(lambda: everything(weigh(case.model_copy(), "x")), repeats)
    again = best(lambda: everything(weigh(case, "x")), repeats)
    row = [name, str(size), f"{cold * 1e3:.2f}", f"{again * 1e3:.2f}"]
    for build, query in ((build_pgmpy, query_pgmpy), (build_agrum, query_agrum)):
        start = time.process_time()
        try:
            model = build(net)
            difference = abs(query(model, net) - exact)
        except Exception as error:
            row += [type(error).__name__, "", "", ""]
            continue
        first = time.process_time() - start
        times = 1 if first > patience else repeats
        building = best(lambda build=build: build(net), times)  # type: ignore[misc]
        asking = best(lambda query=query, model=model: query(model, net), times)  # type: ignore[misc]
        agrees = "yes" if difference < 1e-9 else f"off by {difference:.0e}"
        row += [
            f"{(building + asking) * 1e3:.2f}",
            f"{asking * 1e3:.2f}",
            f"{cold / (building + asking):.2f}",
            agrees,
        ]
    return row


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument(
        "--patience", type=float, default=2.0, help="seconds before one run is enough"
    )
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    peers = ("pgmpy", "pyAgrum")
    head = ["case", "attributions", "full answer, first (ms)", "again (ms)"]
    for peer in peers:
        head += [f"{peer} build+query (ms)", "query (ms)", "first / build+query", "agrees to 1e-9"]
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for size in options.sizes:
        for name, case in (("news-like", news_like(size)), ("tree-like", tree_like(size))):
            print("| " + " | ".join(measure(name, case, options.patience)) + " |", flush=True)


if __name__ == "__main__":
    main()
