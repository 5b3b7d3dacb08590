# Severities of the data beside this file by R, written from the model alone: each audit's quality is
# integrated by a plain sum over 401 points of 8 spreads either side of the mean, the likelihood is
# made most by optim(), and errors come from its numerical Hessian. Beside it, other people's packages:
# ordinal::clmm (a cumulative model: other figures, the same order) and eRm::LRSM (the same model, fitted
# by conditional likelihood, where all audits were rated by all auditors).
#
#     Rscript severity.R > expected.txt
#
# With R 4.2.2, ordinal 2022.11-16, eRm 1.0-2 as Debian 12 has them.

options(digits = 10)
levels <- 4

read <- function(file) {
    data <- read.csv(file)
    data$rating <- as.integer(data$rating)
    data
}

# ---- The likelihood ------------------------------------------------------------

points <- seq(-8, 8, length.out = 401)
weight <- dnorm(points) * (points[2] - points[1])

# Parameters: severities of all but the last auditor, difficulties of all but the last criterion (each
# sums to 0), thresholds of all but the last (sum 0), mean, log spread.
unpack <- function(p, auditors, criteria) {
    beta <- p[seq_len(auditors - 1)]
    p <- p[-seq_len(auditors - 1)]
    delta <- p[seq_len(criteria - 1)]
    p <- p[-seq_len(criteria - 1)]
    tau <- p[seq_len(levels - 2)]
    p <- p[-seq_len(levels - 2)]
    list(beta = c(beta, -sum(beta)), delta = c(delta, -sum(delta)), tau = c(tau, -sum(tau)),
         mean = p[1], spread = exp(p[2]))
}

log_likelihood <- function(at, data) {
    steps <- c(0, cumsum(at$tau))
    theta <- at$mean + at$spread * points
    key <- paste(data$auditor, data$criterion)
    total <- matrix(0, length(points), max(data$audit) + 1)
    for (one in unique(key)) {
        rows <- data[key == one, ]
        eta <- theta - at$delta[rows$criterion[1] + 1] - at$beta[rows$auditor[1] + 1]
        log_p <- outer(eta, 0:(levels - 1)) - rep(steps, each = length(points))
        log_p <- log_p - log(rowSums(exp(log_p)))
        for (r in seq_len(nrow(rows))) {
            i <- rows$audit[r] + 1
            total[, i] <- total[, i] + log_p[, rows$rating[r] + 1]
        }
    }
    top <- apply(total, 2, max)
    sum(top + log(colSums(exp(total - rep(top, each = length(points))) * weight)))
}

# `weak`: with the priors that keep every parameter finite in core/severity/fit.c.
fit <- function(data, precision = 0, weak = FALSE) {
    auditors <- max(data$auditor) + 1
    criteria <- max(data$criterion) + 1
    objective <- function(p) {
        at <- unpack(p, auditors, criteria)
        prior <- sum(at$delta^2, at$mean^2, at$beta^2 * (precision == 0)) / 100 +
            sum(cumsum(at$tau)^2) / (levels - 1)^2 + log(at$spread)^2 / 4
        -(log_likelihood(at, data) - 0.5 * precision * sum(at$beta^2) - 0.5 * weak * prior)
    }
    start <- c(rep(0, auditors - 1 + criteria - 1), -1, 0, 0, 0)
    found <- optim(start, objective, method = "BFGS",
                   control = list(maxit = 500, reltol = 1e-14))
    found <- optim(found$par, objective, method = "BFGS",
                   control = list(maxit = 500, reltol = 1e-15, ndeps = rep(1e-4, length(start))))
    hessian <- optimHess(found$par, objective, control = list(ndeps = rep(1e-3, length(start))))
    at <- unpack(found$par, auditors, criteria)
    # every severity as a sum of the parameters
    contrast <- matrix(0, auditors, length(start))
    contrast[cbind(seq_len(auditors - 1), seq_len(auditors - 1))] <- 1
    contrast[auditors, seq_len(auditors - 1)] <- -1
    at$error <- sqrt(diag(contrast %*% solve(hessian) %*% t(contrast)))
    at$value <- log_likelihood(at, data)
    at
}

# ---- Spread of the auditors, as docs/severity.md has it --------------------------

spread_of <- function(value, error) {
    posterior <- function(log_omega) {
        variance <- exp(2 * log_omega) + error^2
        m <- sum(value / variance) / sum(1 / variance)
        -0.5 * (sum(log(variance)) + log(sum(1 / variance)) + sum((value - m)^2 / variance)) +
            log_omega - exp(log_omega)
    }
    exp(optimize(posterior, log(c(0.001, 20)), maximum = TRUE, tol = 1e-10)$maximum)
}

# ---- Effect on grades, fit ---------------------------------------------------------

# Mean over audits (given their ratings) and criteria (as often as rated) of what is expected.
figures <- function(at, data) {
    steps <- c(0, cumsum(at$tau))
    theta <- at$mean + at$spread * points
    moments <- function(eta) {
        p <- exp(outer(eta, 0:(levels - 1)) - rep(steps, each = length(eta)))
        p <- p / rowSums(p)
        expected <- as.vector(p %*% (0:(levels - 1)))
        list(expected = expected, variance = as.vector(p %*% (0:(levels - 1))^2) - expected^2, p = p)
    }
    audits <- sort(unique(data$audit))
    posterior <- sapply(audits, function(i) {
        rows <- data[data$audit == i, ]
        log_p <- log(weight)
        for (r in seq_len(nrow(rows))) {
            eta <- theta - at$delta[rows$criterion[r] + 1] - at$beta[rows$auditor[r] + 1]
            log_p <- log_p + log(moments(eta)$p[, rows$rating[r] + 1])
        }
        p <- exp(log_p - max(log_p))
        p / sum(p)
    })
    mixture <- rowMeans(posterior)
    share <- table(factor(data$criterion, seq_along(at$delta) - 1)) / nrow(data)
    expected <- function(beta)
        sum(sapply(seq_along(at$delta), function(c)
            share[c] * sum(mixture * moments(theta - at$delta[c] - beta)$expected)))
    grades <- sapply(at$beta, expected) - expected(0)
    sums <- matrix(0, length(at$beta), 4)
    for (r in seq_len(nrow(data))) {
        j <- data$auditor[r] + 1
        m <- moments(theta - at$delta[data$criterion[r] + 1] - at$beta[j])
        p <- posterior[, match(data$audit[r], audits)]
        square <- (data$rating[r] - m$expected)^2
        sums[j, ] <- sums[j, ] + c(sum(p * square), sum(p * m$variance),
                                   sum(p * square / m$variance), 1)
    }
    list(grades = grades, infit = sums[, 1] / sums[, 2], outfit = sums[, 3] / sums[, 4])
}

# ---- What is printed -----------------------------------------------------------------

say <- function(name, values)
    cat(name, formatC(values, digits = 8, format = "f"), "\n")

for (name in c("council", "moderated")) {
    data <- read(paste0(name, ".csv"))
    first <- fit(data)
    omega <- spread_of(first$beta, first$error)
    second <- fit(data, 1 / omega^2)
    more <- figures(first, data)
    cat("data", name, "\n")
    say("severity", first$beta)
    say("error", first$error)
    say("grades", more$grades)
    say("infit", more$infit)
    say("outfit", more$outfit)
    say("difficulty", first$delta)
    say("threshold", first$tau)
    say("mean", first$mean)
    say("spread", first$spread)
    say("log_likelihood", first$value)
    say("auditor_spread", omega)
    finite <- fit(data, weak = TRUE)
    say("finite_severity", finite$beta)
    say("finite_error", finite$error)
    say("finite_spread", finite$spread)
    say("shrunken", second$beta)
    say("shrunken_error", second$error)
    cumulative <- ordinal::clmm(ordered(rating) ~ factor(criterion) + factor(auditor) + (1 | audit),
                                data = data, nAGQ = 15)
    harsh <- -c(0, cumulative$beta[grep("auditor", names(cumulative$beta))])
    say("clmm", harsh - mean(harsh))
}

# Conditional likelihood: a person is an audit, an item a criterion as one auditor rated it, of which
# the difficulty is delta + beta. eRm writes easiness, the first of each 0.
data <- read("crossed.csv")
auditors <- max(data$auditor) + 1
criteria <- max(data$criterion) + 1
wide <- matrix(NA, max(data$audit) + 1, auditors * criteria)
wide[cbind(data$audit + 1, data$auditor * criteria + data$criterion + 1)] <- data$rating
places <- expand.grid(level = 1:(levels - 1), criterion = seq_len(criteria), auditor = seq_len(auditors))
design <- with(places, cbind(sapply(2:auditors, function(j) level * (auditor == j)),
                             sapply(2:criteria, function(c) level * (criterion == c)),
                             sapply(2:(levels - 1), function(k) pmax(level - k + 1, 0))))
lrsm <- eRm::LRSM(wide, W = design, se = TRUE)
beta <- -c(0, lrsm$etapar[seq_len(auditors - 1)])
first <- fit(data)
cat("data crossed\n")
say("conditional", beta - mean(beta))
say("severity", first$beta)
say("error", first$error)
