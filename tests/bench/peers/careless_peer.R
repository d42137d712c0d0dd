# Careless indices with R's careless: longstring, irv and evenodd, each timed.
#
#   Rscript careless_peer.R ANSWERS.csv SIZES INDICES.csv TIMES.csv
#
# ANSWERS has one row a person and one raw answer 1 to 5 a column, facet after facet; the names of
# minus-keyed columns begin with "minus". SIZES are the facets' items, as 6,6,6. All three take time
# in proportion to the people. longstring and irv are quickest on a matrix; evenodd needs a data frame:
# on a matrix it silently looks at the first two items of each facet only.
suppressPackageStartupMessages(library(careless))
arguments <- commandArgs(trailingOnly = TRUE)
frame <- read.csv(arguments[1], check.names = FALSE)
sizes <- as.integer(strsplit(arguments[2], ",")[[1]])
minus <- startsWith(names(frame), "minus")
keyed <- frame
keyed[minus] <- 6 - keyed[minus]
raw <- as.matrix(frame)

seconds <- function(expression) system.time(expression)[["elapsed"]]
times <- c(
  longstring = seconds(runs <- longstring(raw)),
  irv = seconds(spread <- irv(raw)),
  evenodd = seconds(halves <- suppressWarnings(evenodd(keyed, sizes)))
)
write.csv(data.frame(longstring = runs, irv = spread, evenodd = halves), arguments[3], row.names = FALSE)
write.csv(data.frame(index = names(times), seconds = times), arguments[4], row.names = FALSE)
