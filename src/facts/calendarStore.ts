import type { ClickHouseConnection } from '../platform/clickhouse.ts';
import { type CalendarRow, calendarRowSchema } from './schemas.ts';

/**
 * SQL: the calendar as it holds. Of several rows of one key the latest import holds; where that one carries the attribute
 * `cancelled` = true, the key has none. Raw rows are never deleted, so that a repeated or late import changes nothing.
 */
export const calendarThatHolds = `
  SELECT date, type, shop, metric, \`from\`, \`to\`, factor, attributes['name'] AS name, import_id, line
  FROM (
    SELECT *
    FROM calendar
    ORDER BY import_id DESC, line DESC, content_hash DESC
    LIMIT 1 BY date, type, shop, metric, \`from\`
  )
  WHERE attributes['cancelled'] != 'true'`;

/** The rows that hold on these days, both ends included, in the order of their arrival. */
export function readCalendarRows(
  server: ClickHouseConnection,
  span: { readonly first: string; readonly last: string },
): Promise<CalendarRow[]> {
  return server.query(
    `SELECT toString(date) AS date, toString(type) AS type, toString(shop) AS shop, toString(metric) AS metric,
       toString(\`from\`) AS \`from\`, toString(\`to\`) AS \`to\`, toString(factor) AS factor, name
     FROM (${calendarThatHolds}) AS held
     WHERE held.date >= {first:Date32} AND held.date <= {last:Date32}
     ORDER BY import_id, line, type, shop, metric, \`from\``,
    { params: { first: span.first, last: span.last }, rows: calendarRowSchema },
  );
}
