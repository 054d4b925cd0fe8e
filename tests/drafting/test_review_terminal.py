"""`provenance review` in a real terminal: keys, lines, stopping, Ctrl-C, and what is typed ahead."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafted_texts import drafted

from provenance.cli import reviewing
from provenance.drafting import load_draft, save_draft

TEXT = """The ship sailed, Maria Ost told the Velm Herald on Friday.

Karl Vane denied that the ship had sailed. He said the harbour was closed.

“We counted twice,” said Ida Kern, a clerk.
"""
FOUND = drafted(TEXT)
PATIENCE = 60  # seconds, only so that a hang is a failure
AGAIN = 5  # seconds after which a person presses a key once more


class Typist:
    """The command in a terminal of its own, and somebody who types."""

    def __init__(self, path: Path, *options: str) -> None:
        self.process, self.terminal = pty.fork()
        if not self.process:  # the command itself
            # A shell that runs the tests beside something else has them ignore Ctrl-C, and all they run.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            command = [sys.executable, "-m", "provenance", "review", str(path), *options]
            os.execv(sys.executable, command)
        self.shown = ""
        self.ends_by = time.monotonic() + PATIENCE

    def types(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def reads_until(self, words: str, *, pressing: str = "") -> None:
        """Wait until the terminal shows some words, and forget all that stood before them.

        A key is pressed again where nothing comes of it: a Ctrl-C that arrives while a line is being
        got ready for typing is seen with the next one only.
        """
        self.types(pressing)
        while words not in self.shown:
            if pressing and not select.select([self.terminal], [], [], AGAIN)[0]:
                self.types(pressing)
            assert self._more(), f"expected {words!r}, found the end of {self.shown!r}"
        self.shown = self.shown.partition(words)[2]

    def _more(self) -> bool:
        left = self.ends_by - time.monotonic()
        if not select.select([self.terminal], [], [], max(left, 0))[0]:
            os.kill(self.process, signal.SIGKILL)
            return False
        try:
            found = os.read(self.terminal, 65_536)
        except OSError:  # as Linux says that nobody is there any more
            return False
        self.shown += found.decode("utf-8", "replace")
        return bool(found)

    def ends(self) -> int:
        """Read to the end; the exit status."""
        while self._more():
            pass
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "draft.json"
    save_draft(FOUND, made)
    return made


def states(path: Path) -> list[str]:
    return [each.state for each in load_draft(path).statements]


def test_keys_typed_ahead_are_all_taken_and_the_file_is_whole(path: Path) -> None:
    typist = Typist(path, "--by", "Ann")
    typist.types("arsux\x1b[Ba")  # the u undoes the r, then x and an arrow mean nothing
    typist.types("c\rKarl Vane says so\rdenies\rprobably\r")
    typist.reads_until("4 of 4: The Gazette")
    typist.reads_until("4 of 4: The Gazette")  # again, after the correction of the third
    typist.types("\x04")

    status = typist.ends()

    after = load_draft(path)
    assert status == 0
    assert states(path) == ["confirmed", "confirmed", "corrected", "draft"]
    assert (after.statements[2].stance, after.statements[2].speaker.hedge) == ("denies", "probably")
    assert {each.decided_by for each in after.statements[:3]} == {"Ann"}


def test_ctrl_c_in_a_correction_leaves_the_statement_and_at_a_key_it_stops(path: Path) -> None:
    typist = Typist(path)
    typist.types("ac")
    typist.reads_until("names or numbers [Karl Vane]")
    typist.types("Somebody")
    typist.reads_until("The statement is as it was.", pressing="\x03")
    typist.reads_until("[?]")
    typist.types("\x03")

    status = typist.ends()

    assert status == 0
    assert "3 waiting, 1 confirmed" in typist.shown
    assert states(path) == ["confirmed", "draft", "draft", "draft"]


def test_a_terminal_that_goes_away_leaves_what_was_decided(path: Path) -> None:
    typist = Typist(path)
    typist.types("r")
    typist.reads_until("2 of 4")
    os.close(typist.terminal)
    os.waitpid(typist.process, 0)

    assert states(path) == ["rejected", "draft", "draft", "draft"]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The other end of a terminal that is the standard input."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield ours
    try:
        os.close(ours)
    except OSError:
        return  # which the test has closed


def test_a_key_is_one_character_however_many_bytes_it_sends(terminal: int) -> None:
    os.write(terminal, "aé€😀".encode())

    assert [reviewing.read_key() for _ in range(4)] == ["a", "é", "€", "😀"]


def test_an_arrow_and_the_escape_key_are_an_escape(terminal: int) -> None:
    os.write(terminal, b"\x1b[A\x1bOP\x1b[3~a\x1b")
    keys = [reviewing.read_key() for _ in range(5)]
    os.write(terminal, b"\x1b[" + b"0" * 16 + b"b")

    assert keys == ["\x1b", "\x1b", "\x1b", "a", "\x1b"]
    assert [reviewing.read_key() for _ in range(2)] == ["\x1b", "b"]


def test_a_terminal_that_hung_up_is_the_end_of_the_input(terminal: int) -> None:
    os.close(terminal)

    assert reviewing.read_key() == ""


def test_where_terminals_have_no_modes_a_key_is_asked_of_the_system(
    terminal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "find_spec", lambda name: None)
    monkeypatch.setattr("typer.getchar", lambda: "k")

    assert reviewing.read_key() == "k"
