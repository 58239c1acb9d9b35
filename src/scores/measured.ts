import { askCaseMix, type CaseMixQuestion } from '../metrics/askCaseMix.ts';
import { askIntervals } from '../metrics/askIntervals.ts';
import { askInOrder, askMetrics } from '../metrics/askMetrics.ts';
import { factsFor } from '../metrics/closedStore.ts';
import { definitionsStamp, readDefinitions } from '../metrics/definitionStore.ts';
import { metricsIn } from '../metrics/definitionVersions.ts';
import { monthAt } from '../metrics/months.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Deps } from '../platform/http.ts';
import { type PersonMix, personMixes } from './caseMix.ts';
import { atMoment, Memo } from './memo.ts';
import { confirmedIncidents, dataStamp } from './organisation.ts';
import type { ScoreDeps } from './scoreDeps.ts';

/** Of a thousand people the inputs and cards of a month take some 30 MB. */
const batchSize = 1000;
/** A year of months for a few plans; a thousand people take some 3 MB a month. */
const remembered = 40;
/** The figures of some fifty people on whom somebody is trying a plan. */
const tried = 200;

/**
 * Scores on the metrics and figures of the definitions in force. Make it once and keep it: it remembers. With `from` everything comes
 * from these facts, whatever is closed.
 */
export function measured(
  deps: Pick<Deps, 'stores' | 'now' | 'timeZone'>,
  batch = batchSize,
  from?: ClickHouseTables,
): ScoreDeps {
  const { stores, now, timeZone } = deps;
  const facts = from ? { facts: from } : {};
  const stamp = async () =>
    (await Promise.all([dataStamp(stores.clickhouse), definitionsStamp(stores.postgres)])).join(' ');
  const mixes = new Memo<ReadonlyMap<string, PersonMix> | null>(stamp, remembered);
  const caseMix = async (question: CaseMixQuestion) => {
    const asked = { ...facts, ...question, timeZone, now: now() };
    const [mix, daily] = await Promise.all([
      askCaseMix(stores, { ...asked, byDay: false }),
      question.byDay ? askCaseMix(stores, asked) : null,
    ]);
    return mix && personMixes(mix, daily);
  };
  return {
    stores,
    now,
    timeZone,
    batch,
    catalogue: async () => metricsIn(await readDefinitions(stores.postgres), monthAt(now(), timeZone)),
    facts: async (period) => from ?? factsFor(stores, period),
    figures: (question) => askMetrics(stores, { ...facts, ...question, timeZone, now: now() }),
    figuresInOrder: (question) => askInOrder(stores, { ...facts, ...question, timeZone, now: now() }),
    incidents: async (period, items, agents) =>
      confirmedIncidents(from ?? (await factsFor(stores, period)), period, items, { timeZone, agents }),
    intervals: (question) => askIntervals(stores, { ...question, timeZone, now: now(), skipChanging: true }),
    caseMix: (question) =>
      mixes.get(
        `${question.period.text} ${question.metric} ${question.byDay}`,
        () => caseMix(question),
        atMoment(question.period, now()),
      ),
    people: new Memo(stamp, remembered),
    teamFigures: new Memo(stamp, remembered),
    inputs: new Memo(stamp, remembered),
    personFigures: new Memo(stamp, tried),
  };
}
