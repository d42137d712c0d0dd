# What the three scripts share. Run them from this folder: Rscript psych.R (needs R with jsonlite, yaml and the package).

read_answers <- function(name) {
  key <- yaml::read_yaml(paste0(name, ".yaml"))
  raw <- read.csv(paste0(name, ".csv"))
  person <- raw$person
  raw <- raw[-1]
  keyed <- raw
  for (item in key$items) {
    if (item$keyed == "minus") keyed[[item$id]] <- key$format$low + key$format$high - keyed[[item$id]]
  }
  facets <- vapply(key$facets, `[[`, "", "id")
  of <- factor(vapply(key$items, `[[`, "", "facet"), facets)
  list(person = person, raw = raw, keyed = keyed, items = split(vapply(key$items, `[[`, "", "id"), of))
}

write_reference <- function(package, call, content) {
  head <- list(package = package, version = packageDescription(package)$Version,
               R = paste(R.version$major, R.version$minor, sep = "."), call = call, date = format(Sys.Date()))
  jsonlite::write_json(c(list(head = head), content), reference_file(), auto_unbox = TRUE, digits = I(17),
                       na = "null", pretty = TRUE)
}

# The JSON file named like the script that runs.
reference_file <- function() {
  script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
  sub("\\.R$", ".json", basename(script))
}
