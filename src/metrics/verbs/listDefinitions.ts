import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { catalogue } from '../catalogue.ts';
import type { MetricDefinitionView } from '../schemas.ts';

/** Every metric's definition, as readers see it. */
export function listDefinitions(actor: Actor): MetricDefinitionView[] {
  authorise(actor, 'metric.read');
  return catalogue.map(({ id, name, unit, better, texts, minN, source, dimensions, options }) => ({
    id,
    name,
    unit,
    better,
    definition: texts.definition,
    numerator: texts.numerator,
    denominator: texts.denominator,
    attribution: texts.attribution,
    periodRule: texts.period,
    exclusion: texts.exclusion,
    minN,
    source,
    dimensions: [...dimensions],
    options: Object.entries(options).map(([option, { description, values }]) => ({
      id: option,
      description,
      values: Object.keys(values),
    })),
  }));
}
