import type { Actor } from '../../../people/actor.ts';
import { activeActors } from '../../../people/actors.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, isInScope, may } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { begunIn, insertReminders, lastReminders } from '../givenStore.ts';
import { judgesOf, runsIn } from '../runStore.ts';
import type { Behind } from '../schemas.ts';
import { openFor, peopleOf } from '../standing.ts';
import { peopleMissing } from './assessmentsMissing.ts';
import { formPeriod, isLate } from './openForms.ts';

/** Whoever may remind sees who is behind; everybody else what is missing of the people they may see. */
export async function readBehind(deps: Deps, actor: Actor, { period: text }: { period: string }): Promise<Behind> {
  authorise(actor, 'assessment.read');
  const { postgres, clickhouse } = deps.stores;
  const chosen = formPeriod(deps, text);
  const mayRemind = may(actor, 'assessment.remind');
  const [own, ofColleagues, begun, reminders, actors] = await Promise.all([
    runsIn(deps, [chosen]),
    runsIn(deps, [chosen], 'colleagues'),
    begunIn(postgres, [text]),
    lastReminders(postgres, [text]),
    activeActors(postgres),
  ]);
  const runs = [...own, ...ofColleagues];
  const [missing, judges] = await Promise.all([
    peopleMissing(deps, text, runs),
    judgesOf(
      clickhouse,
      actors.filter((each) => may(each, 'assessment.write')),
    ),
  ]);
  const forms = runs.map((run, i) => {
    const { planId, planName, form, dueOn, people } = run;
    const assigned = new Set(judges.flatMap((judge) => peopleOf(run, judge).map(({ agentId }) => agentId)));
    // A nomination waits for a decision and a 360 round for its publication, not for an assessor.
    const isOwn = form.asks.kind !== 'nomination' && form.assessor !== 'colleagues';
    const seen = (missing[i] ?? []).filter((person) => isInScope(actor, person));
    return {
      ...{ plan: planId, planName, form: form.id, name: form.name, assessor: form.assessor, dueOn },
      ...{ isOverdue: seen.length > 0 && isLate(deps, run), isOptional: form.optional === true },
      total: people.filter((person) => isInScope(actor, person)).length,
      missing: seen.map(({ agentId, name, team }) => ({
        ...{ agentId, name, team, isUnassigned: isOwn && !assigned.has(agentId) },
      })),
    };
  });
  const wanted = runs.filter(({ form }) => !form.optional && form.asks.kind !== 'nomination');
  const behind = judges.flatMap((judge) => {
    const left = wanted.map((run) => ({ run, open: openFor(run, judge, begun).length }));
    const open = left.reduce((all, each) => all + each.open, 0);
    if (open === 0) return [];
    const reminded = reminders.find(({ assessor }) => assessor === judge.actor.userId);
    return [
      {
        ...{ id: judge.actor.userId, name: judge.actor.name, open },
        isOverdue: left.some((each) => each.open > 0 && isLate(deps, each.run)),
        ...{ remindedAt: reminded?.at.toISOString() ?? null, remindedBy: reminded?.byName ?? null },
      },
    ];
  });
  return { period: text, mayRemind, forms: forms.filter(({ total }) => total > 0), assessors: mayRemind ? behind : [] };
}

/** Reminds everybody who is behind with a period; tells how many that were. */
export async function remindAssessors(
  deps: Deps,
  actor: Actor,
  { period }: { period: string },
): Promise<{ reminded: number }> {
  authorise(actor, 'assessment.remind');
  const { assessors } = await readBehind(deps, actor, { period });
  if (assessors.length === 0) return { reminded: 0 };
  await transaction(deps.stores.postgres, async (connection) => {
    const ids = assessors.map(({ id }) => id);
    await insertReminders(connection, ids, { period, at: new Date(deps.now()), byName: actor.name });
    await audit(deps, actor, 'assessment.reminded', `${period} (${ids.length})`, connection);
  });
  return { reminded: assessors.length };
}
