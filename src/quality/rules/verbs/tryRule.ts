import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { maskedSpans, maskPersonalData } from '../../../people/mask.ts';
import { NotFound, TooMany } from '../../../platform/errors.ts';
import { type Deps, outline } from '../../../platform/http.ts';
import { type Label, labelsOf } from '../decisionStore.ts';
import { textsOf } from '../hitStore.ts';
import type { Rule, WordList } from '../ruleSchema.ts';
import type { Trial, tryRuleSchema } from '../schemas.ts';
import { precisionOf } from '../standing.ts';
import { tooMuchPercent } from '../summaries.ts';
import { type Tried, tryRules } from '../trial.ts';
import { keepTrial, trialById } from '../trialStore.ts';
import { wholeOrganisation } from './listRules.ts';
import { listOfText, ruleOfText } from './saveRule.ts';

const limits = { secondsMax: 20, sessionsMax: 20_000 };
const sampleSize = 20;
/** Of this process: a trial keeps a processor busy. */
let running = 0;

/**
 * Begins to try a rule or a word list on history and answers at once; `readTrial` tells how it goes. Nothing of it is in use. Throws
 * Invalid `rule.invalid` or `wordList.invalid`, TooMany `trial.running` while another one runs.
 */
export async function startTrial(deps: Deps, actor: Actor, input: z.output<typeof tryRuleSchema>): Promise<Trial> {
  authorise(actor, 'rule.write', wholeOrganisation);
  const tried = await triedOf(deps, input);
  if (running > 0) throw new TooMany('trial.running', { retryAfterSeconds: limits.secondsMax });
  running++;
  const notBegun = (cause: unknown): never => {
    running--;
    throw cause;
  };
  const { postgres, clickhouse } = deps.stores;
  const begun = { at: new Date(deps.now()), by: actor.userId, ms: performance.now(), id: randomUUID() };
  const [[inspectable], labels] = await Promise.all([
    clickhouse.all.query<{ n: string }>('SELECT count() AS n FROM session_facts FINAL WHERE message_count > 0'),
    labelsOf(postgres),
    audit(deps, actor, tried.action, tried.id),
  ]).catch(notBegun);
  const total = Math.min(Number(inspectable?.n), limits.sessionsMax);
  const tell = async (found: Tried, end: Pick<Trial, 'running' | 'stopped'>): Promise<Trial> => {
    const seconds = (performance.now() - begun.ms) / 1000;
    const trial = await trialOf(deps, tried, labels, found, { id: begun.id, seconds, total, ...end });
    await keepTrial(postgres, trial, begun);
    return trial;
  };
  const nothing: Tried = { sessions: 0, sessionsHit: 0, hits: [], since: null, stopped: null };
  const first = await tell(nothing, { running: true, stopped: null }).catch(notBegun);
  void tryRules(deps, tried, limits, async (found) => {
    await tell(found, { running: true, stopped: null });
  })
    .then((found) => tell(found, { running: false, stopped: found.stopped }))
    .catch(async (cause: unknown) => {
      deps.log.error(outline(cause), 'a trial of a rule failed');
      await tell(nothing, { running: false, stopped: 'failed' }).catch(() => undefined);
    })
    .finally(() => {
      running--;
    });
  return first;
}

/** What there is to try, and what it is called. */
interface ToTry {
  readonly action: 'rule.tried' | 'wordList.tried';
  readonly id: string;
  readonly name: Rule['name'];
  readonly rules: readonly Rule[];
  readonly lists: readonly WordList[];
}

async function triedOf(deps: Deps, input: z.output<typeof tryRuleSchema>): Promise<ToTry> {
  if ('text' in input) {
    const { rule, lists } = await ruleOfText(deps, input.text);
    return { action: 'rule.tried', id: rule.id, name: rule.name, rules: [rule], lists };
  }
  const { list, lists, rules } = await listOfText(deps, input.list);
  const { id, name, severity } = list;
  const alone: Rule = { id, name, severity, category: 'other', when: { words: [id], by: 'agent' } };
  return { action: 'wordList.tried', id, name, lists, rules: rules.length > 0 ? rules : [alone] };
}

/** How a trial of one's own goes. Throws NotFound `trial.unknown`. */
export async function readTrial(deps: Deps, actor: Actor, id: string): Promise<Trial> {
  authorise(actor, 'rule.write', wholeOrganisation);
  const trial = await trialById(deps.stores.postgres, id, actor.userId);
  if (!trial) throw new NotFound('trial.unknown');
  return trial;
}

async function trialOf(
  { stores }: Deps,
  { name }: Pick<ToTry, 'name'>,
  labels: readonly Label[],
  tried: Tried,
  rest: Pick<Trial, 'id' | 'seconds' | 'total' | 'running' | 'stopped'>,
): Promise<Trial> {
  const every = Math.max(1, Math.floor(tried.hits.length / sampleSize));
  const sample = tried.hits.filter((_, i) => i % every === 0).slice(0, sampleSize);
  const texts = await textsOf(stores.clickhouse, sample);
  const placeOf = (hit: { sessionId: string; messageKey: string }) => `${hit.sessionId} ${hit.messageKey}`;
  const idOf = (hit: Tried['hits'][number] | Label) => `${hit.rule} ${placeOf(hit)}`;
  const labelOf = new Map(labels.map((label) => [idOf(label), label.confirmed]));
  const share = tried.sessions === 0 ? null : (100 * tried.sessionsHit) / tried.sessions;
  return {
    ...rest,
    ...{ name, secondsMax: limits.secondsMax, since: tried.since },
    ...{ sessions: tried.sessions, sessionsHit: tried.sessionsHit, hits: tried.hits.length, sharePercent: share },
    hitsTooMuch: share !== null && share > tooMuchPercent,
    precision: precisionOf(
      tried.hits.flatMap((hit) => {
        const label = labelOf.get(idOf(hit));
        return label === undefined ? [] : [label];
      }),
    ),
    sample: sample.map((hit) => {
      const text = texts.get(placeOf(hit)) ?? '';
      const label = labelOf.get(idOf(hit));
      return {
        ...{ sessionId: hit.sessionId, messageKey: hit.messageKey, at: hit.at, text: maskPersonalData(text) },
        places: maskedSpans(text, hit.places),
        status: label === undefined ? 'open' : label ? 'confirmed' : 'overturned',
      };
    }),
  };
}
