"""What this work asks of you, in plain words."""

from html import escape

from assessment.pages.parts.candidate_frame import begin, bottom, top
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.training.work_words import work_words

here = begin()
add_sheet("first_days.css")
words, sitting = here.words.first_days, here.sitting
found = work_words(sitting.language)
work = found.role(sitting.role)
top(here, "work", words["work"], sitting.role_title)
if found.language != sitting.language:
    html(f'<p class="muted">{escape(words["in_english"])}</p>')
html(f'<p class="lead">{escape(work.lead)}</p><p>{escape(found.intro)}</p>')
with card("asks"):
    html(f"<h2>{escape(words['work_good'])}</h2>")
    for asked in work.asks:
        html(
            f"<h3>{escape(asked.title)}</h3><p>{escape(asked.text)}</p>"
            f'<p class="trial"><b>{escape(words["work_try"])}</b> {escape(asked.try_this)}</p>'
        )
for part, text in (("work_also", work.also), ("work_people", work.people), ("work_hard", work.hard)):
    with card(part):
        html(f"<h2>{escape(words[part])}</h2><p>{escape(text)}</p>")
html(
    f'<p><a class="button" href="/first-days" target="_self">{escape(words["back" if sitting.purpose == "hiring" else "growth_title"])}</a></p>'
)
bottom(here, leave=False)
