"""What an address says of its publisher: domains, mirrors, archives, platforms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.drafting.publishers import publisher_of_domain, web_address


@pytest.mark.parametrize(
    ("url", "plain", "publisher"),
    [
        ("https://www.ledger.example/a/?utm_source=x&fbclid=1", "ledger.example/a", "ledger.example"),
        ("http://amp.ledger.example/a/amp/", "ledger.example/a", "ledger.example"),
        ("ledger.example/a?b=2&a=1#part", "ledger.example/a?a=1&b=2", "ledger.example"),
        ("https://news.ledger.co.uk:8443/a", "news.ledger.co.uk:8443/a", "ledger.co.uk"),
        ("https://web.archive.org/web/20260601/https://ledger.example/a", "ledger.example/a", "ledger.example"),
        ("https://web.archive.org/web/2026/http:/ledger.example/a", "ledger.example/a", "ledger.example"),
        ("https://www.google.com/amp/s/ledger.example/a", "ledger.example/a", "ledger.example"),
        ("https://ledger-example.cdn.ampproject.org/c/s/ledger.example/a", "ledger.example/a", "ledger.example"),
        ("https://x.com/Watchman/status/1", "x.com/Watchman/status/1", "x.com/watchman"),
        ("https://www.youtube.com/@ost/videos", "youtube.com/@ost/videos", "youtube.com/ost"),
        ("https://www.youtube.com/watch?v=1", "youtube.com/watch?v=1", None),
        ("https://ida.substack.com/p/x", "ida.substack.com/p/x", "ida.substack.com"),
        ("https://substack.com/@ida/note/1", "substack.com/@ida/note/1", "substack.com/ida"),
        ("https://bob.github.io/x", "bob.github.io/x", "bob.github.io"),
        ("https://wordpress.com/read/1", "wordpress.com/read/1", None),
        ("https://www.msn.com/en/1", "msn.com/en/1", None),
        ("http://10.0.0.1/x", "10.0.0.1/x", "10.0.0.1"),
    ],
)  # fmt: skip
def test_an_address_names_its_page_and_its_publisher(
    url: str, plain: str, publisher: str | None
) -> None:
    found = web_address(url)

    assert found is not None
    assert (found.plain, found.publisher) == (plain, publisher)


@pytest.mark.parametrize(
    "url",
    ["", "x", "mailto:a@b.example", "file:///etc/hosts", "http://", "http://a.example:99999/",
     "http://[::1", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_on_the_web_is_none(url: str) -> None:
    assert web_address(url) is None


def test_an_address_in_an_archive_in_an_archive_is_taken_out_of_both() -> None:
    inner = "https://web.archive.org/web/2026/https://ledger.example/a"

    found = web_address(f"https://web.archive.org/web/2027/{inner}")

    assert found is not None
    assert found.plain == "ledger.example/a"


def test_archives_in_archives_are_followed_to_a_bound() -> None:
    found = web_address("https://web.archive.org/web/1/" * 5 + "https://ledger.example/a")

    assert found is not None
    assert found.domain == "archive.org"


@given(st.text(max_size=80), st.sampled_from(["", "https://", "https://x.com/", "//", "www."]))
def test_any_text_is_an_address_or_none(text: str, start: str) -> None:
    found = web_address(start + text)

    assert found is None or found.domain


def test_a_domain_has_a_name_in_it() -> None:
    assert publisher_of_domain("velm-gazette.co.uk") == "velm-gazette"
    assert publisher_of_domain("x.com/watchman") == "watchman"
