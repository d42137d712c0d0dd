"""Ten million sheets of 60 items from disk to disk: two files, scored by two processes at a time."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from assessment.instruments.library import ROOT, Library

PEOPLE, PROCESSES, BLOCK, ITEMS = 10_000_000, 2, 250_000, 60


def make(path: Path, first: int, n: int) -> None:
    """n made-up sheets, one in fifty answers missing."""
    items = [item.id for item in Library.shipped().questionnaire().items[:ITEMS]]
    rng, writer = np.random.default_rng(first), None
    for start in range(first, first + n, BLOCK):
        answers = rng.integers(1, 6, (ITEMS, BLOCK), dtype=np.uint8)
        missing = rng.random(BLOCK) < 0.02
        columns = {
            id_: pa.array(own, mask=np.roll(missing, at))
            for at, (id_, own) in enumerate(zip(items, answers, strict=True))
        }
        block = pa.table({"person": [f"p{at}" for at in range(start, start + BLOCK)], **columns})
        writer = writer or pq.ParquetWriter(path, block.schema)
        writer.write_table(block)
    if writer is not None:
        writer.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        each = PEOPLE // PROCESSES
        parts = [Path(folder) / f"{at}.parquet" for at in range(PROCESSES)]
        for at, part in enumerate(parts):
            make(part, at * each, each)
        words = [sys.executable, "-m", "assessment", "score", "--questionnaire", "temperament"]
        words += ["--norms", str(ROOT / "data/norms/provisional.yaml")]
        began = time.perf_counter()
        running = [
            subprocess.Popen(
                [*words, "--responses", str(part), "--out", str(part.with_suffix(".scored.parquet"))],
                cwd=ROOT,
                stderr=subprocess.DEVNULL,
            )
            for part in parts
        ]
        codes = [process.wait() for process in running]
        took = time.perf_counter() - began
        if any(codes):
            raise SystemExit(f"exit codes {codes}")
        rows = sum(pq.ParquetFile(part.with_suffix(".scored.parquet")).metadata.num_rows for part in parts)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        print(
            f"{PEOPLE:,} sheets of {ITEMS} items, {PROCESSES} processes: {took:.0f} s disk to disk, {rows:,} lines, ",
            end="",
        )
        print(f"at most {peak:.2f} GB a process")


if __name__ == "__main__":
    main()
