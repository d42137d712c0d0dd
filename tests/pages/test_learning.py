"""Modules and seminars under AppTest: on a newcomer's phone in both languages, and on the pages of the staff."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.learning import learning_of
from assessment.services.module_work import do_step, open_module, pick_answer, save_notes
from assessment.services.my_seminars import sign_up
from assessment.services.own_modules import keep_module, module_here
from assessment.services.seminars import list_seminars
from assessment.training.module_file import as_yaml
from tests.hiring import Hiring
from tests.interviewing import colleague
from tests.learning import MODULE, at_work, do_all, seminar, standings
from tests.newcomers import Newcomer, supervise
from tests.pages.test_candidate import press, walk_in, words_of
from tests.pages.test_staff import open_page, trouble
from tests.picking import told
from tests.services.test_own_modules import made, reworded

__all__ = ["open_page", "walk_in"]
Open = Callable[..., AppTest]


@pytest.fixture
def read(walk_in: Open) -> Open:
    """Open a module in the browser of somebody who works here."""

    def open_(newcomer: Newcomer, module: str = MODULE) -> AppTest:
        page = walk_in(newcomer.person)
        page.switch_page("candidate/module.py")
        page.query_params["module"] = module
        return page.run()

    return open_


def soon(hiring: Hiring, **given: object) -> str:
    """A seminar that is still to come by the clock of the pages."""
    day = datetime.now(UTC).date() + timedelta(days=10)
    return seminar(hiring, day=day, place="Room <i>", **given)  # type: ignore[arg-type]


def work_of(hiring: Hiring, newcomer: Newcomer):  # type: ignore[no-untyped-def]
    return open_module(hiring.house, MODULE, actor=newcomer.actor)


def test_a_module_is_done_from_the_first_step_to_the_end(hiring: Hiring, read: Open) -> None:
    ana = at_work(hiring)
    page = read(ana)

    press(page, "I have done this module")
    left = next(e.proto.body for e in page.get("html") if 'role="alert"' in e.proto.body)
    for box in range(5):
        page.checkbox[box].check().run()
    for n in range(3):
        page.radio[n].set_value("a").run()
    page.text_area[0].set_value("Ask for two facts <b>").run()
    press(page, "I have done this module")

    work, words = work_of(hiring, ana), words_of(page)
    assert "5 steps are still open. 3 questions are still open." in left
    assert (len(work.steps), work.checks_left, work.notes.text) == (5, 0, "Ask for two facts <b>")
    assert work.done_at is not None
    assert "You did this on" in words
    assert "5 of 5 steps done" in words
    assert "I have done this module" not in [button.label for button in page.button]


def test_every_pick_is_answered_at_once_and_may_be_changed(hiring: Hiring, read: Open) -> None:
    ana = at_work(hiring)
    page = read(ana)

    page.radio[0].set_value("a").run()
    first = words_of(page)
    page.radio[0].set_value("b").run()

    assert "Something else fits better" in first
    assert "That he comes here is private too." in first
    assert "This fits best" in words_of(page)
    assert dict(work_of(hiring, ana).picks) == {"is_he_here": "b"}


def test_what_another_device_changed_is_shown_and_not_written_over(hiring: Hiring, read: Open) -> None:
    ana = at_work(hiring)
    page = read(ana)
    page.checkbox[0].check().run()

    do_step(hiring.house, MODULE, 2, actor=ana.actor, now=hiring.now)
    pick_answer(hiring.house, MODULE, "who_is_it", "c", actor=ana.actor, now=hiring.now)
    save_notes(hiring.house, MODULE, "from my tablet", rev=9, actor=ana.actor, now=hiring.now)
    page.run()

    work = work_of(hiring, ana)
    assert [box.value for box in page.checkbox] == [True, True, False, False, False]
    assert (page.radio[1].value, page.text_area[0].value) == ("c", "from my tablet")
    assert (work.steps, work.notes.text) == ({1, 2}, "from my tablet")


def test_the_page_opened_again_shows_what_was_done_and_takes_nothing_back(hiring: Hiring, read: Open) -> None:
    ana = at_work(hiring)
    page = read(ana)
    page.checkbox[0].check().run()
    page.radio[0].set_value("a").run()

    page.switch_page("candidate/work.py").run()
    page.switch_page("candidate/module.py")
    page.query_params["module"] = MODULE
    page.run()

    work = work_of(hiring, ana)
    assert (work.steps, dict(work.picks)) == ({1}, {"is_he_here": "a"})
    assert (page.checkbox[0].value, page.radio[0].value) == (True, "a")


def test_nothing_of_the_page_stays_english_in_spanish(hiring: Hiring, read: Open) -> None:
    lucia = at_work(hiring, "Lucía Gil", language="es")

    words = words_of(page := read(lucia))

    assert "Pasos pequeños" in words
    assert "Small steps" not in words
    assert "aún no está en su idioma" not in words
    assert page.button[-1].label == "He hecho este módulo"


def test_words_that_are_not_there_in_ones_language_say_so(hiring: Hiring, read: Open) -> None:
    lucia = at_work(hiring, "Lucía Gil", language="es")
    keep_module(hiring.house, reworded(hiring), reason="Ours", actor=hiring.staff, now=hiring.now)

    words = words_of(read(lucia))

    assert "Esto aún no está en su idioma. Lo lee en inglés." in words
    assert 'lang="en"' in words


def test_another_roles_scene_is_called_so(hiring: Hiring, read: Open) -> None:
    words = words_of(read(at_work(hiring.open_another("registered_nurse"))))

    assert "This one is from another job: Front desk officer." in words


def test_a_seminar_is_taken_given_back_and_waited_for_on_the_page(hiring: Hiring, read: Open) -> None:
    (ana, bo), id_ = (at_work(hiring, "Ana Ruiz"), at_work(hiring, "Bo Lind")), soon(hiring, seats=1)
    page = read(ana)

    press(page, "Take a place")
    taken = words_of(page)
    sign_up(hiring.house, id_, wait=True, actor=bo.actor, now=hiring.now)
    press(page, "Give my place back")
    given = words_of(page)
    press(page, "Wait for a place")

    assert "A message is on its way to you." in taken
    assert f'href="/my/seminar/{id_}.ics"' in taken
    assert "Room &lt;i&gt;" in taken
    assert "All places are taken." in given
    assert "You wait, and you are next" in words_of(page)
    assert standings(hiring, id_) == {bo.application: "place", ana.application: "waiting"}


def test_the_training_page_lists_filters_and_counts(hiring: Hiring, open_page: Open) -> None:
    ana = at_work(hiring, "Ana <b>")
    do_all(hiring, ana)

    page = open_page("training")
    whole = words_of(page)
    page.selectbox(key="of-role").set_value("physician").run()
    page.text_input(key="sought").set_value("hard news").run()
    few = words_of(page)
    page.selectbox(key="of-format").set_value("on_the_job").run()

    assert "27 modules, 1 time done by 1 newcomer." in whole
    assert "Ana &lt;b&gt;" in whole
    assert few.count('<td class="n" data-label="Seen">') == 2  # one module, one newcomer
    assert trouble(page) == []


def test_a_module_is_read_taken_along_retired_and_used_again(hiring: Hiring, open_page: Open) -> None:
    page = open_page("module", id=MODULE)
    words = words_of(page)

    page.text_input(key="retire-reason").set_value("We have another").run()
    page.button(key="retire").click().run()

    assert 'lang="en"' in words
    assert f'href="/staff/module/{MODULE}.yaml"' in words
    assert "HIPAA Privacy Rule" in words
    assert module_here(hiring.house, MODULE, actor=hiring.staff).retired
    assert "Retired: offered to nobody new" in words_of(page)


def test_an_own_version_is_written_beside_how_it_reads_and_taken_back(hiring: Hiring, open_page: Open) -> None:
    page = open_page("module", id=MODULE, edit="1")
    version = module_here(hiring.house, MODULE, actor=hiring.staff).version
    key = f"{MODULE}-{version}-en"
    ready = words_of(page)

    page.text_input(key=f"title-{key}").set_value("").run()
    missing = words_of(page)
    page.text_input(key=f"title-{key}").set_value("Privacy <b> as we do it").run()
    page.text_input(key=f"reason-{key}").set_value("Our own tone").run()
    press(page, "Keep it")
    kept = module_here(hiring.house, MODULE, actor=hiring.staff)

    assert "Whole, and ready to keep" in ready
    assert "Reading grade" in ready
    assert "the title is empty" in missing
    assert kept.in_language("en").title == "Privacy <b> as we do it"
    assert kept.languages == ("en", "es")
    assert "Kept as version" in words_of(page)
    assert "Our own tone" in words_of(page)


def test_a_new_module_says_what_is_missing_and_cannot_be_kept_before(hiring: Hiring, open_page: Open) -> None:
    page = open_page("module", new="1")

    words = words_of(page)

    for said in ("choose at least one role", "the title is empty", "3 to 8 steps, one a line; there are 0"):
        assert said in words
    assert next(button for button in page.button if button.label == "Keep it").disabled


def test_a_date_is_offered_somebody_put_in_moved_and_called_off(hiring: Hiring, open_page: Open) -> None:
    ana = at_work(hiring, "Ana <b>")
    page = open_page("seminars", module=MODULE)

    empty = words_of(page)
    press(page, "Offer this date")
    no_place = trouble(page)
    page.text_input(key="offer-place").set_value("Room 2").run()
    page.text_input(key="offer-leader").set_value("Una Berg").run()
    press(page, "Offer this date")
    (one,) = list_seminars(hiring.house, actor=hiring.staff)
    press(page, "Put in")
    put_in = standings(hiring, one.seminar.id)
    page.text_input(key=f"place-{one.seminar.id}").set_value("Garden").run()
    press(page, "Change it and tell everybody")
    press(page, "Call it off")

    assert "Dates for seminars stand here." in empty
    assert no_place == ["Please say where: a room, or the link of a video call."]
    assert (one.seminar.module, one.seminar.seats) == (MODULE, 12)
    assert put_in == {ana.application: "place"}
    assert "Garden" in told(hiring.house, "seminar_changed")[0].text
    assert len(told(hiring.house, "seminar_cancelled")) == 1
    assert "Called off: 1" in [e.label for e in page.expander]


def test_who_was_there_is_noted_and_counts(hiring: Hiring, open_page: Open) -> None:
    ana, bo = at_work(hiring, "Ana Ruiz"), at_work(hiring, "Bo Lind")
    before = datetime.now(UTC) - timedelta(days=3)  # the pages have a clock of their own
    id_ = seminar(hiring, day=before.date() + timedelta(days=1), at=time(10), now=before)
    for one in (ana, bo):
        sign_up(hiring.house, id_, actor=one.actor, now=before)
    page = open_page("seminars")
    assert trouble(page) == []

    page.multiselect(key=f"there-{id_}").set_value([ana.application]).run()
    press(page, "Note it")

    assert "Was there, noted by Ada Voss" in words_of(page)
    assert [learning_of(hiring.house, p.application, actor=hiring.staff).done for p in (ana, bo)] == [1, 0]


def test_a_supervisor_reads_trains_and_writes_nothing(
    hiring: Hiring, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, other = at_work(hiring, "Ana Ruiz"), at_work(hiring, "Zanzibar Quux")
    grace = colleague(hiring, "Grace", "supervisor")
    supervise(hiring, ana, "Hope")
    monkeypatch.setattr("assessment.pages.parts.who.cookies", lambda: {"carefit_staff": grace.cookie})
    id_ = soon(hiring)
    sign_up(hiring.house, id_, actor=other.actor, now=hiring.now)
    do_all(hiring, other)

    pages = [open_page("training"), open_page("module", id=MODULE), open_page("seminars")]

    for page in pages:
        assert "Zanzibar" not in words_of(page)
        assert not {"Keep it", "Retire it", "Offer this date", "Call it off"} & {b.label for b in page.button}
    assert "Others on the list: 1." in words_of(pages[2])
    assert "Write your own version" not in words_of(pages[1])


def test_an_own_module_stands_in_the_list_with_its_mark(hiring: Hiring, open_page: Open) -> None:
    keep_module(hiring.house, made(), new=True, reason="Ours", actor=hiring.staff, now=hiring.now)

    words = words_of(open_page("training"))

    assert "The phone at our door" in words
    assert "Your words" in words


def test_the_first_days_page_leads_to_modules_and_seminars(hiring: Hiring, walk_in: Open) -> None:
    ana, _ = at_work(hiring), soon(hiring)
    do_step(hiring.house, MODULE, 1, actor=ana.actor, now=hiring.now)

    words = words_of(walk_in(ana.person).switch_page("candidate/first_days.py").run())

    assert "More to learn" in words
    assert f'href="/learn?module={MODULE}"' in words
    assert "2 places free" in words


def test_the_newcomers_page_shows_what_is_done_and_takes_that_it_was_seen(hiring: Hiring, open_page: Open) -> None:
    ana = at_work(hiring)
    do_all(hiring, ana)
    save_notes(hiring.house, MODULE, "a violet umbrella", rev=1, actor=ana.actor, now=hiring.now)
    page = open_page("newcomer", application=ana.application)
    before = words_of(page)

    press(page, "I have seen it in practice")

    assert "1 module done, about 40 minutes of learning." in before
    assert "a violet umbrella" not in before
    assert "seen by Ada Voss" in words_of(page)
    assert len(told(hiring.house, "module_confirmed")) == 1


def test_a_module_file_is_uploaded_read_and_kept_or_refused_in_words(hiring: Hiring, open_page: Open) -> None:
    page = open_page("training")

    page.file_uploader[0].upload("theirs.yaml", b"id: &x our_phone", "application/yaml").run()
    refused = trouble(page)
    page.file_uploader[0].upload("ours.yaml", as_yaml(made()).encode(), "application/yaml").run()
    page.text_input(key="upload-reason").set_value("Our house rules").run()
    press(page, "Keep it")

    assert refused == ["theirs.yaml, line 1: anchors and aliases are not allowed; write the value out"]
    assert "our_door_phone is kept as version 1.0." in words_of(page)
    assert module_here(hiring.house, "our_door_phone", actor=hiring.staff).own == made()
