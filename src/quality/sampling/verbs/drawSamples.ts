import type { z } from 'zod';
import { begunPeriod } from '../../../metrics/period.ts';
import { seededDraws } from '../../../metrics/seededDraws.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, scopeFilter } from '../../../people/authorise.ts';
import { BadInput } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { rubricOf } from '../../rubrics/rubricStore.ts';
import { assign } from '../assign.ts';
import { drawSample } from '../drawSample.ts';
import { inspectorsOf } from '../inspectorStore.ts';
import { populationOf } from '../populationStore.ts';
import { insertSample } from '../sampleStore.ts';
import type { DrawnSample, drawInputSchema } from '../schemas.ts';
import { everything } from './readSamples.ts';

/**
 * Draws a sample by its plan and shares it out; with `preview` only says what would be drawn. Throws BadInput `sample.rubricScope` (a sample is of
 * conversations), `sample.tooFine`, `sample.empty`.
 */
export async function drawSamples(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof drawInputSchema>,
): Promise<DrawnSample> {
  authorise(actor, 'sample.write', everything);
  const { stores, timeZone } = deps;
  const { plan, preview } = input;
  const period = begunPeriod(plan.period, deps);
  const rubric = await rubricOf(stores.postgres, plan.rubric);
  if (rubric.rubric.scope !== 'conversation') throw new BadInput('sample.rubricScope');
  const population = await populationOf(stores, { period, timeZone, plan, within: scopeFilter(actor) });
  const draw = seededDraws(plan.seed);
  const sample = drawSample(population, plan, draw);
  if (!('units' in sample)) throw new BadInput('sample.tooFine', { strata: sample.strata, most: plan.most });
  if (sample.units.length === 0) throw new BadInput('sample.empty', { population: population.length });
  const able = await inspectorsOf(stores);
  const asked = plan.inspectors.length === 0 ? able : able.filter(({ id }) => plan.inspectors.includes(id));
  const assignees = assign(
    sample.units.map(({ candidate }) => candidate),
    asked,
    draw,
  );
  const id = preview
    ? null
    : await transaction(stores.postgres, async (connection) => {
        const signed = { at: new Date(deps.now()), by: actor };
        const kept = await insertSample(connection, {
          plan,
          rubricVersion: rubric.version,
          ...sample,
          assignees,
          ...signed,
        });
        await audit(deps, actor, 'sample.drawn', String(kept), connection);
        return kept;
      });
  return {
    ...{ id, population: population.length, drawn: sample.units.length, strata: [...sample.strata] },
    unassigned: assignees.filter((each) => each === null).length,
    shares: asked.map((each) => ({ name: each.name, tasks: assignees.filter((who) => who === each.id).length })),
  };
}
