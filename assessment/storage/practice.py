"""What staff gave made-up candidates while they practised rating; read for the account itself and for nobody else."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from assessment.storage.clock import stamp
from assessment.storage.schema import vignette_ratings


def of_account(connection: Connection, account_id: str) -> dict[str, dict[int, dict[int, int]]]:
    """vignette → round → answer → rating."""
    found: dict[str, dict[int, dict[int, int]]] = {}
    for row in connection.execute(select(vignette_ratings).where(vignette_ratings.c.account_id == account_id)):
        found.setdefault(row.vignette, {}).setdefault(row.round, {})[row.answer] = row.rating
    return found


def put(
    connection: Connection, account_id: str, vignette: str, ratings: Mapping[int, int], *, round_: int, now: datetime
) -> None:
    key = {"account_id": account_id, "vignette": vignette, "round": round_, "saved_at": stamp(now)}
    rows = [{**key, "answer": answer, "rating": rating} for answer, rating in ratings.items()]
    connection.execute(insert(vignette_ratings), rows)
