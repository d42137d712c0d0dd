"""`fit`: standings set beside a role, with 80 % intervals and bands."""

from pathlib import Path

import click
import numpy as np
import pandas as pd

from assessment.commands.table import numbers, read_table
from assessment.commands.writing import write_table
from assessment.errors import SheetError
from assessment.instruments.library import Library
from assessment.roles.fit import PARTS, assess_fits
from assessment.roles.library import read_profile, role_profile
from assessment.roles.profile import RoleProfile


@click.command()
@click.option("--role", required=True, help="a profile file, or the id of one that ships")
@click.option("--standings", required=True, help="what `score` wrote, with norms")
@click.option("--out", required=True, help="CSV or Parquet to write; - for the terminal")
@click.option("--facets", help="also write every facet's gap, match and band here")
def fit(role: str, standings: str, out: str, facets: str | None) -> None:
    """Set people's standings beside what a role asks for: one line per person and part."""
    profile = read_profile(Path(role)) if Path(role).exists() else role_profile(role)
    library = Library.shipped()
    form_facets = (
        library.form(profile.id).facets if profile.id in library.roles() else (*profile.core, *profile.signature)
    )
    people, t, sem = _standings(read_table(standings), profile, standings)
    fits = assess_fits(
        t, sem, profile, form_facets=form_facets, high_proxy_risk=library.questionnaire().high_proxy_risk()
    )
    parts = len(PARTS)
    write_table(
        pd.DataFrame(
            {
                "person": np.repeat(people, parts),
                "role": profile.id,
                "part": np.tile(PARTS, len(people)),
                **{
                    name: np.stack([values[part] for part in PARTS], axis=1).ravel()
                    for name, values in (
                        ("fit", fits.fit),
                        ("low80", fits.low80),
                        ("high80", fits.high80),
                        ("weight_measured", fits.weight_measured),
                    )
                },
                "band": [band if part == "all" else "" for band in fits.band for part in PARTS],
            }
        ),
        out,
    )
    if facets:
        write_table(_by_facet(people, t, sem, profile, fits), facets)


def _by_facet(people: list[str], t: np.ndarray, sem: np.ndarray, profile: RoleProfile, fits: object) -> pd.DataFrame:
    m = len(profile.requirements)
    columns = {name: getattr(fits, name).ravel() for name in ("gap", "match", "expected_match", "chance_in_range")}
    bands = getattr(fits, "bands").ravel()  # noqa: B009
    return pd.DataFrame(
        {
            "person": np.repeat(people, m),
            "role": profile.id,
            "facet": np.tile([r.facet for r in profile.requirements], len(people)),
            "t": t.ravel(),
            "sem": sem.ravel(),
            "low": np.tile([r.low for r in profile.requirements], len(people)),
            "high": np.tile([np.nan if r.high is None else r.high for r in profile.requirements], len(people)),
            **columns,
            "band": bands,
        }
    )


def _standings(table: pd.DataFrame, profile: RoleProfile, path: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """People in the order they first stand, and their T and SEM, a column for each requirement."""
    missing = [c for c in ("person", "facet", "t", "sem") if c not in table.columns]
    if missing:
        raise SheetError(f"{path}: column {missing[0]!r} is missing; expected what `score --norms` writes")
    values = numbers(table, ["t", "sem"], path)
    pairs = table[["person", "facet"]].astype(str)
    if pairs.duplicated().any():
        row = int(np.flatnonzero(pairs.duplicated())[0])
        raise SheetError(f"{path}: row {row + 2}: {pairs.iloc[row, 0]!r} and {pairs.iloc[row, 1]!r} stand twice")
    people = list(dict.fromkeys(pairs["person"]))
    row_of = {person: at for at, person in enumerate(people)}
    column_of = {r.facet: at for at, r in enumerate(profile.requirements)}
    t, sem = (np.full((len(people), len(column_of)), np.nan) for _ in range(2))
    known = pairs["facet"].isin(column_of)
    rows = pairs.loc[known, "person"].map(row_of).to_numpy(dtype=int)
    columns = pairs.loc[known, "facet"].map(column_of).to_numpy(dtype=int)
    whole = ~np.isnan(values).any(axis=1)
    t[rows, columns] = np.where(whole, values[:, 0], np.nan)[known.to_numpy()]
    sem[rows, columns] = np.where(whole, values[:, 1], np.nan)[known.to_numpy()]
    return people, t, sem
