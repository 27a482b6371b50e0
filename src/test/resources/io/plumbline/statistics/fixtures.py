"""Makes the CSV files beside it from numpy, scipy, mpmath and statsmodels: python3 fixtures.py

Each file begins with the programs, their versions and the calls that made its numbers. The tests read the files only.
"""

import mpmath
import numpy as np
from experiment_fixtures import (
    confidence_sequences,
    corrections,
    cuped,
    percentile_ranks,
    posteriors,
    sample_sizes,
    segments,
    top_lines,
)
from reference_file import bisect, write
from scipy import stats


def distributions():
    rows = []
    for nu in [1, 1.5, 2, 3.7, 10, 99.9, 5841.742032093565, 1e6]:
        for x in [0.1, 1.0, 2.0, 5.0, 12.0, 30.0]:
            rows.append([nu, x, stats.t.sf(x, nu), stats.t.ppf(1 - 0.025, nu), stats.t.isf(5e-7, nu)])
    for x in [0.1, 1.0, 2.0, 5.0, 12.0, 30.0, 37.0]:
        rows.append(["normal", x, stats.norm.sf(x), stats.norm.ppf(1 - 0.025), stats.norm.isf(5e-7)])
    write(
        "distributions.csv",
        [
            "survival = scipy.stats.t.sf(x, nu), or scipy.stats.norm.sf(x) where nu is 'normal'",
            "q975 = scipy.stats.t.ppf(0.975, nu), q_5e_7 = scipy.stats.t.isf(5e-7, nu); norm likewise",
        ],
        ["nu", "x", "survival", "q975", "q_5e_7"],
        rows,
    )


def welch_samples(random):
    cases = [
        ("two_and_two", [1.0, 2.0], [4.0, 4.5]),
        ("two_and_three", [1.0, 2.0], [0.5, 4.5, 9.25]),
        ("constant_control", [3.0] * 5, [2.0, 3.5, 4.0, 6.0]),
        ("constant_treatment", [2.0, 3.5, 4.0, 6.0, 7.5, 1.25], [3.0] * 4),
        ("normal_8_12", random.normal(10, 2, 8), random.normal(11, 3, 12)),
        ("normal_30_30", random.normal(0, 1, 30), random.normal(0.4, 1, 30)),
        ("skewed_20_45", random.lognormal(1, 1.2, 20), random.lognormal(1.3, 1, 45)),
        ("very_unequal_variances", random.normal(100, 0.01, 25), random.normal(101, 5, 9)),
        ("scale_1e15", random.normal(1e15, 1e14, 10), random.normal(1.2e15, 2e14, 14)),
        ("scale_1e_15", random.normal(1e-15, 1e-16, 10), random.normal(1.2e-15, 2e-16, 14)),
        ("offset_1e4", 1e4 + random.uniform(-1, 1, 40), 1e4 + 0.5 + random.uniform(-1, 1, 35)),
        ("negative_means", random.normal(-5, 1, 15), random.normal(-4, 2, 16)),
        ("far_apart", random.normal(0, 1, 40), random.normal(9, 1, 40)),
    ]
    rows = []
    for name, control, treatment in cases:
        control, treatment = np.array(control, dtype=float), np.array(treatment, dtype=float)
        test = stats.ttest_ind(treatment, control, equal_var=False)
        greater = stats.ttest_ind(treatment, control, equal_var=False, alternative="greater")
        less = stats.ttest_ind(treatment, control, equal_var=False, alternative="less")
        both = test.confidence_interval(0.95)
        rows.append(
            [name, control, treatment, test.statistic, test.df, test.pvalue, greater.pvalue, less.pvalue]
            + [both.low, both.high, greater.confidence_interval(0.95).low, less.confidence_interval(0.95).high]
        )
    write(
        "welch_samples.csv",
        [
            "r = scipy.stats.ttest_ind(treatment, control, equal_var=False, alternative=...)",
            "r.statistic, r.df, r.pvalue for 'two-sided', 'greater', 'less'; r.confidence_interval(0.95)",
        ],
        ["name", "control", "treatment", "statistic", "nu", "p_two_sided", "p_greater", "p_less"]
        + ["lower", "upper", "lower_greater", "upper_less"],
        rows,
    )


def ratios(random):
    cases = [("constant_denominator", random.normal(3, 1, 12), np.ones(12))]
    y = random.poisson(4, 40) + 1.0
    cases.append(("correlated", random.normal(0.5, 0.2, 40) * y, y))
    cases.append(("independent", random.exponential(2, 25), random.exponential(5, 25)))
    y = random.poisson(1.2, 60).astype(float)
    cases.append(("conversions", random.binomial(y.astype(int), 0.3).astype(float), y))
    cases.append(("numerator_sum_zero", np.array([-2.0, 1.0, 1.0, 0.0]), np.array([1.0, 2.0, 3.0, 4.0])))
    cases.append(("negative_denominators", random.normal(3, 1, 10), -random.exponential(2, 10) - 1))
    cases.append(("scale_1e15", random.normal(1e15, 1e14, 15), random.normal(3e-15, 1e-16, 15)))
    cases.append(("offset_1e9", 1e9 + random.uniform(-1, 1, 30), 1e3 + random.uniform(-1, 1, 30)))
    rows = []
    for name, x, y in cases:
        ratio = np.sum(x) / np.sum(y)
        variance = np.var((x - ratio * y) / np.mean(y), ddof=1)
        rows.append([name, x, y, ratio, variance, np.sqrt(variance / len(x))])
    write(
        "ratios.csv",
        [
            "ratio = numpy.sum(x) / numpy.sum(y)",
            "variance = numpy.var((x - ratio * y) / numpy.mean(y), ddof=1), standard_error = sqrt(variance / n)",
        ],
        ["name", "x", "y", "ratio", "variance", "standard_error"],
        rows,
    )


def relative_intervals():
    cases = [
        ("precise_control", 10000, 5.0, 4.0, 10000, 5.1, 4.5),
        ("noisy_control", 400, 1.0, 36.0, 500, 1.6, 49.0),
        ("almost_unbounded", 400, 0.2, 3.9, 500, 0.3, 4.0),
        ("no_effect", 1000, 2.0, 1.0, 1000, 2.0, 1.0),
        ("tiny_effect", 1000000, 2.0, 1e-9, 1000000, 2.0000001, 1e-9),
        ("treatment_zero", 300, 1.0, 2.0, 300, 0.0, 2.0),
        ("opposite_signs", 300, 1.0, 2.0, 300, -0.5, 2.0),
        ("constant_control", 300, 1.5, 0.0, 300, 1.75, 2.0),
        ("constant_treatment", 300, 1.5, 2.0, 300, 1.75, 0.0),
        ("scale_1e15", 300, 1.5e15, 2e30, 300, 1.75e15, 2e30),
        ("scale_1e_15", 300, 1.5e-15, 2e-30, 300, 1.75e-15, 2e-30),
        ("small_sample", 12, 10.0, 9.0, 15, 14.0, 16.0),
    ]
    rows = []
    for name, n_c, mean_c, var_c, n_t, mean_t, var_t in cases:
        v_c, v_t = mpmath.mpf(var_c) / n_c, mpmath.mpf(var_t) / n_t
        nu = (v_c + v_t) ** 2 / (v_c**2 / (n_c - 1) + v_t**2 / (n_t - 1))
        q = mpmath.mpf(stats.norm.ppf(0.975) if nu >= 100 else stats.t.ppf(0.975, float(nu)))
        m_c, m_t = mpmath.mpf(mean_c), mpmath.mpf(mean_t)

        def pivot(rho, sign):
            return (m_t - rho * m_c) / mpmath.sqrt(v_t + rho**2 * v_c) - sign * q

        delta_se = mpmath.sqrt(v_t + (m_t / m_c) ** 2 * v_c) / m_c
        lower, upper = (bisect(lambda rho: pivot(rho, sign), m_t / m_c, sign, delta_se * q) - 1 for sign in (1, -1))
        effect = m_t / m_c - 1
        rows.append(
            [name, n_c, mean_c, var_c, n_t, mean_t, var_t, effect, delta_se, lower, upper]
            + [effect - q * delta_se, effect + q * delta_se]
        )
    write(
        "relative_intervals.csv",
        [
            "fieller: 1 + bound is where (mean_t - rho*mean_c)/sqrt(var_t/n_t + rho^2*var_c/n_c) = +-q, mpmath bisection",
            "delta: effect -+ q*se, se = sqrt(var_t/n_t + (mean_t/mean_c)^2*var_c/n_c)/mean_c, mpmath",
            "q = scipy.stats.norm.ppf(0.975) if Satterthwaite's nu >= 100, else scipy.stats.t.ppf(0.975, nu)",
        ],
        ["name", "n_c", "mean_c", "var_c", "n_t", "mean_t", "var_t", "effect", "standard_error"]
        + ["fieller_lower", "fieller_upper", "delta_lower", "delta_upper"],
        rows,
    )


def sample_ratios():
    cases = [
        ([1000, 1200], [1, 1]),
        ([10000, 10000, 9600], [1, 1, 1]),
        ([5000, 5000], [1, 1]),
        ([9000, 1000], [0.9, 0.1]),
        ([8912, 1088], [0.9, 0.1]),
        ([33, 34, 29, 44], [0.2, 0.3, 0.2, 0.3]),
        ([60000000, 60050000], [50, 50]),
        ([100000, 50000], [1, 1]),
        ([3, 0], [1, 1]),
        ([7, 5], [1, 3]),
    ]
    rows = []
    for units, weights in cases:
        units, weights = np.array(units), np.array(weights, dtype=float)
        share = weights / weights.sum()
        test = stats.chisquare(units, units.sum() * share)
        deviation = np.max(np.abs(units / units.sum() - share)) * 100
        rows.append([units, weights, test.statistic, test.pvalue, deviation])
    write(
        "sample_ratios.csv",
        [
            "scipy.stats.chisquare(units, units.sum() * weights / weights.sum())",
            "deviation = 100 * numpy.max(numpy.abs(units / units.sum() - weights / weights.sum()))",
        ],
        ["units", "weights", "statistic", "p", "deviation"],
        rows,
    )


if __name__ == "__main__":
    distributions()
    welch_samples(np.random.default_rng(1))
    ratios(np.random.default_rng(2))
    relative_intervals()
    sample_ratios()
    cuped(np.random.default_rng(3))
    confidence_sequences()
    corrections(np.random.default_rng(4))
    posteriors()
    percentile_ranks(np.random.default_rng(5))
    segments(np.random.default_rng(6))
    top_lines()
    sample_sizes()
