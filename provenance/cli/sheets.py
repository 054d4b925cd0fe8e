"""A case as a folder of CSV files, one for each section: what spreadsheets open and save."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from provenance.casefiles.json_text import MAX_BYTES
from provenance.casefiles.writing import write_whole
from provenance.cli.documents import read_bytes
from provenance.errors import InvalidValue, Problem, TableError
from provenance.exchange import Export, Import, Loss, from_tables, to_tables
from provenance.records import Case

__all__ = ["is_folder", "read_sheets", "statements_as_csv", "write_sheets"]

_SECTIONS = ("case", "claims", "questions", "sources", "documents", "attributions", "links")
_MOST_FILES = 1_000


def statements_as_csv(case: Case) -> Export:
    """The attributions as CSV; every other table of the case is a loss."""
    export = to_tables(case, "csv")
    form = case.written()
    why = (
        "one file of CSV is one table, of attributions: name a folder with -o to write all of them"
    )
    names = [key for key in form if key not in ("version", "attributions")]
    losses = [Loss(name, f"the {name}", why) for name in names if form[name] not in ([], None)]
    return Export(export.document["attributions"], (*export.losses, *losses))


def is_folder(path: Path) -> bool:
    """Whether a path means a folder of tables: one that is there, or a new name without an ending."""
    return path.is_dir() or not (path.exists() or path.suffix)


def write_sheets(case: Case, folder: Path) -> None:
    """Writes every table of a case to a file of its own, `attributions.csv` and so on.

    Raises `CaseError` when a file cannot be written, and `TableError` where the folder has a table
    that the case has not: read back, it would be part of the case.
    """
    tables = to_tables(case, "csv").document
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise InvalidValue(
            f"expected a folder that can be made, found {folder}: {reason}"
        ) from error
    left = [name for name in _SECTIONS if name not in tables and _sheet(folder, name).exists()]
    if left:
        message = f"expected no table {left[0]}.csv, since the case has none, found one in {folder}"
        raise _refused(left[0], "not-of-this-case", message, "remove it, or name an empty folder")
    for name, text in tables.items():
        write_whole(_sheet(folder, name), text)


def read_sheets(folder: Path) -> Import:
    """A case from the CSV files of a folder, of which `attributions.csv` has to be there.

    Files of other names are losses. Raises `TableError` as `from_tables` does.
    """
    tables: dict[str, Any] = {
        name: read_bytes(_sheet(folder, name))
        for name in _SECTIONS
        if _sheet(folder, name).is_file()
    }
    if "attributions" not in tables:
        message = f"expected a file attributions.csv in {folder}, found none"
        fix = f"name the files {', '.join(f'{name}.csv' for name in _SECTIONS)}"
        raise _refused("attributions", "missing-table", message, fix)
    size = sum(map(len, tables.values()))
    if size > MAX_BYTES:
        raise _refused("", "too-large", f"expected at most {MAX_BYTES} bytes, found {size}", "")
    found = from_tables(tables.pop("attributions"), **tables)
    others = sorted(each.name for each in folder.glob("*.csv") if each.stem not in _SECTIONS)
    why = f"no table of a case is called so; those are {', '.join(_SECTIONS)}"
    unread = tuple(Loss(name, "the file", why) for name in others[:_MOST_FILES])
    return Import(found.case, (*found.losses, *unread))


def _sheet(folder: Path, name: str) -> Path:
    return folder / f"{name}.csv"


def _refused(path: str, code: str, message: str, fix: str) -> TableError:
    return TableError((Problem(path, code, message, fix),))
