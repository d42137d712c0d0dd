"""`score`: raw answers to facet scores, standings and their error, by counting or by item response theory."""

from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from assessment.commands import options
from assessment.commands.questionnaire import find_questionnaire
from assessment.commands.responses import Block, Responses
from assessment.commands.writing import Columns, refuse_overwriting, table_out
from assessment.scoring.classical import facet_scores
from assessment.scoring.graded import ItemParameters
from assessment.scoring.irt import estimate
from assessment.scoring.kernels import for_batches
from assessment.scoring.norms import NormCount, NormGroup, read_norms
from assessment.scoring.parameter_file import read_parameters
from assessment.scoring.standing import standings

SELF = "self"


@click.command()
@options.questionnaire
@options.responses
@options.table_to_write
@click.option("--norms", help="a norms file, or `self` to make the group from the responses")
@click.option("--irt", help="item parameters, as `calibrate` writes them: θ and its error instead of scores")
@options.ignore_columns
def score(
    questionnaire: str, responses: str, out: str, norms: str | None, irt: str | None, ignore_columns: bool
) -> None:
    """Score raw answers: one line per person and facet."""
    if irt is not None and norms is not None:
        raise click.UsageError("--irt gives θ, which has its own comparison group; leave out --norms")
    refuse_overwriting(out, responses, norms, irt)
    instrument = find_questionnaire(questionnaire)
    file = Responses(responses, instrument, ignore_columns=ignore_columns)
    lines: Callable[[Block], Columns]
    if irt is not None:
        lines = _by_parameters(file, read_parameters(Path(irt), instrument))
    else:
        group = norms_of(file, norms)
        lines = _by_counting(group)
        if group is not None and (unknown := [f.id for f in file.like.facets if f.id not in group.facets]):
            click.echo(f"not in the norm group, so without T: {', '.join(unknown)}", err=True)
    with table_out(out) as table:
        for block in file.blocks(doing="scoring"):
            table.write(lines(block))


def norms_of(file: Responses, norms: str | None) -> NormGroup | None:
    """The norm group of a file, or the one that the answers themselves make."""
    if norms != SELF:
        return None if norms is None else read_norms(Path(norms))
    count = NormCount(file.like)
    for block in file.blocks(doing="making the norm group"):
        count.add(block.sheets)
    return count.group(id=SELF, period="these responses", source=file.path)


def _by_counting(norms: NormGroup | None) -> Callable[[Block], Columns]:
    def lines(block: Block) -> Columns:
        scores = facet_scores(block.sheets)
        n, m = scores.score.shape
        nothing = np.full(n * m, np.nan)
        stood = standings(scores, norms) if norms else None
        return {
            **_people_by_facets(block, scores.facets),
            "answered": scores.answered.ravel(),
            "items": np.tile(scores.items, n),
            "score": scores.score.ravel(),
            "t": stood.t.ravel() if stood else nothing,
            "sem": np.tile(stood.sem, n) if stood else nothing,
            "percentile": stood.percentile.ravel() if stood else nothing,
        }

    return lines


def _by_parameters(file: Responses, parameters: ItemParameters) -> Callable[[Block], Columns]:
    kernels = for_batches()
    unknown = [item.id for item in file.items if item.id not in parameters]
    if unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        click.echo(f"not calibrated, so passed over: {', '.join(unknown[:5])}{more}", err=True)

    def lines(block: Block) -> Columns:
        found = estimate(block.sheets, parameters, kernels=kernels)
        return {
            **_people_by_facets(block, found.facets),
            "answered": found.answered.ravel(),
            "items": np.tile(found.items, block.sheets.n_people),
            "theta": found.theta.ravel(),
            "se": found.se.ravel(),
        }

    return lines


def _people_by_facets(block: Block, facets: tuple[str, ...]) -> Columns:
    n, m = block.sheets.n_people, len(facets)
    return {
        "person": block.persons.take(pa.array(np.repeat(np.arange(n), m))),
        "facet": pa.array(facets, pa.string()).take(pa.array(np.tile(np.arange(m), n))),
    }
