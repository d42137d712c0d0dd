"""`quality`: signs that a sheet was answered without reading."""

from pathlib import Path

import click
import numpy as np

from assessment.commands import options
from assessment.commands.questionnaire import find_questionnaire
from assessment.commands.responses import Responses
from assessment.commands.writing import refuse_overwriting, table_out
from assessment.scoring.irt import estimate, person_misfit
from assessment.scoring.kernels import for_batches
from assessment.scoring.parameter_file import read_parameters
from assessment.scoring.reliability import moments
from assessment.scoring.response_quality import flags_of, mahalanobis_d2, quality_of


@click.command()
@options.questionnaire
@options.responses
@options.table_to_write
@click.option("--irt", help="item parameters; without them person_misfit stays empty")
@options.ignore_columns
def quality(questionnaire: str, responses: str, out: str, irt: str | None, ignore_columns: bool) -> None:
    """One line per person with every index; two or more flags: invite the person to answer again."""
    refuse_overwriting(out, responses, irt)
    instrument = find_questionnaire(questionnaire)
    file = Responses(responses, instrument, ignore_columns=ignore_columns)
    parameters = None if irt is None else read_parameters(Path(irt), instrument)
    everybody = moments(file.like.codes)
    for block in file.blocks(doing="looking at everybody"):
        everybody += moments(block.sheets.codes)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, covariance = np.diag(everybody.sums) / np.diag(everybody.n), everybody.pairwise()
    with table_out(out) as table:
        for block in file.blocks(doing="looking at each"):
            d2 = mahalanobis_d2(block.sheets.codes, mean=mean, covariance=covariance)
            misfit = None
            if parameters is not None:
                kernels = for_batches()
                estimates = estimate(block.sheets, parameters, kernels=kernels)
                misfit = person_misfit(block.sheets, estimates, parameters, kernels=kernels)
            own = quality_of(block.sheets, mahalanobis=d2, person_misfit=misfit)
            flags = flags_of(own, asked=len(file.items), format=instrument.format, checks_missed=block.checks_missed)
            table.write({"person": block.persons, **vars(own), "flags": [";".join(held) for held in flags]})
