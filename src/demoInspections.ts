import type { Ingest } from './ingest/ingest.ts';
import { type Draw, seededDraws } from './metrics/seededDraws.ts';
import { readOrganisation } from './metrics/verbs/readOrganisation.ts';
import { type Actor, ownerOfTheMachine, type Role } from './people/actor.ts';
import { allMembers, demoDomain } from './people/store.ts';
import type { Deps } from './platform/http.ts';
import { listInspections, showInspection } from './quality/inspections/verbs/readInspections.ts';
import { saveForm } from './quality/inspections/verbs/saveForm.ts';
import { submitForm } from './quality/inspections/verbs/submitForm.ts';
import type { Marks } from './quality/rubrics/marksSchema.ts';
import { itemsOf } from './quality/rubrics/points.ts';
import type { Rubric } from './quality/rubrics/rubricSchema.ts';
import { samplePlanSchema } from './quality/sampling/samplePlan.ts';
import { storedSamples } from './quality/sampling/sampleStore.ts';
import { drawSamples } from './quality/sampling/verbs/drawSamples.ts';

const drawn = 40;
const finished = 6;

/**
 * Gives the made-up company a sample of its last full month, part of it scored, so that the pages of inspection have something to show.
 * Does nothing where any sample was drawn.
 */
export async function inspectDemo(deps: Deps, ingest: Ingest): Promise<void> {
  if ((await storedSamples(deps.stores.postgres)).length > 0) return;
  const { inspector: actor } = await demoInspectors(deps);
  const { defaultPeriod } = await readOrganisation(deps, ownerOfTheMachine, async () => '');
  if (!actor || defaultPeriod === null) return;
  const plan = samplePlanSchema.parse({
    ...{
      name: '月度抽检',
      period: defaultPeriod,
      rubric: 'aftersales-16',
      by: ['tier'],
      most: drawn,
      seed: defaultPeriod,
    },
    ...{ hideAgent: true, rates: { normal: 1, newcomer: 2, voice: 1, risk: 2 } },
  });
  await drawSamples(deps, actor, { plan, preview: false });
  const draw = seededDraws('inspections of the demo');
  const { lines } = await listInspections(deps, actor, { view: 'mine' });
  for (const line of lines.slice(0, finished)) {
    const { rubric } = await showInspection(deps, actor, line.id);
    const form = { marks: filled(rubric, draw), comment: '', seconds: 120 + Math.floor(draw() * 300), revision: 0 };
    const { revision } = await saveForm(deps, actor, line.id, form);
    await submitForm(deps, ingest, actor, line.id, { revision });
  }
}

/** The made-up company's people who inspect. */
export async function demoInspectors({ stores }: Deps): Promise<{ inspector?: Actor; trainer?: Actor }> {
  const members = (await allMembers(stores.postgres)).filter(({ email }) => email.endsWith(`@${demoDomain}`));
  const of = (wanted: Role): Actor | undefined =>
    members
      .filter(({ role }) => role === wanted)
      .map(({ id, name, role, scope, agentId }) => ({ userId: id, name, role, scope, agentId }))[0];
  const [inspector, trainer] = [of('inspector'), of('trainer')];
  return { ...(inspector ? { inspector } : {}), ...(trainer ? { trainer } : {}) };
}

/** Mostly the best level, now and then the next, never a red line. */
export function filled(rubric: Rubric, draw: Draw): Marks {
  return Object.fromEntries(
    itemsOf(rubric).map(({ id, levels, applies, critical }) => {
      const luck = draw();
      const isLost = luck < 0.08 && !critical;
      const level = applies === 'sometimes' && luck > 0.75 ? 'na' : (levels[isLost ? 1 : 0]?.id ?? null);
      return [id, { level, comment: isLost ? '示例：此处可以更好。' : '' }];
    }),
  );
}
