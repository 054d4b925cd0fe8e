"""Every example runs: docstrings, README and documentation; how hypothesis searches; what is skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, SkipParser
from sybil.parsers.markdown import PythonCodeBlockParser as MarkdownPython
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parent

settings.register_profile(
    "default",
    derandomize=True,
    deadline=None,
    max_examples=30,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# For faults that are put in: that something fails is enough, the smallest example tells no more.
settings.register_profile(
    "brief", settings.get_profile("default"), phases=(Phase.explicit, Phase.generate)
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def _from_the_checkout(namespace: dict[str, object]) -> None:
    """Examples name files as someone in the project's folder would."""
    namespace["_came_from"] = Path.cwd()
    os.chdir(ROOT)


def _back(namespace: dict[str, object]) -> None:
    came_from = namespace["_came_from"]
    assert isinstance(came_from, Path)
    os.chdir(came_from)


class MarkdownConsole(MarkdownPython):
    """Fences named `pycon`, which show results; Sybil's own parser looks at `python` alone."""

    def __init__(self) -> None:
        super().__init__()
        self.codeblock_parser = CodeBlockParser("pycon", PythonEvaluator())


pytest_collect_file = (
    Sybil(
        parsers=[MarkdownPython(), MarkdownConsole(), SkipParser()],
        patterns=["*.md"],
        setup=_from_the_checkout,
        teardown=_back,
    )
    + Sybil(
        parsers=[DocTestParser()],
        patterns=["provenance/**/*.py", "provenance/*/*/*.py", "provenance/*.py"],
        setup=_from_the_checkout,
        teardown=_back,
    )
).pytest()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage is of the examples that are written out.

    What is drawn goes the same ways over and over, at twice the time while it is watched.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def seeds() -> Path:
    """The folder of the shipped seeds."""
    return ROOT / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--skips FILE`: what a gate says, so that nothing is left out in silence."""
    parser.addoption("--skips", metavar="FILE", help="fail where a test is skipped that FILE lacks")


def _skipped(config: pytest.Config) -> list[tuple[str, str]]:
    """Every test that was skipped, with the reason; the workers of a run report to one place."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return sorted(
        (report.nodeid, str(report.longrepr[2] if report.longrepr else "")) for report in reports
    )


def _unlisted(config: pytest.Config) -> list[tuple[str, str]]:
    written = Path(config.getoption("--skips")).read_text(encoding="utf-8").splitlines()
    listed = {line.split(" # ")[0].strip() for line in written if not line.startswith("#")}
    return [(test, why) for test, why in _skipped(config) if test.split("[")[0] not in listed]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run fails where a test was skipped that is not on the list."""
    config = session.config
    if config.getoption("--skips") and not hasattr(config, "workerinput") and _unlisted(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """How many tests were skipped, and which of them should not have been."""
    if not config.getoption("--skips"):
        return
    unlisted = _unlisted(config)
    terminalreporter.write_line(
        f"{len(_skipped(config))} skipped, {len(unlisted)} of them not on the list of skips"
    )
    for test, why in unlisted:
        terminalreporter.write_line(f"  {test}: {why}")
