"""What this work asks of you, in plain words."""

from assessment.pages.parts.candidate_frame import begin, bottom, top

here = begin()
top(here, "work", here.words.first_days["title"])
bottom(here, leave=False)
