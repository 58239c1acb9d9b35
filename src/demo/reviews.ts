import { type Agent, ability, isEmployed, type Span, scaled } from './company.ts';
import type { Emit } from './demoRow.ts';
import { dateOf, day, hour, instant, startOfDay } from './demoTime.ts';
import type { Random } from './random.ts';

const inspectors = ['质检-01', '质检-02', '质检-03', '质检-04', '质检-05', '质检-06'];
const otherDepartments = ['物流部', '服务网点', '仓储部'];

/**
 * What people judged: every month each agent's professionalism and completeness by six inspectors, collaboration by
 * three other departments and adopted knowledge entries; every finished quarter one verdict by the supervisor.
 */
export function reviewAgents(random: Random, agents: readonly Agent[], span: Span, emit: Emit): void {
  const lastDate = dateOf(span.endMs - day);
  for (const month of monthsOf(span)) {
    const monthEnd = startOfDay(`${nextMonth(month)}-01`);
    const reviewDate = dateOf(Math.min(monthEnd, span.endMs) - day);
    for (const agent of agents) {
      if (!isEmployed(agent, reviewDate) && !isEmployed(agent, `${month}-01`)) continue;
      const z = ability(agent, Math.min(monthEnd, span.endMs), span);
      const assess = (item: string, value: number, by: string) =>
        emit('assessments', { agent_id: agent.id, period: month, item, value, by });
      for (const by of inspectors) {
        assess('professionalism', grade(random, scaled(z, 60, 84, 97), 5), by);
        assess('completeness', grade(random, scaled(z + agent.speed * 0.2, 66, 88, 98), 5), by);
      }
      for (const by of otherDepartments) assess('collaboration', grade(random, scaled(z, 60, 83, 95), 7), by);
      assess('kb_adopted', random.poisson(scaled(z, 0.5, 1.7, 4)), '知识库');
    }
  }
  for (const quarter of ['Q1', 'Q2', 'Q3', 'Q4'].flatMap((name) => yearsOf(span).map((year) => `${year}-${name}`))) {
    const [year, number] = quarter.split('-Q').map(Number) as [number, number];
    const last = dateOf(Date.UTC(year, number * 3, 0));
    if (last > lastDate || last < dateOf(span.firstMs)) continue;
    for (const agent of agents) {
      if (!isEmployed(agent, last)) continue;
      const z = ability(agent, startOfDay(last), span);
      for (const item of ['professionalism', 'completeness', 'collaboration']) {
        const value = grade(random, scaled(z, 62, 85, 97), 3);
        emit('assessments', { agent_id: agent.id, period: quarter, item, value, by: '主管', note: '季度复核' });
      }
    }
  }
}

const minorSlips = [
  'language',
  'listening',
  'emotion',
  'objection',
  'analysis',
  'solution',
  'warmth',
  'aftersales_policy',
  'resolution_time',
];

/** Deductions that were confirmed or not, and one allegation that is still open: it may not count against anyone. */
export function recordIncidents(random: Random, agents: readonly Agent[], span: Span, emit: Emit): void {
  let number = 0;
  const record = (
    agent: Agent,
    atMs: number,
    item: string,
    severity: 'minor' | 'major',
    status: string,
    note: string,
  ) =>
    emit('incidents', {
      incident_id: `I${String(++number).padStart(5, '0')}`,
      agent_id: agent.id,
      at: instant(atMs),
      item,
      severity,
      status,
      note,
    });
  for (let ms = span.firstMs; ms < span.endMs; ms += day) {
    for (const agent of agents) {
      if (!isEmployed(agent, dateOf(ms))) continue;
      const atMs = ms + Math.round(random.between(9.5, 21) * hour);
      const z = ability(agent, ms, span);
      if (random.chance(scaled(z, 0.045, 0.018, 0.004))) {
        const status = random.chance(0.85) ? 'confirmed' : random.chance(0.5) ? 'overturned' : 'pending';
        record(agent, atMs, 'complaint', random.chance(0.2) ? 'major' : 'minor', status, '客户投诉，经核实');
      }
      if (random.chance(scaled(z, 0.03, 0.01, 0.002))) {
        record(agent, atMs, random.pick(minorSlips), random.chance(0.15) ? 'major' : 'minor', 'confirmed', '质检抽查');
      }
    }
  }
  const accused = agents.find((agent, index) => index % 7 === 5 && agent.skill < -0.3) ?? agents[0];
  if (accused) record(accused, span.endMs - 6 * day + 15 * hour, 'mockery', 'major', 'pending', '客户称被嘲讽，待复核');
}

function grade(random: Random, mean: number, spread: number): number {
  return Math.round(Math.max(0, Math.min(100, mean + random.normal() * spread)));
}

function yearsOf(span: Span): string[] {
  return [...new Set(monthsOf(span).map((month) => month.slice(0, 4)))];
}

function monthsOf(span: Span): string[] {
  const months: string[] = [];
  const last = dateOf(span.endMs - day).slice(0, 7);
  for (let month = dateOf(span.firstMs).slice(0, 7); month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
