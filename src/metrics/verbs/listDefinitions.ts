import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { readDefinitions } from '../definitionStore.ts';
import { lastCountingIn, metricsIn, requestAsShipped, retiredFrom } from '../definitionVersions.ts';
import { monthAt } from '../months.ts';
import { platformsOf } from '../presets.ts';
import type { MetricDefinitionView } from '../schemas.ts';

/** Every metric as it counts today, the organisation's own included, as readers see it. */
export async function listDefinitions(deps: Deps, actor: Actor): Promise<MetricDefinitionView[]> {
  authorise(actor, 'metric.read');
  const month = monthAt(deps.now(), deps.timeZone);
  const definitions = await readDefinitions(deps.stores.postgres);
  return metricsIn(definitions, month).map(
    ({ id, name, unit, better, texts, minN, source, dimensions, options }): MetricDefinitionView => {
      const versions = definitions.get(id) ?? [];
      const version = lastCountingIn(versions, month);
      const choice = version?.content.kind === 'choice' ? version.content.choice : null;
      const own = version?.content.kind === 'own' ? version.content.own : null;
      return {
        ...{ id, name, unit, better },
        ...{ definition: texts.definition, numerator: texts.numerator, denominator: texts.denominator },
        ...{ attribution: texts.attribution, periodRule: texts.period, exclusion: texts.exclusion },
        shippedMinN: requestAsShipped(id)?.minN ?? minN,
        ...{ minN, source, dimensions: [...dimensions] },
        options: Object.entries(options).map(([option, { description, note, values, labels, range, standard }]) => ({
          ...{ id: option, description, note: note ?? null, values: Object.keys(values), labels: labels ?? {} },
          range: range ? { min: range.min, max: range.max, unit: range.unit } : null,
          standard: standard ?? null,
        })),
        platforms: platformsOf(id).map((platform) => ({ ...platform, lacks: [...platform.lacks] })),
        origin: own ? 'own' : 'catalogue',
        retiredFrom: retiredFrom(versions),
        inForce: {
          options: choice?.options ?? {},
          minN: choice?.minN ?? null,
          since: version?.inForceFrom ?? null,
          versions: versions.length,
        },
        text: own ? JSON.stringify(own) : null,
      };
    },
  );
}
