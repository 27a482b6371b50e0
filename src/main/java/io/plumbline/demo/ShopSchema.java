package io.plumbline.demo;

import org.apache.spark.sql.types.StructType;

/** Folders and columns of the shop's log, and the bare types in which rows are made. */
final class ShopSchema {

    static final String EVENTS = "events";
    static final String EXPOSURES = "exposures";
    static final String APP_USAGE = "app_usage";

    /** Instants as microseconds and dates as days, so that no setting of the session can change them. */
    static final StructType BARE_EVENTS = StructType.fromDDL(
            "event_id STRING, visitor_id STRING, session_id STRING,"
                    + " event_micros BIGINT, event STRING, page STRING, category STRING, country STRING, device STRING,"
                    + " campaign STRING, returning BOOLEAN, revenue_cents BIGINT, latency_ms BIGINT, received_day INT, day INT");

    static final StructType BARE_EXPOSURES = StructType.fromDDL("experiment STRING, group_name STRING,"
            + " visitor_id STRING, exposed_micros BIGINT, country STRING, device STRING, day INT");

    static final StructType BARE_APP_USAGE = StructType.fromDDL("visitor_id STRING, minutes DOUBLE, day INT");

    static final String[] EVENT_COLUMNS = {
        "event_id",
        "visitor_id",
        "session_id",
        "timestamp_micros(event_micros) AS event_time",
        "event",
        "page",
        "category",
        "country",
        "device",
        "campaign",
        "returning",
        "revenue_cents",
        "latency_ms",
        "date_from_unix_date(received_day) AS received_on",
        "date_from_unix_date(day) AS ds"
    };

    static final String[] EXPOSURE_COLUMNS = {
        "experiment",
        "group_name",
        "visitor_id",
        "timestamp_micros(exposed_micros) AS exposed_at",
        "country",
        "device",
        "date_from_unix_date(day) AS ds"
    };

    static final String[] APP_USAGE_COLUMNS = {
        "visitor_id", "date_from_unix_date(day) AS activity_date", "minutes", "date_from_unix_date(day) AS ds"
    };

    private ShopSchema() {}
}
