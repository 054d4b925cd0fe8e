"""The wheel: what is in it, and that it works far from the checkout with nothing but its needs."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator, Sequence
from email.message import Message
from email.parser import Parser
from importlib import metadata
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="the extra `test` brings what builds a wheel")

ROOT = Path(__file__).parents[1]
BASE = {"attrs", "pydantic"}
LOADED = """
import sys
before = set(sys.modules)
import provenance
import json
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""
MAIN_JOB = """
import json
from importlib.resources import files
import provenance
from provenance import load_case, load_seed, shipped_seeds, weigh
seed = files("provenance") / "seeds" / "egypt-arms-2015.json"
answer = weigh(load_case(str(seed)), "armed")
print(json.dumps({
    "file": provenance.__file__,
    "seeds": {name: len(load_seed(name).claims) for name in shipped_seeds()},
    "probability": answer.probability,
    "prose": str(answer),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout by the hook that every installer calls."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys, hatchling.build; hatchling.build.build_wheel(sys.argv[1])"
    run([sys.executable, "-c", build, str(folder)], ROOT)
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The names of everything in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        return set(archive.namelist())


@pytest.fixture(scope="module")
def about(wheel: Path) -> Message:
    """What the wheel says about itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment with the wheel and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("far") / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    python = next(folder.glob("bin/python")) if (folder / "bin").exists() else None
    if python is None:
        pytest.skip("what is needed is linked, not fetched, and here there are no links")
    (packages,) = folder.glob("lib/python*/site-packages")
    for need in needs("claim-provenance"):
        link(need, packages)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    pip += ["install", "--quiet", "--no-index", "--no-deps", "--no-compile", str(wheel)]
    run(pip, folder)
    return python


def run(command: Sequence[str], folder: Path) -> str:
    """The output of a command that is run in a folder."""
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout


def needs(name: str) -> set[str]:
    """The distributions that one needs without extras, and those that they need."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for line in metadata.requires(waiting.pop()) or ():
            requirement, _, marker = line.partition(";")
            need = requirement.strip().split("[")[0]
            for mark in "<>=!~ (":
                need = need.split(mark)[0]
            if "extra" not in marker and is_installed(need) and canonical(need) not in found:
                found.add(canonical(need))
                waiting.append(need)
    return found


def canonical(name: str) -> str:
    """A distribution's name as others write it."""
    return name.lower().replace("_", "-")


def is_installed(name: str) -> bool:
    """Whether a distribution is here; one for another system, named behind a marker, is not."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def tops(name: str) -> Iterator[Path]:
    """The files and folders that a distribution puts beside those of others."""
    distribution = metadata.distribution(name)
    parts = {file.parts[0] for file in distribution.files or () if file.parts[0] != ".."}
    for part in sorted(parts - {"__pycache__"}):
        yield Path(str(distribution.locate_file(part)))


def link(name: str, packages: Path) -> None:
    """Put an installed distribution into another environment."""
    for path in tops(name):
        (packages / path.name).symlink_to(path)


def test_every_module_is_in_the_wheel_with_the_marker_for_types(names: set[str]) -> None:
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "provenance").rglob("*.py")}

    assert {name for name in names if name.endswith(".py")} == modules
    assert "provenance/py.typed" in names


def test_the_seeds_are_in_the_wheel_byte_for_byte(wheel: Path, names: set[str]) -> None:
    seeds = {f"provenance/seeds/{path.name}": path for path in (ROOT / "seeds").glob("*.json")}

    assert {name for name in names if name.startswith("provenance/seeds/")} == set(seeds)
    assert len(seeds) >= 2
    with zipfile.ZipFile(wheel) as archive:
        assert all(archive.read(name) == path.read_bytes() for name, path in seeds.items())


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    folders = {name.partition("/")[0] for name in names}

    assert folders == {"provenance", *(each for each in folders if each.endswith(".dist-info"))}
    assert len(folders) == 2
    assert {Path(name).suffix for name in names if name.startswith("provenance/")} <= {
        ".py",
        ".typed",
        ".json",
        ".ttl",
        ".md",
    }
    prompts = {name for name in names if name.endswith(".md") and name.startswith("provenance/")}
    assert prompts == {"provenance/drafting/prompts/statements.md"}


def test_the_wheel_is_for_any_system_and_says_what_it_is(wheel: Path, about: Message) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    assert about["Name"] == "claim-provenance"
    assert about["License-Expression"] == "Apache-2.0"
    assert about["Requires-Python"] == ">=3.11"


def test_the_license_is_in_the_wheel(names: set[str]) -> None:
    assert [name for name in names if name.endswith("/LICENSE")]


def test_the_base_needs_pydantic_and_attrs_alone(about: Message) -> None:
    required = about.get_all("Requires-Dist") or []

    base = [line for line in required if "extra ==" not in line]

    assert {line.split(">")[0].strip() for line in base} == BASE
    assert {"cli", "learning", "prov", "stix", "misp", "docs", "test", "all"} <= set(
        about.get_all("Provides-Extra") or ()
    )


def test_the_main_job_is_done_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run([str(installed), "-I", "-W", "error", "-c", MAIN_JOB], tmp_path))

    assert Path(found["file"]).is_relative_to(installed.parents[1])
    assert set(found["seeds"]) == {path.stem for path in (ROOT / "seeds").glob("*.json")}
    assert all(found["seeds"].values())
    assert 0.0 < found["probability"] < 1.0
    assert "low confidence" in found["prose"]


def test_what_needs_an_extra_names_the_line_that_installs_it(
    installed: Path, tmp_path: Path
) -> None:
    command = installed.with_name("provenance")

    found = subprocess.run([command], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert found.returncode == 2
    assert found.stdout == ""
    assert "pip install 'claim-provenance[cli]'" in found.stderr
    assert "Traceback" not in found.stderr


def test_importing_the_library_loads_its_needs_and_nothing_more() -> None:
    """Asked where every extra is installed, so that whatever is loaded would be seen."""
    whose = metadata.packages_distributions()
    base = needs("claim-provenance") | {"claim-provenance"}
    others = {top for top, names in whose.items() if base.isdisjoint(map(canonical, names))}

    loaded = set(json.loads(run([sys.executable, "-c", LOADED], ROOT)))

    assert {"numpy", "typer", "rich", "narwhals"} <= others
    assert loaded & others == set()
    assert {"provenance", "pydantic"} <= loaded
