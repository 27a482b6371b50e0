-- One row per metric and analysed visitor: numerator x, denominator y.
-- Metrics over all exposed visitors have y = 1, and x = 0 for visitors without rows.
-- Averages and ratios leave out visitors whose denominator is 0.

CREATE OR REPLACE TEMP TABLE totals AS
SELECT
    x.visitor_id,
    x.group_name,
    x.browser,
    count(*) FILTER (r.event_name = 'purchase') AS purchases,
    count(*) FILTER (r.event_name = 'detail_page_view') AS detail_page_views,
    coalesce(sum(r.revenue) FILTER (r.event_name = 'purchase'), 0) / 100.0 AS revenue,
    coalesce(sum(r.revenue) FILTER (r.event_name = 'purchase' AND r.category = 'electronics'), 0) / 100.0
        AS electronics_revenue,
    count(*) FILTER (r.origin = 'calls') AS calls,
    coalesce(sum(r.minutes), 0) AS minutes
FROM first_exposures AS x
LEFT JOIN rows_after_exposure AS r ON r.visitor_id = x.visitor_id
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE unit_values (
    metric VARCHAR, visitor_id VARCHAR, group_name VARCHAR, browser VARCHAR, x DOUBLE, y DOUBLE
);

INSERT INTO unit_values
SELECT 'visitors_with_purchase', visitor_id, group_name, browser, (purchases > 0)::INT, 1 FROM totals
UNION ALL
SELECT 'detail_page_views', visitor_id, group_name, browser, detail_page_views, 1 FROM totals
UNION ALL
SELECT 'electronics_revenue', visitor_id, group_name, browser, electronics_revenue, 1 FROM totals
UNION ALL
SELECT 'support_calls', visitor_id, group_name, browser, calls, 1 FROM totals
UNION ALL
SELECT 'support_minutes', visitor_id, group_name, browser, minutes, 1 FROM totals
UNION ALL
SELECT 'purchase_value', visitor_id, group_name, browser, revenue, purchases FROM totals WHERE purchases > 0
UNION ALL
SELECT 'purchases_per_detail_view', visitor_id, group_name, browser, purchases, detail_page_views
FROM totals WHERE detail_page_views > 0;
