import type { Actor } from '../../../people/actor.ts';
import { authorise, scopeFilter } from '../../../people/authorise.ts';
import { maskedSpans, maskPersonalData } from '../../../people/mask.ts';
import { BadInput } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { decisionsOfSessions, type StoredDecision } from '../decisionStore.ts';
import { type ListedHit, listHits as readHits } from '../hitStore.ts';
import type { HitList, HitView } from '../schemas.ts';
import { ruleStanding, type ToldRule } from '../summaries.ts';
import { isOf } from './marksKnown.ts';
import { knownLabels, knownRules } from './rulesKnown.ts';

const pageSize = 50;
/** What nobody looked at for so long alerts nobody any more; it stays among the hits of its rule. */
const alertDays = 14;

/**
 * Hits of people in scope, newest first: those nobody decided about yet, or those somebody did. `rule`: its id, `*` for all, `!` for
 * those that alert, of the last days only; left out, the rules whose confirmed hits may become incidents.
 */
export async function listHits(
  deps: Deps,
  actor: Actor,
  input: { rule?: string | undefined; decided?: boolean | undefined; cursor?: string | undefined },
): Promise<HitList> {
  authorise(actor, 'rule.read');
  const { clickhouse, postgres } = deps.stores;
  const decided = input.decided === true;
  const [{ rules }, labels] = await Promise.all([knownRules(deps), knownLabels(deps)]);
  const page = await readHits(clickhouse, {
    rules: rules.filter(({ rule }) => isAsked(rule, input.rule)).map(({ rule }) => rule.id),
    ...{ scope: scopeFilter(actor), decided },
    sinceMs: input.rule === alerting ? deps.now() - alertDays * 86_400_000 : null,
    ...{ before: input.cursor === undefined ? null : cursorOf(input.cursor), limit: pageSize + 1 },
  });
  const shown = page.slice(0, pageSize);
  const decisions = await decisionsOfSessions(postgres, [...new Set(shown.map(({ session_id }) => session_id))]);
  const byId = new Map(rules.map((told) => [told.rule.id, told]));
  const last = shown.at(-1);
  return {
    hits: shown.flatMap((hit) => {
      const told = byId.get(hit.rule);
      if (!told) return [];
      const view = hitView(hit, told, ruleStanding(told, labels).standing, decisions);
      // What was decided this second is in the other list, though the facts do not know it yet.
      return isDecided(view) === decided ? [view] : [];
    }),
    next:
      page.length > pageSize && last
        ? JSON.stringify([Number(last.at_ms), last.session_id, last.rule, last.message_key])
        : null,
  };
}

const isDecided = ({ status }: HitView): boolean => status === 'confirmed' || status === 'overturned';

/** No rule's id. */
const alerting = '!';

function isAsked(rule: ToldRule['rule'], asked: string | undefined): boolean {
  if (asked === undefined) return rule.incident !== undefined;
  return asked === alerting ? rule.alert === true : asked === '*' || asked === rule.id;
}

function cursorOf(text: string) {
  const parsed: unknown = tryJson(text);
  if (!Array.isArray(parsed) || typeof parsed[0] !== 'number' || parsed.length !== 4)
    throw new BadInput('cursor.unreadable');
  const [atMs, sessionId, rule, key] = parsed as [number, ...unknown[]];
  return { atMs, sessionId: String(sessionId), rule: String(rule), key: String(key) };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadInput('cursor.unreadable', {}, { cause });
  }
}

function hitView(
  hit: ListedHit,
  { rule }: ToldRule,
  standing: HitView['standing'],
  decisions: readonly StoredDecision[],
): HitView {
  const places = hit.hit_from.map((from, i) => ({ from, to: hit.hit_to[i] ?? from }));
  return {
    ...{ sessionId: hit.session_id, rule: hit.rule, ruleName: rule.name, ruleVersion: hit.rule_version },
    ...{
      severity: hit.severity || rule.severity,
      standing,
      messageKey: hit.message_key,
      at: new Date(Number(hit.at_ms)).toISOString(),
    },
    ...{
      agentId: hit.agent_id,
      agentName: hit.name || null,
      issue: maskPersonalData(hit.issue),
      text: maskPersonalData(hit.text),
    },
    places: maskedSpans(hit.text, places),
    ...statusOf(decisions.filter((each) => isOf(each, hit))),
  };
}

/** What holds of a hit after these decisions, oldest first. */
export function statusOf(decisions: readonly StoredDecision[]): Pick<HitView, 'status' | 'incident'> {
  const last = decisions.findLast(({ decision }) => decision !== 'comment');
  const incident = decisions.findLast((each) => each.incident !== 'none');
  return {
    status: last === undefined || last.decision === 'comment' ? 'open' : last.decision,
    incident: incident?.incident ?? 'none',
  };
}
