"""The ratings of one talk, side by side, once everybody has handed in."""

from html import escape

import streamlit as st

from assessment.errors import NotAllowedError
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.interview_words import given_words, heading
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.reports.words import day, plural
from assessment.services.actor import STAFF
from assessment.services.rated_together import RatedQuestion, Rater, Together, rated_together

desk = begin()
add_sheet("rating.css")
application = parameter("application")
hr = desk.actor.role in STAFF
if not application:
    top(desk, "ratings", "Ratings of a talk")
    nothing_yet("Choose a talk first.", "", button="My interviews", page="hr/interviews.py")
    st.stop()


def rater_line(rater: Rater) -> str:
    done = chip("good", f"handed in on {day(rater.handed_in_at)}") if rater.handed_in_at else chip("attend", "not yet")
    knew = chip("quiet", "had opened the answers before") if rater.knew_answers and hr else ""
    return f'<p class="beside"><b>{escape(rater.name)}</b> {done} {knew}</p>'


def finding(together: Together) -> str:
    """The answer of this page in its heading."""
    if not together.raters:
        return "Nobody is assigned to this talk yet."
    if together.waiting_for:
        done = len(together.raters) - len(together.waiting_for)
        return f"{done} of {plural(len(together.raters), 'rater')} handed in. Ratings are shown when all have."
    apart = sum(q.talk_about for q in together.questions)
    mean = f"Mean {together.mean:.1f} of 5. " if together.mean is not None else "Nothing could be rated. "
    if len(together.raters) < 2:
        return f"{mean}One rater only: nobody can say how far another would have differed."
    return mean + (
        f"Two points or more apart on {plural(apart, 'question')}." if apart else "Nowhere two points apart."
    )


def agreement_line(together: Together) -> str:
    found = together.agreement
    if found is None or found.exact is None or found.within_one is None:
        return ""
    exact, near = round(found.exact * found.n), round(found.within_one * found.n)
    return (
        f'<p class="muted small">Alone, the two gave the same rating on {exact} of {plural(found.n, "question")} and were '
        f"within one point on {near}. Six answers of one person are too few to call a rater kind or strict.</p>"
    )


def question_card(question: RatedQuestion, together: Together) -> None:
    with card(f"rated-{question.asked.id}"):
        mark = chip("attend", f"{question.apart} points apart: talk about this first") if question.talk_about else ""
        given = "".join(given_words(r.name, g) for r, g in zip(together.raters, question.given, strict=True))
        html(f'{heading(question.place, question.asked)}<p>{mark}</p><div class="given">{given}</div>')


try:
    together = rated_together(desk.house, application, actor=desk.actor, now=desk.now)
except NotAllowedError as error:
    top(desk, "ratings", "Ratings of a talk")
    html(
        f'<p role="alert">{chip("attend", str(error))}</p>'
        f'<p><a href="/rate?application={escape(application)}" target="_self">Your own sheet</a></p>'
    )
    st.stop()
top(desk, "ratings", f"How {together.name} was rated", finding(together), above=together.title)
back = f'<a href="/kit?application={escape(application)}" target="_self">Questions and interviewers</a>' if hr else ""
rates = any(rater.account_id == desk.actor.account_id for rater in together.raters)
own = f'<a href="/rate?application={escape(application)}" target="_self">Your own sheet</a>' if rates else ""
html(f'<p class="eyebrow">{" · ".join(part for part in (back, own) if part)}</p>')
with card("raters"):
    html("<h2>Raters</h2>" + ("".join(map(rater_line, together.raters)) or "<p class='muted'>Nobody yet.</p>"))
    html(agreement_line(together))
for question in together.questions:
    question_card(question, together)
