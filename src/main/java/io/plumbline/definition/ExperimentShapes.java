package io.plumbline.definition;

/** The keys of experiments. */
final class ExperimentShapes {

    private static final Kind METRICS = Kinds.listOf(ReferenceKind.METRIC_OR_TAG);

    static final Shape GROUP = Shape.of(
            "group",
            "An arm of an experiment.",
            Key.required("name", ScalarKind.nonEmpty("text"), "as the assignment source spells it"),
            Key.optional("weight", Kinds.WEIGHT, "planned share of units, relative to the other groups; default 1"),
            Key.optional("control", Kinds.FLAG, "true for the group that the others are compared with"));

    static final Shape ROLES = Shape.of(
            "experiment_metrics",
            "Names of metrics, or tag:x for all metrics with a tag, by role.",
            Key.optional("primary", METRICS, "decide the experiment"),
            Key.optional("secondary", METRICS, "help to understand it"),
            Key.optional("guardrail", METRICS, "must not get worse"));

    static final Shape CORRECTION = Shape.of(
            "correction",
            "How p-values and intervals allow for several comparisons.",
            Key.required("method", Kinds.choice("bonferroni", "holm", "benjamini_hochberg"), "the method"),
            Key.required(
                    "over",
                    Kinds.someOf(Kinds.choice("groups", "metrics")),
                    "groups: those of one metric together; metrics: those of one group; both: all"),
            Key.optional("scope", Kinds.choice("all", "primary"), "whose comparisons are corrected; default all"));

    static final Shape PRIOR = Shape.of(
            "prior",
            "What is believed of relative effects before the experiment: a normal distribution.",
            Key.optional("mean", Kinds.NUMBER, "the effect expected, 0.01 being +1 %; default 0"),
            Key.required("std_dev", Kinds.POSITIVE, "how far effects usually are from it"));

    static final Shape ANALYSIS = Shape.of(
            "analysis",
            "How groups are compared.",
            Key.optional("alpha", Kinds.ALPHA, "accepted probability of a false alarm; default the project's"),
            Key.optional(
                    "alternative",
                    Kinds.choice("two_sided", "greater", "less"),
                    "what the tests look for in a treatment; default two_sided"),
            Key.optional(
                    "relative_interval",
                    Kinds.choice("fieller", "delta"),
                    "how the interval of the relative effect is made; default fieller"),
            Key.optional("sequential", Kinds.FLAG, "true for intervals and p-values that hold at every look"),
            Key.optional(
                            "planned_units",
                            Kinds.UNITS,
                            "units of two groups together at which these intervals are narrowest; default 10000")
                    .onlyWith("sequential"),
            Key.optional("correction", Kinds.shaped(CORRECTION), CORRECTION.description()),
            Key.optional("prior", Kinds.shaped(PRIOR), PRIOR.description()),
            Key.optional("power", Kinds.ALPHA, "probability of finding the smallest detectable effect; default 0.8"),
            Key.optional(
                    "cuped_days",
                    Kinds.BEFORE,
                    "local days before each unit's exposure over which a metric is its own covariate; default 0, without"),
            Key.optional(
                    "covariates",
                    Kinds.listOf(ScalarKind.nonEmpty("the name of a metric or a property")),
                    "metrics of the experiment, over the same days, and unit properties among its breakdowns that are"
                            + " covariates of every metric as well"));

    static final Shape ID_RESOLUTION = Shape.of(
            "id_resolution",
            "How events are found that carry another id than the exposures.",
            Key.required("source", ReferenceKind.ANY_SOURCE, "name of a source whose rows have both ids"),
            Key.required(
                    "mode",
                    Kinds.choice("strict", "first_touch", "last_touch"),
                    "strict: pairs that are not 1:1 are dropped; else an event id of several units goes to one of them"),
            Key.optional(
                    "unit",
                    ReferenceKind.UNIT_TYPE,
                    "unit type that the events carry; needed when the source has several others"));

    static final Shape EXPERIMENT = Kinds.definition("experiment", "A comparison of groups of units.")
            .and(
                    Key.required(
                            "assignment_source", ReferenceKind.ASSIGNMENT_SOURCE, "name of the source of exposures"),
                    Key.required("unit", ReferenceKind.UNIT_TYPE, "unit type that is randomized and analysed"),
                    Key.required("start", Kinds.DATE, "first local day of exposures"),
                    Key.optional("end", Kinds.DATE, "last local day of exposures, inclusive; default none"),
                    Key.optional(
                            "mature_after_end",
                            Kinds.FLAG,
                            "true to read windows that are open at the end to their own end; default false"),
                    Key.required(
                            "groups", new Kind.ListOf(Kinds.shaped(GROUP), 2), "two or more, one of them the control"),
                    Key.optional("metrics", Kinds.shaped(ROLES), ROLES.description()),
                    Key.optional(
                            "breakdowns",
                            Kinds.listOf(Kinds.COLUMN),
                            "unit properties, of the assignment source or a property source, by which results are also shown"),
                    Key.optional(
                            "crossover",
                            Kinds.choice("exclude", "first_group"),
                            "what happens to units seen in several groups; default exclude"),
                    Key.optional("id_resolution", Kinds.shaped(ID_RESOLUTION), ID_RESOLUTION.description()),
                    Key.optional(
                            "views",
                            Kinds.listOf(Kinds.choice("cumulative", "daily", "days_since_exposure")),
                            "which result rows are kept; default cumulative and daily, cumulative always"),
                    Key.optional("analysis", Kinds.shaped(ANALYSIS), ANALYSIS.description()));

    private ExperimentShapes() {}
}
