"""Labels mean what was typed, and a screen reader hears no backslash where none is needed."""

import pytest

from assessment.pages.parts.label import label


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('Practise: "Let us step aside." Lock (the) screen, 14:30 - done!', None),
        ("Say *nothing* of [this](http://x)", r"Say \*nothing\* of \[this\](http://x)"),
        ("1. First", r"1\. First"),
        ("- a\n# b", "\\- a\n\\# b"),
        (":red[x] $y$ <b> a_b", r"\:red\[x\] \$y\$ \<b> a\_b"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
    ],
)
def test_only_what_would_be_acted_on_is_escaped(typed: str, shown: str | None) -> None:
    assert label(typed) == (typed if shown is None else shown)
