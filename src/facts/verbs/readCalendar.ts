import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope, scopeFilter } from '../../people/authorise.ts';
import type { ClickHouseConnection } from '../../platform/clickhouse.ts';
import type { Deps } from '../../platform/http.ts';
import { areFestivalsKnown, calendarDays, todayIn } from '../calendarDays.ts';
import { readCalendarRows } from '../calendarStore.ts';
import type { CalendarMonth } from '../schemas.ts';
import { defaultDayHours } from '../serviceHours.ts';

/** What each day of the month is, with the rows of every shop and of the shops that the reader has anything to do with. */
export async function readCalendar(
  deps: Pick<Deps, 'stores' | 'now' | 'timeZone'>,
  actor: Actor,
  month: string,
): Promise<CalendarMonth> {
  authorise(actor, 'metric.read');
  const { all } = deps.stores.clickhouse;
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const span = { first: first.toString(), last: first.add({ months: 1 }).subtract({ days: 1 }).toString() };
  const [rows, mayLook] = await Promise.all([readCalendarRows(all, span), shopsInSight(all, actor)]);
  return {
    month,
    today: todayIn(deps),
    serviceHours: { from: timeOfDay(defaultDayHours.openMs), to: timeOfDay(defaultDayHours.closeMs) },
    festivalsKnown: areFestivalsKnown(month.slice(0, 4)),
    days: calendarDays(
      span,
      rows.filter(({ shop }) => shop === '' || mayLook(shop)),
    ),
  };
}

const timeOfDay = (ms: number) =>
  `${String(Math.floor(ms / 3_600_000)).padStart(2, '0')}:${String((ms / 60_000) % 60).padStart(2, '0')}`;

const placed = z.object({ agentId: z.string(), team: z.string(), shop: z.string() });

async function shopsInSight(all: ClickHouseConnection, actor: Actor): Promise<(shop: string) => boolean> {
  const { agents, teams, shops } = scopeFilter(actor);
  if (agents === null && teams === null) return (shop) => shops === null || shops.includes(shop);
  const places = await all.query('SELECT DISTINCT agent_id AS agentId, team, shop FROM agent_history', {
    rows: placed,
  });
  const seen = new Set(places.filter((place) => isInScope(actor, place)).map(({ shop }) => shop));
  return (shop) => seen.has(shop);
}
