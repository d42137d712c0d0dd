"""The first 90 days under AppTest: the list, one newcomer's plan with its forms, and the newcomer's own pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.assigned import assigned_to
from assessment.services.own_plan import my_plan
from assessment.services.plans import save_plan, share
from assessment.training.plan_edit import NewLine, PlanEdit
from tests.first_days import answered, hire, hired_with_both, leads, view
from tests.hiring import Hiring, Person
from tests.pages.test_candidate import walk_in
from tests.pages.test_candidate import words_of as own_words_of
from tests.pages.test_staff import MAIN, open_page, trouble, words_of

__all__ = ["open_page", "walk_in"]
Open = Callable[..., AppTest]
READY = PlanEdit(buddy="Noor *H* <i>", first_time="8:00", place="Main house", shift="Early")


@pytest.fixture
def newcomer_of(open_page: Open) -> Open:
    def open_(person: Person) -> AppTest:
        return open_page("newcomer", application=person.application)

    return open_


@pytest.fixture
def as_supervisor(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page as the supervisor of somebody."""

    def open_(person: Person, file: str, **query: str) -> AppTest:
        sue = leads(hiring, person)
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": sue.cookie})
        page = AppTest.from_file(str(MAIN), default_timeout=20).run()
        page.switch_page(f"hr/{file}.py")
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def shared(hiring: Hiring, person: Person, edit: PlanEdit = READY) -> None:
    on = view(hiring, person).number
    number = save_plan(hiring.house, person.application, edit, based_on=on, actor=hiring.staff, now=hiring.now)
    share(hiring.house, person.application, based_on=number, actor=hiring.staff, now=hiring.now)


def test_with_nobody_hired_the_list_says_who_will_stand_here(open_page: Open) -> None:
    page = open_page("newcomers")

    assert "Here will stand the people who begin." in words_of(page)
    assert "Choose somebody from the list." in words_of(open_page("newcomer"))


def test_the_list_shows_day_plan_and_people_and_hides_names_on_request(hiring: Hiring, open_page: Open) -> None:
    person, _ = hired_with_both(hiring, "Ana <b>")
    leads(hiring, person, "Sue <i>")
    page = open_page("newcomers")

    words = words_of(page)
    page.toggle[0].set_value(True).run()

    masked = words_of(page)
    assert "Ana &lt;b&gt;" in words
    assert "Sue &lt;i&gt;" in words
    assert "1 plan waits to be shared." in words
    assert f'href="/newcomer?application={person.application}"' in words
    assert "Person 1" in masked
    assert "Ana" not in masked
    assert "Sue" not in masked


def test_filters_leave_those_who_fit(hiring: Hiring, open_page: Open) -> None:
    hired_with_both(hiring)
    hire(hiring, answered(hiring, "Bo Chen", {}))
    page = open_page("newcomers")

    page.text_input(key="search").set_value("ana").run()
    one = words_of(page)
    page.text_input(key="search").set_value("nobody").run()

    assert ("Ana Ruiz" in one, "Bo Chen" in one) == (True, False)
    assert "Nobody fits." in words_of(page)


def test_the_plan_shows_both_lines_with_their_reasons(hiring: Hiring, newcomer_of: Open) -> None:
    person, _ = hired_with_both(hiring, "Ana <b>")

    words = words_of(newcomer_of(person))

    assert "Patience: on the low side" in words
    assert "Outspokenness: on the high side" in words
    assert "below the range, with the whole margin of error" in words
    assert "Count for two days how often you speak first." in words
    assert "Not shared yet: they do not see it" in words
    assert "<h1>Ana &lt;b&gt;</h1>" in words
    assert "Ana <b>" not in words


def test_a_reason_is_taken_out_and_added_with_one_tap(hiring: Hiring, newcomer_of: Open) -> None:
    person, _ = hired_with_both(hiring)
    page = newcomer_of(person)

    page.button(key=f"out-{view(hiring, person).reasons[0].id}").click().run()
    without = [r.title for r in view(hiring, person).reasons]
    offered = {r.title: r.id for r in view(hiring, person).offered}
    back = next(id_ for title, id_ in offered.items() if title not in without and title.startswith(("Pat", "Outs")))
    page.button(key=f"in-{back}").click().run()

    assert trouble(page) == []
    assert len(without) == 1
    assert {r.title for r in view(hiring, person).reasons} == {
        "Patience: on the low side",
        "Outspokenness: on the high side",
    }


def test_the_first_day_is_filled_in_and_the_plan_shared(hiring: Hiring, newcomer_of: Open) -> None:
    person, actor = hired_with_both(hiring)
    page = newcomer_of(person)

    press(page, "Share the plan with them")
    refused = trouble(page)
    for label, value in (("Buddy", "Noor"), ("Time of the first day", "8:00"), ("Place", "Main house")):
        next(i for i in page.text_input if i.label == label).set_value(value)
    press(page, "Save")
    press(page, "Share the plan with them")

    found = my_plan(hiring.house, actor=actor, now=datetime.now(UTC))
    assert refused == ["The welcome message still needs a buddy and a time and a place for the first day."]
    assert trouble(page) == []
    assert found is not None
    assert found.buddy == "Noor"
    assert "Share the plan with them" not in [b.label for b in page.button]


def test_a_line_is_changed_dropped_and_added(hiring: Hiring, newcomer_of: Open) -> None:
    person, _ = hired_with_both(hiring)
    page = newcomer_of(person)
    step = next(line for line in view(hiring, person).lines if line.what == "step")

    next(s for s in page.selectbox if s.label == "Line").set_value(step.id).run()
    next(t for t in page.text_area if t.label == "What it says").set_value("Say hello first")
    press(page, "Save this line")
    changed = next(line.text for line in view(hiring, person).lines if line.id == step.id)
    next(s for s in page.selectbox if s.label == "Line").set_value(step.id).run()
    press(page, "Drop it")
    next(i for i in page.text_input if i.label == "What is to be done").set_value("Get the key")
    press(page, "Add it")

    after = view(hiring, person)
    assert trouble(page) == []
    assert changed == "Say hello first"
    assert step.id not in [line.id for line in after.lines]
    assert "Get the key" in [line.text for line in after.lines]
    assert after.number == 4


def test_what_was_typed_while_somebody_else_saved_is_set_on_top_of_theirs(hiring: Hiring, newcomer_of: Open) -> None:
    person, _ = hired_with_both(hiring)
    sue = leads(hiring, person).actor
    page = newcomer_of(person)
    save_plan(hiring.house, person.application, PlanEdit(buddy="Noor"), based_on=1, actor=sue, now=hiring.now)

    next(i for i in page.text_input if i.label == "Shift").set_value("Early")
    press(page, "Save")
    said, between = words_of(page), view(hiring, person)
    press(page, "Save mine as well")

    after = view(hiring, person)
    assert "Sue saved this plan in the meantime. Buddy: none → Noor." in said
    assert (between.number, between.shift) == (2, "")
    assert (after.number, after.buddy, after.shift) == (3, "Noor", "Early")
    assert "in the meantime" not in words_of(page)


def test_an_earlier_version_is_taken_up_again(hiring: Hiring, newcomer_of: Open) -> None:
    person, _ = hired_with_both(hiring)
    save_plan(hiring.house, person.application, READY, based_on=1, actor=hiring.staff, now=hiring.now)
    page = newcomer_of(person)

    words = words_of(page)
    press(page, "Take up this version again")

    assert "Buddy: none → Noor *H* &lt;i&gt;" in words
    assert (view(hiring, person).number, view(hiring, person).buddy) == (3, "")


def test_a_supervisor_is_named_on_the_page(hiring: Hiring, newcomer_of: Open) -> None:
    person, _ = hired_with_both(hiring)
    page = newcomer_of(person)

    press(page, "Name as supervisor")
    named = assigned_to(hiring.house, person.application, actor=hiring.staff)
    press(page, "Not any more")

    assert [(one.name, one.duty) for one in named] == [("Ada Voss", "supervisor")]
    assert assigned_to(hiring.house, person.application, actor=hiring.staff) == ()


def test_a_supervisor_sees_the_lines_and_what_helps_and_no_reason(hiring: Hiring, as_supervisor: Open) -> None:
    person, _ = hired_with_both(hiring)

    page = as_supervisor(person, "newcomer", application=person.application)
    words = words_of(page)

    assert "Count for two days how often you speak first." in words
    assert "What helps from you" in words
    for hidden in ("Patience", "Outspokenness", "Because of what", "Could be added", "/candidate?", "/decision?"):
        assert hidden not in words
    assert not [b for b in page.button if b.label in ("Take out", "Add to the plan", "Name as supervisor")]


def test_a_supervisor_lands_on_their_own_people(hiring: Hiring, as_supervisor: Open) -> None:
    person, _ = hired_with_both(hiring)
    hire(hiring, answered(hiring, "Zanzibar Quux", {}))

    words = words_of(as_supervisor(person, "newcomers"))

    assert "My people" in words
    assert "Ana Ruiz" in words
    assert "Zanzibar" not in words


def test_before_a_plan_is_shared_the_newcomer_is_told_kindly(hiring: Hiring, walk_in: Open) -> None:
    person, _ = hired_with_both(hiring)

    page = walk_in(person).switch_page("candidate/first_days.py").run()

    words = own_words_of(page)
    assert "Your plan is on its way." in words
    assert "Whom to call" in words
    assert 'href="/this-work"' in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Your first day", "For your first week", "Week 1 · 0/", "from your answers", "Noor *H* &lt;i&gt;")),
        ("es", ("Su primer día", "Para su primera semana", "Semana 1 · 0/", "por sus respuestas", "lunes a viernes")),
    ],
)
def test_the_newcomer_sees_first_day_week_and_plan(
    hiring: Hiring, walk_in: Open, language: str, words: tuple[str, ...]
) -> None:
    person, _ = hired_with_both(hiring, language=language)
    shared(hiring, person)

    page = walk_in(person).switch_page("candidate/first_days.py").run()

    everything = own_words_of(page) + " ".join(e.label for e in page.expander)
    for said in words:
        assert said in everything
    for hidden in ("±", "low side", "Patience", "Paciencia", "T 3"):
        assert hidden not in everything


def test_a_box_ticked_in_one_place_is_ticked_in_the_other(hiring: Hiring, walk_in: Open) -> None:
    person, actor = hired_with_both(hiring)
    shared(
        hiring, person, PlanEdit(buddy="N", first_time="8", place="P", add=(NewLine(date(2026, 12, 24), "Key *1*"),))
    )
    page = walk_in(person).switch_page("candidate/first_days.py").run()

    box = next(b for b in page.checkbox if "tick-week" in b.key and "Key" in b.label)
    box.set_value(True).run()

    found = my_plan(hiring.house, actor=actor, now=hiring.now)
    boxes = [b.value for b in page.checkbox if "Key" in b.label]
    assert found is not None
    assert [line.text for line in found.lines if line.done_at] == ["Key *1*"]
    assert boxes == [True]  # done things leave the week and stay in the plan
    own_words_of(page)


@pytest.mark.parametrize(("language", "said"), [("en", "Speak first and clearly"), ("es", "En un buen día")])
def test_the_page_of_the_work_speaks_plainly(hiring: Hiring, walk_in: Open, language: str, said: str) -> None:
    person, _ = hired_with_both(hiring, language=language)

    words = own_words_of(walk_in(person).switch_page("candidate/work.py").run())

    assert said in words


def test_what_somebody_else_began_of_their_own_page_is_closed_by_hr_alone(
    hiring: Hiring, newcomer_of: Open, as_supervisor: Open
) -> None:
    person, _ = hired_with_both(hiring)
    page = newcomer_of(person)
    before = words_of(page)

    press(page, "Close what was begun")

    assert "They can begin anew" not in before
    assert "They can begin anew" in words_of(page)
    led = as_supervisor(person, "newcomer", application=person.application)
    assert "Their own growth page" not in words_of(led)
