import type { Bilingual } from '../platform/language.ts';
import type { attributions, exclusions, MetricEntry, periodRules } from './metricDefinition.ts';
import type { RelationName } from './relations.sql.ts';

/** What the closed lists of factParts.ts and workFacts.ts are made of. `setWhen` says on which rows a column has a value; left out: on all of them. */
export interface FactColumn {
  readonly name: Bilingual;
  /** `duration`: milliseconds in SQL, seconds for people. `amount`: millionths in SQL. */
  readonly type: 'text' | 'choice' | 'flag' | 'count' | 'duration' | 'amount';
  readonly sql: string;
  readonly setWhen?: string;
  readonly choices?: readonly [string, ...string[]];
}

export interface FactParts {
  readonly relation: RelationName;
  readonly name: Bilingual;
  readonly columns: Readonly<Record<string, FactColumn>>;
  /** Whom a row can be credited to; the SQL names the agent. None: only teams and shops answer for it. */
  readonly credited: Readonly<Partial<Record<keyof typeof attributions, string>>>;
  /** Whose team it is where nobody can be credited. */
  readonly teamOf?: string;
  /** The instants that can decide the period; those of a window take its length in milliseconds. */
  readonly counted: Readonly<Partial<Record<keyof typeof periodRules, string | ((windowMs: number) => string)>>>;
  /** Holds for every metric over this fact. */
  readonly where?: string;
  /** Which rows are things that happened; the others only say of whom nothing is known to have happened, so that theirs is a zero. */
  readonly happened?: string;
  readonly without: keyof typeof exclusions;
  readonly dimensions: MetricEntry['dimensions'];
}

export const sliced = ['agent', 'team', 'shop', 'channel', 'queue', 'day', 'hour'] as const;
const ms = (instant: string) => `toUnixTimestamp64Milli(assumeNotNull(${instant}))`;
/** An instant after every period: what has not happened yet falls into none. */
const never = `toDateTime64('2199-01-01 00:00:00', 3, 'UTC')`;
export const happened = (instant: string) => `ifNull(${instant}, ${never})`;

export const text = (name: Bilingual, sql: string): FactColumn => ({ name, type: 'text', sql });
export const flag = (name: Bilingual, sql: string): FactColumn => ({ name, type: 'flag', sql });
export const count = (name: Bilingual, sql: string, setWhen?: string): FactColumn => ({
  ...{ name, type: 'count', sql },
  ...(setWhen === undefined ? {} : { setWhen }),
});
export const duration = (name: Bilingual, sql: string, setWhen?: string): FactColumn => ({
  ...{ name, type: 'duration', sql },
  ...(setWhen === undefined ? {} : { setWhen }),
});
export const between = (name: Bilingual, from: string, to: string): FactColumn =>
  duration(name, `${ms(to)} - ${ms(from)}`, `isNotNull(${to})`);

export const places = {
  channel: text({ zh: '渠道', en: 'Channel' }, 'channel'),
  queue: text({ zh: '队列', en: 'Queue' }, 'queue'),
  shop: text({ zh: '店铺', en: 'Shop' }, 'shop'),
} as const;

/** What choices are called, in the form and in the sentences that say what a metric counts. */
export const choiceNames: Readonly<Record<string, Bilingual>> = {
  consult: { zh: '咨询', en: 'inquiry' },
  complaint: { zh: '投诉', en: 'complaint' },
  install: { zh: '安装', en: 'installation' },
  repair: { zh: '维修', en: 'repair' },
  return: { zh: '退换', en: 'return' },
  other: { zh: '其他', en: 'other' },
  normal: { zh: '普通', en: 'normal' },
  urgent: { zh: '紧急', en: 'urgent' },
  answered: { zh: '接起', en: 'answered' },
  abandoned: { zh: '放弃', en: 'abandoned' },
  waiting: { zh: '仍在等', en: 'still waiting' },
};
