"""What `calibrate` writes is read back, and what is wrong is named with its row."""

from pathlib import Path

import numpy as np
import pytest

from assessment.errors import InstrumentError
from assessment.instruments.instrument import Facet, Instrument, Item, ResponseFormat
from assessment.scoring.graded import ItemParameters
from assessment.scoring.parameter_file import parameters_csv, read_parameters

INSTRUMENT = Instrument(
    id="q",
    version="1.0",
    title="Q",
    source="",
    licence="",
    format=ResponseFormat(low=1, high=4),
    facets=(Facet(id="f", name="F"),),
    items=(Item(id="a", facet="f", keyed="plus"), Item(id="b", facet="f", keyed="minus")),
)
HEAD = "item,facet,a,b1,b2,b3\n"


def test_parameters_come_back_to_the_last_digit(tmp_path: Path) -> None:
    own = ItemParameters(("a", "b"), np.array([1 / 3, 2.0]), np.array([[-1.0, np.nan, 0.1], [-2.5, 0.0, 1 / 7]]))
    (tmp_path / "p.csv").write_text(parameters_csv(own, {"a": "f", "b": "f"}))

    found = read_parameters(tmp_path / "p.csv", INSTRUMENT)

    assert found.items == own.items
    np.testing.assert_array_equal(found.slopes, own.slopes)
    np.testing.assert_array_equal(found.thresholds, own.thresholds)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the first row is 'nothing'; expected 'item,facet,a,b1,b2,b3'"),
        ("item,facet,a,b1,b2\n", "expected 'item,facet,a,b1,b2,b3'"),
        (HEAD, "there is no item in it"),
        (HEAD + "z,f,1,0,1,2\n", "row 2: 'z' is no item of q 1.0"),
        (HEAD + "a,g,1,0,1,2\n", "row 2: item 'a' belongs to 'f', found 'g'"),
        (HEAD + "a,f,1,0,1,2\na,f,1,0,1,2\n", "row 3: item 'a' stands twice"),
        (HEAD + "a,f,steep,0,1,2\n", "row 2, column a: found 'steep'"),
        (HEAD + "a,f,,0,1,2\n", "row 2, column a: found ''"),
        (HEAD + "a,f,1,0,inf,2\n", "row 2, column b2: found 'inf'"),
        (HEAD + "a,f,1,0,1\n", "row 2 has 5 cells, expected 6"),
        (HEAD + "a,f,0,0,1,2\n", "a = 0"),
        (HEAD + "a,f,1,,,\n", "no b"),
        (HEAD + "a,f,1,0,2,1\n", "rise from step to step; found 0.0, 2.0, 1.0"),
        (HEAD + "a,f,-1,0,1,2\n", "fall, since a is negative"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "p.csv").write_text(text)

    with pytest.raises(InstrumentError) as refused:
        read_parameters(tmp_path / "p.csv", INSTRUMENT)

    assert words in str(refused.value)
