import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { maskedSpans, maskPersonalData } from '../../../people/mask.ts';
import { NotFound, TooMany } from '../../../platform/errors.ts';
import { type Deps, outline } from '../../../platform/http.ts';
import { type Label, labelsOf } from '../decisionStore.ts';
import { textsOf } from '../hitStore.ts';
import type { Rule } from '../ruleSchema.ts';
import type { Trial } from '../schemas.ts';
import { precisionOf } from '../standing.ts';
import { tooMuchPercent } from '../summaries.ts';
import { type Tried, tryRule } from '../trial.ts';
import { keepTrial, trialById } from '../trialStore.ts';
import { wholeOrganisation } from './listRules.ts';
import { ruleOfText } from './saveRule.ts';

const limits = { secondsMax: 20, sessionsMax: 20_000 };
const sampleSize = 20;
/** Of this process: a trial keeps a processor busy. */
let running = 0;

/**
 * Begins to try a rule on history and answers at once; `readTrial` tells how it goes. Nothing of it is in use. Throws Invalid
 * `rule.invalid`, TooMany `trial.running` while another one runs.
 */
export async function startTrial(deps: Deps, actor: Actor, input: { text: string }): Promise<Trial> {
  authorise(actor, 'rule.write', wholeOrganisation);
  const { rule, lists } = await ruleOfText(deps, input.text);
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
    labelsOf(postgres, rule.id),
    audit(deps, actor, 'rule.tried', rule.id),
  ]).catch(notBegun);
  const total = Math.min(Number(inspectable?.n), limits.sessionsMax);
  const tell = async (tried: Tried, end: Pick<Trial, 'running' | 'stopped'>): Promise<Trial> => {
    const seconds = (performance.now() - begun.ms) / 1000;
    const trial = await trialOf(deps, rule, labels, tried, { id: begun.id, seconds, total, ...end });
    await keepTrial(postgres, trial, begun);
    return trial;
  };
  const nothing: Tried = { sessions: 0, sessionsHit: 0, hits: [], since: null, stopped: null };
  const first = await tell(nothing, { running: true, stopped: null }).catch(notBegun);
  void tryRule(deps, { rule, lists }, limits, async (tried) => {
    await tell(tried, { running: true, stopped: null });
  })
    .then((tried) => tell(tried, { running: false, stopped: tried.stopped }))
    .catch(async (cause: unknown) => {
      deps.log.error(outline(cause), 'a trial of a rule failed');
      await tell(nothing, { running: false, stopped: 'failed' }).catch(() => undefined);
    })
    .finally(() => {
      running--;
    });
  return first;
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
  rule: Rule,
  labels: readonly Label[],
  tried: Tried,
  rest: Pick<Trial, 'id' | 'seconds' | 'total' | 'running' | 'stopped'>,
): Promise<Trial> {
  const every = Math.max(1, Math.floor(tried.hits.length / sampleSize));
  const sample = tried.hits.filter((_, i) => i % every === 0).slice(0, sampleSize);
  const texts = await textsOf(stores.clickhouse, sample);
  const idOf = (hit: { sessionId: string; messageKey: string }) => `${hit.sessionId} ${hit.messageKey}`;
  const labelOf = new Map(labels.map((label) => [idOf(label), label.confirmed]));
  const share = tried.sessions === 0 ? null : (100 * tried.sessionsHit) / tried.sessions;
  return {
    ...rest,
    ...{ ruleId: rule.id, name: rule.name, secondsMax: limits.secondsMax, since: tried.since },
    ...{ sessions: tried.sessions, sessionsHit: tried.sessionsHit, hits: tried.hits.length, sharePercent: share },
    hitsTooMuch: share !== null && share > tooMuchPercent,
    precision: precisionOf(
      tried.hits.flatMap((hit) => {
        const label = labelOf.get(idOf(hit));
        return label === undefined ? [] : [label];
      }),
    ),
    sample: sample.map((hit) => {
      const text = texts.get(idOf(hit)) ?? '';
      const label = labelOf.get(idOf(hit));
      return {
        ...{ sessionId: hit.sessionId, messageKey: hit.messageKey, at: hit.at, text: maskPersonalData(text) },
        places: maskedSpans(text, hit.places),
        status: label === undefined ? 'open' : label ? 'confirmed' : 'overturned',
      };
    }),
  };
}
