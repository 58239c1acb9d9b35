import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, isInScope } from '../../people/authorise.ts';
import { transaction } from '../../platform/transaction.ts';
import type { AcknowledgementList } from '../acknowledgementSchemas.ts';
import { insertReminders, readAcknowledgements, readReminders } from '../acknowledgementStore.ts';
import { readAssignments } from '../assignmentStore.ts';
import { dueVersions } from '../dueVersions.ts';
import { pickVersion, readVersions } from '../planStore.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { peopleNow } from './listExemptions.ts';

interface Asked {
  readonly plan: string;
  readonly version: number;
}

/**
 * Of the people the actor may see, those whom this version covers or is going to cover: who has acknowledged it, who was
 * reminded. Throws NotFound `plan.unknown`, `plan.noVersion`.
 */
export async function listAcknowledgements(
  deps: ScoreDeps,
  actor: Actor,
  { plan, version }: Asked,
): Promise<AcknowledgementList> {
  authorise(actor, 'acknowledgement.read');
  const { postgres } = deps.stores;
  const [everybody, rules, versions, known, reminders] = await Promise.all([
    peopleNow(deps),
    readAssignments(postgres),
    readVersions(postgres),
    readAcknowledgements(postgres, plan, version),
    readReminders(postgres, plan, version),
  ]);
  const month = thisMonth(deps.now(), deps.timeZone);
  const own = versions.filter(({ planId }) => planId === plan);
  pickVersion(own, plan, version, month);
  const due = everybody.flatMap((person) => {
    const found = dueVersions(rules, versions, person, month).find(
      (each) => each.version.planId === plan && each.version.version === version,
    );
    return found && isInScope(actor, person) ? [{ person, fromMonth: found.fromMonth }] : [];
  });
  return {
    ...{ plan, version },
    fromMonth: due.map(({ fromMonth }) => fromMonth).sort()[0] ?? null,
    people: due.map(({ person: { agentId, name, team } }) => {
      const reminded = reminders.find((each) => each.agentId === agentId);
      return {
        ...{ agentId, name, team },
        acknowledgedAt: known.find((each) => each.agentId === agentId)?.at.toISOString() ?? null,
        remindedAt: reminded?.at.toISOString() ?? null,
        remindedBy: reminded?.byName ?? null,
      };
    }),
  };
}

/** Reminds everybody in sight who has not acknowledged the version; tells how many that were. */
export async function remindPeople(deps: ScoreDeps, actor: Actor, asked: Asked): Promise<{ reminded: number }> {
  authorise(actor, 'acknowledgement.remind');
  const { people } = await listAcknowledgements(deps, actor, asked);
  const agents = people.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ agentId }) => agentId);
  if (agents.length === 0) return { reminded: 0 };
  await transaction(deps.stores.postgres, async (connection) => {
    const { plan: planId, version } = asked;
    await insertReminders(connection, agents, { planId, version, byName: actor.name, at: new Date(deps.now()) });
    await audit(deps, actor, 'plan.reminded', `${planId} ${version} (${agents.length})`, connection);
  });
  return { reminded: agents.length };
}
