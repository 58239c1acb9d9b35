import type { Actor } from '../../../people/actor.ts';
import { authorise } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { readCycle } from '../../cycleStore.ts';
import { type Given, givenOfForm } from '../givenStore.ts';
import { eachCounts } from '../mayAssess.ts';
import type { AssessedPerson, AssessmentWork } from '../schemas.ts';
import { peopleOf } from '../standing.ts';
import { isClosed, isLate, openForm } from './openForms.ts';

/** Everybody whom the actor assesses by one form, with what they have typed so far. Throws NotFound `assessment.unknown`. */
export async function showWork(
  deps: Deps,
  actor: Actor,
  asked: { readonly period: string; readonly plan: string; readonly form: string },
): Promise<AssessmentWork> {
  authorise(actor, 'assessment.write');
  const { run, judge } = await openForm(deps, actor, asked);
  const { postgres } = deps.stores;
  const [given, cycle] = await Promise.all([
    givenOfForm(postgres, { period: run.period.text, planId: run.planId, formId: run.form.id }),
    readCycle(postgres, run.period.text),
  ]);
  const people = peopleOf(run, judge).map((person): AssessedPerson => {
    const about = given.filter(({ agentId }) => agentId === person.agentId);
    const own = about.find(({ assessor }) => assessor === actor.userId);
    const other = eachCounts(run.form.assessor)
      ? undefined
      : about.find(({ assessor, submittedRevision }) => assessor !== actor.userId && submittedRevision !== null);
    const { agentId, name, team } = person;
    return {
      ...{ agentId, name, team, tickets: [...(own?.tickets ?? person.tickets)] },
      ...{ answers: own?.answers ?? {}, note: own?.note ?? '', revision: own?.revision ?? 0 },
      ...{ state: own ? stateOf(own) : 'open', doneBy: own?.submittedRevision ? null : (other?.assessorName ?? null) },
    };
  });
  const isOpen = people.some(({ state, doneBy }) => doneBy === null && (state === 'open' || state === 'draft'));
  return {
    ...{ period: run.period.text, plan: run.planId, planName: run.planName, form: run.form, dueOn: run.dueOn },
    ...{ isEnded: run.period.toMs <= deps.now(), isOverdue: isOpen && isLate(deps, run), isClosed: isClosed(cycle) },
    people,
  };
}

function stateOf({ revision, submittedRevision }: Given): AssessedPerson['state'] {
  if (submittedRevision === null) return 'draft';
  return submittedRevision === revision ? 'submitted' : 'correcting';
}
