"""`reliability`: how far the items of each facet agree, and how each item does."""

from dataclasses import asdict

import click

from assessment.commands import options
from assessment.commands.questionnaire import find_questionnaire
from assessment.commands.responses import Responses
from assessment.commands.writing import refuse_overwriting, write_json
from assessment.errors import TooFewError
from assessment.scoring.reliability import ReliabilityCount

ENOUGH = 100  # as on the page Questionnaire health


@click.command()
@options.questionnaire
@options.responses
@options.json_to_write
@options.ignore_columns
def reliability(questionnaire: str, responses: str, out: str, ignore_columns: bool) -> None:
    """α, ω, item statistics and SEM of every facet; α from the pairwise covariance matrix."""
    refuse_overwriting(out, responses)
    file = Responses(responses, find_questionnaire(questionnaire), ignore_columns=ignore_columns)
    count, people = ReliabilityCount(file.like), 0
    for block in file.blocks(doing="counting"):
        count.add(block.sheets)
        people += block.sheets.n_people
    if people < 2:
        raise TooFewError(has=people, needs=2)
    if people < ENOUGH:
        click.echo(f"only {people} people; from {ENOUGH} on the figures begin to hold", err=True)
    facets = {}
    for found in count.result():
        body = asdict(found)
        facets[body.pop("facet")] = body
    write_json({"facets": facets}, out)
