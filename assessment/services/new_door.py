"""A personal link to a sitting."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from assessment.services.house import House
from assessment.storage import doors
from assessment.storage.vault import token_hash

OPEN_FOR = timedelta(days=14)


def new_door(
    connection: Connection, house: House, sitting_id: str, *, now: datetime, expires_at: datetime | None = None
) -> str:
    """A personal link; only its hash and a sealed copy are kept."""
    token = secrets.token_urlsafe(32)
    doors.add(
        connection,
        sitting_id,
        token_hash=token_hash(token),
        token_sealed=house.vault.seal(token),
        expires_at=expires_at or now + OPEN_FOR,
        now=now,
    )
    return f"{house.base_url}/i/{token}"
