"""The server for agents: real clients over stdio and HTTP, and nothing outside the folder."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

from provenance import load_case, load_seed, weigh
from provenance.agents.answers import answer_for_model
from provenance.agents.case_folder import Folder
from provenance.agents.mcp_server import serve, server_of
from provenance.errors import CaseError, InvalidValue, MissingExtra

SEEDS = Path(__file__).parents[2] / "seeds"
ARMS = "egypt-arms-2015.json"
OF_A_CASE = {"check", "weigh", "chains", "compare", "leads", "what_if"}
TOOLS = {"cases", "case_schema", "audit", "draft", *OF_A_CASE}
START = "import sys; from provenance.agents.mcp_server import serve; serve(*sys.argv[1:3], port=int(sys.argv[3]))"
BAD = {"version": 1, "claims": [{"id": "c", "text": ""}], "sources": [], "attributions": []}

Calls = list[tuple[str, dict[str, Any]]]


@attrs.frozen
class Talk:
    """What a server told a client."""

    tools: dict[str, Any]
    """Its tools by their names."""
    answers: list[CallToolResult]
    """Its answers in the order of the calls."""


def talk(server: Any, *calls: tuple[str, dict[str, Any]]) -> Talk:
    """Connects to a server, lists its tools and makes some calls."""

    async def run() -> Talk:
        with anyio.fail_after(90):
            async with Client(server) as client:
                listed = await client.list_tools()
                answers = [await client.call_tool(name, arguments) for name, arguments in calls]
        return Talk({tool.name: tool for tool in listed.tools}, answers)

    return anyio.run(run)


def text(answer: CallToolResult) -> str:
    (content,) = answer.content
    return str(content.text)  # type: ignore[union-attr]


def asked(server: Any, name: str, **arguments: Any) -> CallToolResult:
    return talk(server, (name, arguments)).answers[0]


CALLS: Calls = [
    ("cases", {}),
    ("weigh", {"case": ARMS, "claim": "armed"}),
    ("weigh", {"case": BAD, "claim": "c"}),
    ("weigh", {"case": "../pyproject.toml", "claim": "armed"}),
    ("check", {"case": ARMS}),
    ("chains", {"case": ARMS, "claim": "armed"}),
    ("compare", {"case": ARMS, "claim": "armed"}),
    ("leads", {"case": ARMS, "claim": "armed", "most": "2"}),
    ("what_if", {"case": ARMS, "claim": "armed", "changes": "reliability:general=A"}),
]


@pytest.fixture(scope="module")
def over_stdio() -> Talk:
    """A talk with a server that the client starts."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-c", START, str(SEEDS), "stdio", "1"],
        cwd=SEEDS.parent,
    )
    return talk(parameters, *CALLS)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server that runs in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(SEEDS), "http", str(port)],
        cwd=SEEDS.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def over_http(address: str) -> Talk:
    """A talk with that server."""
    return talk(address, *CALLS)


# Real clients


@pytest.mark.parametrize("way", ["over_stdio", "over_http"])
class TestARealClient:
    """The same over standard input and output and over HTTP."""

    @pytest.fixture
    def told(self, way: str, request: pytest.FixtureRequest) -> Talk:
        found: Talk = request.getfixturevalue(way)
        return found

    def test_lists_the_tools(self, told: Talk) -> None:
        assert set(told.tools) == TOOLS
        assert all(tool.annotations.read_only_hint for tool in told.tools.values())

    def test_finds_the_cases(self, told: Talk) -> None:
        assert ARMS in told.answers[0].structured_content["cases"]

    def test_weighs_the_arms_seed(self, told: Talk) -> None:
        assessment = weigh(load_seed("egypt-arms-2015"), "armed")

        answer = told.answers[1]

        assert not answer.is_error
        assert answer.structured_content == json.loads(json.dumps(answer_for_model(assessment)))
        assert text(answer) == answer_for_model(assessment, "text")

    def test_gets_a_clear_error_for_a_bad_case(self, told: Talk) -> None:
        answer = told.answers[2]

        assert answer.is_error
        assert "claims[0].text: expected text, found none" in text(answer)
        assert answer.structured_content["problems"][0]["path"] == "claims[0].text"
        assert "Traceback" not in text(answer)

    def test_is_refused_a_path_outside_the_folder(self, told: Talk) -> None:
        answer = told.answers[3]

        assert answer.is_error
        assert "expected a name inside the folder of cases, found '../pyproject.toml'" in text(
            answer
        )

    def test_checks_lists_chains_compares_and_finds_leads(self, told: Talk) -> None:
        check, chains, compare, leads, what_if = told.answers[4:]

        assert not any(answer.is_error for answer in told.answers[4:])
        assert {each["kind"] for each in check.structured_content["weaknesses"]} >= {"one-outlet"}
        assert "rebels [rebel-accounts/rockets]" in text(chains)
        assert compare.structured_content["rows"][0]["method"] == "testimony network"
        assert len(leads.structured_content["leads"]) == 2
        assert what_if.structured_content["change"] > 0


# The folder and nothing else


def beside_a_secret(outside: Path) -> Path:
    """A folder of cases beside a secret, with links that lead out of it and within it."""
    inside = outside / "cases"
    (inside / "deep").mkdir(parents=True)
    seed = (SEEDS / ARMS).read_bytes()
    for path in (inside / "arms.json", inside / "deep" / "arms.json", outside / "secret.json"):
        path.write_bytes(seed)
    (inside / ".hidden").mkdir()
    for path in (inside / ".hidden.json", inside / ".hidden" / "arms.json"):
        path.write_bytes(seed)
    (inside / "hard.json").hardlink_to(outside / "secret.json")
    (inside / "link.json").symlink_to(outside / "secret.json")
    (inside / "within.json").symlink_to(inside / "arms.json")
    (inside / "way").symlink_to(outside)
    (inside / "folder.json").mkdir()
    (inside / "notes.txt").write_text("secret", encoding="utf-8")
    os.mkfifo(inside / "pipe.json")
    return inside


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return beside_a_secret(tmp_path)


READ = ("arms.json", "deep/arms.json", "./arms.json", "arms", "deep/arms")
REFUSED = (
    ("../secret.json", "outside-the-folder"),
    ("deep/../../secret.json", "outside-the-folder"),
    ("deep/../arms.json", "outside-the-folder"),
    ("/etc/passwd", "outside-the-folder"),
    ("//secret.json", "outside-the-folder"),
    ("~/secret.json", "outside-the-folder"),
    ("file:///etc/passwd", "outside-the-folder"),
    ("https://example.org/a.json", "outside-the-folder"),
    ("C:/secret.json", "outside-the-folder"),
    ("..\\secret.json", "outside-the-folder"),
    ("link.json", "outside-the-folder"),
    ("within.json", "outside-the-folder"),
    ("way/secret.json", "outside-the-folder"),
    ("%2e%2e/secret.json", "cannot-read"),
    ("missing.json", "cannot-read"),
    ("missing", "cannot-read"),
    ("link", "outside-the-folder"),
    ("arms.json/arms.json", "outside-the-folder"),
    (".hidden.json", "outside-the-folder"),
    (".hidden/arms.json", "outside-the-folder"),
    ("hard.json", "outside-the-folder"),
    ("folder.json", "not-a-file"),
    ("pipe.json", "not-a-file"),
    ("notes.txt", "not-a-case-file"),
    (".", "not-a-case-file"),
    ("", "not-a-path"),
    ("a\0.json", "not-a-path"),
    ("a" * 399 + ".json", "not-a-path"),
)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folder is whose files are asked for one after the other."""
    return tmp_path_factory.mktemp("outside")


@pytest.fixture(scope="module")
def checks(outside: Path) -> dict[str, CallToolResult]:
    """What one server says of every name."""
    names = (*READ, *(name for name, _ in REFUSED))
    calls: Calls = [("check", {"case": name}) for name in names]
    answers = talk(server_of(beside_a_secret(outside)), *calls).answers
    return dict(zip(names, answers, strict=True))


@pytest.mark.parametrize("name", READ)
def test_a_case_in_the_folder_or_below_it_is_read(
    checks: dict[str, CallToolResult], name: str
) -> None:
    assert not checks[name].is_error


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_any_other_name_is_refused(
    checks: dict[str, CallToolResult], outside: Path, name: str, code: str
) -> None:
    answer = checks[name]

    assert answer.is_error
    assert answer.structured_content["problems"][0]["code"] == code
    assert str(outside) not in text(answer)


def test_an_absolute_path_into_the_folder_is_refused_too(folder: Path) -> None:
    assert asked(server_of(folder), "check", case=str(folder / "arms.json")).is_error


@settings(max_examples=60)
@given(
    st.text(alphabet="./\\~:%a\0", max_size=12).map(lambda name: f"{name}.json"),
    st.sampled_from(("../", "deep/../", "/", "way/", "./../")),
)
def test_no_name_leads_out_of_a_folder(name: str, way: str) -> None:
    folder = Folder.at(SEEDS)

    for tried in (name, f"{way}{name}", f"{name}/{way}secret.json"):
        with pytest.raises(CaseError):
            folder.read(tried, 10)


def test_a_folder_that_is_itself_behind_a_link_can_be_given(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "shortcut").symlink_to(folder)

    assert not asked(server_of(tmp_path / "shortcut"), "check", case="arms.json").is_error


def test_only_files_that_can_be_read_are_listed(folder: Path) -> None:
    answer = asked(server_of(folder), "cases")

    assert answer.structured_content["cases"] == ["arms.json", "deep/arms.json"]


def test_a_folder_with_very_much_in_it_is_listed_in_part(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdefghij")
    deep.mkdir(parents=True)
    (deep / "too-deep.json").write_text("{}", encoding="utf-8")
    for number in range(5):
        (tmp_path / f"{number}.json").write_text("{}", encoding="utf-8")

    assert Folder.at(tmp_path).names(3) == ("0.json", "1.json", "2.json")
    assert len(Folder.at(tmp_path).names(100)) == 5


def test_a_case_takes_its_registry_from_the_folder_and_from_nowhere_else(folder: Path) -> None:
    registry = {"version": 1, "sources": [{"id": "s", "reliability": "B"}]}
    (folder / "sources.json").write_text(json.dumps(registry), encoding="utf-8")
    (folder.parent / "secret.json").write_text(json.dumps(registry), encoding="utf-8")
    said = [{"id": "a", "source": "s", "claim": "c"}]
    case = {
        "version": 1,
        "claims": [{"id": "c", "text": "so"}],
        "sources": [],
        "attributions": said,
    }

    registries = ("sources.json", "../secret.json", "link.json", "missing.json")
    for place, named in enumerate(registries):
        shared = json.dumps({**case, "sources_from": named})
        (folder / f"shared-{place}.json").write_text(shared, "utf-8")
    calls: Calls = [
        ("weigh", {"case": f"shared-{place}.json", "claim": "c"})
        for place, _ in enumerate(registries)
    ]
    found = talk(server_of(folder), *calls).answers

    assert [answer.is_error for answer in found] == [False, True, True, True]


def test_without_a_folder_no_file_is_read_and_cases_are_handed_over() -> None:
    case = load_seed("egypt-arms-2015").written()

    told = talk(
        server_of(),
        ("cases", {}),
        ("check", {"case": ARMS}),
        ("check", {"case": case}),
        ("check", {"case": json.dumps(case)}),
    )

    assert told.answers[0].structured_content == {"cases": []}
    assert [answer.is_error for answer in told.answers] == [False, True, False, False]


def test_a_file_that_is_too_large_is_refused(folder: Path) -> None:
    (folder / "large.json").write_bytes(b" " * 1_000_001)

    assert "expected at most 1000000 bytes" in text(
        asked(server_of(folder), "check", case="large.json")
    )


def test_a_file_that_is_no_case_says_so_without_showing_it(folder: Path) -> None:
    (folder / "other.json").write_text('["password: hunter2"]', encoding="utf-8")

    answer = asked(server_of(folder), "check", case="other.json")

    assert answer.is_error
    assert "expected an object" in text(answer)


# Arguments in bounds


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("weigh", {}, "expected the argument 'case' of weigh, found none"),
    ("weigh", {"case": 7}, "expected a case as an object, found 7"),
    ("weigh", {"case": {}, "clam": "c"}, "no argument of weigh 'clam'"),
    ("weigh", {"case": ARMS, "claim": "nothing"}, "no claim 'nothing'"),
    ("weigh", {"case": ARMS, "claim": 7}, "expected as 'claim' of weigh text of at most 400"),
    ("what_if", {"case": ARMS, "claim": "armed"}, "expected changes or without"),
    ("what_if", {"case": ARMS, "claim": "armed", "changes": ["a"] * 21}, "at most 20 texts"),
    (
        "what_if",
        {"case": ARMS, "claim": "armed", "changes": [{"source": "general", "reliability": "A"}]},
        "such as reliability:ID=B, found dict",
    ),
    ("what_if", {"case": ARMS, "claim": "armed", "changes": "a"}, "expected a change such as"),
    ("weigh", {"case": ARMS, "claim": "c" * 401}, "text of at most 400 characters"),
    ("weigh", {"case": ARMS, "claim": "armed", "as_of": "soon"}, "expected a date"),
    ("chains", {"case": ARMS, "claim": "armed", "most": 0}, "a whole number from 1 to 200"),
    ("chains", {"case": ARMS, "claim": "armed", "most": True}, "a whole number from 1 to 200"),
    ("leads", {"case": ARMS}, "expected the argument 'claim' of leads, found none"),
    ("cases", {"path": "/"}, "expected no arguments of cases"),
    ("run", {}, "no tool 'run'"),
]


@pytest.fixture(scope="module")
def refusals() -> list[CallToolResult]:
    """What one server says of every wrong call."""
    return talk(server_of(SEEDS), *[(name, arguments) for name, arguments, _ in WRONG]).answers


@pytest.mark.parametrize("place", range(len(WRONG)), ids=[said for *_, said in WRONG])
def test_a_wrong_call_is_answered_in_words(refusals: list[CallToolResult], place: int) -> None:
    answer = refusals[place]

    assert answer.is_error
    assert WRONG[place][2] in text(answer)
    assert "Traceback" not in text(answer)


def test_a_case_that_is_too_large_is_refused() -> None:
    large = {**load_seed("egypt-arms-2015").written(), "note": "n" * 1_000_000}
    many = {
        "version": 1,
        "claims": [{"id": "c", "text": "so"}],
        "sources": [{"id": "s"}],
        "attributions": [{"id": f"a{n}", "source": "s", "claim": "c"} for n in range(5_001)],
    }

    told = talk(server_of(), ("check", {"case": large}), ("check", {"case": many}))

    assert "expected at most 1000000 bytes" in text(told.answers[0])
    assert "expected at most 5000 attributions, found 5001" in text(told.answers[1])


def test_the_answers_to_many_claims_are_counted() -> None:
    case = {
        "version": 1,
        "claims": [{"id": f"c{n}", "text": "so"} for n in range(30)],
        "sources": [],
        "attributions": [],
    }

    answer = asked(server_of(), "weigh", case=case)

    assert len(answer.structured_content["answers"]) == 20
    assert answer.structured_content["left_out"] == 10


def test_the_form_of_a_case_can_be_asked_for() -> None:
    answer = asked(server_of(), "case_schema")

    assert json.loads(text(answer)) == answer.structured_content
    assert answer.structured_content["required"][0] == "version"


def test_the_schema_an_example_and_the_scales_can_be_read() -> None:
    async def run() -> dict[str, Any]:
        async with Client(server_of()) as client:
            listed = await client.list_resources()
            read = [await client.read_resource(each.uri) for each in listed.resources]
        texts = [each.contents[0].text for each in read]  # type: ignore[union-attr]
        return dict(
            zip([each.name for each in listed.resources], map(json.loads, texts), strict=True)
        )

    found = anyio.run(run)

    assert found["schema"]["required"][0] == "version"
    assert load_case(found["example"]).attributions
    assert found["scales"]["hedges"]["likely"] == 0.729
    assert "icd203" in found["scales"]["scales"]


def test_every_tool_that_takes_a_case_says_where_its_form_is(over_stdio: Talk) -> None:
    for name in OF_A_CASE:
        described = over_stdio.tools[name].input_schema["properties"]["case"]["description"]
        assert "case_schema" in described
        assert "provenance://schema" in described


# Starting it


def test_a_page_under_another_name_is_refused(address: str) -> None:
    host, port = address.removeprefix("http://").removesuffix("/mcp").split(":")
    body = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
    head = (
        "POST /mcp HTTP/1.1\r\nHost: {}\r\n{}Content-Type: application/json\r\n"
        "Accept: application/json, text/event-stream\r\nConnection: close\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )

    statuses = []
    for named, origin in (
        ("evil.example", ""),
        (f"{host}:{port}", "Origin: http://evil.example\r\n"),
    ):
        with socket.create_connection((host, int(port)), timeout=20) as wire:
            wire.sendall(head.format(named, origin).encode() + body)
            statuses.append(int(wire.recv(100).split()[1]))

    assert statuses == [421, 403]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"folder": "nowhere"}, "expected a folder, found nothing at 'nowhere'"),
        ({"folder": SEEDS / ARMS}, "expected a folder, found a file"),
        ({"transport": "carrier pigeon"}, "expected the transport stdio or http"),
        ({"transport": "http", "host": "0.0.0.0"}, "expected a loopback address"),
        ({"transport": "http", "host": "example.org"}, "expected a loopback address"),
        ({"transport": "http", "port": 0}, "expected a port from 1 to 65535"),
    ],
)
def test_a_server_that_should_not_start_does_not(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        serve(**arguments)


@pytest.mark.parametrize(
    ("host", "allowed"), [("127.0.0.1", ()), ("::1", ()), ("localhost", ()), ("0.0.0.0", ("desk.example",))]
)  # fmt: skip
def test_it_listens_where_it_is_told(
    monkeypatch: pytest.MonkeyPatch, host: str, allowed: tuple[str, ...]
) -> None:
    import uvicorn

    found: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **how: found.update(how))

    serve(transport="http", host=host, port=8123, allowed_hosts=allowed)

    assert (found["host"], found["port"], found["access_log"]) == (host, 8123, False)


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp_types", None)

    with pytest.raises(MissingExtra, match=r"claim-provenance\[mcp\]"):
        server_of()


def test_a_system_that_follows_links_serves_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "supports_dir_fd", set())

    with pytest.raises(InvalidValue, match="serve without a folder"):
        Folder.at(SEEDS)


@pytest.mark.parametrize(
    ("name", "status"),
    [("desk.example", 200), ("desk.example:8443", 200), ("localhost", 200), ("evil.example", 421)],
)
def test_it_answers_to_the_names_that_are_allowed_and_to_no_other(
    monkeypatch: pytest.MonkeyPatch, name: str, status: int
) -> None:
    import uvicorn
    from starlette.testclient import TestClient

    apps: list[Any] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **_: apps.append(app))
    serve(transport="http", allowed_hosts=("desk.example",))
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a", "version": "1"},
    }
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}

    with TestClient(apps[0], base_url=f"http://{name}") as client:
        accept = "application/json, text/event-stream"
        found = client.post("/mcp", json=asked, headers={"Accept": accept})

    assert found.status_code == status
