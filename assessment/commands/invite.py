"""`invite`: one open sitting and one personal link per row of a list."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from assessment.commands.lock import waiting_for_others
from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.house import the_house
from assessment.services.invitations import invite as invite_people
from assessment.services.invitees import preview
from assessment.storage.vacancies import organisation_of


@click.command()
@click.option("--vacancy", required=True, help="the id of an opening")
@click.option("--people", required=True, help="CSV with name,email,language")
@click.option("--json", "as_json", is_flag=True, help="print a JSON list of name and url")
def invite(vacancy: str, people: str, as_json: bool) -> None:
    """Invite everybody on a list, or nobody when a row is not right."""
    if not Path(people).is_file():
        raise SheetError(f"{people}: there is no such file")
    house, now = the_house(), datetime.now(UTC)
    with waiting_for_others(house):
        with house.database.read() as connection:
            organisation = organisation_of(connection, vacancy)
        if organisation is None:
            raise UnknownIdError("vacancy", vacancy)
        actor = Actor("system", organisation)
        seen = preview(house, vacancy, Path(people).read_bytes(), actor=actor)
        wrong = [f"row {row.invitee.row}: {'; '.join(row.problems)}" for row in seen.rows if row.problems]
        if wrong:
            raise SheetError(f"{people}: nobody was invited\n" + "\n".join(wrong[:20]))
        invited = invite_people(house, vacancy, [row.invitee for row in seen.rows], actor=actor, now=now)
    if as_json:
        click.echo(json.dumps([{"name": one.name, "url": one.url} for one in invited], ensure_ascii=False))
        return
    for one in invited:
        click.echo(f"{one.name}: {one.url}")
