"""The board, the list and the stage of one person under AppTest: people are moved, chosen, filtered, asked and named."""

import re
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from assessment.services.accounts import add_account
from assessment.services.mentions import my_mentions
from assessment.services.saved_filters import saved_filters
from assessment.services.slots import offer_slots
from assessment.services.stage_templates import stage_template
from assessment.services.stages import move, moves
from assessment.storage.schema import outbox, staff_sessions
from tests.hiring import Hiring, Person
from tests.pages.test_staff import Open, finish, open_page, trouble, words_of

__all__ = ["open_page"]


def stages_of(hiring: Hiring, *people: Person) -> list[str]:
    return [moves(hiring.house, p.application, actor=hiring.staff)[-1].to_stage for p in people]


def button(page: AppTest, label: str) -> Button:
    return next(b for b in page.button if b.label == label)


def choose(page: AppTest, stage: str, *people: Person) -> None:
    for person in people:
        page.checkbox(key=f"chosen-0-{stage}-{person.application}").check()


def said(page: AppTest) -> list[str]:
    return re.findall(r'<p role="status">(.*?)</p>', words_of(page))


def test_everybody_stands_on_a_card_with_days_and_what_is_late(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Ana <b>Ruiz</b>")
    move(hiring.house, [person.application], "interview", actor=hiring.staff, now=hiring.now - timedelta(days=8))

    page = open_page("board", vacancy=hiring.vacancy)

    words = words_of(page)
    assert trouble(page) == []
    assert "Ana &lt;b&gt;Ruiz&lt;/b&gt;" in words
    assert "<b>Ruiz" not in words
    assert re.search(r"8 days <span class=\"chip attend\">overdue</span>", words)


def test_a_person_is_moved_on_with_one_button_and_back_with_undo(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Ana")
    page = open_page("board", vacancy=hiring.vacancy)

    page.button(key=f"on-to_read-{person.application}").click().run()
    after, bar = stages_of(hiring, person), said(page)
    page.button(key="undo").click().run()

    assert (after, bar) == (["interview"], ["Moved Ana to Interview."])
    assert (stages_of(hiring, person), said(page)) == (["to_read"], ["Moved back."])


def test_several_are_chosen_and_moved_at_once_with_a_reason(hiring: Hiring, open_page: Open) -> None:
    one, two, three = (finish(hiring, name) for name in ("Ana", "Bo", "Cy"))
    page = open_page("board", vacancy=hiring.vacancy)

    choose(page, "to_read", one, three)
    next(s for s in page.selectbox if s.label == "Move the chosen people to").set_value("decision")
    next(t for t in page.text_input if t.label == "Why, if you like").set_value("Known from before")
    button(page, "Move").click().run()
    after, bar = stages_of(hiring, one, two, three), said(page)
    page.button(key="undo").click().run()

    assert (after, bar) == (["decision", "to_read", "decision"], ["Moved 2 people to Decision."])
    assert moves(hiring.house, one.application, actor=hiring.staff)[-2].because == "Known from before"
    assert stages_of(hiring, one, two, three) == ["to_read"] * 3


def test_nobody_chosen_or_no_free_time_is_said_kindly(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Ana")
    page = open_page("board", vacancy=hiring.vacancy)

    button(page, "Move").click().run()
    nobody = trouble(page)
    choose(page, "to_read", person)
    button(page, "Ask to pick a time").click().run()

    assert nobody == ["Choose people on their cards, and where to move them."]
    assert len(trouble(page)) == 1
    assert stages_of(hiring, person) == ["to_read"]


def test_there_is_no_way_to_refuse_anybody_from_the_board_or_the_list(hiring: Hiring, open_page: Open) -> None:
    finish(hiring, "Ana")

    for file in ("board", "candidates"):
        page = open_page(file, vacancy=hiring.vacancy)
        targets = [option for s in page.selectbox if s.label.startswith("Move") for option in s.options]
        assert targets == ["Invited", "Answering", "To read", "Interview", "Decision"]


def test_people_are_asked_to_pick_a_time_from_the_list(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Ana")
    day = (hiring.now + timedelta(days=3)).date()
    offer_slots(
        hiring.house,
        hiring.vacancy,
        interviewer=hiring.staff.account_id or "",
        days=[day],
        times=[time(9), time(10)],
        length_minutes=30,
        buffer_minutes=0,
        place="Room 2",
        time_zone="Europe/Madrid",
        actor=hiring.staff,
        now=hiring.now,
    )
    page = open_page("candidates", vacancy=hiring.vacancy)

    page.checkbox(key=f"pick-0-{person.application}").check().run()
    button(page, "Ask to pick a time").click().run()

    assert said(page)[-1] == "1 of 1 asked to pick a time."
    assert stages_of(hiring, person) == ["interview"]


def test_a_stage_is_changed_and_left_out_with_a_reason(hiring: Hiring, open_page: Open) -> None:
    role = "front_desk_officer"
    page = open_page("profile", vacancy=hiring.vacancy)

    page.selectbox(key=f"stage-of-{role}").set_value("interview").run()
    next(t for t in page.text_input if t.label == "Name").set_value("Talk")
    next(n for n in page.number_input if n.label == "Days until it is overdue").set_value(4)
    next(c for c in page.checkbox if c.label == "People go through this stage").uncheck()
    [t for t in page.text_input if t.label == "Why do you change it?"][-1].set_value("We talk on the phone")
    [b for b in page.button if b.label == "Save as a new version"][-1].click().run()

    rule = stage_template(hiring.house, role, actor=hiring.staff).rule("interview")
    assert (rule.name, rule.days, rule.used) == ("Talk", 4, False)
    assert ("We talk on the phone" in words_of(page), trouble(page)) == (True, [])


def test_masked_names_are_masked_on_every_page_of_the_session(hiring: Hiring, open_page: Open) -> None:
    first, second = finish(hiring, "Ana Ruiz"), finish(hiring, "Bo Chen")
    page = open_page("board", vacancy=hiring.vacancy)
    page.toggle(key="masked-False").set_value(True).run()

    board = words_of(page)
    others = [
        words_of(open_page(file, **query))
        for file, query in (
            ("board", {"vacancy": hiring.vacancy}),
            ("candidates", {"vacancy": hiring.vacancy}),
            ("candidate", {"application": second.application}),
            ("compare", {"vacancy": hiring.vacancy, "person": [first.application, second.application]}),
        )
    ]

    for words in (board, *others):
        assert re.search("Person [12]", words)
        assert not re.search("Ana|Ruiz|Bo Chen", words)


def test_names_are_back_when_the_switch_is_off_again_and_in_other_sessions(hiring: Hiring, open_page: Open) -> None:
    finish(hiring, "Ana Ruiz")
    page = open_page("board", vacancy=hiring.vacancy)
    page.toggle(key="masked-False").set_value(True).run()
    with hiring.house.database.read() as connection:
        masked = connection.execute(select(staff_sessions.c.names_masked)).scalars().all()

    page.toggle(key="masked-True").set_value(False).run()

    assert sorted(masked) == [False] * (len(masked) - 1) + [True]
    assert "Ana Ruiz" in words_of(page)


def test_the_list_is_filtered_by_stage_from_the_address(hiring: Hiring, open_page: Open) -> None:
    finish(hiring, "Ana Ruiz")
    moved = finish(hiring, "Bo Chen")
    move(hiring.house, [moved.application], "interview", actor=hiring.staff, now=hiring.now)

    page = open_page("candidates", vacancy=hiring.vacancy, stage="interview")

    assert ("Bo Chen" in words_of(page), "Ana Ruiz" in words_of(page)) == (True, False)
    page.multiselect(key="stages").set_value([]).run()
    assert "Ana Ruiz" in words_of(page)


def test_a_filter_is_saved_chosen_and_deleted(hiring: Hiring, open_page: Open) -> None:
    finish(hiring, "Ana Ruiz")
    page = open_page("candidates", vacancy=hiring.vacancy)

    page.multiselect(key="stages").set_value(["interview"]).run()
    page.checkbox(key="overdue").check().run()
    next(t for t in page.text_input if t.label == "Name of these filters").set_value("Late *talks*")
    button(page, "Save these filters").click().run()
    (kept,) = saved_filters(hiring.house, actor=hiring.staff)
    again = open_page("candidates", vacancy=hiring.vacancy)
    before = words_of(again)
    again.button(key=f"use-{kept.id}").click().run()
    chosen, empty = again.multiselect(key="stages").value, words_of(again)
    again.button(key=f"delete-{kept.id}").click().run()

    assert "Ana Ruiz" in before
    assert (chosen, "Nobody fits these filters" in empty) == (["interview"], True)
    assert saved_filters(hiring.house, actor=hiring.staff) == ()


@pytest.mark.parametrize("everybody", [True, False])
def test_those_chosen_on_the_list_are_moved_and_undone(hiring: Hiring, open_page: Open, everybody: bool) -> None:
    one, two = finish(hiring, "Ana"), finish(hiring, "Bo")
    page = open_page("candidates", vacancy=hiring.vacancy)

    page.checkbox(key="pick-0-all" if everybody else f"pick-0-{one.application}").check().run()
    page.selectbox(key="bulk-to").set_value("interview").run()
    button(page, "Move").click().run()
    after = stages_of(hiring, one, two)
    page.button(key="undo").click().run()

    assert after == (["interview", "interview"] if everybody else ["interview", "to_read"])
    assert stages_of(hiring, one, two) == ["to_read", "to_read"]


def test_only_those_who_are_shown_are_acted_on(hiring: Hiring, open_page: Open) -> None:
    one, two = hiring.invite("Ana"), hiring.invite("Bo")
    page = open_page("candidates", vacancy=hiring.vacancy)

    for person in (one, two):
        page.checkbox(key=f"pick-0-{person.application}").check().run()
    page.text_input(key="search").set_value("Bo").run()
    button(page, "Remind").click().run()

    assert said(page)[-1].startswith("1 reminder queued")
    reminders = select(outbox.c.application_id).where(outbox.c.template == "reminder_1")
    with hiring.house.database.read() as connection:
        assert connection.execute(reminders).scalars().all() == [two.application]


def test_whoever_has_nothing_left_to_answer_is_left_out_and_said(hiring: Hiring, open_page: Open) -> None:
    finish(hiring, "Ana")
    page = open_page("candidates", vacancy=hiring.vacancy)

    page.checkbox(key="pick-0-all").check().run()
    button(page, "Remind").click().run()

    assert said(page)[-1] == "0 reminders queued. Left out: 1 nothing left to answer."


def test_a_colleague_is_named_in_a_note(hiring: Hiring, open_page: Open) -> None:
    bo = add_account(
        hiring.house,
        actor=hiring.staff,
        name="Bo Lind",
        email="bo@anne.example",
        role="hr_manager",
        password="a quiet green chair",
        now=hiring.now,
    )
    person = finish(hiring, "Ana")
    page = open_page("candidate", application=person.application)

    page.text_area(key="note-0").set_value("Please look, @nobody")
    page.multiselect(key="note-to-0").set_value([bo])
    button(page, "Add note").click().run()

    (mention,) = my_mentions(
        hiring.house, actor=replace(hiring.staff, account_id=bo), now=hiring.now + timedelta(hours=1)
    )
    assert (mention.text, mention.name) == ("Please look, @nobody", "Ana")
    assert "Ada Voss to Bo Lind" in words_of(page)
    assert page.text_area(key="note-1").value == ""


def test_a_note_that_is_refused_stays_as_it_was_typed(hiring: Hiring, open_page: Open) -> None:
    for name in ("Bo Lind", "Bo Ek"):
        add_account(
            hiring.house,
            actor=hiring.staff,
            name=name,
            email=f"{name.replace(' ', '.').lower()}@anne.example",
            role="hr_manager",
            password="a quiet green chair",
            now=hiring.now,
        )
    person = hiring.invite("Ana")
    page = open_page("candidate", application=person.application)

    page.text_area(key="note-0").set_value("@Bo, please look")
    button(page, "Add note").click().run()

    assert trouble(page) == ["@Bo could be Bo Ek or Bo Lind. Please choose in the list, or write the whole name."]
    assert page.text_area(key="note-0").value == "@Bo, please look"


def test_the_page_of_a_person_shows_their_way_and_takes_the_last_move_back(hiring: Hiring, open_page: Open) -> None:
    person = finish(hiring, "Ana")
    page = open_page("candidate", application=person.application)

    page.selectbox(key="move-to").set_value("interview")
    page.text_input(key="move-because").set_value("Good <i>to</i> talk")
    next(b for b in page.button if b.label == "Move").click().run()
    words = words_of(page)
    page.button(key="undo-last").click().run()

    assert "To read → Interview" in words
    assert "“Good &lt;i&gt;to&lt;/i&gt; talk”" in words
    assert stages_of(hiring, person) == ["to_read"]
    assert "a move was undone" in words_of(page)
