import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { Invalid } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { type EnterExemption, exemptionDaysMax } from '../exemptionSchemas.ts';
import { insertExemption } from '../exemptionStore.ts';
import type { Person } from '../organisation.ts';
import type { PlanMetric } from '../planMetric.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { peopleNow, whomOf } from './listExemptions.ts';

/**
 * Enters days that are not to count; they count until another person approves the entry. Throws Forbidden `scope.outside`, and
 * Invalid `exemption.invalid` with every issue: nothing is kept then.
 */
export async function enterExemption(deps: ScoreDeps, actor: Actor, input: EnterExemption): Promise<{ id: string }> {
  authorise(actor, 'exemption.write');
  const [people, catalogue] = await Promise.all([peopleNow(deps), deps.catalogue()]);
  authorise(actor, 'exemption.write', whomOf(input, people));
  const issues = issuesOf(input, people, catalogue);
  if (issues.length > 0) throw new Invalid('exemption.invalid', issues);
  const id = `${input.firstDay}-${randomBytes(3).toString('hex')}`;
  await transaction(deps.stores.postgres, async (connection) => {
    const signed = { at: new Date(deps.now()), enteredBy: actor.userId, enteredName: actor.name };
    await insertExemption(connection, { ...input, metrics: [...new Set(input.metrics)], id, ...signed });
    await audit(deps, actor, 'exemption.entered', subjectOf({ ...input, id }), connection);
  });
  return { id };
}

/** What the audit says an entry is about. */
export function subjectOf({
  id,
  covers,
  subject,
  firstDay,
  lastDay,
}: EnterExemption & { readonly id: string }): string {
  return [id, `${firstDay}..${lastDay}`, covers, subject].filter((word) => word !== '').join(' ');
}

type ExemptionIssue = Invalid['issues'][number];

function issuesOf(
  { covers, subject, metrics, firstDay, lastDay }: EnterExemption,
  people: readonly Person[],
  catalogue: readonly PlanMetric[],
): ExemptionIssue[] {
  const issues: ExemptionIssue[] = [];
  const [first, last] = [Temporal.PlainDate.from(firstDay), Temporal.PlainDate.from(lastDay)];
  if (Temporal.PlainDate.compare(first, last) > 0) issues.push({ path: 'lastDay', code: 'exemption.reversed' });
  else if (first.until(last).days >= exemptionDaysMax) issues.push({ path: 'lastDay', code: 'exemption.tooLong' });
  const known = {
    all: () => subject === '',
    team: () => people.some(({ team }) => team === subject),
    shop: () => people.some(({ shop }) => shop === subject),
    agent: () => people.some(({ agentId }) => agentId === subject),
  };
  if (!known[covers]() || (covers !== 'all' && subject === ''))
    issues.push({ path: 'subject', code: 'exemption.nobody' });
  for (const [i, id] of metrics.entries()) {
    const metric = catalogue.find((each) => each.id === id);
    if (!metric) issues.push({ path: `metrics[${i}]`, code: 'metric.unknown', params: { metric: id } });
    else if (!metric.dimensions.includes('day'))
      issues.push({ path: `metrics[${i}]`, code: 'exemption.notDaily', params: { metric: id } });
  }
  return issues;
}
