"""Documents: texts, saved pages and mappings, each with its publisher and its digest."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from provenance.drafting import Passage, domain_of, read_document
from provenance.errors import CaseError, FormatError, InvalidValue, MissingExtra
from provenance.records import Registry, Source, Span

PAGE = """<!doctype html><html lang="en"><head><title>Ferry gone | The Velm Gazette</title>
<meta property="og:title" content="Ferry gone"><meta property="og:site_name" content="The Velm Gazette">
<meta property="article:published_time" content="2026-03-07"><meta name="author" content="Ilse Tarrant">
<link rel="canonical" href="https://velm-gazette.example/ferry"></head><body><nav>Home</nav><article>
<p>The ferry of Velm left the harbour on Friday night, and it was not seen again by anybody ashore.</p>
<p>The harbour master said the ferry had left early, and that nobody had asked for the reason.</p>
</article></body></html>"""


def test_a_text_keeps_every_character_and_has_its_digest() -> None:
    text = "The ship sailed.\r\n\tIt was “late” — 5 o’clock 🚢.\n"

    found = read_document(text, publisher="The Gazette")

    assert found.text == text
    assert found.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_offsets_count_code_points() -> None:
    found = read_document("🚢 sailed", publisher="The Gazette")

    assert found.passage(2, 8).text == "sailed"
    assert found.says(found.passage(2, 8))


def test_a_passage_whose_text_is_of_another_length_is_refused() -> None:
    with pytest.raises(CaseError, match="expected 4 characters"):
        Passage(start=0, end=5, text="ship")


def test_a_saved_page_says_who_published_it_and_when() -> None:
    found = read_document(PAGE)

    assert (found.publisher, found.publisher_id) == ("The Velm Gazette", "the-velm-gazette")
    assert (found.title, found.author) == ("Ferry gone", "Ilse Tarrant")
    assert (found.url, found.published_on) == (
        "https://velm-gazette.example/ferry",
        Span("2026-03-07"),
    )
    assert "The harbour master said" in found.text
    assert "Home" not in found.text


def test_what_is_stated_overrides_what_the_page_says() -> None:
    found = read_document(PAGE, publisher="The Echo", published_on="2026-03-08")

    assert (found.publisher, str(found.published_on)) == ("The Echo", "2026-03-08")


def test_a_mapping_carries_the_text_and_what_is_known_of_it() -> None:
    found = read_document({"text": "It sailed.", "publisher": "The Echo", "language": "en"})

    assert (found.text, found.publisher, found.language) == ("It sailed.", "The Echo", "en")


def test_a_document_without_a_publisher_is_known_by_the_domain_of_its_address() -> None:
    found = read_document({"text": "It sailed.", "url": "https://www.velm-gazette.example/a"})

    assert found.publisher == "velm-gazette.example"
    assert found.remarks == (
        "its publisher was not given: called by the domain of its address, velm-gazette.example",
    )


def test_a_file_without_a_publisher_is_by_whoever_published_it(tmp_path: Path) -> None:
    path = tmp_path / "leak.txt"
    path.write_text("It sailed.", encoding="utf-8")

    found = read_document(path)

    assert (found.id, found.publisher_id) == ("leak", "publisher-of-leak")
    assert found.publisher == "the publisher of leak.txt, which was not given"
    assert not found.is_publisher_known
    assert found.remarks == ("its publisher was not given, and nothing in it tells who it is",)


@pytest.mark.parametrize(
    ("text", "publisher", "words"),
    [
        ("The mine was shut, the Courier can reveal.", "The Courier", "the Courier can reveal"),
        ("Velm Today can exclusively reveal it.", "Velm Today", "can exclusively reveal"),
        ("It sank, The Velm Post has learned.", "The Velm Post", "The Velm Post has learned"),
        ("By Ann Lee, The Gazette\n\nIt sailed.", "The Gazette", "byline"),
        ("Ship gone\nBy Ann Lee | Velm Herald\nIt sailed.", "Velm Herald", "byline"),
        ("VELM (Meridian) - It sailed.", "Meridian", "dateline"),
        ("Ship gone\n\nPORT VELM, March 3 (Norda News) — It sailed.", "Norda News", "dateline"),
    ],
)
def test_a_text_says_who_published_it(text: str, publisher: str, words: str) -> None:
    found = read_document(text)

    assert (found.publisher, found.is_publisher_known) == (publisher, True)
    assert found.remarks[0].startswith(f"its publisher was not given: taken to be {publisher}, as ")
    assert words in found.remarks[0]


@pytest.mark.parametrize(
    "text",
    [
        "Police can now reveal that it sailed.",
        "The Ministry can report progress. He has learned to swim.",
        "By Ann Lee, Political Correspondent\nIt sailed.",
        "By Ann Lee, Velm\nIt sailed.",
        "Karl Vane can reveal it.",
    ],
)
def test_what_is_no_word_of_an_outlet_tells_no_publisher(text: str) -> None:
    assert read_document(text).is_publisher_known is False


@pytest.mark.parametrize(
    ("url", "text", "publisher"),
    [
        ("https://thecourier.example/a", "It sank, the Courier says.", "The Courier"),
        ("https://velm-gazette.example/a", "Read the Velm Gazette.", "The Velm Gazette"),
        ("https://www.vbc.example/a", "The vbc asked VBC viewers.", "VBC"),
        ("https://news.example/a", "All the news. News of the day.", "news.example"),
        ("https://zürich.example/a", "Zürich is calm.", "zürich.example"),
    ],
)
def test_a_name_in_a_text_that_has_the_letters_of_its_domain_is_its_publisher(
    url: str, text: str, publisher: str
) -> None:
    found = read_document({"text": text, "url": url})

    assert found.publisher == publisher
    assert "its publisher was not given" in found.remarks[0]


def test_a_file_is_called_as_its_publisher_where_the_text_has_that_name(tmp_path: Path) -> None:
    path = tmp_path / "velm-gazette.txt"
    path.write_text("It sailed, Ost told the Velm Gazette.", encoding="utf-8")

    found = read_document(path)

    assert (found.publisher, found.publisher_id) == ("The Velm Gazette", "the-velm-gazette")
    assert found.remarks[0].endswith("taken to be The Velm Gazette, as its file is called")


def test_a_file_of_one_word_is_not_looked_for_in_its_text(tmp_path: Path) -> None:
    path = tmp_path / "courts.txt"
    path.write_text("The Courts are shut.", encoding="utf-8")

    assert not read_document(path).is_publisher_known


def test_a_file_is_called_as_a_source_of_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "gazette.txt"
    path.write_text("It sailed.", encoding="utf-8")
    registry = Registry(sources=(Source(id="gazette", name="The Gazette"),))

    found = read_document(path, registry=registry)

    assert found.publisher == "The Gazette"
    assert found.remarks[0].endswith("taken to be The Gazette, as its file is called")


def test_what_a_text_says_of_its_publisher_is_looked_up_in_the_registry() -> None:
    registry = Registry(sources=(Source(id="courier", name="The Courier"),))

    found = read_document("It sank, the Courier can reveal.", registry=registry)

    assert (found.publisher_id, found.publisher) == ("courier", "The Courier")


def test_a_page_under_text_is_read_as_a_page_and_its_day_under_either_name() -> None:
    found = read_document({"text": PAGE, "published": "2026-03-09"})

    assert "<p>" not in found.text
    assert (found.publisher, str(found.published_on)) == ("The Velm Gazette", "2026-03-09")


def test_a_year_in_the_imprint_of_a_page_is_no_date_of_it() -> None:
    dated = '<meta property="article:published_time" content="2026-03-07">'
    page = PAGE.replace(dated, "").replace("</article>", "</article><footer>© 2024 V</footer>")

    assert read_document(PAGE).published_on is not None
    assert read_document(page).published_on is None


def test_a_saved_page_that_has_only_its_address_is_by_whom_its_text_names() -> None:
    page = PAGE.replace('<meta property="og:site_name" content="The Velm Gazette">', "")
    assert page != PAGE

    found = read_document(page)

    assert "its publisher was not given" in found.remarks[0]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"publisher": "The Gazette"}, "gazette"),
        ({"publisher": "gazette"}, "gazette"),
        ({"url": "https://news.gazette.example/a"}, "gazette"),
        ({"publisher": "The Echo"}, "the-echo"),
    ],
)
def test_a_publisher_of_the_registry_keeps_its_id(stated: dict[str, str], expected: str) -> None:
    registry = Registry.model_validate(
        {
            "sources": [
                {
                    "id": "gazette",
                    "name": "The Gazette",
                    "refs": [{"scheme": "domain", "id": "gazette.example"}],
                }
            ]
        }
    )

    found = read_document("It sailed.", registry=registry, **stated)

    assert found.publisher_id == expected


def test_a_domain_of_another_publisher_is_not_the_registered_one() -> None:
    registry = Registry(sources=(Source(id="gazette", name="The Gazette"),))

    found = read_document("It sailed.", registry=registry, url="https://echo.example/a")

    assert found.publisher_id == "echo-example"


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("news.example.com/a", "example.com"),
        ("http://[::1", None),
        ("mailto:a@b", None),
        ("https://localhost/a", None),
        ("https://co.uk/", None),
    ],
)
def test_a_domain_is_the_part_that_somebody_registered(url: str, domain: str | None) -> None:
    assert domain_of(url) == domain


@pytest.mark.parametrize("text", ["", "   \n\t", "\ud83d alone"])
def test_what_holds_no_text_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        read_document(text, publisher="The Gazette")


def test_a_page_without_a_text_is_refused() -> None:
    with pytest.raises(FormatError, match="expected a page with a text"):
        read_document("<!doctype html><html><body></body></html>", publisher="The Gazette")


def test_a_mapping_without_a_text_is_refused() -> None:
    with pytest.raises(FormatError, match="found neither"):
        read_document({"publisher": "The Gazette"})


def test_a_field_that_is_not_known_is_refused() -> None:
    with pytest.raises(FormatError, match=r"colour: expected one of the fields text, html"):
        read_document({"text": "It sailed.", "colour": "red"})
    with pytest.raises(InvalidValue, match="found colour"):
        read_document("It sailed.", colour="red")


def test_something_that_is_no_document_is_refused() -> None:
    with pytest.raises(FormatError, match="expected a path, a text or a mapping"):
        read_document(5)  # type: ignore[arg-type]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such file"):
        read_document(tmp_path / "none.txt")


def test_a_file_in_another_encoding_is_told_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Zürich".encode("latin-1"))

    with pytest.raises(FormatError, match="byte 0xfc at 1"):
        read_document(path)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(FormatError, match="at most 5000000 characters"):
        read_document("a" * 5_000_001, publisher="The Gazette")


def test_a_page_that_is_too_long_is_refused() -> None:
    with pytest.raises(FormatError, match="at most 20000000 characters"):
        read_document("<html>" + "a" * 20_000_000, publisher="The Gazette")


def test_a_digest_of_another_text_is_refused() -> None:
    found = read_document("It sailed.", publisher="The Gazette")

    with pytest.raises(CaseError, match="wrong-digest"):
        found.evolve(text="It sank.")


def test_the_record_of_a_document_has_no_text() -> None:
    found = read_document("It sailed.", publisher="The Gazette", published_on="2026-03-07")

    record = found.record()

    assert record.written() == {
        "id": "the-gazette",
        "publisher": "the-gazette",
        "published_on": "2026-03-07",
        "sha256": found.sha256,
    }


def test_a_domain_of_another_source_of_the_registry_is_passed_over() -> None:
    refs = [
        [{"scheme": "domain", "id": "echo.example"}],
        [{"scheme": "url", "id": "gazette.example"}],
    ]
    registry = Registry.model_validate(
        {"sources": [{"id": f"s{place}", "refs": each} for place, each in enumerate(refs)]}
    )

    found = read_document("It sailed.", registry=registry, url="https://www.gazette.example/a")

    assert found.publisher_id == "s1"


@pytest.mark.parametrize(
    ("package", "extra", "source"),
    [
        ("publicsuffixlist", "drafting", {"text": "It sailed.", "url": "https://a.example/b"}),
        ("trafilatura", "web", PAGE),
    ],
)
def test_a_missing_extra_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, package: str, extra: str, source: str | dict[str, str]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(MissingExtra, match=rf"pip install 'claim-provenance\[{extra}\]'"):
        read_document(source)


@pytest.mark.parametrize("path", ["art/norda.txt", "page.html", "C:/notes/a.MD"])
def test_a_path_written_as_text_is_not_taken_for_an_article(path: str) -> None:
    with pytest.raises(FormatError, match=r"looks like a path.*pathlib\.Path"):
        read_document(path)


@pytest.mark.parametrize(
    ("start", "found"), [(b"%PDF-1.7\n", "a PDF"), (b"PK\x03\x04", "a packed file")]
)
def test_a_file_that_is_no_text_is_told_as_what_it_is(
    start: bytes, found: str, tmp_path: Path
) -> None:
    path = tmp_path / "article"
    path.write_bytes(start + b"words")

    with pytest.raises(FormatError, match=found):
        read_document(path)
