import { parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope, may } from '../../people/authorise.ts';
import type { Exemption, ExemptionList } from '../exemptionSchemas.ts';
import { readExemptions, type StoredExemption } from '../exemptionStore.ts';
import type { Person } from '../organisation.ts';
import { thisMonth } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { everybodyIn } from '../scorePeople.ts';

/** The register as far as it touches anybody the reader may see. */
export async function listExemptions(deps: ScoreDeps, actor: Actor): Promise<ExemptionList> {
  authorise(actor, 'exemption.read');
  const [entries, people] = await Promise.all([readExemptions(deps.stores.postgres), peopleNow(deps)]);
  const seen = entries.filter((entry) => entry.covers === 'all' || isInScope(actor, whomOf(entry, people)));
  return { exemptions: seen.map((entry) => viewOf(entry, people, actor)) };
}

export const peopleNow = (deps: ScoreDeps): Promise<readonly Person[]> =>
  everybodyIn(deps, parsePeriod(thisMonth(deps.now(), deps.timeZone), deps.timeZone));

type Whom = Pick<StoredExemption, 'covers' | 'subject'>;

/** Whom an entry is about, as `authorise` asks for it; everybody belongs to those alone who see everybody. */
export function whomOf({ covers, subject }: Whom, people: readonly Person[]) {
  switch (covers) {
    case 'all':
      return { agentId: null, team: null, shop: null };
    case 'team':
      return { team: subject, shop: shopsOf(people, subject), agentId: null };
    case 'shop':
      return { shop: subject, team: null, agentId: null };
    case 'agent':
      return people.find(({ agentId }) => agentId === subject) ?? { agentId: subject, team: null, shop: null };
  }
}

const shopsOf = (people: readonly Person[], team: string) => [
  ...new Set(people.filter((person) => person.team === team).map(({ shop }) => shop)),
];

function viewOf(entry: StoredExemption, people: readonly Person[], actor: Actor): Exemption {
  const { id, covers, subject, metrics, firstDay, lastDay, reason, note, uses } = entry;
  const status = entry.withdrawnAt ? 'withdrawn' : entry.approvedAt ? 'approved' : 'pending';
  const signed = (at: Date | null, by: string | null) => (at && by !== null ? { at: at.toISOString(), by } : null);
  const withdrawn = signed(entry.withdrawnAt, entry.withdrawnName);
  return {
    ...{ id, covers, subject, metrics, firstDay, lastDay, reason, note, status, uses },
    subjectName: (covers === 'agent' && people.find(({ agentId }) => agentId === subject)?.name) || subject,
    entered: { at: entry.enteredAt.toISOString(), by: entry.enteredName },
    approved: signed(entry.approvedAt, entry.approvedName),
    withdrawn: withdrawn && { ...withdrawn, reason: entry.withdrawnReason ?? '' },
    mayApprove: status === 'pending' && may(actor, 'exemption.approve') && entry.enteredBy !== actor.userId,
    mayWithdraw: status !== 'withdrawn' && may(actor, 'exemption.write') && isInScope(actor, whomOf(entry, people)),
  };
}
