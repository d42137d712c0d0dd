"""`calibrate`: item parameters of the graded response model, one dimension per facet."""

import click

from assessment.commands import options
from assessment.commands.progress import Progress
from assessment.commands.questionnaire import find_questionnaire
from assessment.commands.responses import Responses
from assessment.commands.writing import TableOut, refuse_overwriting, table_out, write_text
from assessment.evidence.calibration import Calibration
from assessment.evidence.calibration import calibrate as calibrate_sheets
from assessment.scoring.kernels import for_batches
from assessment.scoring.parameter_file import parameters_csv


@click.command()
@options.questionnaire
@options.responses
@click.option("--out", required=True, help="CSV of item parameters to write; - for the terminal")
@click.option("--errors", help="also write the standard errors of the parameters here, in the same columns")
@options.ignore_columns
def calibrate(questionnaire: str, responses: str, out: str, errors: str | None, ignore_columns: bool) -> None:
    """Calibrate every facet by marginal maximum likelihood; says n, iterations and log-likelihood on stderr."""
    refuse_overwriting(out, responses, errors)
    if out.endswith(".parquet"):
        raise click.UsageError("item parameters are written as CSV; choose another ending")
    file = Responses(responses, find_questionnaire(questionnaire), ignore_columns=ignore_columns)
    sheets = file.whole(doing="reading").sheets
    with Progress("calibrating") as progress:
        found = calibrate_sheets(sheets, errors=errors is not None, kernels=for_batches(), progress=progress.at)
    facet_of = {item.id: item.facet for item in file.items}
    text = parameters_csv(found.parameters, facet_of)
    if errors is None:
        write_text(text, out)
    else:
        with table_out(errors) as table:
            _write_errors(found, table)
            write_text(text, out)
    for facet in found.facets:
        click.echo(
            f"{facet.facet}: n {facet.n}, iterations {facet.iterations}, "
            f"log-likelihood {facet.log_likelihood:.4f}, reliability {facet.empirical_reliability:.3f}",
            err=True,
        )
        for doubt in facet.doubts:
            click.echo(f"{facet.facet}: warning: {doubt}", err=True)
    for facet_id, why in found.left_out.items():
        click.echo(f"{facet_id}: left out: {why}", err=True)


def _write_errors(found: Calibration, table: TableOut) -> None:
    for facet in found.facets:
        table.write(
            {
                "item": list(facet.items),
                "facet": [facet.facet] * len(facet.items),
                "a": facet.slopes_se,
                **{f"b{at}": values for at, values in enumerate(facet.thresholds_se.T, start=1)},
            }
        )
