import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Column, type KindName, kindNames, kinds } from '../ingest/kinds.ts';
import type { Command, CommandContext } from '../platform/command.ts';
import { command } from './command.ts';
import type { DemoRow, Row } from './demoRow.ts';
import { type DemoOptions, generateDemo } from './generateDemo.ts';
import { afterthoughts, phrases } from './phrases.ts';
import { scenarios } from './scenarios.ts';
import { writeDemo } from './writeDemo.ts';

const small: DemoOptions = { seed: 7, agents: 12, months: 2, until: '2026-11-20' };
const rows = [...generateDemo(small)];
const of = (kind: KindName, from: readonly DemoRow[] = rows): Row[] =>
  from.filter((row) => row.kind === kind).map((row) => row.row);
const ms = (cell: Row[string]) => (cell === undefined || cell === '' ? undefined : Date.parse(String(cell)));
const digest = (from: Iterable<DemoRow>) => {
  const hash = createHash('sha256');
  for (const row of from) hash.update(JSON.stringify(row));
  return hash.digest('hex');
};

describe('the demo company', () => {
  it('is the same for the same options and another for another seed', () => {
    expect(digest(generateDemo(small))).toBe(digest(rows));
    expect(digest(generateDemo({ ...small, seed: 8 }))).not.toBe(digest(rows));
  });

  it('grows with agents and months, and covers every kind', () => {
    for (const kind of kindNames) expect(of(kind).length, kind).toBeGreaterThan(0);
    const larger = [...generateDemo({ ...small, agents: 36 })];
    expect(of('sessions', larger).length / of('sessions').length).toBeGreaterThan(2.4);
    expect(of('sessions', larger).length / of('sessions').length).toBeLessThan(3.6);
    const longer = [...generateDemo({ ...small, months: 4 })];
    expect(of('messages', longer).length / of('messages').length).toBeGreaterThan(1.6);
  });

  it('runs even with a single agent for a month', () => {
    expect(of('sessions', [...generateDemo({ ...small, agents: 1, months: 1 })]).length).toBeGreaterThan(50);
  });

  it('keeps to the open format (and when somebody acted on an alert): known columns, required cells, types, known agents', () => {
    const known = new Set(of('agents').map((row) => row.agent_id));
    const wrong: string[] = [];
    for (const { kind, row } of rows) {
      const columns = new Map(kinds[kind].columns.map((column) => [column.name, column]));
      for (const name of Object.keys(row))
        if (!columns.has(name) && `${kind}.${name}` !== 'incidents.acted_at')
          wrong.push(`${kind}.${name} is no column`);
      for (const column of columns.values()) {
        const problem = problemOf(column, row[column.name], known);
        if (problem) wrong.push(`${kind}.${column.name} ${problem}: ${String(row[column.name])}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('gives every row a key of its own', () => {
    const keys: [KindName, string[]][] = [
      ['agents', ['agent_id', 'valid_from']],
      ['sessions', ['session_id']],
      ['messages', ['session_id', 'message_id']],
      ['events', ['event_id']],
      ['tickets', ['ticket_id']],
      ['ratings', ['rating_id']],
      ['orders', ['order_id']],
      ['attendance', ['agent_id', 'scheduled_start']],
      ['assessments', ['agent_id', 'period', 'item', 'by']],
      ['incidents', ['incident_id']],
    ];
    for (const [kind, key] of keys) {
      const list = of(kind);
      expect(new Set(list.map((row) => key.map((name) => row[name]).join('|'))).size, kind).toBe(list.length);
    }
  });

  it('puts times in order and none after the last day', () => {
    const end = Date.parse('2026-11-21T00:00:00+08:00');
    const sessions = new Map(of('sessions').map((row) => [row.session_id, row]));
    const last = new Map<Row[string], number>();
    const disorder: unknown[] = [];
    for (const message of of('messages')) {
      const at = ms(message.at) as number;
      const session = sessions.get(message.session_id) as Row;
      const earliest = last.get(message.session_id) ?? (ms(session.started_at) as number);
      if (at < earliest || at > (ms(session.ended_at) as number)) disorder.push(message);
      last.set(message.session_id, at);
    }
    for (const ticket of of('tickets')) {
      const times = [ticket.created_at, ticket.first_closed_at, ticket.reopened_at, ticket.closed_at].map(ms);
      const known = times.filter((time) => time !== undefined);
      if (known.some((time, k) => time < (known[k - 1] ?? 0))) disorder.push(ticket);
    }
    for (const { row } of rows) {
      for (const name of ['at', 'started_at', 'ended_at', 'created_at', 'closed_at', 'paid_at', 'cancelled_at']) {
        if ((ms(row[name]) ?? 0) >= end) disorder.push(row);
      }
    }
    expect(disorder.slice(0, 3)).toEqual([]);
  });

  it('has people who join, leave and move, and those who game the figures', () => {
    const company = of('agents', [...generateDemo({ ...small, agents: 60, months: 1 })]);
    expect(new Set(company.map((row) => row.agent_id)).size).toBe(60);
    expect(new Set(company.map((row) => row.team)).size).toBe(6);
    expect(new Set(company.map((row) => row.shop)).size).toBe(3);
    expect(company.filter((row) => row.left_on !== '')).toHaveLength(1);
    expect(company).toHaveLength(61);
    expect(new Set(company.map((row) => row.name)).size).toBe(60);
    expect(company.some((row) => String(row.hired_on) > '2026-10-21')).toBe(true);
  });

  it('sells as shops do: contested, followed up, cut in on, cancelled soon and late, refunded in part', () => {
    const sold = of('orders').filter((row) => row.paid_at);
    const sincePaid = (row: Row, name: string) => (ms(row[name]) ?? Number.NaN) - (ms(row.paid_at) as number);
    const approached = of('sessions').filter((row) => row.initiated_by === 'agent');
    const approachedWithin = (fromMs: (row: Row) => number, toMs: (row: Row) => number) =>
      sold.filter((row) =>
        approached.some(
          (talk) =>
            talk.customer_id === row.customer_id &&
            (ms(talk.started_at) as number) > fromMs(row) &&
            (ms(talk.started_at) as number) < toMs(row),
        ),
      ).length;
    const created = (row: Row) => ms(row.created_at) as number;
    const paid = (row: Row) => ms(row.paid_at) as number;
    const days = (count: number) => count * 86_400_000;
    expect(sold.filter((row) => sincePaid(row, 'cancelled_at') <= days(15)).length).toBeGreaterThan(3);
    expect(sold.filter((row) => sincePaid(row, 'cancelled_at') > days(15)).length).toBeGreaterThan(0);
    expect(sold.filter((row) => row.refunded_amount && row.refunded_amount !== row.amount).length).toBeGreaterThan(3);
    expect(approachedWithin(created, paid)).toBeGreaterThan(0);
    expect(approachedWithin(paid, (row) => paid(row) + 3_600_000)).toBeGreaterThan(3);
  });

  it('rates as people do: few answer, and the extremes more than the middle', () => {
    const scores = of('ratings').map((row) => Number(row.score));
    const share = (score: number) => scores.filter((each) => each === score).length / scores.length;
    expect(share(5)).toBeGreaterThan(0.4);
    expect(share(1)).toBeGreaterThan(share(2));
    expect(of('ratings').filter((row) => row.session_id).length / of('sessions').length).toBeLessThan(0.35);
  });

  it('speaks with at least 400 distinct building blocks and shows telephone numbers of a prefix nobody has', () => {
    const blocks = [
      ...Object.values(phrases).flat(),
      ...afterthoughts.flatMap(([question, answers]) => [question, ...answers]),
      ...scenarios.flatMap(({ opens, solves, asks }) => [
        ...opens,
        ...solves,
        ...asks.flatMap(([ask, told]) => [ask, ...told]),
      ]),
    ];
    expect(new Set(blocks).size).toBeGreaterThan(400);
    const texts = of('messages').map((row) => String(row.text));
    expect(texts.filter((text) => /\{\w+\}/.test(text))).toEqual([]);
    const phones = texts.flatMap((text) => text.match(/(?<!\d)1[3-9]\d{9}(?!\d)/g) ?? []);
    expect(phones.length).toBeGreaterThan(20);
    expect(phones.filter((phone) => !phone.startsWith('154'))).toEqual([]);
  });
});

describe('heng demo', () => {
  const out = mkdtempSync(join(tmpdir(), 'heng-demo-'));
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('writes the same bytes for the same seed, one CSV per kind', async () => {
    const counts = await writeDemo(generateDemo(small), join(out, 'a'));
    await writeDemo(generateDemo(small), join(out, 'b'));
    expect(readdirSync(join(out, 'a')).sort()).toEqual(kindNames.map((kind) => `${kind}.csv`).sort());
    for (const kind of kindNames) {
      const bytes = readFileSync(join(out, 'a', `${kind}.csv`));
      expect(bytes.equals(readFileSync(join(out, 'b', `${kind}.csv`))), kind).toBe(true);
      expect(counts[kind]).toBe(of(kind).length);
    }
  });

  it('ends with yesterday unless told otherwise, and refuses what it cannot do', async () => {
    const told: unknown[] = [];
    const now = Date.parse('2026-11-22T09:00:00+08:00');
    const run = (values: CommandContext['values']) => command.run(contextOf(values, now, told));
    expect(await run({ seed: '1', out: join(out, 'c'), agents: '2', months: '1' })).toBe(0);
    expect(told[0]).toMatchObject({ until: '2026-11-21', agents: 2, rows: { agents: 2 } });
    await expect(run({ seed: '1' })).rejects.toMatchObject({ code: 'demo.outMissing' });
    await expect(run({ seed: 'x', out })).rejects.toMatchObject({ code: 'demo.numberOutOfRange' });
    await expect(run({ seed: '1', out, agents: '0' })).rejects.toMatchObject({ code: 'demo.numberOutOfRange' });
    await expect(run({ seed: '1', out, until: '2026-02-30' })).rejects.toMatchObject({ code: 'demo.dateUnreadable' });
  });
});

function contextOf(values: CommandContext['values'], now: number, told: unknown[]): Parameters<Command['run']>[0] {
  return {
    args: [],
    values,
    json: true,
    dataDir: '',
    env: {},
    timeZone: 'Asia/Shanghai',
    now: () => now,
    stores: () => Promise.reject(new Error('the demo needs no stores')),
    out: (document) => told.push(document),
    outLines: () => Promise.reject(new Error('the demo answers at once')),
    progress: () => undefined,
  };
}

function problemOf(column: Column, value: Row[string], known: ReadonlySet<Row[string]>): string | null {
  const text = value === undefined ? '' : String(value);
  if (text === '') return column.required ? 'is missing' : null;
  if (column.agent && !known.has(text)) return 'is no agent';
  const pattern: Record<string, RegExp> = {
    instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/,
    date: /^\d{4}-\d\d-\d\d$/,
    timeOfDay: /^\d\d:\d\d$/,
    integer: /^\d+$/,
    decimal: /^-?\d+(\.\d+)?$/,
    money: /^\d+(\.\d\d)?$/,
    seconds: /^\d+$/,
    boolean: /^(true|false)$/,
    period: /^\d{4}-(\d\d|Q[1-4])$/,
  };
  if (column.type.is === 'oneOf') return column.type.values.includes(text) ? null : 'is none of the set';
  if (column.type.is === 'integer' && column.type.max !== undefined && Number(text) > column.type.max)
    return 'is too large';
  return pattern[column.type.is]?.test(text) === false ? `is no ${column.type.is}` : null;
}
