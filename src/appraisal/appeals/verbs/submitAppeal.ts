import { todayIn } from '../../../facts/calendarDays.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, NotFound } from '../../../platform/errors.ts';
import { type Queryable, transaction } from '../../../platform/transaction.ts';
import { issuedVersion } from '../../../scores/frozenCardStore.ts';
import { itemsById } from '../../../scores/itemsById.ts';
import { handedInBy } from '../../assessments/givenStore.ts';
import { insertAppeal } from '../appealStore.ts';
import { insertEvidence } from '../evidenceStore.ts';
import type { Judge } from '../findings.ts';
import type { SubmitAppeal } from '../schemas.ts';
import { incidentSubject, inspectionSubject, itemSubject, type Subject } from '../subject.ts';
import { decideBy } from '../window.ts';
import { type AppealDeps, holdPublished, type OpenedCard, openCard } from './openCard.ts';
import { sharesOf } from './sharesOf.ts';
import { specialDaysFrom } from './specialDaysFrom.ts';
import { windowOf } from './windowOf.ts';

/**
 * Appeals against one's own published result: an item of the card, an inspection, or an incident that the card counts. Throws Conflict
 * `appeal.notYours`, `appeal.notPublished`, `appeal.tooLate` from the first instant after the last day, `appeal.ofParts`
 * for a quarter or a year, `appeal.again` where the same of this result was appealed against before (a revision is another result), or an
 * appeal against it is open; NotFound `appeal.subjectUnknown`.
 */
export async function submitAppeal(deps: AppealDeps, actor: Actor, input: SubmitAppeal): Promise<{ id: number }> {
  authorise(actor, 'appeal.write');
  const { agentId } = actor;
  if (agentId === null) throw new Conflict('appeal.notYours');
  const { period, kind, subject, reason } = input;
  const { postgres } = deps.stores;
  return transaction(postgres, async (connection) => {
    const publishedOn = await holdPublished(connection, period);
    const opened = await openCard(deps, connection, { period, agentId });
    const { card, plan } = opened;
    if (card.input === null) throw new Conflict('appeal.ofParts', { period });
    const { lastDay, endsMs } = await windowOf(deps, connection, { plan, period, publishedOn, agentId });
    if (deps.now() >= endsMs) throw new Conflict('appeal.tooLate', { lastDay });
    const found = await findSubject(deps, connection, opened, input);
    const today = todayIn(deps);
    const at = new Date(deps.now());
    const id = await insertAppeal(connection, {
      ...{ period, agentId, agentName: card.person.name, team: card.person.team, shop: card.person.shop },
      ...{ cardVersion: card.version, planId: plan.id, kind, subject, title: found.subject.title },
      issuedVersion: await issuedVersion(connection, period, agentId),
      ...{ items: [...found.subject.items], whole: found.subject.whole, rule: found.subject.rule },
      judgedBy: found.judges.map(({ userId }) => userId),
      judgeName: found.judges.at(-1)?.name ?? null,
      ...{ reason, submittedAt: at, submittedBy: actor.userId, submittedName: actor.name },
      dueOn: decideBy(plan.plan, today, await specialDaysFrom(deps, today)),
    });
    if (id === null) throw new Conflict('appeal.again');
    for (const link of input.links)
      await insertEvidence(connection, id, { at, by: actor, kind: link.kind, text: link.id });
    await audit(deps, actor, 'appeal.submitted', `${id} ${period} ${agentId} ${kind} ${subject}`, connection);
    return { id };
  });
}

/** Who handed in the forms that an item of the card was assessed by, the last one last. */
async function assessorsOf(postgres: Queryable, { card, plan, period }: OpenedCard, id: string): Promise<Judge[]> {
  const assessment = itemsById(plan).get(id)?.metric.assessment;
  const forms = (plan.plan.assessments ?? []).flatMap((form) => (form.item === assessment ? [form.id] : []));
  if (forms.length === 0) return [];
  const of = card.card.items.find((item) => item.id === id)?.valuePeriod ?? period.text;
  return handedInBy(postgres, { period: of, planId: plan.id, agentId: card.agentId, forms });
}

interface Found {
  readonly subject: Subject;
  readonly judges: readonly Judge[];
}

async function findSubject(
  deps: AppealDeps,
  postgres: Queryable,
  opened: OpenedCard,
  { kind, subject: id }: SubmitAppeal,
): Promise<Found> {
  const { card, plan, period } = opened;
  const known = (subject: Subject | null): Subject => {
    if (subject) return subject;
    throw new NotFound('appeal.subjectUnknown');
  };
  switch (kind) {
    case 'item':
      return { subject: known(itemSubject(plan, card, id)), judges: await assessorsOf(postgres, opened, id) };
    case 'incident': {
      const subject = known(incidentSubject(plan, card, id));
      return { subject, judges: await deps.findings.hitJudges(postgres, id) };
    }
    case 'inspection': {
      const task = /^\d{1,9}$/.test(id) ? await deps.findings.inspection(postgres, Number(id)) : null;
      if (!task || task.agentId !== card.agentId || task.month !== period.text)
        throw new NotFound('appeal.subjectUnknown');
      const record = { kind: 'assessment', id: task.assessment };
      const { shares, untouched } = await sharesOf(deps, opened, [{ kind: 'record', record }]);
      const metrics = new Set(shares.map(({ metric }) => metric));
      const items = card.card.items.flatMap((item) => (metrics.has(item.metric) ? [item.id] : []));
      const touched = [...items, ...untouched.map(({ item }) => item)];
      return { subject: inspectionSubject(card, Number(id), task, touched), judges: task.judges };
    }
  }
}
