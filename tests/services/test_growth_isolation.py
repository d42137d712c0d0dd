"""What people answer for their own growth is found nowhere by whoever hires: every verb is asked, and every table that leaves the house."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from assessment.services.actor import Actor
from assessment.services.api_tokens import make_token, token_actor
from assessment.services.change_since import change
from assessment.services.growth import list_groups
from assessment.services.ledger import ledger
from assessment.services.measuring_again import begin
from assessment.services.peers import my_peers, save_self
from assessment.services.reading import reading
from assessment.services.result import FacetFeedback, result
from assessment.services.scoring import score_sitting
from assessment.services.shortlist import list_candidates
from assessment.services.today import today
from assessment.services.vacancies import list_vacancies
from assessment.storage import sheets as stored_sheets
from assessment.storage.schema import applications, documents, sittings, vacancies, webhook_deliveries
from assessment.training.growth_items import growth_items
from tests.growing import WEEKS, Grower, hired, physicians, seen_by
from tests.hiring import Hiring
from tests.services.test_who_may import Scene, verbs

THEIRS, GROUP, SAID = "Zanzibar Quux", "Doctors of ward 3", "a violet umbrella"
NAMES_PEOPLE = {  # says who takes part, and whether they have answered; or is about teams, which they agreed to
    "growth_members.group_members",
    "teams.possible_members",
}
NAMES_GROUPS = NAMES_PEOPLE | {"growth.list_groups"}
BY_HAND = {"outbox.outbox", "outbox.message"}  # the invitation that somebody has to pass on where no mail is sent


@dataclass(frozen=True)
class Hidden:
    hiring: Hiring
    group: str
    grower: Grower
    newcomer: Grower
    me: Actor
    secrets: tuple[str, ...]


@pytest.fixture
def hidden(hiring: Hiring) -> Hidden:
    """A physician and a newcomer with telling sheets of their own, with colleagues' words about one."""
    group, (grower,) = physicians(hiring, THEIRS)
    me = grower.answer({"hon": 2, "und": 5, "tea": 1}, now=hiring.now)
    save_self(hiring.house, dict.fromkeys(growth_items().ids, 5), actor=me, now=hiring.now)
    seen_by(grower, 5, words=SAID, now=hiring.now)
    person, later = hired(hiring, "Nora Hill"), hiring.now + WEEKS
    newcomer = Grower(hiring.house, person.application)
    begin(hiring.house, actor=person.come_in(now=hiring.now), now=later)
    again = newcomer.answer({"pat": 1, "rel": 2}, now=later)
    changed = change(hiring.house, actor=again, now=later)
    assert changed is not None
    figures = [f.t for f in facets(hiring, me)] + [f.t2 for f in changed.moved]
    telling = {f"{figure}" for figure in figures if len(f"{figure}") > 8}
    assert telling
    return Hidden(hiring, group, grower, newcomer, me, (*telling, SAID))


def facets(hiring: Hiring, me: Actor) -> tuple[FacetFeedback, ...]:
    found = result(hiring.house, actor=me, now=hiring.now)
    return (*found.strong, *found.support, *found.about)


def told(hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Every verb, asked by an administrator about the growth application, its group, and the newcomer."""
    scene = Scene(hidden.hiring, hidden.grower, hidden.newcomer, "x", {}, ())  # type: ignore[arg-type]
    for name, verb in verbs():
        for person in (hidden.grower, hidden.newcomer):
            arguments = scene.arguments(verb, person, hidden.hiring.staff)  # type: ignore[arg-type]
            arguments |= {key: hidden.group for key in ("group_id", "group") if key in arguments}
            try:
                yield name, repr(verb(**arguments))
            except Exception as error:
                yield name, repr(error)


def test_no_verb_gives_an_administrator_what_somebody_answered_for_themselves(hidden: Hidden) -> None:
    wrong = [
        f"{name}: {secret} in {said[:300]}"
        for name, said in told(hidden)
        for secret in hidden.secrets
        if secret in said
    ]

    assert "\n".join(wrong) == ""


def test_the_group_and_its_people_are_named_only_where_growth_is_the_matter(hidden: Hidden) -> None:
    wrong = []
    for name, said in told(hidden):
        if THEIRS in said and name not in NAMES_PEOPLE | BY_HAND:
            wrong.append(f"{name}: {THEIRS}")
        if GROUP in said and name not in NAMES_GROUPS | BY_HAND:
            wrong.append(f"{name}: {GROUP}")

    assert "\n".join(wrong) == ""


def test_what_is_hidden_is_there_to_be_found_by_the_person(hidden: Hidden) -> None:
    own = repr(facets(hidden.hiring, hidden.me)) + repr(
        my_peers(hidden.hiring.house, actor=hidden.me, now=hidden.hiring.now)
    )

    assert SAID in own
    assert any(secret in own for secret in hidden.secrets if secret != SAID)
    assert [g.name for g in list_groups(hidden.hiring.house, actor=hidden.hiring.staff)] == [GROUP]


def test_were_it_an_opening_every_list_would_show_it(hidden: Hidden) -> None:
    # The fault put in on purpose: what keeps these lists clean is the purpose and nothing else.
    with hidden.hiring.house.database.write() as connection:
        connection.execute(update(vacancies).values(purpose="hiring"))
        connection.execute(update(sittings).values(purpose="hiring"))
        (sitting,) = connection.execute(
            select(sittings.c.id).where(sittings.c.application_id == hidden.grower.application)
        ).scalars()
        score_sitting(connection, sitting, hidden.hiring.now)

    said = dict[str, str]()
    for name, one in told(hidden):
        said[name] = said.get(name, "") + one

    assert GROUP in said["vacancies.list_vacancies"]
    assert any(secret in said["reading.reading"] for secret in hidden.secrets)


def test_lists_ledger_health_and_norms_are_the_same_as_without_growth(hiring: Hiring) -> None:
    hired(hiring, "Nora Hill")
    staff, now, house = hiring.staff, hiring.now, hiring.house

    def seen() -> tuple[object, ...]:
        with house.database.read() as connection:
            ids = list(connection.execute(select(documents.c.id).where(documents.c.kind == "questionnaire")).scalars())
            rows = len(stored_sheets.submitted(connection, staff.organisation_id, ids))
        return (
            list_vacancies(house, actor=staff, now=now),
            list_candidates(house, hiring.vacancy, actor=staff, now=now),
            ledger(house, actor=staff, now=now),
            repr(today(house, actor=staff, now=now)),
            rows,
        )

    before = seen()
    _, (ana,) = physicians(hiring, THEIRS)
    ana.answer({"hon": 1}, now=now)

    after = seen()

    assert after[:3] == before[:3]
    assert after[4] == before[4]
    assert THEIRS not in str(after[3])


def test_no_webhook_is_told_and_no_other_system_reads_it(hidden: Hidden) -> None:
    hiring = hidden.hiring
    token = make_token(hiring.house, name="ATS", may_order=True, actor=hiring.staff, now=hiring.now)

    with hiring.house.database.read() as connection:
        deliveries = repr(connection.execute(select(webhook_deliveries)).all())

    assert hidden.grower.application not in deliveries
    assert token_actor(hiring.house, token, now=hiring.now) is not None


def test_the_newcomers_reading_stays_that_of_the_sheet_they_were_hired_on(hidden: Hidden) -> None:
    hiring = hidden.hiring

    read = reading(hiring.house, hidden.newcomer.application, actor=hiring.staff, now=hiring.now + WEEKS)

    assert not any(secret in repr(read) for secret in hidden.secrets)
    assert read.standings["pat"].score == 3.6 or read.standings["pat"].t is not None
    with hiring.house.database.read() as connection:
        stage = select(applications.c.stage).where(applications.c.id == hidden.newcomer.application)
        assert connection.execute(stage).scalar_one() == "hired"
