"""People who answer for their own growth, for tests: a group, its links, sheets handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.doors import candidate_actor, enter
from assessment.services.growth import make_group
from assessment.services.growth_members import invite_to_group
from assessment.services.house import House
from assessment.services.invitees import Invitee
from assessment.services.measuring_again import begin
from assessment.services.peer_answers import answer_about
from assessment.services.peers import ask_colleague
from assessment.services.sitting import agree, look
from assessment.storage.schema import applications, doors, sittings
from assessment.training.growth_items import growth_items
from tests.hiring import Hiring, Person, answer_all

WEEKS = timedelta(days=28)


@dataclass(frozen=True)
class Grower:
    """Somebody in a group, or hired, with the newest link to their own sheet."""

    house: House
    application: str

    @property
    def token(self) -> str:
        query = (
            select(doors.c.token_sealed)
            .join(sittings, sittings.c.id == doors.c.sitting_id)
            .where(sittings.c.application_id == self.application, sittings.c.purpose == "growth")
            .where(doors.c.revoked_at.is_(None))
            .order_by(sittings.c.created_at.desc(), doors.c.created_at.desc())
        )
        with self.house.database.read() as connection:
            return self.house.vault.open(connection.execute(query).scalars().first())

    def come_in(self, *, now: datetime) -> Actor:
        actor = candidate_actor(self.house, enter(self.house, self.token, now=now), now=now)
        assert actor is not None
        return actor

    def answer(self, values: Mapping[str, int] | int = 4, *, now: datetime) -> Actor:
        """Hand the open sheet in; `values`: facet → how they answer, in the facet's direction, else 4 to all."""
        actor = self.come_in(now=now)
        agree(self.house, actor=actor, now=now)
        if isinstance(values, int):
            answer_all(self.house, actor, value=values, now=now)
        else:
            save_answers(self.house, taps(self.house, actor, values, now=now), actor=actor, now=now)
        submit(self.house, actor=actor, now=now)
        return self.come_in(now=now)

    def begin_again(self, *, now: datetime) -> None:
        begin(self.house, actor=self.come_in(now=now), now=now)


def taps(house: House, actor: Actor, values: Mapping[str, int], *, now: datetime) -> list[Answer]:
    form = look(house, actor=actor, now=now).form
    key = house.library.questionnaire(form.questionnaire).by_id
    found = []
    for id_ in form.items:
        item = key.get(id_)
        value = values.get(item.facet, 4) if item is not None else 4
        found.append(Answer(id_, value if item is None or item.keyed == "plus" else 6 - value, 1))
    found += [Answer(f, "a" if f.endswith(".best") else "b", 1) for f in form.fields() if f not in form.items]
    return found


def physicians(hiring: Hiring, *names: str, mail: bool = False) -> tuple[str, list[Grower]]:
    """A group of physicians and its people; `mail`: they have e-mails and the house sends."""
    house = mailing(hiring.house) if mail else hiring.house
    group = make_group(house, "physician", name="Doctors of ward 3", actor=hiring.staff, now=hiring.now)
    return group, join(house, hiring, group, names, mail=mail)


def join(house: House, hiring: Hiring, group: str, names: Sequence[str], *, mail: bool = False) -> list[Grower]:
    if not names:
        return []
    people = [
        Invitee(at, n, f"{n.split()[0]}@anne.example".casefold() if mail else None, "en")
        for at, n in enumerate(names, 1)
    ]
    return [Grower(house, id_) for id_ in invite_to_group(house, group, people, actor=hiring.staff, now=hiring.now)]


def mailing(house: House) -> House:
    return replace(house, sends_mail=True)


def hired(hiring: Hiring, name: str = "Sofia Marino", email: str | None = None) -> Person:
    """Somebody who answered and was hired, without the way there."""
    person = hiring.invite(name, email)
    actor = person.begin(now=hiring.now)
    answer_all(hiring.house, actor, value=4, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)
    with hiring.house.database.write() as connection:
        connection.execute(applications.update().where(applications.c.id == person.application).values(stage="hired"))
    return person


def seen_by(grower: Grower, colleagues: int, *, value: int = 4, words: str = "", now: datetime, first: int = 0) -> None:
    """So many colleagues are asked and answer."""
    actor = grower.come_in(now=now)
    for at in range(first, first + colleagues):
        name, email = f"Colleague {at}", f"peer{at}@anne.example"
        link = ask_colleague(replace(grower.house, sends_mail=False), name, email, language="en", actor=actor, now=now)
        about(grower.house, link, value=value, words=f"{words} {at}".strip() if words else "", now=now)


def about(house: House, link: str, *, value: int, words: str = "", now: datetime) -> None:
    answers = dict.fromkeys(growth_items().ids, value)
    answer_about(house, link.rpartition("/")[2], answers, words, now=now)
