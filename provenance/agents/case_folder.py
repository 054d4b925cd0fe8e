"""A folder of case files that may be read, and nothing outside it, whatever the name of a file says."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import attrs

from provenance.errors import CaseError, InvalidValue

__all__ = ["Folder"]

_LONGEST_PATH = 400
_DEEPEST = 8
_MOST_SEEN = 10_000
_ENDING = ".json"
_A_LINK = (errno.ELOOP, errno.ENOTDIR, errno.EMLINK)


@attrs.frozen
class Folder:
    """The case files of a folder and of the folders in it.

    Names are relative to the folder, with `/` between their parts; `.json` may be left out. Absolute names, addresses,
    `..`, links of any kind, hard ones too, hidden names and other endings are refused.
    """

    path: Path
    """Where the folder really is."""

    @classmethod
    def at(cls, path: str | os.PathLike[str]) -> Folder:
        """The folder at a path; raises `InvalidValue` where there is none."""
        try:
            found = Path(path).resolve(strict=True)
        except (OSError, RuntimeError, ValueError) as error:
            raise InvalidValue(
                f"expected a folder, found nothing at {os.fspath(path)!r}"
            ) from error
        if not found.is_dir():
            raise InvalidValue(f"expected a folder, found a file at {os.fspath(path)!r}")
        if os.open not in os.supports_dir_fd:
            raise InvalidValue(
                "expected a system that can open files without following links, found another; "
                "serve without a folder, so that cases are handed over"
            )
        return cls(found)

    def read(self, name: str, most_bytes: int) -> bytes:
        """What stands in a file of the folder; raises `CaseError` where it may not or cannot be read.

        The way to the file is walked part by part without following links, so that nothing that
        happens to the folder meanwhile leads out of it.
        """
        parts = _parts(name)
        with self._file(name, parts) as handle:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise CaseError.of(
                    "case", "not-a-file", f"expected a case file, found {name!r}, which is none"
                )
            if not _is_plain(found):
                raise _outside(f"expected a file of its own, found {name!r}, which has other names")
            with os.fdopen(os.dup(handle), "rb") as file:
                raw = file.read(most_bytes + 1)
        if len(raw) > most_bytes:
            message = f"expected at most {most_bytes} bytes, found more in {name!r}"
            raise CaseError.of("case", "too-large", message, "split the case")
        return raw

    @contextmanager
    def _file(self, name: str, parts: tuple[str, ...]) -> Iterator[int]:
        opened: list[int] = []
        try:
            opened.append(os.open(self.path, os.O_RDONLY | os.O_DIRECTORY))
            for part in parts[:-1]:
                flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                opened.append(os.open(part, flags, dir_fd=opened[-1]))
            # Without waiting, because a pipe would keep the reader for ever.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            opened.append(os.open(parts[-1], flags, dir_fd=opened[-1]))
            yield opened[-1]
        except OSError as error:
            raise _unreadable(name, error) from error
        finally:
            for handle in opened:
                os.close(handle)

    def names(self, most: int) -> tuple[str, ...]:
        """The case files of the folder in the order of their names, at most so many."""
        return tuple(sorted(self._names(most)))

    def _names(self, most: int) -> Iterator[str]:
        seen = found = 0
        for folder, below, files in os.walk(self.path, followlinks=False):
            here = Path(folder)
            relative = here.relative_to(self.path)
            below[:] = sorted(name for name in below if not name.startswith("."))
            if len(relative.parts) >= _DEEPEST:
                below.clear()
            for name in sorted(files):
                seen += 1
                if seen > _MOST_SEEN or found >= most:
                    return
                is_case = name.endswith(_ENDING) and not name.startswith(".")
                if is_case and _is_plain((here / name).lstat()):
                    found += 1
                    yield (relative / name).as_posix()


def _is_plain(found: os.stat_result) -> bool:
    """Whether it is a file, with one name: another one could be anywhere."""
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name that stays in the folder."""
    shown = name[:80]
    if not name.strip() or len(name) > _LONGEST_PATH or not name.isprintable():
        raise CaseError.of(
            "case", "not-a-path", f"expected the name of a case file, found {shown!r}"
        )
    if name.startswith(("/", "~")) or ":" in name or "\\" in name:
        raise _outside(f"expected a name relative to the folder of cases, found {shown!r}")
    parts = PurePosixPath(name).parts
    if ".." in parts:
        raise _outside(f"expected a name inside the folder of cases, found {shown!r}")
    if any(part.startswith(".") for part in parts):
        raise _outside(f"expected a name that is not hidden, found {shown!r}")
    if parts and "." not in parts[-1]:
        return (*parts[:-1], parts[-1] + _ENDING)
    if not parts or not name.endswith(_ENDING):
        message = f"expected a file that ends in {_ENDING}, found {shown!r}"
        raise CaseError.of(
            "case", "not-a-case-file", message, "name a case file, or hand over the case itself"
        )
    return parts


def _unreadable(name: str, error: OSError) -> CaseError:
    if error.errno in _A_LINK:
        return _outside(f"expected a file of its own, found {name!r}, on whose way is a link")
    reason = (error.strerror or "unknown").lower()
    return CaseError.of(
        "case",
        "cannot-read",
        f"expected a file that can be read, found {name!r}: {reason}",
        "name one of the case files of the folder",
    )


def _outside(message: str) -> CaseError:
    fix = "only case files in the folder given at the start can be read; hand over the case itself"
    return CaseError.of("case", "outside-the-folder", message, fix)
