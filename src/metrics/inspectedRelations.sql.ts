import { aSession, assessed, assessmentsWithDays, fromAt, noSlice, toAt } from './relationParts.sql.ts';

/** Millionths: hundredths of points, counts, and assessed values in one unit. */
const millionths = (value: string) => `toInt64(${value} * 1000000)`;

/** Whether Heng itself inspected a conversation of the period: then its own measurements hold, and assessments of the same do not. */
const inspectedAny = `(SELECT count() FROM (SELECT 1 FROM inspected_sessions FINAL WHERE counted AND started_at >= ${fromAt} AND started_at < ${toAt} LIMIT 1)) = 1`;
const labelledAny = `(SELECT count() FROM (SELECT 1 FROM hit_labels FINAL WHERE by_words AND labelled_at >= ${fromAt} AND labelled_at < ${toAt} LIMIT 1)) = 1`;

const { within_period: withinPeriod, ends } = assessed.columns;
const ofPeriod = { ...assessed.columns, at: `addMilliseconds(${ends}, -1)` };
const assessedItem = (name: string) => `item = '${name}'`;

/**
 * What the inspection measured of each agent's part of each session: feeling, personal replies, the customer's words. In a period of
 * which nothing was inspected, the assessments that say the same. `feels`, `speaks`, `replies`: 0 where a row says nothing of it.
 */
export const inspectedSlices = [
  {
    columns: {
      ...aSession,
      customer: `''`,
      at: 'started_at',
      feels: 'slice_feeling_one IS NOT NULL',
      feeling: `toInt64(coalesce(slice_feeling_one, 0)) * 10000`,
      replies: 'slice_replies_one',
      personal: 'toInt64(slice_personal_one) * 100000000',
      words: millionths('slice_tokens_one'),
      negative: millionths('slice_negative_one'),
    },
    unfold: {
      agent_id: 'slice_agent_id',
      slice_feeling_one: 'slice_feeling',
      slice_replies_one: 'slice_replies',
      slice_personal_one: 'slice_personal',
      slice_tokens_one: 'slice_tokens',
      slice_negative_one: 'slice_negative_tokens',
    },
    from: 'inspected_sessions FINAL',
    where: 'counted',
  },
  {
    columns: {
      ...ofPeriod,
      feels: assessedItem('sentiment'),
      feeling: `if(${assessedItem('sentiment')}, ${millionths('value')}, 0)`,
      replies: `toUInt32(${assessedItem('personalisation')})`,
      personal: `if(${assessedItem('personalisation')}, ${millionths('value')}, 0)`,
      words: `if(${assessedItem('customer_words')}, ${millionths('value')}, 0)`,
      negative: `if(${assessedItem('negative_words')}, ${millionths('value')}, 0)`,
    },
    from: assessmentsWithDays,
    where: `item IN ('sentiment', 'personalisation', 'negative_words', 'customer_words') AND ${withinPeriod} AND NOT ${inspectedAny}`,
  },
] as const;

/**
 * Listed words that people marked: those the rules had found (a confirmed hit) and those they had missed. In a period in which nobody
 * marked any, the assessments that say the same.
 */
export const markedWords = [
  {
    columns: {
      ...noSlice,
      kind: `'session'`,
      id: 'session_id',
      customer: `''`,
      agent_id: 'agent_id',
      at: 'labelled_at',
      found: millionths(`(label = 'confirmed')`),
      marked: millionths('1'),
    },
    from: 'hit_labels FINAL',
    where: `by_words AND label IN ('confirmed', 'missed')`,
  },
  {
    columns: {
      ...ofPeriod,
      found: `if(${assessedItem('banned_words_detected')}, ${millionths('value')}, 0)`,
      marked: `if(${assessedItem('banned_words_labelled')}, ${millionths('value')}, 0)`,
    },
    from: assessmentsWithDays,
    where: `item IN ('banned_words_detected', 'banned_words_labelled') AND ${withinPeriod} AND NOT ${labelledAny}`,
  },
] as const;
