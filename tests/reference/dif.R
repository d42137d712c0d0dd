# Differential item functioning of dif.csv by ordinal logistic regression, matched on the mean of the six items.
source("common.R")
library(MASS)

s <- read_answers("dif")
people <- read.csv("dif_groups.csv")
total <- rowMeans(s$keyed)
group <- relevel(factor(people$group[match(s$person, people$person)]), "reference")
n <- length(total)

change <- function(from, to, df) {
  chi2 <- 2 * (to$logLik - from$logLik)
  list(chi2 = chi2, df = df, p = pchisq(chi2, df, lower.tail = FALSE), nagelkerke_r2_change = to$nagelkerke_r2 - from$nagelkerke_r2)
}

one_item <- function(id) {
  y <- factor(s$keyed[[id]])
  formulas <- list(null = y ~ 1, total = y ~ total, group = y ~ total + group, interaction = y ~ total * group)
  fits <- lapply(formulas, polr, control = list(reltol = 1e-15, maxit = 10000))
  null <- as.numeric(logLik(fits$null))
  models <- lapply(fits, function(fit) {
    l <- as.numeric(logLik(fit))
    list(logLik = l, nagelkerke_r2 = (1 - exp(2 * (null - l) / n)) / (1 - exp(2 * null / n)), coefficients = as.list(coef(fit)))
  })
  list(models = models,
       overall = change(models$total, models$interaction, 2),
       uniform = change(models$total, models$group, 1),
       nonuniform = change(models$group, models$interaction, 1))
}

ids <- names(s$keyed)
items <- setNames(lapply(ids, one_item), ids)
holm <- p.adjust(vapply(items, function(item) item$overall$p, 0), "holm")
for (id in ids) items[[id]]$p_holm_of_overall <- holm[[id]]

write_reference("MASS", "polr(item ~ 1), polr(item ~ total), polr(item ~ total + group), polr(item ~ total * group)",
                list(n = n, groups = as.list(table(group)), items = items))
