"""Teams, who was asked to count in them, and who said yes."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from assessment.storage.clock import new_id, stamp
from assessment.storage.here_still import here_still
from assessment.storage.record import Record
from assessment.storage.schema import applications, people, sittings, team_members, teams, vacancies


def add(connection: Connection, *, now: datetime, **values: object) -> str:
    id_ = new_id()
    connection.execute(insert(teams).values(id=id_, created_at=stamp(now), **values))
    return id_


def one(connection: Connection, id_: str, *, organisation_id: str) -> Record | None:
    query = select(teams).where(teams.c.id == id_, teams.c.organisation_id == organisation_id)
    return connection.execute(query).first()


def change(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(teams).where(teams.c.id == id_).values(**values))


def of_organisation(connection: Connection, organisation_id: str, *, today: date) -> Sequence[Record]:
    """Open teams by name, with how many who work here were asked and how many count."""
    stays = team_members.c.left_at.is_(None) & here_still(today)
    asked = func.count(team_members.c.application_id).filter(stays).label("asked")
    counts = func.count(team_members.c.application_id).filter(_counts(today)).label("counts")
    query = (
        select(teams.c.id, teams.c.name, teams.c.site, asked, counts)
        .outerjoin(team_members, team_members.c.team_id == teams.c.id)
        .outerjoin(applications, applications.c.id == team_members.c.application_id)
        .where(teams.c.organisation_id == organisation_id, teams.c.closed_at.is_(None))
        .group_by(teams.c.id, teams.c.name, teams.c.site)
    )
    return connection.execute(query.order_by(teams.c.name, teams.c.id)).all()


def members(connection: Connection, team_id: str, *, today: date) -> Sequence[Record]:
    """Everybody who was ever asked and works here still, with name and job, in the order they were asked."""
    query = (
        select(team_members, people.c.name_sealed, vacancies.c.title)
        .join(applications, applications.c.id == team_members.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(team_members.c.team_id == team_id, here_still(today))
    )
    return connection.execute(query.order_by(team_members.c.asked_at, team_members.c.application_id)).all()


def member(connection: Connection, team_id: str, application_id: str) -> Record | None:
    query = select(team_members).where(
        team_members.c.team_id == team_id, team_members.c.application_id == application_id
    )
    return connection.execute(query).first()


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    """The open teams somebody was asked about."""
    query = (
        select(team_members, teams.c.name, teams.c.site)
        .join(teams, teams.c.id == team_members.c.team_id)
        .where(team_members.c.application_id == application_id, teams.c.closed_at.is_(None))
    )
    return connection.execute(query.order_by(team_members.c.asked_at)).all()


def ask(connection: Connection, team_id: str, application_id: str, *, now: datetime) -> None:
    connection.execute(insert(team_members).values(team_id=team_id, application_id=application_id, asked_at=stamp(now)))


def answer(connection: Connection, team_id: str, application_id: str, **values: object) -> None:
    key = (team_members.c.team_id == team_id) & (team_members.c.application_id == application_id)
    connection.execute(update(team_members).where(key).values(**values))


def leave_open_teams(connection: Connection, application_id: str, *, now: datetime) -> list[str]:
    """Somebody counts in no team any more; returns which open ones they were asked about or counted in."""
    left = [row.team_id for row in of_application(connection, application_id) if row.left_at is None]
    for team_id in left:
        answer(connection, team_id, application_id, left_at=stamp(now))
    return left


def possible_members(connection: Connection, organisation_id: str, *, today: date) -> Sequence[Record]:
    """Everybody who works here as far as this house knows: hired, or in a group that grows together."""
    query = (
        select(applications.c.id, people.c.name_sealed, vacancies.c.title, vacancies.c.purpose)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(vacancies.c.organisation_id == organisation_id, here_still(today))
    )
    return connection.execute(query.order_by(applications.c.created_at, applications.c.id)).all()


def sheets(connection: Connection, team_id: str, *, today: date) -> Sequence[Record]:
    """The first sheet of everybody who counts: it stands for them, whatever they answer later."""
    first = (
        select(sittings.c.id)
        .where(sittings.c.application_id == team_members.c.application_id, sittings.c.status == "submitted")
        .order_by((sittings.c.purpose == "hiring").desc(), sittings.c.finished_at, sittings.c.id)
        .limit(1)
        .correlate(team_members)
        .scalar_subquery()
    )
    query = (
        select(sittings)
        .join(team_members, sittings.c.id == first)
        .join(applications, applications.c.id == team_members.c.application_id)
    )
    return connection.execute(query.where(team_members.c.team_id == team_id, _counts(today))).all()


def hold(connection: Connection, id_: str) -> None:
    """Keep others from summing up the same team until the transaction ends."""
    connection.execute(select(teams.c.id).where(teams.c.id == id_).with_for_update()).first()


def _counts(today: date) -> ColumnElement[bool]:
    """Said yes, has not taken it back, and works here still; `applications` is joined."""
    return team_members.c.agreed_at.is_not(None) & team_members.c.left_at.is_(None) & here_still(today)
