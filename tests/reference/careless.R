# Signs of careless answers in simulated.csv: raw answers in the order of the columns, even_odd on keyed ones by facet.
source("common.R")
library(careless)

s <- read_answers("simulated")
strings <- longstring(s$raw, avg = TRUE)

write_reference(
  "careless",
  paste("longstring(raw, avg = TRUE); irv(raw); mahad(raw);",
        "evenodd(keyed, items by facet, c(6, 6, 6)); x a data frame, missing answers NA"),
  list(person = s$person, longstring = strings$longstr, avgstr = strings$avgstr, irv = unname(irv(s$raw)),
       evenodd = suppressWarnings(evenodd(s$keyed[unlist(s$items)], lengths(s$items))),
       mahad_d2 = mahad(s$raw, plot = FALSE))
)
