import { parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { DueList } from '../acknowledgementSchemas.ts';
import { readAcknowledgements, readReminders } from '../acknowledgementStore.ts';
import { readAssignments } from '../assignmentStore.ts';
import { gradeOf } from '../cardView.ts';
import { type DueVersion, dueVersions } from '../dueVersions.ts';
import { monthAfter } from '../monthAfter.ts';
import type { Person } from '../organisation.ts';
import { planDifferences } from '../planDifferences.ts';
import { readVersions, type StoredVersion } from '../planStore.ts';
import { thisMonth } from '../publishTemplates.ts';
import { resolvePlan } from '../resolvePlan.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { scoreOne } from '../scoreOne.ts';
import { everybodyIn } from '../scorePeople.ts';
import { peopleNow } from './listExemptions.ts';

/** What the signed-in agent has not acknowledged yet: each version with what changes, and what it would have meant last month. */
export async function listDue(deps: ScoreDeps, actor: Actor): Promise<DueList> {
  authorise(actor, 'plan.acknowledge');
  const { postgres } = deps.stores;
  const due: DueList['due'] = [];
  const catalogue = await deps.catalogue();
  for (const each of await unread(deps, actor)) {
    const { version, fromMonth, before, person } = each;
    const { plan, planId } = version;
    const reminders = await readReminders(postgres, planId, version.version);
    const reminded = reminders.find(({ agentId }) => agentId === person.agentId);
    due.push({
      plan: { id: planId, name: plan.name, version: version.version },
      ...{ fromMonth, inForce: fromMonth <= thisMonth(deps.now(), deps.timeZone) },
      replaces: before && { name: before.plan.name, version: before.version },
      changes: before ? planDifferences(before.plan, plan, catalogue) : [],
      effect: before && (await effectOn(deps, person, before, version)),
      remindedAt: reminded?.at.toISOString() ?? null,
    });
  }
  return { due };
}

/** The versions due for the actor's agent that they have not acknowledged. */
export async function unread(deps: ScoreDeps, actor: Actor): Promise<(DueVersion & { readonly person: Person })[]> {
  const { postgres } = deps.stores;
  const person = (await peopleNow(deps)).find(({ agentId }) => agentId === actor.agentId);
  if (!person) return [];
  const [rules, versions] = await Promise.all([readAssignments(postgres), readVersions(postgres)]);
  const due = dueVersions(rules, versions, person, thisMonth(deps.now(), deps.timeZone));
  const open = await Promise.all(
    due.map(async (each) => {
      const known = await readAcknowledgements(postgres, each.version.planId, each.version.version);
      return known.some(({ agentId }) => agentId === person.agentId) ? [] : [{ ...each, person }];
    }),
  );
  return open.flat();
}

async function effectOn(
  deps: ScoreDeps,
  person: Person,
  before: StoredVersion,
  after: StoredVersion,
): Promise<DueList['due'][number]['effect']> {
  const period = parsePeriod(monthAfter(thisMonth(deps.now(), deps.timeZone), -1), deps.timeZone);
  const then = (await everybodyIn(deps, period)).find(({ agentId }) => agentId === person.agentId);
  if (!then) return null;
  const catalogue = await deps.catalogue();
  const side = async ({ plan }: StoredVersion) => {
    const resolved = resolvePlan(plan, catalogue);
    const card = await scoreOne(deps, resolved, period, then);
    return { total: card?.total ?? null, grade: card && gradeOf(resolved, card.grade) };
  };
  const sides = { before: await side(before), after: await side(after) };
  return sides.before.total === null && sides.after.total === null ? null : { period: period.text, ...sides };
}
