"""What other people's tools make of what we write, and we of what they write.

    pip install '.[conformance]'
    npm install --prefix /somewhere ajv@8 ajv-formats @modelcontextprotocol/inspector
    CONFORMANCE_NODE=/somewhere python benchmarks/conformance.py

These are too heavy, or bring too much with them, to be part of the gate: misp-stix, nanopub, ajv,
the command line of the MCP inspector, and fastmcp, a second client library of Python. Each check
says what it found; one whose tool is not there says so. The exit code is 1 if any check found
something wrong.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from provenance import Case, case_schema, load_seed, shipped_seeds, weigh, weigh_all
from provenance.exchange import (
    claimreview_schema,
    from_misp,
    from_stix,
    to_claimreview,
    to_misp,
    to_nanopublications,
    to_prov,
    to_stix,
)

BASE = "https://example.org/np/"
ROOT = Path(__file__).parents[1]
SERVER = ("provenance", "mcp")


class Missing(Exception):
    """The tool of a check is not there."""


def needed(name: str) -> Any:
    """A package that a check needs."""
    try:
        return __import__(name)
    except ImportError as error:
        raise Missing(f"the package {name} is not there") from error


def node_folder() -> Path:
    """The folder in which npm installed what a check needs."""
    folder = os.environ.get("CONFORMANCE_NODE")
    if not folder or not (Path(folder) / "node_modules").is_dir():
        raise Missing("CONFORMANCE_NODE names no folder with node_modules")
    return Path(folder)


def misp_to_stix() -> Iterator[str]:
    """misp-stix reads our event without an error, and we read what it makes of it."""
    converter = needed("misp_stix_converter")
    for name in shipped_seeds():
        case = load_seed(name)
        event = to_misp(case, weigh_all(case)).document
        parser = converter.MISPtoSTIX21Parser()
        parser.parse_misp_event(event)
        assert not parser.errors, dict(parser.errors)

        read = from_stix(json.loads(parser.bundle.serialize())).case

        straight = from_misp(event).case
        assert {each.text for each in read.claims} == {each.text for each in straight.claims}, name
        assert said_by(read) == said_by(straight), f"{name}: {said_by(read) ^ said_by(straight)}"
        yield f"{name}: {len(read.claims)} claims and {len(read.attributions)} statements come back"


def said_by(case: Case) -> frozenset[tuple[object, ...]]:
    """What every statement is: by whom, on which side, of what, and from which others."""
    return frozenset(
        (
            *(each.id, each.source, each.stance, each.would_speak, each.claims),
            frozenset(name.partition("/")[0] for name in each.cited),
        )
        for each in case.attributions
    )


def stix_to_misp() -> Iterator[str]:
    """misp-stix reads our bundle; what it does not know is said."""
    converter, stix2 = needed("misp_stix_converter"), needed("stix2")
    for name in shipped_seeds():
        case = load_seed(name)
        for profile in ("standard", "opencti"):
            document = to_stix(case, weigh_all(case), profile=profile).document  # type: ignore[arg-type]
            parser = converter.ExternalSTIX2toMISPParser()
            parser.load_stix_bundle(stix2.parse(json.dumps(document), allow_custom=True))
            parser.parse_stix_bundle()
            event = json.loads(parser.misp_event.to_json())
            assert event["info"] == case.title
            unknown = sorted({each for found in parser.errors.values() for each in found})
            yield f"{name}, {profile}: title and summary; {', '.join(unknown) or 'nothing unknown'}"


def nanopublications() -> Iterator[str]:
    """The nanopub package calls every nanopublication valid."""
    library, rdflib = needed("nanopub"), needed("rdflib")
    terms = rdflib.Namespace("http://www.nanopub.org/nschema#")
    parts = (terms.hasAssertion, terms.hasProvenance, terms.hasPublicationInfo)
    for name in shipped_seeds():
        case = load_seed(name)
        store = rdflib.Dataset()
        text = to_nanopublications(case, weigh_all(case), base=BASE).document
        store.parse(data=text, format="trig")
        heads = [*store.quads((None, rdflib.RDF.type, terms.Nanopublication, None))]
        for thing, _, _, head in heads:
            one = rdflib.ConjunctiveGraph()
            graphs = [head, *(next(store.quads((thing, part, None, None)))[2] for part in parts)]
            for graph in graphs:
                for triple in store.graph(graph):
                    one.get_context(graph).add(triple)
            assert library.Nanopub(rdf=one).is_valid
        yield f"{name}: {len(heads)} valid"


QUESTION = """
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX cp: <urn:claim-provenance:ns#>
SELECT DISTINCT ?relay WHERE { ?relay prov:wasDerivedFrom ?origin . ?origin a cp:Statement }
"""


def sparql() -> Iterator[str]:
    """The plain question in SPARQL finds every relay."""
    rdflib = needed("rdflib")
    for name in shipped_seeds():
        case = load_seed(name)
        graph = rdflib.Graph().parse(data=to_prov(case, format="turtle").document, format="turtle")
        found = len([*graph.query(QUESTION)])
        # Who says that something was never said has nothing from it.
        expected = sum(
            bool(each.inferred_from or (each.cited and each.stance != "disowns"))
            for each in case.attributions
        )
        assert found == expected, f"{name}: {found} of {expected}"
        yield f"{name}: {found} of {expected} relays and inferences"


AJV = """
const [Ajv, formats] = [require('ajv/dist/2020'), require('ajv-formats')];
const ajv = new Ajv({strict: false, allErrors: true});
(formats.default || formats)(ajv);
const {schema, good, bad} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const check = ajv.compile(schema);
const refused = good.filter(each => !check(each)).length;
const accepted = bad.filter(each => check(each)).length;
console.log(JSON.stringify({refused, accepted}));
"""


def ajv() -> Iterator[str]:
    """ajv accepts our case files and reviews by our schemas, and refuses what is wrong."""
    folder = node_folder()
    reviews, cases = [], []
    for name in shipped_seeds():
        case = load_seed(name)
        url = "https://example.org/checks/1"
        found = to_claimreview(case, weigh_all(case), author="The desk", url=url).document
        reviews += [{"@context": "https://schema.org", **each} for each in found["@graph"]]
        cases.append(case.written())
    for what, schema, good in (
        ("reviews", claimreview_schema(), reviews),
        ("case files", case_schema(), cases),
    ):
        bad = [{}, {"@type": "ClaimReview"}, {"version": 2}, good[0] | {"version": "1", "@type": 3}]
        asked = json.dumps({"schema": schema, "good": good, "bad": bad})
        answer = run(["node", "-e", AJV], asked, folder)
        assert json.loads(answer) == {"refused": 0, "accepted": 0}, answer
        yield f"{len(good)} {what} accepted, {len(bad)} wrong ones refused"


def inspector() -> Iterator[str]:
    """The command line of the MCP inspector lists our tools and calls one."""
    folder = node_folder()
    command = folder / "node_modules" / ".bin" / "mcp-inspector"
    if not command.exists():
        raise Missing("the inspector is not there")
    asked = [str(command), "--cli", sys.executable, "-m", *SERVER, "--method"]
    tools = sorted(
        each["name"] for each in json.loads(run([*asked, "tools/list"], "", ROOT))["tools"]
    )
    assert {"check", "weigh"} <= set(tools), tools
    yield f"tools: {', '.join(tools)}"
    case = json.dumps(load_seed(shipped_seeds()[0]).written())
    call = ["tools/call", "--tool-name", "check", "--tool-arg", f"case={case}"]
    answer = json.loads(run([*asked, *call], "", ROOT))
    assert not answer.get("isError"), answer
    yield f"check answers in {len(json.dumps(answer))} characters"


def fastmcp() -> Iterator[str]:
    """The client of fastmcp lists our tools, and gets answers and refusals as it expects them."""
    library = needed("fastmcp")

    async def asked() -> tuple[list[Any], Any, Any]:
        config = {"mcpServers": {"ours": {"command": sys.executable, "args": ["-m", *SERVER]}}}
        case = load_seed("egypt-arms-2015").written()
        async with library.Client(config) as client:
            return (
                await client.list_tools(),
                await client.call_tool("weigh", {"case": case, "claim": "armed"}),
                await client.call_tool("weigh", {"case": {}}, raise_on_error=False),
            )

    tools, answer, refusal = asyncio.run(asked())
    expected = weigh(load_seed("egypt-arms-2015"), "armed").probability
    found = answer.structured_content["likelihood"]["probability"]
    assert abs(found - expected) < 1e-3, (found, expected)
    assert refusal.is_error
    assert "expected this field" in refusal.content[0].text
    yield f"{len(tools)} tools; weigh answers {found:.3f}; a case without claims is refused"


def run(command: list[str], given: str, folder: Path) -> str:
    """What a command prints."""
    found = subprocess.run(
        command, input=given, capture_output=True, text=True, cwd=folder, timeout=300, check=False
    )
    assert found.returncode == 0, found.stderr[-2_000:]
    return found.stdout


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    *(misp_to_stix, stix_to_misp, nanopublications, sparql, ajv),
    *(inspector, fastmcp),
)


def main() -> int:
    """Runs every check; 1 if one of them found something wrong."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    wrong = 0
    for check in CHECKS:
        print(f"{check.__name__}: {(check.__doc__ or '').strip()}")
        try:
            for line in check():
                print(f"  {line}")
        except Missing as missing:
            print(f"  not checked: {missing}")
        except AssertionError as error:
            wrong += 1
            print(f"  WRONG: {error}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
