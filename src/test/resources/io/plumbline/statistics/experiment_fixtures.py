"""Reference values of covariates, sequences, corrections, posteriors, percentiles, segments, top lines and sample sizes."""

import mpmath
import numpy as np
import statsmodels.api as sm
from reference_file import bisect, write
from scipy import special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail


def linearised(x, y, all_x, all_y):
    """A ratio around its value over all units, to first order."""
    return (x - np.mean(all_x) / np.mean(all_y) * y) / np.mean(all_y)


def cuped(random):
    def group(units, effect, kind):
        level, days = random.normal(0, 2, units), random.poisson(3, units) + 1.0
        active = random.uniform(size=units) < 0.7
        if kind == "ratio":
            y, before = random.poisson(4, units) + 1.0, random.poisson(4, units) * active
            columns = [(1 + effect + level / 9) * y + random.normal(0, 1, units), y, (1 + level / 9) * before, before]
        else:
            columns = [9 + effect + level + random.normal(0, 1.5, units), np.ones(units), (9 + level) * active]
            columns += [active, days + level] if kind == "means" else []
        return np.round(np.array(columns, dtype=float), 2)

    rows = []
    for name, kind, n_c, n_t, effect in [
        ("mean", "mean", 60, 75, 0.5),
        ("mean_unequal_groups", "mean", 130, 40, -1.0),
        ("ratio", "ratio", 70, 65, 0.1),
        ("three_covariates", "means", 66, 80, 0.3),
    ]:
        groups = [group(n_c, 0, kind), group(n_t, effect, kind)]
        pooled = np.hstack(groups)
        if kind == "ratio":
            x = [linearised(g[2], g[3], pooled[2], pooled[3])[:, None] for g in groups]
        else:
            x = [g[2:].T for g in groups]
        ratios = [np.sum(g[0]) / np.sum(g[1]) for g in groups]
        outcomes = [linearised(g[0], g[1], g[0], g[1]) for g in groups]
        treated = np.repeat([0.0, 1.0], [n_c, n_t])
        ols = sm.OLS(np.concatenate(outcomes), np.column_stack([np.ones(n_c + n_t), treated, np.vstack(x)])).fit()
        theta = ols.params[2:]
        means = [r - (np.mean(xs, axis=0) - np.mean(np.vstack(x), axis=0)) @ theta for r, xs in zip(ratios, x)]
        covariances = [np.cov(l - xs @ theta, l) for l, xs in zip(outcomes, x)]
        before = sum(c[1, 1] / n for c, n in zip(covariances, (n_c, n_t)))
        after = sum(c[0, 0] / n for c, n in zip(covariances, (n_c, n_t)))
        delta, v_a, v_b = means[1] - means[0], mpmath.mpf(after), mpmath.mpf(covariances[0][1, 1] / n_c)
        v_ab, q = mpmath.mpf(-covariances[0][0, 1] / n_c), mpmath.mpf(stats.norm.ppf(0.975))

        def deviation(rho):
            return mpmath.sqrt(v_a - 2 * rho * v_ab + rho**2 * v_b)

        effect = mpmath.mpf(delta) / ratios[0]
        bounds = [
            bisect(lambda rho: (delta - rho * ratios[0]) / deviation(rho) - sign * q, effect, sign, 0.01) for sign in (1, -1)
        ]
        rows.append([name, kind, len(groups[0]), groups[0].T.ravel(), groups[1].T.ravel(), theta, *means])
        rows[-1] += [covariances[0][0, 0], covariances[1][0, 0], covariances[0][0, 1], 1 - after / before]
        rows[-1] += [effect, deviation(effect) / ratios[0], *bounds]
    write(
        "cuped.csv",
        [
            "theta = statsmodels.OLS(L, [1, treated, covariates]).fit().params[2:], so that the groups differ by params[1]",
            "L = (x - R*y)/mean(y) with R of the group; a ratio as covariate likewise, with the ratio of both groups",
            "mean = R - (mean(covariates) - pooled mean) @ theta; variance, covariance = numpy.cov(L - covariates @ theta, L)",
            "relative = difference of means / unadjusted control mean; bounds by mpmath bisection of its pivot, z = norm.ppf(0.975)",
        ],
        ["name", "kind", "columns", "control", "treatment", "theta", "mean_c", "mean_t", "variance_c", "variance_t"]
        + ["covariance_c", "reduction", "relative", "standard_error", "lower", "upper"],
        rows,
    )


def confidence_sequences():
    def bound(r, alpha, tails):
        inside = mpmath.sqrt(1 + r) / alpha if tails == 2 else 1 + mpmath.sqrt(1 + r) / (2 * alpha)
        return mpmath.sqrt(2 * (r + 1) / r * mpmath.log(inside))

    def p_value(r, z, tails):
        if bound(r, 1, tails) > z:
            return 1.0
        return mpmath.exp(mpmath.findroot(lambda l: bound(r, mpmath.exp(l), tails) - z, (-80, 0), solver="bisect", maxsteps=300))

    rows = []
    for alpha in (0.05, 0.01, 0.2, 0.9):
        best = -special.lambertw(-(alpha**2) / np.e, -1).real - 1
        for units, planned, z in [(1e4, 1e4, 2.0), (500, 1e4, 3.5), (2e5, 1e4, 4.2), (3e3, 4e3, 6.5), (1e4, 2e4, -5)]:
            r = mpmath.mpf(best * units / planned)
            p = [p_value(r, abs(z), tails) for tails in (2, 1)]
            rows.append([alpha, units, planned, z, bound(r, alpha, 2), bound(r, alpha, 1), *p])
    write(
        "confidence_sequences.csv",
        [
            "t*rho^2 = units / planned * (-scipy.special.lambertw(-alpha**2/e, -1) - 1)",
            "bound = sqrt(2*(t*rho^2 + 1)/(t*rho^2) * log(sqrt(t*rho^2 + 1)/alpha)), one-sided log(1 + sqrt(t*rho^2 + 1)/(2*alpha))",
            "p = alpha at which bound = |z|, 1 at most, mpmath.findroot",
        ],
        ["alpha", "units", "planned", "z", "bound", "bound_one_sided", "p", "p_one_sided"],
        rows,
    )


def corrections(random):
    families = [[0.005, 0.06, 0.007, 0.04, 0.01, 0.03], [0.2], [0.5, 0.5, 0.001], [0.9, 0.8, 0.99], [0.0, 1.0, 0.02, 0.02]]
    families += [random.uniform(size=40) ** 3, [1e-300, 1e-8, 0.011, 0.012, 0.013, 0.4]]
    rows = []
    for p in families:
        adjusted = [multipletests(p, 0.05, method)[1] for method in ("bonferroni", "holm", "fdr_bh")]
        m, holm, bh = len(p), *(int(np.sum(multipletests(p, 0.05, method)[0])) for method in ("holm", "fdr_bh"))
        rows.append([p, *adjusted, 0.05 / m, 0.05 / max(m - holm, 1), 0.05 * max(bh, 1) / m])
    write(
        "corrections.csv",
        [
            "statsmodels.stats.multitest.multipletests(p, 0.05, method)[1] for bonferroni, holm, fdr_bh",
            "alpha_* from the number of rejections multipletests(...)[0]: 0.05/m, 0.05/(m - K), 0.05*K/m",
        ],
        ["p", "bonferroni", "holm", "fdr_bh", "alpha_bonferroni", "alpha_holm", "alpha_fdr_bh"],
        rows,
    )


def posteriors():
    rows = []
    for mean_c, var_c, mean_t, var_t, prior_mean, prior_sd in [
        (5.0, 4.0, 5.1, 4.5, 0.0, np.inf),
        (5.0, 4.0, 5.1, 4.5, 0.0, 0.02),
        (5.0, 9.0, 4.9, 9.5, 0.01, 0.05),
        (-2.0, 1.0, -2.1, 1.5, -0.02, 0.01),
        (5.0, 4.0, 5.01, 4.0, 0.0, 1e-3),
        (3.0, 1.0, 3.2, 1.0, 0.0, np.inf),
    ]:
        value = mpmath.mpf(mean_t - mean_c) / abs(mean_c)
        se = mpmath.sqrt(mpmath.mpf(var_t) + mpmath.mpf(mean_t / mean_c) ** 2 * var_c) / abs(mean_c) / 100
        weight = (lambda x: 1) if np.isinf(prior_sd) else (lambda x: mpmath.npdf(x, prior_mean, prior_sd))
        # Fine around 0 as well, where the chance of a loss may be the far tail of the posterior.
        grid = sorted([value + k * se for k in range(-40, 41, 2)] + [k * se / 8 for k in range(-24, 25)])

        def expect(function):
            return mpmath.quad(lambda x: function(x) * weight(x) * mpmath.npdf(x, value, se), grid)

        total = expect(lambda x: 1)
        mean = expect(lambda x: x) / total
        sd = mpmath.sqrt(expect(lambda x: (x - mean) ** 2) / total)
        rows.append([mean_c, var_c, mean_t, var_t, prior_mean, prior_sd, mean, sd, *stats.norm.interval(0.95, float(mean), float(sd))])
        rows[-1] += [expect(lambda x: x > 0) / total, expect(lambda x: x < 0) / total]
        rows[-1] += [expect(lambda x: max(-x, 0)) / total, expect(lambda x: max(x, 0)) / total]
    write(
        "posteriors.csv",
        [
            "mpmath.quad of prior * likelihood over 40 standard errors; n = 10000 in both groups, lower and upper by norm.interval(0.95)",
        ],
        ["mean_c", "var_c", "mean_t", "var_t", "prior_mean", "prior_sd", "mean", "sd", "lower", "upper"]
        + ["chance_higher", "chance_lower", "loss_higher", "loss_lower"],
        rows,
    )


def percentile_ranks(random):
    rows = []
    for name, units, level in [("median", 40, 0.5), ("p90", 80, 0.9), ("one_row_each", 60, 0.5)]:
        n = np.ones(units) if name == "one_row_each" else random.poisson(3, units) + 1.0
        s = random.binomial(n.astype(int), random.beta(3 * level, 3 * (1 - level), units)).astype(float)
        residual = s - np.sum(s) / np.sum(n) * n
        se = np.sqrt(np.var(residual, ddof=1) / units) / np.mean(n)
        rows.append([name, s, n, level, *stats.norm.interval(0.95, level, se), *stats.norm.interval(0.9, level, se)])
    write(
        "percentile_ranks.csv",
        [
            "se = sqrt(numpy.var(s - sum(s)/sum(n)*n, ddof=1)/K)/mean(n); scipy.stats.norm.interval(0.95, level, se)",
            "lower_one_sided, upper_one_sided likewise with 0.9",
        ],
        ["name", "s", "n", "level", "lower", "upper", "lower_one_sided", "upper_one_sided"],
        rows,
    )


def segments(random):
    rows = []
    for name, effects in [("alike", (1, 1, 1)), ("one_apart", (0, 0, 3))]:
        values = [[np.round(random.normal(5 + e * t, 2, 14 + 3 * t), 2) for t in (0, 1)] for e in effects]
        for i in range(3):
            rest = [np.concatenate([values[j][t] for j in range(3) if j != i]) for t in (0, 1)]
            four = [values[i][0], values[i][1], rest[0], rest[1]]
            variances = np.array([np.var(v, ddof=1) / len(v) for v in four])
            difference = np.mean(four[1]) - np.mean(four[0]) - (np.mean(four[3]) - np.mean(four[2]))
            se, nu = np.sqrt(np.sum(variances)), np.sum(variances) ** 2 / np.sum(variances**2 / [len(v) - 1 for v in four])
            low, high = stats.t.interval(1 - 0.05 / 3, nu, difference, se)
            rows.append([f"{name}_{i}", i, *(v for pair in values for v in pair), difference, se, nu])
            rows[-1] += [2 * stats.t.sf(abs(difference / se), nu), low, high]
    write(
        "segments.csv",
        [
            "segment i against the other two: se, nu over the four samples, 2*scipy.stats.t.sf, scipy.stats.t.interval(1 - 0.05/3, nu)",
        ],
        ["name", "segment", "c_0", "t_0", "c_1", "t_1", "c_2", "t_2", "difference", "standard_error", "nu", "p", "lower", "upper"],
        rows,
    )


def top_lines():
    rows = []
    for mean_c, mean_t, variance, units, days, total, share in [
        (5.0, 5.2, 30.0, 4000, 14, 20000.0, 0.1),
        (5.0, 4.7, 30.0, 4000, 7, 300.0, 0.5),
        (0.2, 0.21, 0.16, 1000000, 28, 1e9, 1.0),
    ]:
        factor = mpmath.mpf(units) / days
        impact, se = factor * (mpmath.mpf(mean_t) - mpmath.mpf(mean_c)), factor * mpmath.sqrt(mpmath.mpf(2 * variance) / units)
        relative = [mpmath.mpf(impact) / (total - impact), abs(mpmath.diff(lambda i: i / (total - i), impact)) * se]
        z = mpmath.mpf(stats.norm.ppf(0.975))
        rows.append([mean_c, mean_t, variance, units, days, total, share, impact, se, *relative])
        rows[-1] += [relative[0] - z * relative[1], relative[0] + z * relative[1], impact / share, relative[1] / share]
    write(
        "top_lines.csv",
        ["impact = units/days*(mean_t - mean_c); relative = impact/(total - impact), its se by mpmath.diff; z = norm.ppf(0.975)"],
        ["mean_c", "mean_t", "variance", "units", "days", "total", "share", "impact", "standard_error", "relative"]
        + ["relative_error", "relative_lower", "relative_upper", "projected", "projected_relative_error"],
        rows,
    )


def sample_sizes():
    rows = []
    for mean, variance, effect, share, power, alpha in [
        (5.0, 100.0, 0.05, 0.5, 0.8, 0.05),
        (5.0, 100.0, 0.05, 0.1, 0.8, 0.05),
        (-0.3, 0.21, -0.02, 0.5, 0.9, 0.01),
        (1e-15, 4e-30, 0.01, 0.25, 0.95, 0.1),
        (1e15, 4e30, 0.01, 0.6, 0.8, 0.05),
    ]:
        deviation = np.sqrt(variance / share / (1 - share))
        total = [normal_sample_size_one_tail(abs(effect * mean), power, tail, deviation) for tail in (alpha / 2, alpha)]
        rows.append([mean, variance, effect, share, power, alpha, total[0] * (1 - share), total[0] * share, *total])
    write(
        "sample_sizes.csv",
        [
            "total = statsmodels.stats.power.normal_sample_size_one_tail(abs(effect*mean), power, alpha/2, sqrt(variance/share/(1 - share)))",
            "total_one_sided likewise with alpha; not rounded",
        ],
        ["mean", "variance", "effect", "share", "power", "alpha", "control", "treatment", "total", "total_one_sided"],
        rows,
    )
