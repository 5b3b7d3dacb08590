# estimate.R - the corrected figure by the package survey, for tests/unit/test_estimate.c.
#
#   Rscript estimate.R FOLDER     reads FOLDER/audits.csv (made once, below), writes figures.csv
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
file <- file.path(folder, "audits.csv")

if (!file.exists(file)) {
    set.seed(20261122)
    n <- 400
    truth <- sample(0:3, n, TRUE, c(.08, .37, .45, .10))
    grade <- function(up, down) {
        u <- runif(n)
        pmin(3, pmax(0, truth + (u < up) - (u >= up & u < up + down)))
    }
    auditor <- grade(.35, .05)
    tool <- grade(.18, .18)
    order <- sample(n)
    audits <- data.frame(auditor, tool, moderator60 = NA, moderator20 = NA)
    audits$moderator60[order[1:60]] <- truth[order[1:60]]
    audits$moderator20[order[1:20]] <- truth[order[1:20]]
    write.csv(audits, file, row.names = FALSE, na = "", quote = FALSE)
}
audits <- read.csv(file)
N <- nrow(audits)
rows <- list()

# `se` is survey's; `shown` adds one pick for which the levels save nothing (docs/estimate.md).
keep <- function(case, outcome, share, se, n, unit) {
    told <- 4 * n * share * (1 - share)
    shown <- sqrt((told * se^2 + share * (1 - share) * unit) / (told + 1))
    rows[[length(rows) + 1]] <<- data.frame(case, outcome, share, se, shown)
}

outcomes <- function(level) list(good = as.numeric(level >= 2), `0` = as.numeric(level == 0),
                                 `1` = as.numeric(level == 1), `2` = as.numeric(level == 2),
                                 `3` = as.numeric(level == 3))

# What the picks stand for beyond themselves (weight - 1) is raked to the audits passed over; the
# variance is of w e / (1 - h) under simple random sampling, as core/estimate/precision.c has it.
corrected <- function(case, column, columns) {
    seen <- !is.na(audits[[column]])
    n <- sum(seen)
    picks <- audits[seen, ]
    x <- columns(audits)
    picks <- cbind(picks, x[seen, , drop = FALSE])
    beyond <- svydesign(ids = ~1, weights = rep(N / n - 1, n), data = picks)
    totals <- c(`(Intercept)` = N - n, colSums(x[!seen, , drop = FALSE]))
    formula <- reformulate(names(x))
    raked <- calibrate(beyond, formula, totals, calfun = "raking", epsilon = 1e-13, maxit = 500)
    w <- 1 + weights(raked)
    plain <- svydesign(ids = ~1, fpc = rep(N, n), data = picks)
    for (name in names(outcomes(0))) {
        y <- outcomes(picks[[column]])[[name]]
        fit <- lm(reformulate(names(x), "y"), data = cbind(picks, y), weights = w)
        z <- w * residuals(fit) / (1 - hatvalues(fit)) * n / N  # svytotal weighs it by N / n
        design <- update(plain, z = z)
        variance <- as.numeric(SE(svytotal(~z, design)))^2 * ((n - 1) / n)^2 / N^2
        keep(case, name, sum(w * y) / N, sqrt(variance), n,
             (1 - n / N) * sum(w^2) / N^2)
    }
    w
}

# With 20 a level is one number; with 60 each group of levels (those with 5 picks) is a column.
number <- function(level) {
    middle <- mean(level)
    level - middle
}
invisible(corrected("score20", "moderator20", function(a) data.frame(auditor_score = number(a$auditor))))
invisible(corrected("both20", "moderator20", function(a)
    data.frame(auditor_score = number(a$auditor), tool_score = number(a$tool))))

seen <- !is.na(audits$moderator60)
cat("picks by auditor's level, 60:", table(audits$auditor[seen]), "\n")
cat("picks by tool's level, 60:", table(audits$tool[seen]), "\n")
groups <- function(a) data.frame(a2 = as.numeric(a$auditor == 2), a3 = as.numeric(a$auditor == 3))
w <- corrected("groups60", "moderator60", groups)

# The same by post-stratification, which survey has as a function of its own: the share must agree.
picks <- audits[seen, ]
picks$group <- pmax(1, picks$auditor)
post <- postStratify(svydesign(ids = ~1, fpc = rep(N, 60), data = picks), ~group,
                     as.data.frame(table(group = pmax(1, audits$auditor))))
picks$good <- as.numeric(picks$moderator60 >= 2)
post <- update(post, good = as.numeric(moderator60 >= 2))
stopifnot(abs(coef(svymean(~good, post)) - sum(w * picks$good) / N) < 1e-9)
cat("post-stratified:", coef(svymean(~good, post)), "SE", SE(svymean(~good, post)), "\n")

# The moderated alone: the mean of a simple random sample.
alone <- svydesign(ids = ~1, fpc = rep(N, 60), data = picks)
for (name in names(outcomes(0))) {
    alone <- update(alone, y = outcomes(moderator60)[[name]])
    mean <- svymean(~y, alone)
    keep("alone60", name, as.numeric(coef(mean)), as.numeric(SE(mean)), 60,
         (1 - 60 / N) / 60)
}

figures <- do.call(rbind, rows)
figures$share <- sprintf("%.12f", figures$share)
figures$shown <- sprintf("%.12f", figures$shown)
figures$se <- sprintf("%.12f", figures$se)
write.csv(figures, file.path(folder, "figures.csv"), row.names = FALSE, quote = FALSE)
