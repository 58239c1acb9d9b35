import { askMetrics } from '../metrics/askMetrics.ts';
import type { Period } from '../metrics/period.ts';
import type { ClickHouse } from '../platform/clickhouse.ts';
import type { Stores } from '../platform/stores.ts';
import { peopleIn } from '../scores/organisation.ts';
import { compileSignal, ownFigures } from './compileSignal.ts';
import { comparable, enoughOf, type Finding, judge, type Measured } from './judge.ts';
import { type NeedName, needs, needsSql } from './needs.ts';
import type { SignalDefinition } from './signalDefinition.ts';

export interface DetectQuestion {
  readonly period: Period;
  readonly timeZone: string;
  readonly now: number;
  /** The thresholds in force of each signal, by its id. */
  readonly thresholds: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** `lacks`: what the period's data do not have; a signal that could be looked at in part says so beside its findings. */
export type SignalResult =
  | { readonly id: string; readonly status: 'notMeasurable'; readonly lacks: readonly NeedName[] }
  | {
      readonly id: string;
      readonly status: 'measured';
      readonly lacks: readonly NeedName[];
      /** How many people had enough observations to be looked at. */
      readonly people: number;
      readonly findings: readonly Finding[];
    };

/** Looks for the signals one after another: each reads much, and nobody waits for them. */
export async function detect(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  signals: readonly SignalDefinition[],
  question: DetectQuestion,
): Promise<SignalResult[]> {
  const { clickhouse } = stores;
  const missing = await missingNeeds(clickhouse, signals, question);
  const people = await peopleIn(clickhouse, question.period);
  const tiers = new Map(people.map(({ agentId, tier }) => [agentId, tier]));
  const results: SignalResult[] = [];
  for (const signal of signals) {
    const lacks = [...new Set(signal.alternatives.flatMap((way) => way.needs))].filter((need) => missing.has(need));
    const ways = signal.alternatives.filter((way) => !way.needs.some((need) => missing.has(need)));
    if (ways.length === 0 || signal.observations === null) {
      results.push({ id: signal.id, status: 'notMeasurable', lacks });
      continue;
    }
    const thresholds = question.thresholds[signal.id];
    if (!thresholds) throw new RangeError(`no thresholds of ${signal.id}`);
    const measured = await measure(stores, signal, signal.observations, { ...question, tiers, thresholds });
    const enough = enoughOf(thresholds, measured);
    // Where there is nobody to look at there is nobody to compare either.
    const told = enough.length === 0 ? ways : ways.filter((way) => comparable(way, enough));
    const missed: readonly NeedName[] = told.length < ways.length ? [...lacks, 'colleagues'] : lacks;
    results.push(
      told.length === 0
        ? { id: signal.id, status: 'notMeasurable', lacks: missed }
        : {
            ...{ id: signal.id, status: 'measured', lacks: missed, people: enough.length },
            findings: judge(told, thresholds, measured),
          },
    );
  }
  return results;
}

async function missingNeeds(
  clickhouse: ClickHouse,
  signals: readonly SignalDefinition[],
  { period }: DetectQuestion,
): Promise<Set<NeedName>> {
  const names = [...new Set(signals.flatMap(({ alternatives }) => alternatives.flatMap((way) => way.needs)))];
  const params = { from: String(period.fromMs), to: String(period.toMs) };
  if (names.every((name) => needs[name].sql === null)) return new Set(names);
  const [row] = await clickhouse.all.query<Record<string, number>>(needsSql(names), { params });
  return new Set(names.filter((name) => needs[name].sql === null || row?.[name] !== 1));
}

interface Row {
  readonly agent_id: string;
  readonly n: string;
  readonly hits: string;
  readonly main_queue: string;
  readonly flagged: readonly (readonly [string, string])[];
  readonly others: readonly (readonly [string, string])[];
  readonly [figure: `f${number}`]: number | null;
}

async function measure(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  signal: SignalDefinition,
  observations: string,
  {
    period,
    timeZone,
    now,
    tiers,
    thresholds,
  }: Omit<DetectQuestion, 'thresholds'> & {
    readonly tiers: ReadonlyMap<string, string | null>;
    readonly thresholds: Readonly<Record<string, number>>;
  },
): Promise<Measured[]> {
  const { clickhouse } = stores;
  const params = {
    ...{
      from: String(period.fromMs),
      to: String(period.toMs),
      now: String(now),
      tz: timeZone,
      seed: `${signal.id} ${period.text}`,
    },
    ...Object.fromEntries(Object.entries(thresholds).map(([name, number]) => [`t_${name}`, number])),
  };
  const rows = await clickhouse.all.query<Row>(compileSignal(signal, observations), { params, settings: patient });
  const metrics = Object.entries(signal.figures).flatMap(([name, { from }]) =>
    'metric' in from ? [{ name, id: from.metric }] : [],
  );
  const figures =
    metrics.length === 0
      ? []
      : await askMetrics(stores, { period, by: ['agent'], metrics: metrics.map(({ id }) => id), timeZone, now });
  const own = ownFigures(signal);
  return rows.map((row) => ({
    agentId: row.agent_id,
    tier: tiers.get(row.agent_id) ?? null,
    queue: row.main_queue,
    n: Number(row.n),
    hits: Number(row.hits),
    figures: {
      ...Object.fromEntries(own.map((name, i) => [name, row[`f${i}`] ?? null])),
      ...Object.fromEntries(
        metrics.map(({ name, id }) => {
          const figure = figures.find((each) => each.key.agent === row.agent_id && each.metric === id);
          return [name, figure?.status === 'ok' && figure.value !== null ? Number(figure.value) : null];
        }),
      ),
    },
    flagged: row.flagged.map(([kind, id]) => ({ kind, id })),
    others: row.others.map(([kind, id]) => ({ kind, id })),
  }));
}

/** Nobody waits: rather slowly through the disk than not at all. */
const patient = { max_execution_time: 1800, max_bytes_before_external_group_by: 1_000_000_000 } as const;
