import { monthAt } from '../../../metrics/months.ts';
import { agentsAt } from '../../../metrics/sessionStore.ts';
import { sessionInReach } from '../../../metrics/verbs/readTranscript.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { BadInput, Conflict, Forbidden, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { inspectorOf } from '../../sampling/inspectorStore.ts';
import { closedUntilMs } from '../closedStore.ts';
import { addDecision, type Decision, type NewDecision, standingIncident } from '../decisionStore.ts';
import { messageAuthor } from '../hitStore.ts';
import { incidentRow } from '../incidentRow.ts';
import { whyNotDecide } from '../mayDecide.ts';
import { type Earns, isRedLine, type Rule } from '../ruleSchema.ts';
import type { Decided } from '../schemas.ts';
import { mayDeduct } from '../standing.ts';
import { looksForWords, ruleStanding } from '../summaries.ts';
import { statusOf } from './listHits.ts';
import { isOf, marksKnown } from './marksKnown.ts';
import { knownLabels, knownRules } from './rulesKnown.ts';

/** What the plan that covers an agent asks of a rule before its hits deduct; plans are downstream, so whoever wires the server says. */
export type EvidenceOfPlan = (of: {
  readonly agentId: string;
  readonly month: string;
  readonly atMs: number;
}) => Promise<Earns | null>;

interface DecideInput {
  readonly sessionId: string;
  readonly rule: string;
  readonly messageKey: string;
  readonly decision: Decision;
  readonly comment?: string | undefined;
}

/**
 * Somebody confirms, overturns or comments on a hit, or says that a rule missed a message, which then is decided about like a hit. A
 * confirmed hit of a red line, or of a rule that has earned it, becomes an incident; a later decision takes it back. Whether the rule has
 * earned it, by itself and by the plan of whom it is about, is asked before this label counts. In a closed month a decision is a label and nothing else. Throws NotFound `hit.unknown`,
 * Conflict `hit.exists` for a message that was hit after all, `hit.monthClosed` where an incident counts in a closed month, Forbidden as
 * `whyNotDecide` says.
 */
export async function decideHit(
  deps: Deps & { readonly evidenceOfPlan: EvidenceOfPlan },
  actor: Actor,
  input: DecideInput,
): Promise<Decided> {
  const { fact, resource } = await inReach(deps, actor, input.sessionId);
  authorise(actor, 'hit.decide', resource);
  if (input.decision === 'comment' && !input.comment) throw new BadInput('hit.commentMissing');
  const [{ rules }, { marks, decisions }, labels, closedUntil] = await Promise.all([
    knownRules(deps),
    marksKnown(deps.stores, input.sessionId),
    knownLabels(deps, input.rule),
    closedUntilMs(deps.stores.postgres, deps.timeZone),
  ]);
  const told = rules.find(({ rule }) => rule.id === input.rule);
  const mark = marks.find((each) => each.rule === input.rule && each.message_key === input.messageKey);
  const unknown = new NotFound('hit.unknown');
  if (!told) throw unknown;
  if (input.decision === 'missed' && mark?.live === 1) throw new Conflict('hit.exists');
  const missed = mark ? null : await messageAuthor(deps.stores.clickhouse, input, fact.owner_agent_id);
  if (!mark && (input.decision !== 'missed' || !missed)) throw unknown;
  const { rule } = told;
  const decision: NewDecision = {
    ...{ sessionId: input.sessionId, rule: rule.id, messageKey: input.messageKey, decision: input.decision },
    ruleVersion: mark?.rule_version ?? told.version,
    agentId: mark?.agent_id ?? missed?.agentId ?? '',
    messageAt: new Date(Number(mark?.at_ms ?? missed?.atMs)),
    comment: input.comment ?? '',
    ...{ at: new Date(deps.now()), by: actor.userId, name: actor.name },
    // That the rule did not find what is confirmed now stays what it was: missed.
    byWords: mark?.foundBy === 'person' && input.decision === 'confirmed' ? null : looksForWords(rule),
  };
  await demandApart(deps, actor, decision, rule);
  const severity = mark?.severity || rule.severity;
  const isClosed = decision.messageAt.getTime() < closedUntil;
  const atMs = decision.messageAt.getTime();
  const plan = await deps.evidenceOfPlan({ agentId: decision.agentId, month: monthAt(atMs, deps.timeZone), atMs });
  const earned = mayDeduct(ruleStanding(told, labels).standing);
  const deducts = !isClosed && earned && mayDeduct(ruleStanding(told, labels, plan).standing);
  const before = decisions.filter((each) =>
    isOf(each, { ...input, session_id: input.sessionId, message_key: input.messageKey }),
  );
  return transaction(deps.stores.postgres, async (connection) => {
    await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`hit ${input.sessionId} ${rule.id}`]);
    const stands = await standingIncident(connection, decision);
    if (isClosed && stands && input.decision === 'overturned') throw new Conflict('hit.monthClosed');
    const follows =
      input.decision === 'confirmed' && deducts && !stands
        ? ('confirmed' as const)
        : input.decision === 'overturned' && stands
          ? ('overturned' as const)
          : null;
    const isFor = decision.agentId !== '' && follows !== null;
    await addDecision(
      connection,
      decision,
      isFor ? (id) => incidentRow(rule, { ...decision, severity }, { decision: follows, id }) : null,
    );
    const subject = `${input.sessionId} ${rule.id} ${input.messageKey} ${input.decision}`;
    await audit(deps, actor, 'hit.decided', subject, connection);
    const status = input.decision === 'comment' ? statusOf(before).status : input.decision;
    return {
      status,
      incident: isFor ? 'due' : 'none',
      monthClosed: isClosed,
      heldByPlan: !isClosed && earned && !deducts,
    };
  });
}

/** Throws Forbidden where it is somebody's own hit, or one of their team that others decide about. */
async function demandApart(deps: Deps, actor: Actor, hit: NewDecision, rule: Rule): Promise<void> {
  const { clickhouse } = deps.stores;
  const [{ agentId, ownTeams }, [member]] = await Promise.all([
    inspectorOf(clickhouse, actor),
    agentsAt(clickhouse, [hit.agentId], hit.messageAt.toISOString()),
  ]);
  const led = actor.role === 'supervisor' && actor.scope.kind === 'teams' ? actor.scope.teams : [];
  const whyNot = whyNotDecide(
    { role: actor.role, agentId, ownTeams: [...ownTeams, ...led] },
    { agentId: hit.agentId, team: member?.team ?? '', isRedLine: isRedLine(rule) },
    hit.decision,
  );
  if (whyNot) throw new Forbidden(whyNot);
}

/** Without the right the session does not even show whether it exists. */
async function inReach(deps: Deps, actor: Actor, sessionId: string) {
  authorise(actor, 'hit.decide');
  return sessionInReach(deps, actor, sessionId);
}
