import type { Actor } from '../people/actor.ts';
import { scopeFilter } from '../people/authorise.ts';
import type { Filter } from './compileMetrics.ts';

/** What was asked for, narrowed to what this person may see. A list emptied by that lets nothing through. */
export function scopedFilter(actor: Actor, asked: Filter): Filter {
  const { agents, teams, shops } = scopeFilter(actor);
  return {
    ...asked,
    ...narrowed('agent', asked.agent, agents),
    ...narrowed('team', asked.team, teams),
    ...narrowed('shop', asked.shop, shops),
  };
}

function narrowed(
  name: 'agent' | 'team' | 'shop',
  asked: readonly string[] | undefined,
  allowed: readonly string[] | null,
): Filter {
  if (allowed === null) return {};
  return { [name]: asked ? asked.filter((value) => allowed.includes(value)) : allowed };
}
