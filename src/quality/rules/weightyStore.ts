import type { Queryable } from '../../platform/transaction.ts';
import { lastItems, ruleOf } from './ruleStore.ts';

/** The rules in use whose confirmed hits may become incidents: what they find weighs more than a mark. */
export async function weightyRules(postgres: Queryable): Promise<string[]> {
  const rules = (await lastItems(postgres)).flatMap(({ kind, content }) => (kind === 'rule' ? [ruleOf(content)] : []));
  return rules.flatMap(({ id, incident, state }) => (incident && state !== 'off' ? [id] : []));
}
