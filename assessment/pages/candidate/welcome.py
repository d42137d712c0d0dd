"""What is asked and why, who sees it, how long it is kept, that a person decides, and that there is another way."""

from html import escape

import streamlit as st

from assessment.instruments.wording import fill
from assessment.messages.plain_pages import put_in
from assessment.pages.parts.candidate_frame import begin, bottom, go_on, go_to, top
from assessment.pages.parts.dress import html, icon
from assessment.pages.parts.growth_cards import growth_welcome
from assessment.services import own_words
from assessment.services import sitting as verbs

here = begin()
if here.sitting.purpose == "growth":
    growth_welcome(here)
    st.stop()
sitting, organisation, words = here.sitting, here.sitting.organisation, here.words.welcome
wording = here.house.library.wording(sitting.form.questionnaire, sitting.language)
values = {
    "organisation": organisation.name,
    "role": sitting.role_title,
    "minutes": sitting.minutes,
    "contact": f"{organisation.contact_name}, {organisation.contact}",
    "keep_months": organisation.keep_months,
    "reply_days": organisation.reply_days,
}

title = put_in(words["hello"], name=sitting.person_name)
top(here, "welcome", title, put_in(words["line"], role=sitting.role_title, organisation=organisation.name))

if sitting.again:
    html(f'<p class="lead">{escape(words["again"])}</p>')
what = words["what_adaptive" if sitting.adaptive else "what"]
facts = (
    (
        "clock",
        put_in(what, n=len(sitting.form.items), scenes=len(sitting.form.scenarios), minutes=sitting.minutes),
        words["what_more"],
    ),
    *((("pause", words["varies"], words["varies_more"]),) if sitting.adaptive else ()),
    ("talk", words["how"], words["how_more"]),
    ("person", words["person"], put_in(words["person_more"], contact_name=organisation.contact_name)),
    ("eye", words["see"], words["see_more"]),
    ("keep", put_in(words["keep"], months=organisation.keep_months), words["keep_more"]),
)
lines = "".join(
    f"<li>{icon(sign)}<span><b>{escape(said)}</b><br><small>{escape(more)}</small></span></li>"
    for sign, said, more in facts
)
html(f'<ul class="facts">{lines}</ul>')
if sitting.norms_kind == "provisional":
    html(f'<p class="trial">{escape(wording.notice.trial.strip())}</p>')

with st.expander(words["whole"]):
    for section in wording.notice.sections:
        html(f"<h2>{escape(section.heading)}</h2><p>{escape(fill(section.text, **values))}</p>")

if st.button(words["go_on"] if sitting.agreed else words["start"], type="primary", width="stretch"):
    if sitting.agreed:
        go_to(here, "questions" if sitting.answers else "job")
    verbs.agree(here.house, actor=here.actor, now=here.now)
    go_on(here)

with st.expander(words["another_way"]):
    other, options = here.words.another_way, wording.adjustments.options
    html(f"<p>{escape(wording.adjustments.text.strip())}</p>")
    with st.form("another-way", border=False, clear_on_submit=True):
        chosen = [id_ for id_, said in options.items() if st.checkbox(said, key=f"way-{id_}")]
        text = st.text_area(other["write"], max_chars=2000)
        if st.form_submit_button(other["send"], width="stretch") and (chosen or text.strip()):
            own_words.ask_adjustment(here.house, chosen, text, actor=here.actor, now=here.now)
            st.session_state["asked-another-way"] = True
    if st.session_state.get("asked-another-way"):
        html(f'<p role="status">{escape(put_in(other["sent"], contact_name=organisation.contact_name))}</p>')
    html(
        f'<p class="muted">{escape(wording.adjustments.note.strip())} {escape(fill(wording.adjustments.contact, **values))}</p>'
    )

bottom(here)
