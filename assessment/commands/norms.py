"""`norms`: a norm group made of a file of answers."""

import click
import yaml

from assessment.commands import options
from assessment.commands.questionnaire import find_questionnaire
from assessment.commands.responses import Responses
from assessment.commands.writing import refuse_overwriting, write_text
from assessment.scoring.norms import NormCount

ENOUGH = 400  # SCIENCE: people of a local group
MOST_COUNTS = 1_400  # (score, people) pairs; a file that is read back may hold 5,000 values in all


@click.command()
@options.questionnaire
@options.responses
@click.option("--id", "id_", required=True, help="what the group is called")
@click.option("--version", default="0.1", show_default=True, help="of this group")
@click.option("--period", default="not stated", help="when these people answered")
@click.option("--source", help="who they are; default the name of the file")
@click.option("--out", required=True, help="YAML to write; - for the terminal")
@options.ignore_columns
def norms(
    questionnaire: str,
    responses: str,
    id_: str,
    version: str,
    period: str,
    source: str | None,
    out: str,
    ignore_columns: bool,
) -> None:
    """Make a norms file: mean, SD (n − 1), reliability (α) and counts of every facet."""
    refuse_overwriting(out, responses)
    file = Responses(responses, find_questionnaire(questionnaire), ignore_columns=ignore_columns)
    count = NormCount(file.like)
    for block in file.blocks(doing="making the norm group"):
        count.add(block.sheets)
    group = count.group(id=id_, version=version, period=period, source=source or responses)
    if count.n < ENOUGH:
        click.echo(f"only {count.n} people; a norm group wants {ENOUGH} for anything but research", err=True)
    if count.without_spread:
        click.echo(f"left out, nobody differs there: {', '.join(count.without_spread)}", err=True)
    if sum(len(facet.counts) for facet in group.facets.values()) > MOST_COUNTS:
        group = group.model_copy(
            update={"facets": {id_: facet.model_copy(update={"counts": ()}) for id_, facet in group.facets.items()}}
        )
        click.echo("too many different scores for a norms file, so percentiles by it are modelled", err=True)
    body = group.model_dump(mode="json")
    write_text(yaml.safe_dump(body, sort_keys=False, allow_unicode=True, default_flow_style=None), out)
