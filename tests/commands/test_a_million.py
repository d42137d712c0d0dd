"""A million sheets of 96 items are scored in bounded memory."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assessment.instruments.library import ROOT, Library

PEOPLE, BLOCK, LIMIT = 1_000_000, 100_000, 1_000_000_000
MEASURED = (
    "import json, resource, subprocess, sys\n"
    "done = subprocess.run([sys.executable, '-m', 'assessment', *sys.argv[1:]])\n"
    "print(json.dumps([done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]))\n"
)


@pytest.mark.big
def test_a_million_sheets_are_scored_without_holding_a_gigabyte(tmp_path: Path) -> None:
    items = [item.id for item in Library.shipped().questionnaire().items]
    rng, writer = np.random.default_rng(1), None
    for start in range(0, PEOPLE, BLOCK):
        answers = rng.integers(1, 6, (len(items), BLOCK), dtype=np.uint8)
        skipped = rng.random(BLOCK) < 0.02
        columns = {id_: pa.array(own, mask=skipped) for id_, own in zip(items, answers, strict=True)}
        block = pa.table({"person": [f"p{n}" for n in range(start, start + BLOCK)], **columns})
        writer = writer or pq.ParquetWriter(tmp_path / "r.parquet", block.schema)
        writer.write_table(block)
    assert writer is not None
    writer.close()

    words = ["score", "--questionnaire", "temperament", "--responses", str(tmp_path / "r.parquet")]
    words += ["--norms", str(ROOT / "data/norms/provisional.yaml"), "--out", str(tmp_path / "s.parquet")]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )

    code, peak = json.loads(done.stdout)
    assert code == 0
    assert peak < LIMIT
    assert "scoring … " in done.stderr
    scored = pq.ParquetFile(tmp_path / "s.parquet")
    assert scored.metadata.num_rows == PEOPLE * 12
    assert scored.read_row_group(0, ["person"]).column(0)[0].as_py() == "p0"
