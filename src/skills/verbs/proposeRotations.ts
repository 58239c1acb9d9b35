import { agentsIn, publishedPeriods } from '../../outcomes/groundStore.ts';
import type { BasisCard, Proposed } from '../../outcomes/proposal.ts';
import { type CardChange, keepChanges, type StoredProposal, standingRotations } from '../../outcomes/proposalStore.ts';
import { basisOf } from '../../outcomes/proposeFor.ts';
import { reconcile } from '../../outcomes/reconcile.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { type FrozenCard, readFrozenCards } from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';
import { readVersions, type StoredVersion } from '../../scores/planStore.ts';
import { type Catalogue, jobOf, type Levels, rotationsOf } from '../matrix.ts';
import type { Job } from '../skillSchema.ts';
import { givenJobs, heldLevels, latestLevels, lockSkills, readCatalogue, readPersonJobs } from '../skillStore.ts';

interface RotationInput {
  readonly at: Date;
  /** Whose levels or job changed; everybody's unless given. */
  readonly agents?: readonly string[];
}

/** So many people's cards are held at a time. */
const batch = 500;
/** What rules propose is nobody's deed: the people are those who decide. */
const proposer = { userId: 'heng', name: 'Heng' };

/**
 * Makes the proposals to rotate say what levels and jobs say, on the cards of the last published month; before anything is published there
 * are none. Call it in the transaction that changes a level, a job or what a job asks for, or that publishes; it waits for others that do.
 * Repeating it changes nothing.
 */
export async function proposeRotations(connection: Queryable, input: RotationInput): Promise<void> {
  await lockSkills(connection);
  const period = (await publishedPeriods(connection, 'month')).at(-1);
  if (period === undefined) return;
  const catalogue = await readCatalogue(connection);
  const agents = input.agents ?? (await agentsIn(connection, period));
  for (let from = 0; from < agents.length; from += batch) {
    const changes = await changesFor(connection, { period, catalogue, agents: agents.slice(from, from + batch) });
    await keepChanges(connection, changes, { at: input.at, ...proposer, reason: '' });
  }
}

interface Some {
  readonly period: string;
  readonly catalogue: Catalogue;
  readonly agents: readonly string[];
}

async function changesFor(connection: Queryable, { period, catalogue, agents }: Some): Promise<CardChange[]> {
  const held = heldLevels(await latestLevels(connection, agents));
  const standing = grouped(await standingRotations(connection, agents), ({ agentId }) => agentId);
  const concerned = agents.filter((agent) => held.has(agent) || standing.has(agent));
  if (concerned.length === 0) return [];
  const given = givenJobs(await readPersonJobs(connection, concerned));
  const cards = await readFrozenCards(connection, period, concerned);
  const versions = await readVersions(connection);
  return cards.flatMap((card) => {
    const { agentId } = card;
    const levels = held.get(agentId) ?? none;
    const own = jobOf(given.get(agentId) ?? null, card.person.tier, catalogue);
    const basis = [cardOf(versions, card)];
    const proposed = own
      ? rotationsOf(own, levels, catalogue).map((job) => proposalOf({ own, job, levels, catalogue, basis }))
      : [];
    const settled = new Set((standing.get(agentId) ?? []).filter(isSettled(own, proposed)).map(({ rule }) => rule));
    const left = (standing.get(agentId) ?? []).filter(({ rule }) => !settled.has(rule));
    return reconcile(
      left,
      proposed.filter(({ rule }) => !settled.has(rule)),
    ).map((change) => ({ card, change }));
  });
}

const none: Levels = new Map();
const ruleOf = ({ id }: Job) => `job ${id}`;

/** Approved, and either still supported or carried out: there is nothing to propose and nothing to take away. */
const isSettled =
  (own: Job | null, proposed: readonly Proposed[]) =>
  ({ state, rule, supported }: StoredProposal): boolean =>
    state === 'approved' &&
    supported &&
    (proposed.some((each) => each.rule === rule) || (own !== null && ruleOf(own) === rule));

interface Meeting {
  readonly own: Job;
  readonly job: Job;
  readonly levels: Levels;
  readonly catalogue: Catalogue;
  readonly basis: readonly BasisCard[];
}

function proposalOf({ own, job, levels, catalogue, basis }: Meeting): Proposed {
  const meets = catalogue.skills.flatMap(({ id, name }) => {
    const [level, required] = [levels.get(id), job.requires[id]];
    return level === undefined || required === undefined ? [] : [{ name, level, required }];
  });
  return {
    ...{ kind: 'rotation', rule: ruleOf(job), words: null, basis },
    suggestion: { kind: 'rotation', from: own.name, to: job.name, job: job.id, meets },
  };
}

function cardOf(versions: readonly StoredVersion[], card: FrozenCard): BasisCard {
  const found = versions.find(({ planId, version }) => planId === card.plan.id && version === card.plan.version);
  if (!found) throw new Error(`a frozen card names ${card.plan.id} ${card.plan.version}, which was never published`);
  return basisOf(found.plan, { ...card, total: card.card.total });
}
