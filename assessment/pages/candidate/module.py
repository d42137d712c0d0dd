"""One module: read, practise, check, write down."""

from assessment.pages.parts.candidate_frame import begin, bottom, top

here = begin()
top(here, "module", here.words.module["title"])
bottom(here, leave=False)
