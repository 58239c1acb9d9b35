import { sessionInReach } from '../../../metrics/verbs/readTranscript.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { BadInput, Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { addDecision, type Decision, type NewDecision, standingIncident } from '../decisionStore.ts';
import { hitsOfSession, messageAuthor } from '../hitStore.ts';
import { incidentRow } from '../incidentRow.ts';
import type { Decided } from '../schemas.ts';
import { mayDeduct } from '../standing.ts';
import { looksForWords, ruleStanding } from '../summaries.ts';
import { knownLabels, knownRules } from './rulesKnown.ts';

interface DecideInput {
  readonly sessionId: string;
  readonly rule: string;
  readonly messageKey: string;
  readonly decision: Decision;
  readonly comment?: string | undefined;
}

/**
 * Somebody confirms, overturns or comments on a hit, or says that a rule missed a message. A confirmed hit of a red line, or of a rule
 * that has earned it, becomes an incident; a later decision takes it back. Whether the rule has earned it is asked before this label
 * counts. Throws NotFound `hit.unknown`, Conflict `hit.exists` for a message that was hit after all.
 */
export async function decideHit(deps: Deps, actor: Actor, input: DecideInput): Promise<Decided> {
  const { fact, resource } = await inReach(deps, actor, input.sessionId);
  authorise(actor, 'hit.decide', resource);
  if (input.decision === 'comment' && !input.comment) throw new BadInput('hit.commentMissing');
  const [{ rules }, hits, labels] = await Promise.all([
    knownRules(deps),
    hitsOfSession(deps.stores.clickhouse, input.sessionId),
    knownLabels(deps, input.rule),
  ]);
  const told = rules.find(({ rule }) => rule.id === input.rule);
  const hit = hits.find((each) => each.rule === input.rule && each.message_key === input.messageKey);
  const unknown = new NotFound('hit.unknown');
  if (!told) throw unknown;
  if (input.decision === 'missed' && hit) throw new Conflict('hit.exists');
  const missed = hit ? null : await messageAuthor(deps.stores.clickhouse, input, fact.owner_agent_id);
  if (!hit && (input.decision !== 'missed' || !missed)) throw unknown;
  const { rule } = told;
  const decision: NewDecision = {
    ...{ sessionId: input.sessionId, rule: rule.id, messageKey: input.messageKey, decision: input.decision },
    ruleVersion: hit?.rule_version ?? told.version,
    agentId: hit?.agent_id ?? missed?.agentId ?? '',
    messageAt: new Date(Number(hit?.at_ms ?? missed?.atMs)),
    comment: input.comment ?? '',
    ...{ at: new Date(deps.now()), by: actor.userId, name: actor.name, byWords: looksForWords(rule) },
  };
  const deducts = mayDeduct(ruleStanding(rule, labels).standing);
  return transaction(deps.stores.postgres, async (connection) => {
    await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`hit ${input.sessionId} ${rule.id}`]);
    const stands = await standingIncident(connection, decision);
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
      isFor ? (id) => incidentRow(rule, decision, { decision: follows, id }) : null,
    );
    const subject = `${input.sessionId} ${rule.id} ${input.messageKey} ${input.decision}`;
    await audit(deps, actor, 'hit.decided', subject, connection);
    return { status: input.decision === 'comment' ? 'open' : input.decision, incident: isFor ? 'due' : 'none' };
  });
}

/** Without the right the session does not even show whether it exists. */
async function inReach(deps: Deps, actor: Actor, sessionId: string) {
  authorise(actor, 'hit.decide');
  return sessionInReach(deps, actor, sessionId);
}
