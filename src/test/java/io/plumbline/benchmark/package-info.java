/**
 * What Plumbline costs, beside what others cost for the same numbers: {@link io.plumbline.benchmark.Benchmark} is the
 * program behind {@code jobs/benchmark}.
 *
 * <p>Comes in: a {@link io.plumbline.benchmark.Size}; goes out: a table of ratios, as text, Markdown and JSON. Data are
 * generated ({@link io.plumbline.benchmark.ShopData}); every {@link io.plumbline.benchmark.Contender} answers the same
 * questions from the same files in the same process, its numbers are compared before its time counts, and rounds are
 * interleaved, so that whatever else the machine does meets all alike.
 */
package io.plumbline.benchmark;
