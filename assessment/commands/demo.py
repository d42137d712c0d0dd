"""`demo`: a database with made-up people."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from assessment.commands.lock import waiting_for_others
from assessment.services.demo import demo as make_demo
from assessment.services.house import the_house


@click.command()
@click.option("--reset", is_flag=True, help="forget the made-up people there are and make them anew")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def demo(reset: bool, as_json: bool) -> None:
    """Make a database with made-up people, and say how to sign in."""
    house = the_house()
    with waiting_for_others(house):
        made = make_demo(house, now=datetime.now(UTC), reset=reset)
    if as_json:
        click.echo(json.dumps(asdict(made)))
        return
    for account in made.accounts:
        click.echo(f"{account.role}: {account.email}, password: {account.password}")
    for vacancy in made.vacancies:
        click.echo(f"vacancy {vacancy.id}: {vacancy.title}")
    click.echo(f"{len(made.candidate_links)} open links, the first: {made.candidate_links[0]}")
