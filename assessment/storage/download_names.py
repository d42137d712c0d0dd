"""Random names under which a document is handed out, to one account and for a while."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.schema import download_names


def add(
    connection: Connection,
    name: str,
    *,
    organisation_id: str,
    account_id: str,
    kind: str,
    body: str,
    expires_at: datetime,
    now: datetime,
) -> None:
    connection.execute(
        insert(download_names).values(
            name=name,
            organisation_id=organisation_id,
            account_id=account_id,
            kind=kind,
            body=body,
            created_at=stamp(now),
            expires_at=stamp(expires_at),
        )
    )


def one(connection: Connection, name: str, *, organisation_id: str, account_id: str) -> Record | None:
    """The document of that name, where it is this account's own."""
    query = select(download_names).where(
        download_names.c.name == name,
        download_names.c.organisation_id == organisation_id,
        download_names.c.account_id == account_id,
    )
    return connection.execute(query).first()


def forget_expired(connection: Connection, organisation_id: str, *, before: datetime) -> None:
    """Names whose time ran out before a moment say nothing any more."""
    query = delete(download_names).where(
        download_names.c.organisation_id == organisation_id, download_names.c.expires_at < stamp(before)
    )
    connection.execute(query)
