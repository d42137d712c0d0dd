"""The first day that people were offered: it counts until a plan names one."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from assessment.services.house import House
from assessment.storage import engagements


def offered_days(connection: Connection, house: House, application_ids: Sequence[str]) -> dict[str, date]:
    """By application, as the newest offer has it; those without an offer are absent."""
    offers = engagements.newest_offers(connection, application_ids)
    return {
        id_: date.fromisoformat(json.loads(house.vault.open(row.terms_sealed))["start"]) for id_, row in offers.items()
    }
