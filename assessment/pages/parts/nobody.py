"""Shown to whoever is neither signed in nor came in by a link."""

import streamlit as st

from assessment.pages.parts.dress import dress
from assessment.pages.parts.who import say_who_may_come_in
from assessment.services.accounts import needs_set_up
from assessment.services.house import the_house

dress()
if needs_set_up(the_house()):
    st.html(
        '<div class="cf cf-head"><h1>Welcome to Carefit</h1></div><div class="cf">'
        '<p>Nobody has set up this house yet. <a href="/set-up" target="_self">Set it up</a>.</p></div>'
    )
else:
    say_who_may_come_in()
