import type { Role } from '../../people/actor.ts';
import type { CreatePerson, Person } from '../../people/schemas.ts';

/** A person as the form has them. */
export interface PersonFields {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly agentId?: string;
  readonly scopeKind: 'all' | 'teams' | 'shops';
  readonly teams?: string[];
  readonly shops?: string[];
}

/** What the person will see. An agent sees themselves, whatever the form said before the role was changed. */
export function scopeOf(fields: PersonFields): CreatePerson['scope'] {
  if (fields.role === 'agent') return { kind: 'self', agentId: fields.agentId ?? '' };
  if (fields.scopeKind === 'teams') return { kind: 'teams', teams: fields.teams ?? [] };
  if (fields.scopeKind === 'shops') return { kind: 'shops', shops: fields.shops ?? [] };
  return { kind: 'all' };
}

export function fieldsOf(person: Person): PersonFields {
  const { scope } = person;
  return {
    name: person.name,
    email: person.email,
    role: person.role,
    ...(person.agentId === null ? {} : { agentId: person.agentId }),
    scopeKind: scope.kind === 'teams' || scope.kind === 'shops' ? scope.kind : 'all',
    teams: scope.kind === 'teams' ? [...scope.teams] : [],
    shops: scope.kind === 'shops' ? [...scope.shops] : [],
  };
}
