# Graded response model of simulated.csv, one dimension per facet: keyed answers, missing ones left out.
source("common.R")
suppressMessages(library(mirt))

s <- read_answers("simulated")
LIMITS <- c(-6, 6)
POINTS <- 61

one_facet <- function(ids) {
  model <- mirt(s$keyed[ids], 1, itemtype = "graded", SE = TRUE, TOL = 1e-8, quadpts = POINTS, verbose = FALSE,
                technical = list(theta_lim = LIMITS, NCYCLES = 5000))
  found <- coef(model, IRTpars = TRUE, printSE = TRUE)[ids]
  theta <- fscores(model, method = "EAP", quadpts = POINTS, theta_lim = LIMITS, full.scores.SE = TRUE)
  list(
    logLik = extract.mirt(model, "logLik"),
    converged = extract.mirt(model, "converged"),
    iterations = extract.mirt(model, "iterations"),
    items = lapply(found, function(of) {
      list(a = of[["par", "a"]], b = unname(of["par", -1]), se_a = of[["SE", "a"]], se_b = unname(of["SE", -1]))
    }),
    theta = theta[, 1],
    theta_se = theta[, 2],
    Zh = personfit(model, Theta = theta[, 1, drop = FALSE])$Zh
  )
}

write_reference(
  "mirt",
  paste("mirt(keyed, 1, itemtype = 'graded', SE = TRUE, TOL = 1e-8, quadpts = 61, theta_lim = c(-6, 6));",
        "coef(IRTpars = TRUE, printSE = TRUE); fscores(method = 'EAP', quadpts = 61, theta_lim = c(-6, 6));",
        "personfit(Theta = the EAP)$Zh"),
  list(person = s$person, facets = lapply(s$items, one_facet))
)
