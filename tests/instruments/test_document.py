"""A file may come from anywhere: each trick and each slip is told in one line, with file and place."""

from pathlib import Path

import pytest

from assessment.errors import InstrumentError
from assessment.instruments.document import MAX_BYTES, parse, read_document
from assessment.instruments.instrument import Instrument

ANCHORS = "a: &a [x, x]\nb: [*a, *a]\n"


def refusal(content: str | bytes) -> str:
    with pytest.raises(InstrumentError) as refused:
        read_document("odd.yaml", content=content if isinstance(content, bytes) else content.encode())
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (ANCHORS, "odd.yaml, line 1: anchors and aliases are not allowed; write the value out"),
        ("id: a\nitems: []\nid: b\n", "odd.yaml, line 3: 'id' stands twice; keep one"),
        ("a: !!python/object:os.system x\n", "odd.yaml, line 1: tag tag:yaml.org,2002:python/object:os.system"),
        ("a: 1\n---\nb: 2\n", "odd.yaml, line 2: a second document begins; a file holds one"),
        ("[" * 500, "odd.yaml, line 1: more than 20 levels; make it flatter"),
        ("a:\n" + "- 1\n" * 5001, "odd.yaml, line 4999: more than 5000 values; split the file"),
        (b"id: \xff", "odd.yaml: byte 4 is not UTF-8; save the file as UTF-8"),
        (b"a" * (MAX_BYTES + 1), "odd.yaml: more than the 256 KB that a file may have"),
        ("? [a]\n: 1\n", "odd.yaml, line 1: a key must be a word or a number"),
        ("just words", "odd.yaml: found str, expected a mapping of fields"),
        ("", "odd.yaml: found NoneType, expected a mapping of fields"),
    ],
)
def test_a_trick_or_a_slip_is_told_with_file_and_line(content: str | bytes, told: str) -> None:
    assert refusal(content)[: len(told)] == told


def test_what_a_message_quotes_is_short_and_on_one_line() -> None:
    told = refusal(f'"{"x" * 5000}\\n\\u202e": 1\n"{"x" * 5000}\\n\\u202e": 2\n')

    assert (len(told) < 250, told.isprintable()) == (True, True)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="there is no such file"):
        read_document(tmp_path / "none.yaml")


def test_the_largest_allowed_file_is_read() -> None:
    content = b"a: " + b"x" * (MAX_BYTES - 3)

    assert len(read_document("big.yaml", content=content)["a"]) == MAX_BYTES - 3


def test_a_wrong_field_is_named_by_the_id_of_its_item() -> None:
    data = {
        "id": "q",
        "version": "0.1",
        "title": "t",
        "source": "s",
        "licence": "l",
        "format": {"low": 1, "high": 5},
        "facets": [{"id": "voi", "name": "v"}],
        "items": [
            {"id": "voi_01", "facet": "voi", "keyed": "plus"},
            {"id": "voi_02", "facet": "voi", "keyed": "pluss"},
        ],
    }

    with pytest.raises(InstrumentError) as refused:
        parse(Instrument, data, where="q.yaml")

    assert str(refused.value) == "q.yaml: items.voi_02.keyed: Input should be 'plus' or 'minus' (found 'pluss')"
