"""Five plain questions on how it goes: who sees it, the lines, one free line, a wish to talk; then thanks and what is next."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import begin, bottom, top
from assessment.pages.parts.check_in_form import answered_list, ask
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.trouble import said_here
from assessment.services.check_ins import MyCheckIn, MyCheckIns, answer_own, my_check_in
from assessment.services.reminders import no_reminders

CHANGING = "check-in-changing"
here = begin()
add_sheet("check_in.css")
words, sitting = here.words.check_in, here.sitting
organisation, language = sitting.organisation, sitting.language
contact = f"{organisation.contact_name}, {organisation.contact}"
found = my_check_in(here.house, actor=here.actor, now=here.now)


def nothing_now(mine: MyCheckIns) -> None:
    html(f'<p class="lead">{escape(words["none"])}</p>')
    line = words["none_next"] if mine.next_on else words["none_more"]
    date = say_date(mine.next_on, language) if mine.next_on else ""
    html(f"<p>{escape(put_in(line, date=date, contact=contact))}</p>")


def asked(mine: MyCheckIns, at: MyCheckIn) -> None:
    """Who sees it stands above the first line, so that nobody learns of it afterwards."""
    readable = say_date(at.check_in.readable_on, language)
    html(
        f"<p>{escape(at.form.intro)}</p><h2>{escape(words['who'])}</h2>"
        f"<p>{escape(put_in(words['who_line'], names=mine.who_sees))} "
        f"{escape(put_in(words['free'], lead=mine.lead, date=readable))}</p>"
    )
    again = at.check_in.answered_at is not None
    with card("check-in"):
        said = ask(
            at.form,
            at.check_in,
            send=words["save" if again else "send"],
            talk=(words["talk"], put_in(words["talk_line"], lead=mine.lead)),
        )
        if said is not None:
            with said_here():
                answer_own(
                    here.house,
                    at.check_in.day,
                    said.answers,
                    own_words=said.own_words,
                    wants_talk=said.wants_talk,
                    actor=here.actor,
                    now=here.now,
                )
                st.session_state.pop(CHANGING, None)
                st.rerun()
    if again and st.button(words["keep"], width="stretch"):
        st.session_state.pop(CHANGING, None)
        st.rerun()


def thanks(mine: MyCheckIns, at: MyCheckIn) -> None:
    with card("check-in-thanks"):
        html(
            f'<p class="lead" role="status">{escape(words["thanks"])}</p>'
            f"<p>{escape(put_in(words['next'], lead=mine.lead, date=say_date(at.check_in.talk_by, language)))}</p>"
        )
        if at.check_in.wants_talk:
            html(f"<p>{escape(put_in(words['talk_told'], lead=mine.lead, date=say_date(at.talk_by, language)))}</p>")
        if at.may_answer and at.change_until:
            date = say_date(at.change_until, language)
            html(f'<p class="muted">{escape(put_in(words["change_until"], date=date))}</p>')
            if st.button(words["change"], width="stretch"):
                st.session_state[CHANGING] = True
                st.rerun()
    with st.expander(words["mine"]):
        html(answered_list(at.form, at.check_in))


at = found.now
answering = at is not None and at.may_answer and (at.check_in.answered_at is None or CHANGING in st.session_state)
line = ""
if at is not None and answering:
    until = say_date(at.check_in.open_until, language)
    line = put_in(words["line"], day=at.check_in.day, organisation=organisation.name, date=until)
top(here, "check-in", words["title"], line)
if at is None:
    nothing_now(found)
elif answering:
    asked(found, at)
elif at.check_in.answered_at is not None:
    thanks(found, at)
for one in found.earlier:
    with st.expander(f"{words['mine']}: {put_in(words['mine_day'], day=one.check_in.day)}"):
        html(answered_list(one.form, one.check_in))
back = words["back"] if here.sitting.purpose == "hiring" else here.words.first_days["growth_title"]
html(f'<p><a class="button" href="/first-days" target="_self">{escape(back)}</a></p>')
if found.no_reminders is not None:
    kept, label = found.no_reminders, here.words.progress["no_reminders"]
    chosen = st.checkbox(label, value=kept, key=f"no-reminders-{kept}")
    if chosen != kept:  # the key changes with what is kept, so that another tab cannot put it back
        no_reminders(here.house, chosen, actor=here.actor, now=here.now)
        st.rerun()
bottom(here, leave=False)
