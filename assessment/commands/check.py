"""`check`: is every questionnaire, form, profile, norm and message file whole?"""

from pathlib import Path

import click

from assessment.services.checking import Checked, check_files


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Say of every file whether it is whole; without PATH, of all that ship."""
    found = []
    for checked in check_files(paths):
        found.append(checked)
        _print(checked)
    unreadable = sum(checked.unreadable is not None for checked in found)
    faulty = sum(bool(checked.problems) for checked in found)
    click.echo(f"{len(found)} file{'s' * (len(found) != 1)}, {len(found) - faulty - unreadable} whole")
    context.exit(2 if unreadable else 1 if faulty else 0)


def _print(checked: Checked) -> None:
    if checked.unreadable is not None:
        click.echo(checked.unreadable, err=True)
        return
    path = _near(checked.path)
    click.echo(f"{'NOT WHOLE' if checked.problems else 'ok'}  {checked.kind}  {path}  {checked.version}")
    for line in (*checked.problems, *checked.says):
        click.echo(f"    {line}")


def _near(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
