"""Names that stay the same from one export to the next: UUIDs, addresses and names that XML takes."""

from __future__ import annotations

import re
import uuid

from provenance.records import Case

__all__ = ["NAMESPACE", "Names", "has_scheme", "is_web_address", "local_name"]

NAMESPACE = uuid.UUID("6a0f4b0c-7d0e-5b51-9a3c-2f3f1d1f7c0e")
"""The namespace under which the names of all cases stand."""

_PLAIN = re.compile(r"[^A-Za-z0-9-]")
# What RFC 3986 lets stand in an address; a space or a quotation mark would break other tools.
_WEB = re.compile(
    r"\Ahttps?://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._~-]+)(:[0-9]{1,5})?"
    r"([/?#]([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?\Z"
)


class Names:
    """The UUIDs of the records of one case.

    They depend on the case's title (or the name that is given instead), the kind of the record and
    its id, and on nothing else: exporting a case again, after an edit too, gives the same ones.
    Cases of one title need names of their own.

    >>> names = Names("Arms for Damascus")
    >>> names.uuid("claim", "armed") == Names("Arms for Damascus").uuid("claim", "armed")
    True
    """

    def __init__(self, name: str) -> None:
        self.case = uuid.uuid5(NAMESPACE, name)

    @classmethod
    def of(cls, case: Case, namespace: str | None = None) -> Names:
        """The names of a case: under the name given, else its title, else its first claim."""
        first = case.claims[0].text if case.claims else ""
        return cls(namespace or case.title or first)

    def uuid(self, kind: str, *parts: str) -> uuid.UUID:
        """The UUID of a record of some kind by its id, or by several parts."""
        return uuid.uuid5(self.case, "\x00".join((kind, *parts)))


def local_name(kind: str, name: str) -> str:
    """An id as a name that every notation takes, XML's too; different ids stay different.

    >>> local_name("claim", "armed"), local_name("statement", "posts/armed")
    ('claim.armed', 'statement.posts_2f_armed')
    """
    return f"{kind}.{_PLAIN.sub(lambda found: f'_{ord(found[0]):x}_', name)}"


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a browser could open, fit for tools that check addresses.

    >>> is_web_address("https://example.org/a?b=1"), is_web_address("page 3"), is_web_address("http://")
    (True, False, False)
    """
    return len(text) <= 4096 and _WEB.match(text) is not None


def has_scheme(text: str) -> bool:
    """Whether a text is an identifier of the web: a scheme, a colon, and no space or bracket.

    >>> has_scheme("urn:isbn:0451450523"), has_scheme("armed")
    (True, False)
    """
    return re.match(r"\A[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+\Z", text) is not None
