"""A supervisor's people: who comes, for which job, how far they are, and when they begin."""

from html import escape

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import begin, top
from assessment.reports.words import STAGES, plural
from assessment.services.new_people import NewPerson, new_people

desk = begin()
people = new_people(desk.house, actor=desk.actor)
top(desk, "people", "My people", f"{plural(len(people), 'person').replace('persons', 'people')} assigned to you.")


def row(person: NewPerson) -> str:
    start = f"first day: {person.starts_on}" if person.starts_on else "no first day yet"
    return (
        f'<li><div><span class="who">{escape(person.name)}</span>'
        f'<div class="sub">{escape(f"{person.title} · {start}")}</div></div>{chip("quiet", STAGES[person.stage])}</li>'
    )


with card("people"):
    if people:
        html(f'<ul class="rows todo">{"".join(map(row, people))}</ul>')
    else:
        html(
            '<div class="empty"><p class="lead">Here will stand the people who come to you.</p>'
            "<p>Your HR manager assigns them to you once there is an offer.</p></div>"
        )
