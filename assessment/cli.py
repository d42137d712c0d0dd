"""The same verbs for a terminal and for batches: `python -m assessment --help`.

Exits 0 on success, 1 when what was checked does not hold, 2 when the call or a file is
wrong: one clear message on stderr, never a trace, nothing half-written.
"""

import sys
from importlib import import_module

import click

from assessment.errors import AssessmentError

COMMANDS = {
    "check": "prove that every questionnaire, form, profile, norm and message file is whole",
    "renew": "give a changed file its new version",
    "score": "raw answers to facet scores and standings, or to θ",
    "norms": "a norm group made of a file of answers",
    "reliability": "how far the items of each facet agree",
    "calibrate": "item parameters of the graded response model",
    "quality": "signs that a sheet was answered without reading",
    "dif": "do two groups with the same total answer an item differently?",
    "fit": "standings beside what a role asks for, with 80 % intervals",
    "demo": "make a database with made-up people",
    "invite": "one personal link per row of a list",
}


class _Commands(click.Group):
    """Imports a command only when it is called, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"assessment.commands.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Carefit: who suits which care work, with the error shown."""


def main() -> None:
    try:
        sys.exit(group.main(standalone_mode=False) or 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        click.echo(f"{error.format_message()}", err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(2)
    except (AssessmentError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
