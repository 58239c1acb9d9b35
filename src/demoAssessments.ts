import { type Answers, type Place, placesOf } from './appraisal/assessments/answers.ts';
import { listAssessments } from './appraisal/assessments/verbs/listAssessments.ts';
import { saveAnswers } from './appraisal/assessments/verbs/saveAnswers.ts';
import { showWork } from './appraisal/assessments/verbs/showWork.ts';
import { submitForms } from './appraisal/assessments/verbs/submitForms.ts';
import type { Ingest } from './ingest/ingest.ts';
import { type Draw, seededDraws } from './metrics/seededDraws.ts';
import type { Actor } from './people/actor.ts';
import { allMembers, demoDomain } from './people/store.ts';
import type { Deps } from './platform/http.ts';

/** How much of each open form the demo's people have done: the supervisor half of it, handed in; the inspector a few, typed only. */
const share = { supervisor: 0.5, inspector: 0.2 } as const;

/**
 * Lets the made-up company's supervisor and inspector assess some of their people in the last quarter that is over, so that the pages of assessment
 * have something to show. Does nothing where anything was assessed.
 */
export async function assessDemo(deps: Deps, ingest: Ingest): Promise<void> {
  const { rows } = await deps.stores.postgres.query('SELECT 1 FROM given_assessments LIMIT 1');
  if (rows.length > 0) return;
  const members = await allMembers(deps.stores.postgres);
  const draw = seededDraws('assessments of the demo');
  for (const role of ['supervisor', 'inspector'] as const) {
    const member = members.find((each) => each.role === role && each.email.endsWith(`@${demoDomain}`));
    if (!member) continue;
    const { id, name, scope, agentId } = member;
    const actor: Actor = { userId: id, name, role, scope, agentId };
    const { tasks } = await listAssessments(deps, actor);
    const due = tasks.filter(({ isEnded, isClosed, kind }) => isEnded && !isClosed && kind !== 'nomination');
    for (const { period, plan, form } of due.filter((task) => task.period === due[0]?.period)) {
      const asked = { period, plan, form };
      const work = await showWork(deps, actor, asked);
      const some = work.people.slice(0, Math.ceil(work.people.length * share[role]));
      for (const { agentId: about, tickets } of some) {
        const answers = filled(placesOf(work.form, tickets), draw);
        await saveAnswers(deps, actor, { ...asked, agentId: about, answers, note: '', revision: 0 });
      }
      if (role === 'supervisor') await submitForms(deps, ingest, actor, { ...asked, reason: '' });
    }
  }
}

const filled = (places: readonly Place[], draw: Draw): Answers =>
  Object.fromEntries(places.map((place) => [place.key, answerTo(place, draw())]));

/** Mostly the better levels, mostly yes, a small number. */
function answerTo({ asks }: Place, luck: number): string {
  switch (asks.kind) {
    case 'level':
      return luck < 0.4 ? '1' : luck < 0.85 ? '2' : '3';
    case 'check':
      return luck < 0.85 ? 'yes' : luck < 0.93 ? 'no' : 'na';
    case 'number':
      return String(Math.floor(luck * Math.min(4, asks.most)));
  }
}
