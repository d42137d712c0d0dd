"""Pages of the inbox, of Settings and of supervisors under AppTest: what each shows to whom, and what they take."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.absences import absences, go_away
from assessment.services.accounts import add_account
from assessment.services.actor import Actor
from assessment.services.answering import answer_inquiry
from assessment.services.answers import submit
from assessment.services.assigned import assign
from assessment.services.checklists import checklist
from assessment.services.engagements import engaged
from assessment.services.hire_checks import begin_checks, checks_of
from assessment.services.inquiries import inbox
from assessment.services.organisation import organisation
from assessment.services.own_words import ask, ask_adjustment, note
from assessment.services.sign_off import missing, take_back
from assessment.services.stages import move_in
from assessment.storage.accounts import begin_session
from assessment.storage.vault import token_hash
from tests.hiring import Hiring, Person, answer_all
from tests.pages.test_staff import MAIN, trouble, words_of

Open = Callable[..., AppTest]
QUESTION = "Is there a <b>night</b> shift? ![x](http://x)"


@pytest.fixture
def colleague(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Actor]:
    def add(name: str, role: str = "hr_manager") -> Actor:
        monkeypatch.setattr("assessment.services.accounts.hashed", lambda password: password)
        id_ = add_account(
            hiring.house,
            actor=hiring.staff,
            name=name,
            email=f"{name.split()[0].lower()}@anne.example",
            role=role,
            password="three calm rivers",
            now=hiring.now,
        )
        return Actor("staff", hiring.staff.organisation_id, id_, role, name=name)

    return add


@pytest.fixture
def open_page(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page file as the administrator, or as somebody else."""

    def open_(file: str, *, who: Actor | None = None, **query: str) -> AppTest:
        cookie = hiring.staff_cookie
        if who is not None:
            cookie = secrets.token_urlsafe(16)
            with hiring.house.database.write() as connection:
                begin_session(connection, token_hash(cookie), account_id=who.account_id or "", now=hiring.now)
        monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": cookie})
        page = AppTest.from_file(str(MAIN), default_timeout=30).run()
        if file:
            page.switch_page(f"hr/{file}.py")
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def asked(hiring: Hiring, name: str = "Ana Ruiz", *, hours_ago: int = 2, language: str = "en") -> Person:
    person = hiring.invite(name, language=language)
    when = hiring.now - timedelta(hours=hours_ago)
    ask(hiring.house, QUESTION, actor=person.begin(now=when), now=when)
    return person


def test_the_inbox_lists_what_waits_with_its_clock(hiring: Hiring, open_page: Open) -> None:
    empty = words_of(open_page("inbox"))
    asked(hiring)
    asked(hiring, "Bo Chen", hours_ago=24 * 7)

    found = words_of(open_page("inbox"))

    assert "Everybody who wrote has an answer" in empty
    assert "2 things wait for an answer, 1 overdue." in found
    assert "0 of 1 were answered within one working day" in found
    assert "Is there a &lt;b&gt;night&lt;/b&gt; shift? ![x](http://x)" in found
    assert "Overdue since" in found


def test_filters_show_what_they_say(hiring: Hiring, open_page: Open) -> None:
    asked(hiring)
    page = open_page("inbox")

    page.segmented_control(key="which").set_value("overdue").run()
    late = words_of(page)
    page.segmented_control(key="which").set_value("mine").run()

    assert ("Ana Ruiz" in late, "Nothing is late." in late) == (False, True)
    assert "Ana Ruiz" in words_of(page)


def test_a_question_is_answered_from_a_ready_answer(hiring: Hiring, open_page: Open) -> None:
    asked(hiring, language="es")
    (waiting,) = inbox(hiring.house, actor=hiring.staff, now=hiring.now)
    page = open_page("inbox", kind="question", id=waiting.id)

    page.selectbox(key=f"ready-{waiting.id}").set_value("when_news").run()
    english = words_of(page)
    press(page, "Put it in")
    press(page, "Send")

    assert "In English: A person reads your answers" in english
    (done,) = inbox(hiring.house, which="answered", actor=hiring.staff, now=hiring.now)
    assert (done.answer or "").startswith("Una persona lee sus respuestas")
    assert "Answered by Ada Voss" in words_of(page)
    assert "Add to the answer" in words_of(page)
    assert trouble(page) == []


def test_a_gap_that_is_left_is_said_and_nothing_is_sent(hiring: Hiring, open_page: Open) -> None:
    asked(hiring)
    (waiting,) = inbox(hiring.house, actor=hiring.staff, now=hiring.now)
    page = open_page("inbox", kind="question", id=waiting.id)

    page.selectbox(key=f"ready-{waiting.id}").set_value("need_to_ask").run()
    press(page, "Put it in")
    press(page, "Send")

    assert trouble(page) == ["Please fill in what stands in square brackets: [day]."]
    assert inbox(hiring.house, which="answered", actor=hiring.staff, now=hiring.now) == ()


def test_a_question_is_given_to_a_colleague(hiring: Hiring, open_page: Open, colleague: Callable[..., Actor]) -> None:
    mo = colleague("Mo Lind")
    asked(hiring)
    (waiting,) = inbox(hiring.house, actor=hiring.staff, now=hiring.now)
    page = open_page("inbox", kind="question", id=waiting.id)

    page.selectbox(key=f"assign-{waiting.id}-None").set_value(mo.account_id).run()

    assert "Given to Mo Lind by Ada Voss" in words_of(page)
    assert "Ana Ruiz" in words_of(open_page("inbox", who=mo))


def test_a_wish_for_another_way_is_seen_to(hiring: Hiring, open_page: Open) -> None:
    ask_adjustment(hiring.house, ["breaks"], "A <i>quiet</i> room", actor=hiring.invite().come_in(), now=hiring.now)
    (waiting,) = inbox(hiring.house, actor=hiring.staff, now=hiring.now)
    page = open_page("inbox", kind="adjustment", id=waiting.id)
    before = words_of(page)

    press(page, "It is seen to")

    assert "A &lt;i&gt;quiet&lt;/i&gt; room" in before
    assert "Seen to by Ada Voss" in words_of(page)


def test_a_candidate_reads_the_answer_beside_their_note(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> None:
    person = hiring.invite("Ana Ruiz")
    actor = person.begin(now=hiring.now)
    answer_all(hiring.house, actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)
    note(hiring.house, "That is not me", actor=actor, now=hiring.now)
    (waiting,) = inbox(hiring.house, actor=hiring.staff, now=hiring.now)
    answer_inquiry(hiring.house, "note", waiting.id, "Thank <you>.\nWe talk.", actor=hiring.staff, now=hiring.now)
    cookie = person.cookie(now=hiring.now)
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_candidate": cookie})

    page = AppTest.from_file(str(MAIN), default_timeout=30).run()

    assert "Thank &lt;you&gt;.<br>We talk." in words_of(page)


def test_an_unknown_inquiry_is_said_kindly(open_page: Open) -> None:
    assert trouble(open_page("inbox", kind="question", id="<b>x</b>")) == ["no question '<b>x</b>'"]


def test_invite_is_empty_until_it_is_signed_off_in_settings(hiring: Hiring, open_page: Open) -> None:
    for kind in ("legal_contact", "works_council"):
        take_back(hiring.house, kind, actor=hiring.staff, now=hiring.now)
    before = open_page("invite")
    settings = open_page("settings")

    settings.text_input(key="name-legal_contact").set_value("Dr <b>Ott</b>")
    next(b for b in settings.button if b.label == "Write it down").click().run()
    settings.text_input(key="note-works_council").set_value("We are seven.")
    press(settings, "Write it down")

    assert "First name the legal contact and the works council" in words_of(before)
    assert not any(a.label == "Type or paste" for a in before.text_area)
    assert "Dr &lt;b&gt;Ott&lt;/b&gt;" in words_of(settings)
    assert missing(hiring.house, actor=hiring.staff) == ()
    assert any(a.label == "Type or paste" for a in open_page("invite").text_area)


def test_the_time_zone_is_kept(hiring: Hiring, open_page: Open) -> None:
    page = open_page("settings")

    next(s for s in page.selectbox if s.label == "Time zone").set_value("Europe/Madrid")
    next(b for b in page.button if b.label == "Save").click().run()

    assert organisation(hiring.house, actor=hiring.staff).time_zone == "Europe/Madrid"


def test_an_absence_is_entered_with_a_deputy_and_ended(
    hiring: Hiring, open_page: Open, colleague: Callable[..., Actor]
) -> None:
    mo = colleague("Mo Lind")
    page = open_page("settings")

    next(s for s in page.selectbox if s.label == "Who stands in").set_value(mo.account_id)
    press(page, "Enter it")
    (entered,) = absences(hiring.house, actor=hiring.staff, now=hiring.now)
    shown = words_of(page)
    press(page, "Back again: end it now")

    assert entered.deputy == "Mo Lind"
    assert "You are away" in shown
    assert absences(hiring.house, actor=hiring.staff, now=hiring.now) == ()


def test_an_absence_without_a_deputy_is_said_kindly(open_page: Open) -> None:
    page = open_page("settings")

    press(page, "Enter it")

    assert trouble(page) == ["Please choose who stands in."]


@pytest.mark.parametrize("role", ["interviewer", "supervisor"])
def test_who_is_not_of_hr_finds_only_themselves_in_settings(
    hiring: Hiring, open_page: Open, colleague: Callable[..., Actor], role: str
) -> None:
    colleague("Mo Lind")
    other = colleague("Zed Quux", "supervisor")
    today = hiring.now.date()
    go_away(hiring.house, today, today, hiring.staff.account_id or "", actor=other, now=hiring.now)
    ray = colleague("Ray Sun", role)

    page = open_page("settings", who=ray)

    words = words_of(page)
    assert "Your password" in words
    assert not any(name in words for name in ("Zed Quux", "mo@anne.example", "Accounts", "Organisation", "Lena Ott"))
    deputies = next(s for s in page.selectbox if s.label == "Who stands in")
    assert deputies.options == ["Ada Voss", "Mo Lind"]


def test_a_supervisor_sees_their_own_people_and_nothing_of_answers(
    hiring: Hiring, open_page: Open, colleague: Callable[..., Actor]
) -> None:
    sue = colleague("Sue Park", "supervisor")
    empty = words_of(open_page("", who=sue))
    person = hiring.invite("Ana <i>Ruiz</i>")
    hiring.invite("Zanzibar Quux")
    assign(
        hiring.house, person.application, sue.account_id or "", duty="supervisor", actor=hiring.staff, now=hiring.now
    )

    words = words_of(open_page("", who=sue))

    assert "0 people are in their first 90 days." in empty
    assert "Ana &lt;i&gt;Ruiz&lt;/i&gt;" in words
    assert "Front desk officer" in words
    assert "Zanzibar" not in words


def test_checks_appear_with_the_offer_and_are_settled(hiring: Hiring, open_page: Open) -> None:
    person = hiring.invite("Ana Ruiz")
    before = words_of(open_page("candidate", application=person.application))
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, "offer", actor=hiring.staff, now=hiring.now)
    page = open_page("candidate", application=person.application)

    press(page, "Begin the checks")
    check = next(
        c for c in checks_of(hiring.house, person.application, actor=hiring.staff, now=hiring.now) if "work" in c.title
    )
    page.text_area(key=f"seen-{check.id}").set_value("<b>Passport</b> seen")
    next(b for b in page.button if b.label == "I have seen it").click().run()

    assert "checks" not in before.casefold()
    assert "1 of 4 checks are done" in words_of(page)
    assert "&lt;b&gt;Passport&lt;/b&gt; seen" in words_of(page)


def test_a_check_without_a_word_is_said_kindly(hiring: Hiring, open_page: Open) -> None:
    person = hiring.invite("Ana Ruiz")
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, "offer", actor=hiring.staff, now=hiring.now)
    begin_checks(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    page = open_page("candidate", application=person.application)

    next(b for b in page.button if b.label == "Not needed").click().run()

    assert trouble(page) == ["Please say why it is not needed."]


def test_agency_staff_are_shown_as_such(hiring: Hiring, open_page: Open) -> None:
    person = hiring.invite("Ana Ruiz")
    page = open_page("candidate", application=person.application)

    next(r for r in page.radio if r.label == "How").set_value("agency").run()
    next(i for i in page.text_input if i.label == "Agency").set_value("Violet <b>Care</b>")
    next(b for b in page.button if b.label == "Save").click().run()

    assert engaged(hiring.house, person.application, actor=hiring.staff).agency == "Violet <b>Care</b>"
    assert "Sent by an agency: Violet &lt;b&gt;Care&lt;/b&gt;" in words_of(page)


def test_the_list_of_checks_wants_a_reason(hiring: Hiring, open_page: Open) -> None:
    page = open_page("settings")

    press(page, "Save as a new version")

    assert trouble(page) == ["Please say why; the reason is kept with the list."]
    assert checklist(hiring.house, "billing_clerk", actor=hiring.staff).version == ""
