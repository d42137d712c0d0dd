"""Careless indices with R's careless, through `careless_peer.R`.

Needs Rscript and the packages careless and psych. R's start and the reading of the file are not counted:
the times are taken inside R.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

SCRIPT = Path(__file__).with_name("careless_peer.R")


@dataclass(frozen=True)
class Prepared:
    answers: Path
    facet_sizes: list[int]


def prepare(
    codes: npt.NDArray[np.uint8], *, minus: npt.NDArray[np.bool_], facet_sizes: list[int], folder: Path
) -> Prepared:
    """From raw codes 1 to 5, (n_items, n_people), nothing missing, facet after facet."""
    names = [f"{'minus' if turned else 'plus'}{at}" for at, turned in enumerate(minus)]
    pd.DataFrame(codes.T, columns=names).to_csv(folder / "answers.csv", index=False)
    return Prepared(folder / "answers.csv", facet_sizes)


def run(prepared: Prepared) -> tuple[npt.NDArray[np.float64], dict[str, float]]:
    """Longest run, intra-individual SD and even-odd index (high is careless), (n_people, 3); seconds of each."""
    folder, sizes = prepared.answers.parent, ",".join(map(str, prepared.facet_sizes))
    files = [prepared.answers, sizes, folder / "indices.csv", folder / "times.csv"]
    subprocess.run(["Rscript", SCRIPT, *files], check=True)
    times = pd.read_csv(folder / "times.csv").set_index("index")["seconds"]
    return pd.read_csv(folder / "indices.csv").to_numpy(), times.to_dict()
