"""Who is named in a comment, and whether they have seen it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import accounts, applications, comments, mentions, people, vacancies


def add(connection: Connection, comment_id: str, account_id: str) -> None:
    connection.execute(insert(mentions).values(comment_id=comment_id, account_id=account_id))


def of_application(connection: Connection, application_id: str) -> Sequence[Record]:
    """Everybody named in the comments on an application, with their names."""
    query = (
        select(mentions, accounts.c.name_sealed)
        .join(comments, comments.c.id == mentions.c.comment_id)
        .join(accounts, accounts.c.id == mentions.c.account_id)
        .where(comments.c.application_id == application_id)
        .order_by(accounts.c.created_at)
    )
    return connection.execute(query).all()


def unseen(connection: Connection, account_ids: Collection[str], *, organisation_id: str) -> Sequence[Record]:
    """What these accounts have not looked at yet, oldest first, with comment, author, candidate and opening."""
    author = accounts.alias("author")
    query = (
        select(
            mentions.c.comment_id,
            mentions.c.account_id,
            comments.c.application_id,
            comments.c.text_sealed,
            comments.c.created_at,
            author.c.name_sealed.label("author_sealed"),
            people.c.name_sealed,
            applications.c.vacancy_id,
            vacancies.c.title,
        )
        .join(comments, comments.c.id == mentions.c.comment_id)
        .join(author, author.c.id == comments.c.account_id)
        .join(applications, applications.c.id == comments.c.application_id)
        .join(people, people.c.id == applications.c.person_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            mentions.c.account_id.in_(account_ids),
            mentions.c.seen_at.is_(None),
            vacancies.c.organisation_id == organisation_id,
        )
        .order_by(comments.c.created_at, mentions.c.comment_id)
    )
    return connection.execute(query).all()


def mark_seen(connection: Connection, comment_id: str, account_ids: Collection[str], *, now: datetime) -> int:
    """How many mentions were unseen until now."""
    query = update(mentions).where(
        mentions.c.comment_id == comment_id, mentions.c.account_id.in_(account_ids), mentions.c.seen_at.is_(None)
    )
    return connection.execute(query.values(seen_at=stamp(now))).rowcount
