import { agentsAt, spokenMessages } from '../../../metrics/sessionStore.ts';
import { instant } from '../../../metrics/verbs/readEvidence.ts';
import { sessionInReach } from '../../../metrics/verbs/readTranscript.ts';
import type { Actor } from '../../../people/actor.ts';
import { authorise, may, scopeFilter } from '../../../people/authorise.ts';
import { maskedSpans, maskPersonalData } from '../../../people/mask.ts';
import type { Deps } from '../../../platform/http.ts';
import { engineErrors } from '../../engineErrors.ts';
import type { StoredDecision } from '../decisionStore.ts';
import { countPartlyInspected, happeningsOf, inspectedSession, similarSessions } from '../hitStore.ts';
import type { MarkView, SessionInspection } from '../schemas.ts';
import { ruleStanding, type ToldRule } from '../summaries.ts';
import { inspectedCharacters } from '../talk.ts';
import { statusOf } from './listHits.ts';
import { isOf, type KnownMark, marksKnown } from './marksKnown.ts';
import { knownLabels, knownRules } from './rulesKnown.ts';

const messagesMax = 2000;
const points = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);
const percent = (part: number | undefined, whole: number | undefined): number | null =>
  part === undefined || !whole ? null : (100 * part) / whole;

/**
 * What the inspection says of a conversation, beside the transcript: marks with their places, feelings, what happened, similar cases.
 * Agents see the marks that a person confirmed. Throws NotFound `session.unknown` as the transcript does.
 */
export async function readSessionInspection(deps: Deps, actor: Actor, sessionId: string): Promise<SessionInspection> {
  authorise(actor, 'transcript.read');
  const { clickhouse } = deps.stores;
  const { fact } = await sessionInReach(deps, actor, sessionId);
  const maySeeAll = may(actor, 'rule.read');
  const [{ marks: found, decisions }, measured, known, labels, happened, messages, partly] = await Promise.all([
    marksKnown(deps.stores, sessionId),
    inspectedSession(clickhouse, sessionId),
    knownRules(deps),
    knownLabels(deps),
    happeningsOf(clickhouse, sessionId, fact.customer_id, fact.started_at),
    spokenMessages(clickhouse, sessionId, messagesMax),
    countPartlyInspected(clickhouse, sessionId),
  ]);
  const textOf = new Map(messages.map(({ key, text }) => [key, text]));
  const rules = new Map(known.rules.map((told) => [told.rule.id, told]));
  const marks = found.flatMap((hit) => {
    const told = rules.get(hit.rule);
    if (!told) return [];
    const standing = ruleStanding(told, labels).standing;
    return [markOf(hit, told, standing, textOf.get(hit.message_key) ?? '', decisions)];
  });
  const shown = marks.filter(({ status }) => maySeeAll || status === 'confirmed');
  const similar = await similarSessions(clickhouse, {
    ...{ sessionId, issue: fact.issue, at: fact.started_at, scope: scopeFilter(actor) },
    rules: [...new Set(shown.map(({ rule }) => rule))],
  });
  const people = await agentsAt(clickhouse, [...new Set(happened.map(({ agent_id }) => agent_id))], fact.started_at);
  const nameOf = new Map(people.map(({ agent_id, name }) => [agent_id, name]));
  return {
    measured: measured && {
      feelings: measured.feeling_key.map((messageKey, i) => ({
        messageKey,
        feeling: (measured.feeling[i] ?? 0) / 100,
      })),
      ...{
        start: points(measured.feeling_start),
        end: points(measured.feeling_end),
        temperature: points(measured.temperature),
      },
      agents: measured.slice_agent_id.map((agentId, i) => ({
        agentId,
        replies: measured.slice_replies[i] ?? 0,
        personalPercent: percent(measured.slice_personal[i], measured.slice_replies[i]),
        negativePercent: percent(measured.slice_negative_tokens[i], measured.slice_tokens[i]),
        feeling: points(measured.slice_feeling[i] ?? null),
      })),
      ...{
        engine: measured.engine,
        errors: [...engineErrors],
        ruleSet: measured.rule_set,
        inspectedAt: instant(measured.inspected_at),
      },
    },
    marks: shown,
    partlyInspected: partly,
    inspectedCharacters,
    timeline: happened
      .filter(({ what }) => what !== 'order')
      .map(({ at_ms, what, agent_id, value }) => ({
        at: new Date(Number(at_ms)).toISOString(),
        what,
        agentName: nameOf.get(agent_id) ?? (agent_id || null),
        value,
      })),
    orders: happened.filter(({ what }) => what === 'order').map(({ value }) => value),
    similar: similar.map((session) => ({
      ...{
        sessionId: session.session_id,
        issue: maskPersonalData(session.issue),
        temperature: points(session.temperature),
      },
      startedAt: new Date(Number(session.started_ms)).toISOString(),
      shared: maySeeAll ? session.shared.flatMap((id) => rules.get(id)?.rule.name ?? []) : [],
    })),
    rules: may(actor, 'hit.decide')
      ? known.rules.filter(({ rule }) => rule.state !== 'off').map(({ rule }) => ({ id: rule.id, name: rule.name }))
      : [],
    mayDecide: may(actor, 'hit.decide'),
  };
}

function markOf(
  hit: KnownMark,
  { rule }: ToldRule,
  standing: MarkView['standing'],
  text: string,
  decisions: readonly StoredDecision[],
): MarkView {
  const own = decisions.filter((each) => isOf(each, hit));
  const writtenPlaces = hit.hit_from.map((from, i) => ({ from, to: hit.hit_to[i] ?? from }));
  return {
    ...{ rule: hit.rule, ruleName: rule.name, ruleVersion: hit.rule_version, advice: rule.advice ?? null },
    ...{
      severity: hit.severity || rule.severity,
      standing,
      messageKey: hit.message_key,
      agentId: hit.agent_id,
      writtenPlaces,
    },
    ...{ at: new Date(Number(hit.at_ms)).toISOString(), foundBy: hit.foundBy, inForce: hit.live === 1 },
    places: maskedSpans(text, writtenPlaces),
    ...statusOf(own),
    decisions: own.map(({ decision, comment, decidedAt, deciderName }) => ({
      ...{ decision, comment, at: decidedAt, by: deciderName },
    })),
  };
}
