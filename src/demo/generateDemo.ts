import { type BusinessCalendar, businessCalendar } from './businessCalendar.ts';
import { type Agent, hireAgents, type Span } from './company.ts';
import { openCompany } from './companyDays.ts';
import type { DemoRow, Emit } from './demoRow.ts';
import { day, monthsBefore, startOfDay } from './demoTime.ts';
import { recordDevelopment } from './development.ts';
import { type Gaming, plantGaming } from './plantGaming.ts';
import { seededRandom } from './random.ts';
import { recordIncidents, reviewAgents } from './reviews.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly agents: number;
  readonly months: number;
  /** Last day, `2026-10-31`; the caller decides what yesterday was. */
  readonly until: string;
  /** Some people game the figures: called with who does and how, before the first row. */
  readonly plant?: (truth: Gaming['truth']) => void;
}

/**
 * The demo company as rows of the open format, day by day: everything that a seed, a size and a last day determine,
 * and nothing else, so the same options give the same rows. Agents and calendar come first.
 */
export function* generateDemo(options: DemoOptions): Generator<DemoRow> {
  const span: Span = {
    firstMs: startOfDay(monthsBefore(options.until, options.months)) + day,
    endMs: startOfDay(options.until) + day,
  };
  const random = seededRandom(options.seed);
  const agents = hireAgents(random.fork('agents'), options.agents, span);
  const calendar = businessCalendar(span);

  const gaming = options.plant ? plantGaming(random.fork('gaming'), agents, span.endMs) : undefined;
  if (gaming) options.plant?.(gaming.truth);

  let pending: DemoRow[] = [];
  const emit: Emit = (kind, row) => pending.push({ kind, row });
  writeAgents(agents, emit);
  writeCalendar(calendar, emit);
  reviewAgents(random.fork('reviews'), agents, span, emit);
  recordIncidents(random.fork('incidents'), agents, span, emit);
  recordDevelopment(random.fork('development'), agents, span, emit);
  yield* gaming ? gaming.opening(pending) : pending;

  const company = openCompany({
    seed: options.seed,
    random: random.fork('days'),
    agents,
    calendar,
    span,
    emit: (kind, row) => emit(kind, row),
  });
  for (let dayMs = span.firstMs; dayMs < span.endMs; dayMs += day) {
    pending = [];
    company.live(dayMs);
    yield* gaming ? gaming.day(pending) : pending;
  }
}

function writeAgents(agents: readonly Agent[], emit: Emit): void {
  for (const agent of agents) {
    const row = {
      agent_id: agent.id,
      name: agent.name,
      team: agent.team,
      shop: agent.shop,
      tier: agent.tier,
      employment: agent.employment,
      hired_on: agent.hiredOn,
      left_on: agent.leftOn,
      manager_id: agent.managerId,
      monthly_salary: agent.salary,
      valid_from: agent.hiredOn,
    };
    emit('agents', row);
    if (agent.moves)
      emit('agents', { ...row, team: agent.moves.team, shop: agent.moves.shop, valid_from: agent.moves.on });
  }
}

function writeCalendar(calendar: BusinessCalendar, emit: Emit): void {
  for (const date of calendar.promotionDays) emit('calendar', { date, type: 'promotion', factor: 1.5 });
  emit('calendar', { type: 'outage', ...calendar.outage });
  emit('calendar', { type: 'hours', ...calendar.shortDay });
}
