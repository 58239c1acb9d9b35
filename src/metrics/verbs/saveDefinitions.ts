import type pg from 'pg';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, Conflict, Invalid } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Bilingual } from '../../platform/language.ts';
import { messages } from '../../platform/messages.ts';
import { sentenceOf } from '../../platform/sentences.ts';
import { transaction } from '../../platform/transaction.ts';
import { readMetricRequest } from '../catalogue.ts';
import { insertDefinition, lockDefinitions, readDefinitions } from '../definitionStore.ts';
import {
  type Choice,
  chosenText,
  type DefinitionContent,
  type Definitions,
  inForceIn,
  ownIds,
  requestAsShipped,
  retiredFrom,
} from '../definitionVersions.ts';
import { monthAt } from '../months.ts';
import { readOwnMetric } from '../ownMetricIssues.ts';

export interface SaveOwnMetric {
  /** The metric as YAML or JSON. */
  readonly text: string;
  /** First month of a new version, next month unless given; a metric that is new holds from the beginning. */
  readonly from?: string | undefined;
  readonly reason?: string | undefined;
}

export interface ChangeDefinitions {
  readonly changes: readonly ({ readonly metric: string } & Choice)[];
  /** First month; without it next month. */
  readonly from?: string | undefined;
  readonly reason: string;
}

export interface Saved {
  readonly saved: { metric: string; version: number; from: string | null }[];
}

const ownMetricsMax = 100;

/**
 * Keeps a metric of one's own: a new one, or the next version of one. Throws Invalid `metric.invalid` with every issue,
 * Conflict `definition.unchanged`, `definition.unitChanged`, `definition.monthOver` or `metric.retired`.
 */
export async function saveOwnMetric(deps: Deps, actor: Actor, input: SaveOwnMetric): Promise<Saved> {
  authoriseForAll(actor);
  const { metric: own, issues } = readOwnMetric(input.text);
  if (!own) throw new Invalid('metric.invalid', issues);
  return saveDecisions(deps, actor, (definitions) => {
    const known = definitions.get(own.id) ?? [];
    const offered = ownIds(definitions).filter((id) => retiredFrom(definitions.get(id) ?? []) === null);
    if (known.length === 0 && offered.length >= ownMetricsMax)
      throw new Conflict('metric.tooManyOwn', { max: ownMetricsMax });
    const first = known[0]?.content;
    if (first?.kind === 'own' && (first.own.unit !== own.unit || isRatio(first.own) !== isRatio(own)))
      throw new Conflict('definition.unitChanged', { metric: own.id });
    const retired = retiredFrom(known);
    if (retired !== null) throw new Conflict('metric.retired', { metric: own.id, month: retired });
    // A new metric holds from the beginning: nobody has seen a figure of it that could change.
    const from = known.length === 0 ? null : (input.from ?? monthAt(deps.now(), deps.timeZone, 1));
    return [{ metric: own.id, content: { kind: 'own', own }, from, reason: input.reason ?? '' }];
  });
}

const isRatio = (own: { readonly denominator?: unknown }) => own.denominator !== undefined;

/**
 * Changes from a month on by which options and minimum n metrics of the catalogue count: all of the changes or none.
 * Throws Invalid `definition.invalid` with every issue, Conflict `definition.unchanged` or `definition.monthOver`.
 */
export async function changeDefinitions(deps: Deps, actor: Actor, input: ChangeDefinitions): Promise<Saved> {
  authoriseForAll(actor);
  const issues = [
    ...input.changes.flatMap((change, i) =>
      choiceIssues(change).map((issue) => ({ ...issue, path: `changes[${i}].${issue.path}` })),
    ),
    ...(input.reason.trim() === '' ? [told('reason', 'field.missing', {})] : []),
  ];
  if (issues.length > 0) throw new Invalid('definition.invalid', issues);
  const from = input.from ?? monthAt(deps.now(), deps.timeZone, 1);
  return saveDecisions(deps, actor, () =>
    input.changes.map(({ metric, options, minN }) => ({
      ...{ metric, from, reason: input.reason },
      content: { kind: 'choice', choice: { options, minN } },
    })),
  );
}

/** What is wrong with a choice: an unknown metric, an option or value it does not have. */
export function choiceIssues({ metric, options }: { readonly metric: string } & Choice): {
  path: string;
  code: string;
  message: Bilingual;
}[] {
  if (!requestAsShipped(metric)) return [told('metric', 'metric.unknown', { metric: metric.slice(0, 60) })];
  return Object.entries(options).flatMap(([name, value]) => {
    try {
      readMetricRequest(chosenText(metric, { options: { [name]: value }, minN: null }));
      return [];
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      return [told(`options.${name}`, error.code, { metric, option: `${name}=${value}`.slice(0, 60) })];
    }
  });
}

const told = (path: string, code: string, params: Record<string, string>) => ({
  ...{ path, code, message: sentenceOf({ code, params }, messages) },
});

/** A definition holds for everybody: whoever changes it must be one who sees everybody. */
export function authoriseForAll(actor: Actor): void {
  authorise(actor, 'metric.write', { agentId: null, team: null, shop: null });
}

export interface Decision {
  readonly metric: string;
  readonly content: DefinitionContent;
  readonly from: string | null;
  readonly reason: string;
}

/** All decisions in one transaction, each audited. A month that is over keeps the definition it was counted by. */
export function saveDecisions(
  deps: Deps,
  actor: Actor,
  decide: (definitions: Definitions, connection: pg.PoolClient) => readonly Decision[] | Promise<readonly Decision[]>,
): Promise<Saved> {
  const running = monthAt(deps.now(), deps.timeZone);
  return transaction(deps.stores.postgres, async (connection) => {
    await lockDefinitions(connection);
    const definitions = await readDefinitions(connection);
    const saved: Saved['saved'] = [];
    for (const { metric, content, from, reason } of await decide(definitions, connection)) {
      if (from !== null && from < running) throw new Conflict('definition.monthOver', { month: from });
      const before = inForceIn(definitions.get(metric) ?? [], from ?? running)?.content ?? asShipped;
      if (JSON.stringify(before) === JSON.stringify(content)) throw new Conflict('definition.unchanged', { metric });
      const version = await insertDefinition(connection, {
        ...{ metricId: metric, content, inForceFrom: from, reason: reason.trim(), by: actor.name },
        at: new Date(deps.now()),
      });
      await audit(
        deps,
        actor,
        'definition.changed',
        `${metric} ${version}${from === null ? '' : ` ${from}`}`,
        connection,
      );
      saved.push({ metric, version, from });
    }
    return { saved };
  });
}

const asShipped: DefinitionContent = { kind: 'choice', choice: { options: {}, minN: null } };
