"""`renew`: a changed file gets its new version, with a reason."""

from datetime import UTC, datetime
from pathlib import Path

import click

from assessment.services import checking


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--version", required=True, prompt="New version", help="first number up when a key or scale changed")
@click.option("--reason", required=True, prompt="Why", help="kept in the history of the file")
def renew(path: Path, version: str, reason: str) -> None:
    """Give a changed file its new version: in the file, in its digest and in its history."""
    kept = checking.renew(path, version=version, reason=reason, on=datetime.now(UTC).date())
    click.echo(f"{path}  {kept.version}  {kept.history[-1].reason}")
