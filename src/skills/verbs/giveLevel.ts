import { todayIn } from '../../facts/calendarDays.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { BadInput, Conflict, Forbidden, Invalid, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import type { Person } from '../../scores/organisation.ts';
import { factsOf, isOf } from '../factStore.ts';
import type { DecideLevel, GiveLevel } from '../schemas.ts';
import type { Evidence } from '../skillSchema.ts';
import {
  heldLevels,
  insertDecline,
  insertLevel,
  latestLevels,
  lockSkills,
  type NewLevel,
  readCatalogue,
} from '../skillStore.ts';
import { proposeRotations } from './proposeRotations.ts';
import { colleague, openProposals } from './readMatrix.ts';

/**
 * Gives somebody a level in a skill, on evidence, or takes it back. What was given before stays in the history. Throws NotFound
 * `skill.person`, Forbidden `skill.own`, NotFound `skill.unknown`, BadInput `skill.noEvidence`, Conflict `skill.noLevel`, Invalid
 * `skill.evidence` with every piece that does not exist, is somebody else's or lies ahead.
 */
export async function giveLevel(deps: Deps, actor: Actor, agentId: string, input: GiveLevel): Promise<void> {
  await opened(deps, actor, agentId);
  const { postgres } = deps.stores;
  await demandSkill(postgres, input.skill);
  const { level, reason, evidence } = input;
  if (level !== null && evidence.length === 0) throw new BadInput('skill.noEvidence');
  await refuseStrange(deps, agentId, evidence);
  const masked = evidence.map((each) => ({ ...each, text: maskPersonalData(each.text) }));
  const given = { agentId, skill: input.skill, level, reason: maskPersonalData(reason), evidence: masked };
  await transaction(postgres, async (connection) => {
    await lockSkills(connection);
    await demandSkill(connection, input.skill);
    await keep(deps, actor, connection, { ...given, wasProposed: false });
  });
}

/**
 * Takes a proposed level over with the facts it rests on, or declines it, which the same facts do not propose again. Throws as `giveLevel`,
 * and Conflict `skill.noProposal` where the facts do not say that level any more, or somebody else decided meanwhile.
 */
export async function decideLevel(deps: Deps, actor: Actor, agentId: string, input: DecideLevel): Promise<void> {
  const person = await opened(deps, actor, agentId);
  const { postgres } = deps.stores;
  await demandSkill(postgres, input.skill);
  const facts = (await factsOf(deps, [agentId])).get(agentId);
  await transaction(postgres, async (connection) => {
    await lockSkills(connection);
    const held = heldLevels(await latestLevels(connection, [agentId])).get(agentId) ?? new Map();
    const catalogue = await readCatalogue(connection);
    const open = facts ? await openProposals(connection, catalogue, [{ person, facts, held }]) : [];
    const proposal = open.find(
      ({ proposal: { skill, level } }) => skill === input.skill && level === input.level,
    )?.proposal;
    if (!proposal) throw new Conflict('skill.noProposal');
    const { skill, level, evidence } = proposal;
    const reason = maskPersonalData(input.reason);
    if (input.decision === 'approved') {
      await keep(deps, actor, connection, { agentId, skill, level, reason, evidence, wasProposed: true });
      return;
    }
    await insertDecline(connection, { agentId, skill, level, facts: proposal.facts, reason }, byOf(deps, actor));
    await audit(deps, actor, 'skill.declined', `${agentId} ${skill} ${level}`, connection);
  });
}

async function opened(deps: Deps, actor: Actor, agentId: string): Promise<Person> {
  authorise(actor, 'skill.assess');
  const person = await colleague(deps, actor, agentId);
  if (actor.agentId === agentId) throw new Forbidden('skill.own');
  return person;
}

async function demandSkill(connection: Queryable, skill: string): Promise<void> {
  const { skills } = await readCatalogue(connection);
  if (!skills.some(({ id, retired }) => id === skill && !retired)) throw new NotFound('skill.unknown', { skill });
}

const byOf = (deps: Deps, { userId, name }: Actor) => ({ at: new Date(deps.now()), userId, name });

async function refuseStrange(deps: Deps, agentId: string, evidence: readonly Evidence[]): Promise<void> {
  const today = todayIn(deps);
  const checked = await Promise.all(
    evidence.map(async (each, place) => {
      if (each.day > today) return { path: `evidence.${place}.day`, code: 'skill.evidenceAhead' };
      if (each.kind === 'note' && each.text === '')
        return { path: `evidence.${place}.text`, code: 'skill.evidenceEmpty' };
      return (await isOf(deps, agentId, each))
        ? null
        : { path: `evidence.${place}.ref`, code: 'skill.evidenceUnknown' };
    }),
  );
  const issues = checked.filter((issue) => issue !== null);
  if (issues.length > 0) throw new Invalid('skill.evidence', issues);
}

async function keep(deps: Deps, actor: Actor, connection: Queryable, given: NewLevel): Promise<void> {
  const { agentId, skill, level } = given;
  const before = heldLevels(await latestLevels(connection, [agentId]))
    .get(agentId)
    ?.get(skill);
  if (level === null && before === undefined) throw new Conflict('skill.noLevel');
  const by = byOf(deps, actor);
  await insertLevel(connection, given, by);
  await audit(deps, actor, 'skill.given', `${agentId} ${skill} ${level ?? 'taken back'}`, connection);
  await proposeRotations(connection, { at: by.at, agents: [agentId] });
}
