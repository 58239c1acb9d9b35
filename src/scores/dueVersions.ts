import { type Assignment, coveringPlan } from './coveringPlan.ts';
import type { Person } from './organisation.ts';
import { type StoredVersion, versionInForce } from './planStore.ts';

/** A version somebody is going to be appraised by, and from which month on; that it came as a template means nobody chose it. */
export interface DueVersion {
  readonly version: StoredVersion;
  readonly fromMonth: string;
  /** What covers them in the month before, or today for a version in force already; null for their first plan. */
  readonly before: StoredVersion | null;
}

/**
 * The versions that a person should know about: what covers them today and each that replaces it later. A shipped template that
 * nobody assigned asks for no acknowledgement, as nobody decided on it.
 */
export function dueVersions(
  rules: readonly Assignment[],
  versions: readonly StoredVersion[],
  person: Pick<Person, 'agentId' | 'team' | 'tier'>,
  thisMonth: string,
): DueVersion[] {
  const begins = [...rules.map(({ fromMonth }) => fromMonth), ...versions.map(({ inForceFrom }) => inForceFrom ?? '')];
  const months = [thisMonth, ...[...new Set(begins)].filter((month) => month > thisMonth).sort()];
  const due: DueVersion[] = [];
  let before: StoredVersion | null = null;
  for (const fromMonth of months) {
    const planId = coveringPlan(rules, person, fromMonth);
    const own = versions.filter((version) => version.planId === planId);
    const version = versionInForce(own, fromMonth);
    if (!version || (before && isSame(before, version))) continue;
    const chosen = version.origin === 'own' || (before !== null && before.planId !== planId);
    if (chosen) due.push({ version, fromMonth, before: before ?? earlier(own, version) });
    before = version;
  }
  return due;
}

const isSame = (one: StoredVersion, other: StoredVersion): boolean =>
  one.planId === other.planId && one.version === other.version;

const earlier = (own: readonly StoredVersion[], version: StoredVersion): StoredVersion | null =>
  own.filter((each) => each.version < version.version).at(-1) ?? null;
