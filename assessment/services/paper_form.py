"""The questionnaire on paper: boxes to tick, in the person's language, for printing."""

from html import escape

from assessment.errors import UnknownIdError
from assessment.instruments.scenario import ScenarioWording
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.shortlist import opened_name
from assessment.services.versions import form_of
from assessment.storage import sittings

_STYLE = """
body { font: 11pt/1.4 'Atkinson Hyperlegible Next', system-ui, sans-serif; color: #111; margin: 1.5cm auto; max-width: 19cm; }
h1 { font: 500 20pt Georgia, serif; margin: 0 0 4pt; } h2 { font: 500 14pt Georgia, serif; margin: 18pt 0 6pt; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
th { font-weight: 400; font-size: 9pt; vertical-align: bottom; padding: 2pt 4pt; }
td { border-top: 0.5pt solid #999; padding: 5pt 4pt; vertical-align: middle; }
td.box, th.box { text-align: center; width: 1.7cm; }
.box span { display: inline-block; width: 12pt; height: 12pt; border: 1pt solid #111; border-radius: 50%; font-size: 8pt; line-height: 12pt; }
.number { width: 0.8cm; color: #555; } section { break-inside: avoid; } .muted { color: #555; }
@media screen { body { padding: 0 1rem; } }
"""


def paper_form_html(house: House, application_id: str, *, actor: Actor) -> str:
    """The form of one application as a page to print; its numbers are those of the typing page."""
    require(actor)
    with house.database.read() as connection:
        row = sittings.newest_of(connection, application_id, organisation_id=actor.organisation_id)
        if row is None:
            raise UnknownIdError("application", application_id)
        form = form_of(connection, row.form_id)
    wording = house.library.wording(form.questionnaire, row.language)
    scenes = house.library.scenario_wording(row.language)
    scale = [(value, wording.scale[value]) for value in sorted(wording.scale)]
    heads = "".join(f'<th class="box">{escape(words)}</th>' for _, words in scale)
    boxes = "".join(f'<td class="box"><span>{value}</span></td>' for value, _ in scale)
    lines = "".join(
        f'<tr><td class="number">{at}</td><td>{escape(wording.statement(id_))}</td>{boxes}</tr>'
        for at, id_ in enumerate(form.items, start=1)
    )
    parts = "".join(_scene(id_, scenes) for id_ in form.scenarios)
    points = "".join(f"<li>{escape(point)}</li>" for point in wording.instructions.points)
    name = opened_name(house, row.name_sealed)
    return (
        f'<!doctype html>\n<html lang="{row.language}"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(name)}</h1>"
        f'<p class="muted">{escape(row.title)} · {escape(form.id)} {escape(form.version)}</p>'
        f"<p>{escape(wording.notice.trial.strip())}</p><h2>{escape(wording.instructions.title)}</h2><ul>{points}</ul>"
        f"<h2>{escape(wording.instructions.short)}</h2><table><thead><tr><th></th><th></th>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table>{parts}</body></html>\n"
    )


def _scene(id_: str, scenes: ScenarioWording) -> str:
    best, worst, scene = escape(scenes.pick_best), escape(scenes.pick_worst), scenes.scenarios[id_]
    rows = "".join(
        f'<tr><td class="number">{letter}</td><td>{escape(text)}</td><td class="box"><span>{letter}</span></td>'
        f'<td class="box"><span>{letter}</span></td></tr>'
        for letter, text in sorted(scene.options.items())
    )
    return (
        f"<section><h2>{escape(id_)}</h2><p>{escape(scene.stem)}</p><table><thead><tr><th></th><th></th>"
        f'<th class="box">{best}</th><th class="box">{worst}</th></tr></thead><tbody>{rows}</tbody></table></section>'
    )
