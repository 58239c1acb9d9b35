import { Forbidden } from '../platform/errors.ts';
import type { Actor, Scope } from './actor.ts';
import { mayRole, type Permission } from './permissions.ts';

/** Whose data a verb is about to touch. Several values mean that each of them took part (a transferred session). */
export interface Resource {
  readonly agentId?: string | readonly string[] | null;
  readonly team?: string | readonly string[] | null;
  readonly shop?: string | readonly string[] | null;
}

/** For verbs that touch what is everybody's: only whoever sees all may. */
export const everybody = { agentId: null, team: null, shop: null } as const satisfies Resource;

/** What a query must be narrowed to: null leaves a column free, an empty list lets nothing through. */
export interface ScopeFilter {
  readonly agents: readonly string[] | null;
  readonly teams: readonly string[] | null;
  readonly shops: readonly string[] | null;
}

/**
 * Lets the actor pass or throws Forbidden: `permission.missing` when the role has no such right,
 * `scope.outside` when it has, but not for this resource. Without a resource only the right is looked at:
 * then the verb must narrow its query by `scopeFilter`.
 */
export function authorise(actor: Actor, permission: Permission, resource?: Resource): void {
  if (!may(actor, permission)) throw new Forbidden('permission.missing', { permission });
  if (resource && !isInScope(actor, resource)) throw new Forbidden('scope.outside', { permission });
}

/**
 * For verbs that take rows in: a key for some kinds sends those. `kind` is null for a file, in which anything may be.
 * Throws Forbidden `key.kind`.
 */
export function authoriseKind(actor: Actor, kind: string | null): void {
  authorise(actor, 'ingest.write');
  if (actor.kinds && (kind === null || !actor.kinds.includes(kind))) {
    throw new Forbidden('key.kind', { kinds: actor.kinds.join(', ') });
  }
}

export function may(actor: Actor, permission: Permission): boolean {
  return mayRole(actor.role, permission) && (actor.only === undefined || actor.only.includes(permission));
}

export function isInScope(actor: Actor, resource: Resource): boolean {
  const filter = scopeFilter(actor);
  return (
    passes(filter.agents, resource.agentId) &&
    passes(filter.teams, resource.team) &&
    passes(filter.shops, resource.shop)
  );
}

/** The filter that every query on behalf of this actor must apply; its three columns hold together (AND). */
export function scopeFilter(actor: Actor): ScopeFilter {
  const scope = effectiveScope(actor);
  switch (scope.kind) {
    case 'all':
      return { agents: null, teams: null, shops: null };
    case 'teams':
      return { agents: null, teams: scope.teams, shops: null };
    case 'shops':
      return { agents: null, teams: null, shops: scope.shops };
    case 'self':
      return { agents: scope.agentId === '' ? [] : [scope.agentId], teams: null, shops: null };
  }
}

/** An agent sees themself, whatever scope somebody wrote down for them; an agent linked to no agent sees nothing. */
function effectiveScope(actor: Actor): Scope {
  return actor.role === 'agent' ? { kind: 'self', agentId: actor.agentId ?? '' } : actor.scope;
}

/** An unknown value never passes a limit: what cannot be placed belongs to those who see everything. */
function passes(limit: readonly string[] | null, value: string | readonly string[] | null | undefined): boolean {
  if (limit === null) return true;
  if (value === null || value === undefined) return false;
  const values = typeof value === 'string' ? [value] : value;
  return values.some((each) => limit.includes(each));
}
