import type { Actor } from '../../people/actor.ts';
import { isInScope } from '../../people/authorise.ts';
import type { Assessor } from '../../scores/assessmentFormSchema.ts';

export interface Assessed {
  readonly agentId: string;
  readonly team: string;
  readonly shop: string;
}
/** An assessor, and the teams that are their department. */
export interface Judge {
  readonly actor: Actor;
  readonly teams: readonly string[];
}

/**
 * Whether a form about this person is this assessor's: by role and within their scope. Other departments are those whose team asked this person
 * for a ticket (`asking`). Nobody assesses themselves, and 360 rounds have their own way.
 */
export function mayAssess(
  assessor: Assessor,
  { actor, teams }: Judge,
  person: Assessed,
  asking: readonly string[],
): boolean {
  if (actor.agentId !== null && actor.agentId === person.agentId) return false;
  switch (assessor) {
    case 'supervisor':
    case 'inspector':
    case 'trainer':
    case 'hr':
      return actor.role === assessor && isInScope(actor, person);
    case 'otherDepartment':
      return (
        actor.role === 'supervisor' &&
        !teams.includes(person.team) &&
        asking.some((team) => team !== person.team && teams.includes(team))
      );
    case 'colleagues':
      return false;
  }
}

/** Whether each assessor's form counts beside the others'; otherwise one handed in settles it. */
export const eachCounts = (assessor: Assessor): boolean => assessor === 'otherDepartment';

/** The teams whose work somebody speaks for. */
export const departmentOf = (actor: Actor): readonly string[] =>
  actor.scope.kind === 'teams' ? actor.scope.teams : [];
