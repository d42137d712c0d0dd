"""Times and ids as the tables keep them."""

import secrets
from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """An aware time as UTC text that sorts: 2026-11-24T09:30:00.000000+00:00."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def new_id() -> str:
    return secrets.token_hex(16)
