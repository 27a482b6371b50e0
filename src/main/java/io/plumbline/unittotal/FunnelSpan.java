package io.plumbline.unittotal;

/**
 * What bounds the attempts of a unit at a funnel; all in microseconds like {@link FunnelMoment#at()}.
 *
 * @param exposedAt when the unit met its group; counts only for funnels that start with exposure
 * @param startsFrom the first time at which an attempt may begin
 * @param startsBefore the time before which it must begin
 * @param dataEnd the end of the last day whose data count, by which windows must have elapsed where maturity is asked for
 */
public record FunnelSpan(long exposedAt, long startsFrom, long startsBefore, long dataEnd) {

    /** All attempts of a unit. */
    public static FunnelSpan sinceExposure(long exposedAt, long dataEnd) {
        return new FunnelSpan(exposedAt, Long.MIN_VALUE, Long.MAX_VALUE, dataEnd);
    }

    /** Attempts that begin on a day, whatever the exposure. */
    public static FunnelSpan startingIn(long from, long before) {
        return new FunnelSpan(from, from, before, Long.MAX_VALUE);
    }
}
