import type { Actor } from '../../../people/actor.ts';
import { authorise, may } from '../../../people/authorise.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { rubricVersions } from '../../rubrics/rubricStore.ts';
import { estimateMean } from '../estimate.ts';
import { inspectorsOf } from '../inspectorStore.ts';
import { storedSamples, strataOf } from '../sampleStore.ts';
import type { SampleList, SamplePage } from '../schemas.ts';

/** A sample is of everybody: whose scope is narrower neither draws nor reads it. */
export const everything = { agentId: null, team: null, shop: null };

/** The samples drawn so far. They speak of the whole organisation, so only those who see all of it read them. */
export async function listSamples({ stores }: Deps, actor: Actor): Promise<SampleList> {
  authorise(actor, 'sample.read', everything);
  const latest = new Map((await rubricVersions(stores.postgres)).map(({ rubric }) => [rubric.id, rubric]));
  return {
    mayDraw: may(actor, 'sample.write'),
    samples: await storedSamples(stores.postgres),
    inspectors: (await inspectorsOf(stores)).map(({ id, name }) => ({ id, name })),
    rubrics: [...latest.values()].flatMap(({ id, name, scope }) => (scope === 'conversation' ? [{ id, name }] : [])),
  };
}

/** One sample with what its finished part says about the whole. Throws NotFound `sample.unknown`. */
export async function showSample({ stores }: Deps, actor: Actor, id: number): Promise<SamplePage> {
  authorise(actor, 'sample.read', everything);
  const [sample] = await storedSamples(stores.postgres, id);
  if (!sample) throw new NotFound('sample.unknown', { sample: id });
  const strata = await strataOf(stores.postgres, id);
  const estimate = estimateMean(strata);
  return {
    ...sample,
    strata: strata.map(({ stratum, population, drawn, values }) => ({
      stratum,
      population,
      drawn,
      done: values.length,
    })),
    estimate: estimate && { ...estimate, interval: estimate.interval ? [...estimate.interval] : null },
  };
}
