# forecast.R - the forecast of months.csv, written a second time, for tests/unit/test_forecast.c.
folder <- commandArgs(trailingOnly = TRUE)[1]
all <- read.csv(file.path(folder, "months.csv"))
d <- all[all$audits > 0, ]
months <- 0:19
logit <- qlogis
inside <- function(p, n) (p * n + 0.5) / (n + 1)

# Readings: a corrected month weighs as many audits as are as unsure as its audits and correction.
fixed <- !is.na(d$share)
p <- inside(d$share, d$audits)
n <- ifelse(fixed, p * (1 - p) / (p * (1 - p) / d$audits + d$se^2), d$audits)
x <- ifelse(fixed, d$share * n, d$good)
change <- logit(p) - logit(inside(d$good / d$audits, d$audits))
precision <- (p * (1 - p) / d$se)^2
shift <- weighted.mean(change[fixed], precision[fixed])
shift_variance <- max(1, sum(precision[fixed] * (change[fixed] - shift)^2) / (sum(fixed) - 1)) /
    sum(precision[fixed])
recorded <- ifelse(fixed, x / n, plogis(logit(inside(d$good / d$audits, d$audits)) + shift))
centre <- logit((sum(recorded * n) + 0.5) / (sum(n) + 1))
prior <- centre - ifelse(fixed, 0, shift)

# Levels as sums of independent normals: the start, the first slope, turns, wanders.
D <- 0.97
last <- length(months)
level <- matrix(0, last, 2 + 2 * (last - 1))
slope <- matrix(0, last, ncol(level))
level[1, 1] <- 1
slope[1, 2] <- 1
for (m in 2:last) {
    level[m, ] <- level[m - 1, ] + slope[m - 1, ]
    level[m, 1 + last + m - 1] <- 1
    slope[m, ] <- D * slope[m - 1, ]
    slope[m, 1 + m] <- 1
}
at <- match(d$month, months)

fit <- function(wander, steep, own) {
    sd <- c(1, steep, rep(steep * sqrt(1 - D^2), last - 1), rep(wander, last - 1))
    whole <- level %*% diag(sd^2) %*% t(level)
    K <- whole[at, at] + diag(own^2, nrow(d)) + shift_variance * outer(!fixed, !fixed)
    inverse <- solve(K)
    loss <- function(u) sum(u * (inverse %*% u)) / 2 -
        sum(x * (u + prior) - n * log1p(exp(u + prior)))
    slopes <- function(u) as.vector(inverse %*% u) - (x - n * plogis(u + prior))
    u <- optim(rep(0, nrow(d)), loss, slopes, method = "BFGS",
               control = list(maxit = 5000, reltol = 1e-15))$par
    for (i in 1:3) {
        W <- n * plogis(u + prior) * (1 - plogis(u + prior))
        u <- u - solve(inverse + diag(W), slopes(u))
    }
    W <- n * plogis(u + prior) * (1 - plogis(u + prior))
    evidence <- -loss(u) - as.numeric(determinant(diag(nrow(d)) + K %*% diag(W))$modulus) / 2
    cross <- whole[, at]
    list(evidence = evidence, mean = centre + as.vector(cross %*% (inverse %*% u)),
         var = diag(whole) - rowSums((cross %*% solve(K + diag(1 / W))) * cross))
}

grid <- expand.grid(w = 0:3, s = 0:2, o = 0:4)
fits <- Map(function(w, s, o) fit(c(0, .04, .08, .16)[w + 1], c(.03, .07, .15)[s + 1],
                                  c(0, .15, .3, .6, 1)[o + 1]), grid$w, grid$s, grid$o)
support <- sapply(fits, `[[`, "evidence") + grid$w * log(.25) + grid$s * log(.7) + grid$o * log(.5)
weight <- exp(support - max(support))
weight[weight < 1e-4] <- 0
weight <- weight / sum(weight)

below <- function(m, q) sum(weight * pnorm(q, sapply(fits, function(f) f$mean[m]),
                                           sqrt(sapply(fits, function(f) f$var[m]))))
quantile_of <- function(m, p) uniroot(function(q) below(m, q) - p, c(-8, 8), tol = 1e-12)$root
rows <- lapply(c(0, 4, 13, 16, 19), function(month) {
    m <- match(month, months)
    data.frame(month, share = plogis(quantile_of(m, .5)), low = plogis(quantile_of(m, .025)),
               high = plogis(quantile_of(m, .975)), chance = 1 - below(m, logit(.6)))
})
figures <- do.call(rbind, rows)
figures[-1] <- lapply(figures[-1], function(v) sprintf("%.9f", v))
write.csv(figures, file.path(folder, "figures.csv"), row.names = FALSE, quote = FALSE)
