"""Modules of an organisation's own: the newest version of each."""

from sqlalchemy import Connection, select

from assessment.storage.documents import Kept, document
from assessment.storage.schema import documents


def newest(connection: Connection, organisation_id: str) -> dict[str, Kept]:
    """By the module's id."""
    query = select(documents.c.id, documents.c.name, documents.c.version).where(
        documents.c.organisation_id == organisation_id, documents.c.kind == "module"
    )
    found: dict[str, tuple[list[int], str]] = {}
    for row in connection.execute(query):
        number = [int(part) for part in row.version.split(".")]
        if row.name not in found or number > found[row.name][0]:
            found[row.name] = (number, row.id)
    return {name: document(connection, id_) for name, (_, id_) in sorted(found.items())}
