"""Paper: typed twice, compared, settled; and the form that is printed."""

from html import unescape

import pytest

from assessment.errors import ClosedError, IncompleteError, SheetError
from assessment.services.paper import Typed, entries, settle, type_in
from assessment.services.paper_form import paper_form_html
from assessment.services.reading import reading
from tests.hiring import NOW, Hiring, Person


def sheet(hiring: Hiring, **other: int | str | None) -> Typed:
    form = hiring.house.library.form("front_desk_officer")
    picks: Typed = {f: "a" if f.endswith("best") else "b" for f in form.fields() if f not in form.items}
    return {**dict.fromkeys(form.items, 4), **picks, **other}


def type_both(hiring: Hiring, person: Person, first: Typed, second: Typed) -> None:
    for entry, answers in ((1, first), (2, second)):
        type_in(hiring.house, person.application, answers, entry=entry, actor=hiring.staff, now=NOW)


def test_two_typings_that_agree_are_handed_in_and_scored(hiring: Hiring) -> None:
    person = hiring.invite()
    type_both(hiring, person, sheet(hiring), sheet(hiring))

    settle(hiring.house, person.application, {}, actor=hiring.staff, now=NOW)

    read = reading(hiring.house, person.application, actor=hiring.staff, now=NOW)
    assert (read.state, len(read.answers), read.typed_by) == ("finished", 58, ("Ada Voss", "Ada Voss"))


def test_a_difference_is_shown_and_has_to_be_settled(hiring: Hiring) -> None:
    person = hiring.invite()
    type_both(hiring, person, sheet(hiring), sheet(hiring, voi_01=5))

    (difference,) = entries(hiring.house, person.application, actor=hiring.staff).differences
    with pytest.raises(IncompleteError):
        settle(hiring.house, person.application, {}, actor=hiring.staff, now=NOW)
    settle(hiring.house, person.application, {"voi_01": 5}, actor=hiring.staff, now=NOW)

    assert (difference.field, difference.first, difference.second) == ("voi_01", 4, 5)
    read = reading(hiring.house, person.application, actor=hiring.staff, now=NOW)
    assert read.answers["voi_01"] == 5


def test_one_typing_is_not_enough(hiring: Hiring) -> None:
    person = hiring.invite()
    type_in(hiring.house, person.application, sheet(hiring), entry=1, actor=hiring.staff, now=NOW)

    with pytest.raises(SheetError, match="twice"):
        settle(hiring.house, person.application, {}, actor=hiring.staff, now=NOW)


@pytest.mark.parametrize("wrong", [{"voi_01": 9}, {"nobody_asked": 3}, {"fd_1.best": "z"}])
def test_a_typing_out_of_range_is_refused_and_not_kept(hiring: Hiring, wrong: Typed) -> None:
    person = hiring.invite()

    with pytest.raises(SheetError):
        type_in(hiring.house, person.application, sheet(hiring, **wrong), entry=1, actor=hiring.staff, now=NOW)

    assert entries(hiring.house, person.application, actor=hiring.staff).first is None


def test_what_is_handed_in_cannot_be_typed_again(hiring: Hiring) -> None:
    person = hiring.invite()
    type_both(hiring, person, sheet(hiring), sheet(hiring))
    settle(hiring.house, person.application, {}, actor=hiring.staff, now=NOW)

    with pytest.raises(ClosedError):
        type_in(hiring.house, person.application, sheet(hiring), entry=1, actor=hiring.staff, now=NOW)


@pytest.mark.parametrize(("language", "words"), [("en", "Almost never"), ("es", "Casi nunca")])
def test_the_printed_form_asks_everything_in_the_persons_language(hiring: Hiring, language: str, words: str) -> None:
    person = hiring.invite("<b>Ana</b>", language=language)

    page = paper_form_html(hiring.house, person.application, actor=hiring.staff)

    wording = hiring.house.library.wording(language=language)
    form = hiring.house.library.form("front_desk_officer")
    assert [i for i in form.items if wording.statement(i) not in unescape(page)] == []
    assert words in page
    assert "<b>Ana</b>" not in page
