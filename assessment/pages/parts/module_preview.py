"""A module as a newcomer reads it, on one card for the staff."""

from html import escape

from assessment.roles.library import role_words
from assessment.training.module import SUPERVISOR, Check, Module


def role_name(role: str) -> str:
    """The title of a role, or those who lead."""
    known = role_words("en")
    return "Supervisors" if role == SUPERVISOR else known[role].title if role in known else role


def as_read(module: Module) -> str:
    """From the title to the last answer; the option that fits best is set in bold."""
    objectives = "".join(f"<li>{escape(line)}</li>" for line in module.objectives)
    steps = "".join(f"<li>{escape(line)}</li>" for line in module.steps)
    scenes = "".join(
        f"<p><small>{escape(role_name(role))}</small></p><p class='scene'>{escape(scene)}</p>"
        for role, scene in module.scenes.items()
    )
    checks = "".join(_check(n, check) for n, check in enumerate(module.checks, start=1))
    return (
        f'<div class="as-read" lang="{escape(module.in_language)}"><p class="lead"><b>{escape(module.title)}</b></p>'
        f'<p class="lead">{escape(module.why)}</p><ul>{objectives}</ul><h3>Small steps</h3><ol>{steps}</ol>'
        f"<h3>A scene to try out</h3>{scenes}{checks}</div>"
    )


def _check(n: int, check: Check) -> str:
    options = ""
    for letter, option in check.options.items():
        text = escape(option.text)
        if letter == check.fits:
            text = f'<span class="fits">{text}</span> <small>(fits best)</small>'
        options += f"<li>{text}<br><small>{escape(option.feedback)}</small></li>"
    answer = f"<p><small>A good answer: {escape(check.answer)}</small></p>"
    return f"<h3>{n}. {escape(check.question)}</h3><ul>{options}</ul>{answer}"
