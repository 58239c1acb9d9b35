import { dayIn, todayIn } from '../../facts/calendarDays.ts';
import { readDefinitions } from '../../metrics/definitionStore.ts';
import { parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { BadInput, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import { peopleIn } from '../../scores/organisation.ts';
import { readVersions } from '../../scores/planStore.ts';
import { dayOfInterview, insertChange, insertInterview, isOccasion, type NewInterview } from '../reviewStore.ts';
import type { AddInterview, LinkChange } from '../schemas.ts';
import { byOf, demandSince } from './occasions.ts';

/**
 * Writes down what somebody said. Throws BadInput `review.dayAhead`, NotFound `review.unknown` for an occasion there is not, and
 * `review.person` for somebody who did not work here that day.
 */
export async function addInterview(deps: Deps, actor: Actor, input: AddInterview): Promise<{ id: number }> {
  authorise(actor, 'review.write', everybody);
  if (input.day > todayIn(deps)) throw new BadInput('review.dayAhead', { day: input.day });
  const { occasion, whom, day } = input;
  const person = whom === 'person' ? await personOn(deps, day, input.who) : nobody(input.who);
  const interview: NewInterview = { occasion, whom, day, ...person, summary: maskPersonalData(input.summary) };
  return transaction(deps.stores.postgres, async (connection) => {
    if (occasion !== null && !(await isOccasion(connection, occasion)))
      throw new NotFound('review.unknown', { occasion });
    const id = await insertInterview(connection, interview, byOf(deps, actor));
    await audit(deps, actor, 'review.interviewed', `${id} ${whom} ${person.agentId ?? ''}`.trim(), connection);
    return { id };
  });
}

const nobody = (who: string) => ({ agentId: null, team: null, shop: null, name: maskPersonalData(who) });

async function personOn({ stores, timeZone }: Deps, day: string, agentId: string) {
  const people = await peopleIn(stores.clickhouse, parsePeriod(`${day}..${day}`, timeZone));
  const found = people.find((each) => each.agentId === agentId);
  if (!found) throw new NotFound('review.person', { agent: agentId });
  return { agentId, team: found.team, shop: found.shop, name: found.name };
}

/**
 * Links an interview to what it changed. Throws NotFound `review.interviewUnknown`, `plan.noVersion` or `review.definitionUnknown` for a
 * version there is not, BadInput `review.versionBefore` for one that was there before anybody said anything.
 */
export async function linkChange(deps: Deps, actor: Actor, id: number, change: LinkChange): Promise<void> {
  authorise(actor, 'review.write', everybody);
  const { what, subject, version } = change;
  await transaction(deps.stores.postgres, async (connection) => {
    const day = await dayOfInterview(connection, id);
    if (day === null) throw new NotFound('review.interviewUnknown', { interview: id });
    const made = what === 'plan' ? await planMade(connection, change) : await definitionMade(connection, change);
    demandSince(dayIn(Date.parse(made), deps.timeZone), day, version);
    await insertChange(connection, id, change, byOf(deps, actor));
    await audit(deps, actor, 'review.linked', `${id} ${what} ${subject} ${version}`, connection);
  });
}

async function planMade(connection: Queryable, { subject: plan, version }: LinkChange): Promise<string> {
  const found = (await readVersions(connection, plan)).find((each) => each.version === version);
  if (!found) throw new NotFound('plan.noVersion', { plan, version });
  return found.publishedAt;
}

async function definitionMade(connection: Queryable, { subject: metric, version }: LinkChange): Promise<string> {
  const found = (await readDefinitions(connection)).get(metric)?.find((each) => each.version === version);
  if (!found) throw new NotFound('review.definitionUnknown', { metric, version });
  return found.createdAt;
}
