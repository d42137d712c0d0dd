# Classical test theory of simulated.csv: keyed answers, pairwise covariances.
source("common.R")
suppressMessages(library(psych))

s <- read_answers("simulated")

one_facet <- function(ids) {
  x <- s$keyed[ids]
  found <- alpha(x, use = "pairwise")
  factor <- fa(x, nfactors = 1, fm = "minres")
  loadings <- factor$loadings[, 1]
  total <- suppressWarnings(suppressMessages(omega(x, nfactors = 1, fm = "minres", plot = FALSE)))$omega.tot
  items <- lapply(seq_along(ids), function(k) {
    of <- found$item.stats[k, ]
    list(r_drop = of$r.drop, alpha_if_dropped = found$alpha.drop$raw_alpha[k], mean = of$mean, sd = of$sd, n = of$n,
         loading = loadings[[k]], uniqueness = factor$uniquenesses[[k]])
  })
  list(
    n_rows = nrow(x), n_any_answered = sum(rowSums(!is.na(x)) > 0), n_complete = sum(complete.cases(x)),
    n_items = ncol(x),
    alpha = found$total$raw_alpha,
    alpha_listwise = alpha(na.omit(x))$total$raw_alpha,
    alpha_ci95_feldt_n_rows = c(found$feldt$lower.ci[[1]], found$feldt$upper.ci[[1]]),
    average_r = found$total$average_r,
    omega_tot_psych = total,                                                       # 1 - sum(u2) / sum(R), R observed
    omega_model_implied = sum(loadings)^2 / (sum(loadings)^2 + sum(factor$uniquenesses)),
    items = setNames(items, ids)
  )
}

write_reference(
  "psych",
  paste("alpha(keyed, use = 'pairwise'); omega(keyed, nfactors = 1, fm = 'minres')$omega.tot;",
        "fa(keyed, nfactors = 1, fm = 'minres'); outlier(raw)"),
  list(facets = lapply(s$items, one_facet),
       outlier_d2 = list(person = s$person, d2 = unname(outlier(s$raw, plot = FALSE))))
)
