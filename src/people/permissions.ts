import { type Role, roles } from './actor.ts';

/**
 * Who may do what, the whole of it. The columns are the roles in the order of `roles`:
 * agent, supervisor, inspector, trainer, HR, administrator, director.
 * A mark opens the door; the person's scope (everything, teams, shops, self) decides which rooms. An agent's is always self.
 */
const table = [
  // a s i t h A d
  ['· ✓ ✓ ✓ ✓ ✓ ✓', 'overview.read'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'scorecard.read'],
  ['· ✓ · · ✓ ✓ ✓', 'scorecard.export'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'evidence.read'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ·', 'transcript.read'],
  ['· ✓ ✓ · · · ·', 'personalData.reveal'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'metric.read'],
  ['· ✓ · · ✓ ✓ ✓', 'metric.try'],
  ['· · · · ✓ ✓ ·', 'metric.write'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'plan.read'],
  ['· ✓ ✓ · · ✓ ·', 'signal.read'],
  ['· · ✓ · · ✓ ·', 'signal.write'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'rubric.read'],
  ['· · ✓ ✓ ✓ ✓ ·', 'rubric.write'],
  ['· ✓ ✓ ✓ ✓ ✓ ✓', 'sample.read'],
  ['· · ✓ · · ✓ ·', 'sample.write'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ·', 'inspection.read'],
  ['· · ✓ ✓ · · ·', 'inspection.write'],
  ['✓ · · · · · ·', 'inspection.dispute'],
  ['· ✓ ✓ ✓ ✓ ✓ ✓', 'calibration.read'],
  ['· · ✓ ✓ · ✓ ·', 'calibration.write'],
  ['· ✓ ✓ · · ✓ ·', 'rule.read'],
  ['· · ✓ · · ✓ ·', 'rule.write'],
  ['· ✓ ✓ · · · ·', 'hit.decide'],
  ['· · ✓ ✓ ✓ ✓ ✓', 'assistant.read'],
  ['· · · · · ✓ ·', 'assistant.write'],
  ['· ✓ ✓ ✓ ✓ ✓ ✓', 'assessment.read'],
  ['· ✓ ✓ ✓ ✓ · ·', 'assessment.write'],
  ['· · · · ✓ ✓ ·', 'assessment.remind'],
  ['· · · · ✓ · ✓', 'nomination.decide'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'round.rate'],
  ['· · · · ✓ · ✓', 'round.read'],
  ['· · · · ✓ · ·', 'round.write'],
  ['· · · · ✓ · ✓', 'round.approve'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'case.read'],
  ['· ✓ ✓ ✓ · · ·', 'case.vote'],
  ['· · ✓ ✓ · ✓ ·', 'case.write'],
  ['· · · · ✓ ✓ ·', 'plan.publish'],
  ['✓ · · · · · ·', 'plan.acknowledge'],
  ['· ✓ · · ✓ ✓ ✓', 'acknowledgement.read'],
  ['· ✓ · · ✓ ✓ ·', 'acknowledgement.remind'],
  ['· ✓ ✓ · ✓ ✓ ✓', 'exemption.read'],
  ['· ✓ · · ✓ ✓ ·', 'exemption.write'],
  ['· · · · ✓ ✓ ·', 'exemption.approve'],
  ['· ✓ · · ✓ ✓ ✓', 'plan.try'],
  ['· ✓ · · ✓ ✓ ✓', 'cycle.read'],
  ['· · · · ✓ ✓ ·', 'cycle.write'],
  ['· · · · · ✓ ·', 'backup.write'],
  ['· · · · · ✓ ·', 'erasure.write'],
  ['✓ ✓ · · · · ·', 'appeal.write'],
  ['✓ ✓ · · ✓ ✓ ✓', 'appeal.read'],
  ['· ✓ · · ✓ ✓ ·', 'appeal.decide'],
  ['· · · · ✓ ✓ ·', 'appeal.conclude'],
  ['· ✓ ✓ · ✓ ✓ ✓', 'appeal.statistics'],
  ['· · · · ✓ ✓ ✓', 'meeting.read'],
  ['· · · · ✓ ✓ ·', 'meeting.write'],
  ['· · · · ✓ ✓ ✓', 'pay.read'],
  ['✓ ✓ · ✓ ✓ ✓ ✓', 'outcome.read'],
  ['· ✓ · · ✓ · ·', 'outcome.propose'],
  ['· · · · ✓ ✓ ·', 'outcome.decide'],
  ['· ✓ · · ✓ ✓ ·', 'training.decide'],
  ['✓ ✓ · ✓ ✓ ✓ ✓', 'improvement.read'],
  ['· ✓ · ✓ ✓ · ·', 'improvement.write'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'skill.read'],
  ['· ✓ · ✓ ✓ · ·', 'skill.assess'],
  ['· · · · ✓ ✓ ·', 'skill.write'],
  ['· ✓ · · ✓ ✓ ✓', 'review.read'],
  ['· · · · ✓ ✓ ·', 'review.write'],
  ['· ✓ · · ✓ ✓ ·', 'import.read'],
  ['· · · · · ✓ ·', 'ingest.write'],
  ['· · · · · ✓ ·', 'mapping.write'],
  ['· · · · ✓ ✓ ·', 'calendar.write'],
  ['· · · · ✓ ✓ ·', 'people.read'],
  ['· · · · · ✓ ·', 'people.write'],
  ['· · · · · ✓ ·', 'key.write'],
  ['· · · · ✓ ✓ ·', 'audit.read'],
  ['✓ ✓ ✓ ✓ ✓ ✓ ✓', 'ledger.read'],
  ['· · · · · ✓ ·', 'ledger.write'],
  ['· · · · · ✓ ·', 'ledger.cosign'],
] as const satisfies readonly (readonly [marks: string, permission: string])[];

export type Permission = (typeof table)[number][1];
export const permissions: readonly Permission[] = table.map(([, permission]) => permission);

const marks: ReadonlyMap<Permission, readonly string[]> = new Map(
  table.map(([marks, permission]) => [permission, marks.split(' ')]),
);

/** Whether the role opens this door at all; `authorise` also looks at the scope. */
export function mayRole(role: Role, permission: Permission): boolean {
  return marks.get(permission)?.[roles.indexOf(role)] === '✓';
}

export function permissionsOf(role: Role): Permission[] {
  return permissions.filter((permission) => mayRole(role, permission));
}
