"""The cards of one person's page: each says one thing and shows its proof."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.charts.facet_ranges import facet_ranges
from assessment.reports.charts.roles import RoleReach as Reach
from assessment.reports.charts.roles import roles
from assessment.reports.charts.shape import shape
from assessment.reports.match_words import asked_words, chance_words, error_words, expected_words, fit_words, t_words
from assessment.reports.words import CHIPS, FACET_BANDS, FACT_CHIPS, day
from assessment.roles.fit import Interval, Match
from assessment.roles.library import explore_questions
from assessment.scoring.response_quality import ask_again
from assessment.services.again import invite_again
from assessment.services.comparing import all_roles
from assessment.services.invitations import invitation_text, link_of
from assessment.services.mentions import colleagues, mark_mentions_seen, mentions_on
from assessment.services.reading import Again, Reading, Said
from assessment.services.reading_words import first_name, range_rows, standings_line
from assessment.services.replies import add_comment, answer_question

AGAIN = {"invited": "not begun yet", "started": "answering now", "withdrawn": "does not want to"}


def fit_card(read: Reading) -> None:
    """The range chart, core and signature apart, and the table behind it."""
    who = first_name(read)
    with card("ranges"):
        html(
            f"<h2>{escape(who)} beside what the work asks for</h2>"
            f'<p class="muted">Soft band: the range. Mark: {escape(who)}. Line: how far off it may be (95 %).'
            f"{escape(standings_line(read))}</p>"
        )
        show_chart(facet_ranges, range_rows(read), key="ranges", who=who)
        parts = [fit_words(name, part) for name, part in (("Signature", read.fit.signature), ("Core", read.fit.core))]
        html(f"<p>{' '.join(f'<b>{loud}</b>{rest}' for loud, rest in parts)}</p>")
        with st.expander("The same as a table"):
            html(ranges_table(read))


def ranges_table(read: Reading) -> str:
    rows = "".join(_table_row(read, m) for m in read.fit.matches if m.requirement.facet in read.form.facets)
    return (
        '<table class="stack"><thead><tr><th>Facet</th><th>Part</th><th class="n">Stands at (T)</th>'
        '<th class="n">95 % error</th><th class="n">Asked for</th><th class="n">Expected match</th>'
        f'<th class="n">Chance in range</th><th>Says</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _table_row(read: Reading, m: Match) -> str:
    r = m.requirement
    return (
        f"<tr><td><b>{escape(read.facet_names[r.facet])}</b></td><td>{m.part.capitalize()}</td>"
        f'<td class="n" data-label="T">{t_words(m)}</td><td class="n" data-label="Error">{error_words(m)}</td>'
        f'<td class="n" data-label="Asked for">{asked_words(r)}</td>'
        f'<td class="n" data-label="Expected match">{expected_words(m)}</td>'
        f'<td class="n" data-label="Chance">{chance_words(m)}</td><td>{chip(CHIPS[m.band], FACET_BANDS[m.band])}</td></tr>'
    )


def shape_card(read: Reading) -> None:
    rows = [row for row in range_rows(read) if row.t is not None]
    if len(rows) < 3:
        return
    who = first_name(read)
    with card("shape"):
        html(
            f"<h2>The shape of {escape(who)}</h2>"
            '<p class="muted">The ring is what the role asks for. For talking about one person, never for comparing two; '
            "the area means nothing.</p>"
        )
        show_chart(shape, rows, key="shape", who=who)


def explore_card(read: Reading) -> None:
    with card("explore"):
        html("<h2>What to explore</h2>")
        if not read.fit.explore:
            html('<p class="muted">Nothing is outside its range. Ask what matters to the person.</p>')
        questions = explore_questions()
        because = {m.requirement.facet: m for m in read.fit.matches}
        for facet in read.fit.explore:
            m = because[facet]
            html(
                f"<p><b>{escape(read.facet_names[facet])}</b> {chip(CHIPS[m.band], FACET_BANDS[m.band])}</p>"
                f'<p class="lead">“{escape(questions[facet].question)}”</p>'
                f'<p class="muted small">{escape(m.requirement.because)} {escape(questions[facet].do_not_ask)}</p>'
            )


def own_words_card(read: Reading) -> None:
    if not read.notes:
        return
    with card("own-words"):
        html(f"<h2>In {escape(first_name(read))}’s own words</h2>")
        for note in read.notes:
            about = f"Note on {note.about}" if note.about else "Note on the whole result"
            html(f'<p class="lead">“{escape(note.text)}”</p><p class="muted small">{escape(about)}, {day(note.at)}</p>')


def questions_card(desk: Desk, read: Reading) -> None:
    if not read.questions:
        return
    with card("questions"):
        html("<h2>Questions</h2>")
        for question in read.questions:
            html(f'<p class="lead">“{escape(question.text)}”</p><p class="muted small">Asked on {day(question.at)}</p>')
            if question.reply:
                html(f"<p><b>Answered:</b> {escape(question.reply)}</p>")
            else:
                _reply(desk, read, question)


def _reply(desk: Desk, read: Reading, question: Said) -> None:
    with st.form(f"reply-{question.id}", border=False, clear_on_submit=True):
        text = st.text_area("Your answer", max_chars=4000)
        if st.form_submit_button("Answer") and text.strip():
            answer_question(desk.house, read.application_id, question.id, text, actor=desk.actor, now=desk.now)
            st.rerun()


def roles_card(desk: Desk, read: Reading) -> None:
    reaches = [
        Reach(r.title, r.fit or Interval(0, 0, 0), r.measured, r.asked, r.applied_for)
        for r in all_roles(read, desk.house)
        if r.fit is not None
    ]
    with card("roles"):
        html(
            "<h2>The same answers beside every role</h2>"
            '<p class="muted">Signature only. Squares: how many of the four signature facets were asked. Dotted: too few '
            "to go by. Another role is suggested only where all four were measured and the person agrees.</p>"
        )
        show_chart(roles, reaches, key="roles", who=first_name(read))
        with st.expander("The same as a table"):
            rows = "".join(
                f'<tr><td><b>{escape(r.role)}</b></td><td class="n" data-label="Fit">{r.fit.mid:.0f}</td>'
                f'<td class="n" data-label="Between">{r.fit.low:.0f} to {r.fit.high:.0f}</td>'
                f'<td class="n" data-label="Measured">{r.measured} of {r.asked}</td></tr>'
                for r in reaches
            )
            html(
                '<table class="stack"><thead><tr><th>Role</th><th class="n">Signature fit</th><th class="n">80 % interval'
                f'</th><th class="n">Signature facets measured</th></tr></thead><tbody>{rows}</tbody></table>'
            )


def scenarios_card(read: Reading) -> None:
    with card("scenarios"):
        html(
            "<h2>Scenes from the work</h2>"
            '<p class="muted">Something to talk about, never a score: one scene says little, and the key is a draft by one '
            "author. It counts in no band.</p>"
        )
        for scene in read.scenarios:
            with st.expander(f"{scene.topic.capitalize()} · {', '.join(scene.competencies).lower()}"):
                html(f'<p class="lead">{escape(scene.stem)}</p>')
                for words, pick in (("Picked as best", scene.best), ("Picked as worst", scene.worst)):
                    if pick is None:
                        html(f"<p><b>{words}:</b> not answered</p>")
                    else:
                        html(
                            f"<p><b>{words}:</b> {escape(pick.text)}</p>"
                            f'<p class="muted small">Key {pick.key:g} of 5: {escape(pick.because)}</p>'
                        )


def answers_card(desk: Desk, read: Reading) -> None:
    with card("quality"):
        html(f"<h2>How the answers were given</h2><p>{escape(read.quality_note)}.</p>")
        if read.again:
            _invited_again(desk, read, read.again)
        elif ask_again(read.flags):
            html(
                "<p>Two signs or more: you can invite the person to answer again. Nothing is deducted, and these answers "
                "stay until new ones are handed in.</p>"
            )
            if st.button("Invite to answer again"):
                with said_here():
                    invite_again(desk.house, read.application_id, actor=desk.actor, now=desk.now)
                    st.rerun()
        html('<p class="muted small">Time is never a sign: it depends on language, reading and disability.</p>')


def _invited_again(desk: Desk, read: Reading, again: Again) -> None:
    """The link to send, with the words that say kindly why; what is on this page stays until new answers come."""
    html(
        f"<p>Invited on {day(again.invited_at)}: {AGAIN[again.state]}. What you see here stays until new answers are handed "
        "in, and is kept after that.</p>"
    )
    if again.state not in ("invited", "started"):
        return
    with said_here():
        link = link_of(desk.house, read.application_id, actor=desk.actor, now=desk.now)
        message = invitation_text(desk.house, read.application_id, actor=desk.actor, now=desk.now)
        st.code(link, language=None, wrap_lines=True)
        with st.expander("Message to copy"):
            st.text_input("Subject", message.subject, disabled=True)
            st.text_area("E-mail", message.text, height=360, disabled=True)
            st.text_area(f"Text message, {len(message.sms)} characters", message.sms, disabled=True)


def facts_card(read: Reading) -> None:
    with card("facts"):
        html("<h2>The job, honestly</h2><p class='muted'>For the talk, never for scoring.</p>")
        rows = "".join(
            f"<tr><td><b>{escape(fact.title)}</b><br>{escape(fact.text)}</td>"
            f"<td>{chip(*FACT_CHIPS[fact.answer]) if fact.answer else 'left open'}</td></tr>"
            for fact in read.facts
        )
        html(f"<table><tbody>{rows}</tbody></table>")


def comments_card(desk: Desk, read: Reading) -> None:
    mark_mentions_seen(desk.house, read.application_id, actor=desk.actor, now=desk.now)
    named = mentions_on(desk.house, read.application_id, actor=desk.actor)
    others = {c.id: c.name for c in colleagues(desk.house, actor=desk.actor)}
    with card("comments"):
        html("<h2>Notes of the team</h2>")
        for comment in read.comments:
            to = f" to {escape(', '.join(named[comment.id]))}" if comment.id in named else ""
            html(f'<p>{escape(comment.text)}</p><p class="muted small">{escape(comment.by)}{to}, {day(comment.at)}</p>')
        if not read.comments:
            html('<p class="muted">Nobody has written a note yet.</p>')
        at = st.session_state.setdefault(
            "notes-written", 0
        )  # a new form after each, while a refused one stays filled in
        with st.form(f"comment-{at}", border=False):
            text = st.text_area(
                "Note", max_chars=4000, help="Colleagues see it. The person may ask to see it too.", key=f"note-{at}"
            )
            mention = st.multiselect(
                "Who should look at it",
                list(others),
                format_func=lambda id_: others[id_],
                key=f"note-to-{at}",
                placeholder="Nobody in particular",
                help="They get a message and see it under Today. You can write @First name in the note as well.",
            )
            if st.form_submit_button("Add note") and text.strip():
                with said_here():
                    add_comment(desk.house, read.application_id, text, mention=mention, actor=desk.actor, now=desk.now)
                    st.session_state["notes-written"] = at + 1
                    st.rerun()
