import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { BadInput, Conflict, Forbidden, Invalid, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { factsOf, isOf, todayOf } from '../factStore.ts';
import type { Catalogue } from '../matrix.ts';
import type { DecideLevel, GiveLevel } from '../schemas.ts';
import type { Evidence, Skill } from '../skillSchema.ts';
import { heldLevels, insertDecline, insertLevel, latestLevels, type NewLevel, readCatalogue } from '../skillStore.ts';
import { proposeRotations } from './proposeRotations.ts';
import { colleague, openProposals } from './readMatrix.ts';

/**
 * Gives somebody a level in a skill, on evidence, or takes it back. What was given before stays in the history. Throws NotFound
 * `skill.person`, Forbidden `skill.own`, NotFound `skill.unknown`, BadInput `skill.noEvidence`, Conflict `skill.noLevel`, Invalid
 * `skill.evidence` with every piece that does not exist, is somebody else's or lies ahead.
 */
export async function giveLevel(deps: Deps, actor: Actor, agentId: string, input: GiveLevel): Promise<void> {
  const { skill } = await opened(deps, actor, agentId, input.skill);
  const { level, reason, evidence } = input;
  if (level !== null && evidence.length === 0) throw new BadInput('skill.noEvidence');
  await refuseStrange(deps, agentId, evidence);
  const masked = evidence.map((each) => ({ ...each, text: maskPersonalData(each.text) }));
  const given = { agentId, skill: skill.id, level, reason: maskPersonalData(reason), evidence: masked };
  await keep(deps, actor, { ...given, wasProposed: false });
}

/**
 * Takes a proposed level over with the facts it rests on, or declines it, which the same facts do not propose again. Throws as `giveLevel`,
 * and Conflict `skill.noProposal` where the facts do not say that level any more.
 */
export async function decideLevel(deps: Deps, actor: Actor, agentId: string, input: DecideLevel): Promise<void> {
  const { skill, person, catalogue } = await opened(deps, actor, agentId, input.skill);
  const { postgres } = deps.stores;
  const facts = (await factsOf(deps, [agentId])).get(agentId);
  const held = heldLevels(await latestLevels(postgres, [agentId])).get(agentId) ?? new Map();
  const open = facts ? await openProposals(deps, catalogue, [{ person, facts, held }]) : [];
  const proposal = open.find(({ proposal: each }) => each.skill === skill.id && each.level === input.level)?.proposal;
  if (!proposal) throw new Conflict('skill.noProposal');
  const { level, evidence } = proposal;
  const reason = maskPersonalData(input.reason);
  if (input.decision === 'approved') {
    await keep(deps, actor, { agentId, skill: skill.id, level, reason, evidence, wasProposed: true });
    return;
  }
  await transaction(postgres, async (connection) => {
    const by = { at: new Date(deps.now()), userId: actor.userId, name: actor.name };
    await insertDecline(connection, { agentId, skill: skill.id, level, facts: proposal.facts, reason }, by);
    await audit(deps, actor, 'skill.declined', `${agentId} ${skill.id} ${level}`, connection);
  });
}

async function opened(deps: Deps, actor: Actor, agentId: string, id: string) {
  authorise(actor, 'skill.assess');
  const person = await colleague(deps, actor, agentId);
  if (actor.agentId === agentId) throw new Forbidden('skill.own');
  const catalogue: Catalogue = await readCatalogue(deps.stores.postgres);
  const skill: Skill | undefined = catalogue.skills.find((each) => each.id === id && !each.retired);
  if (!skill) throw new NotFound('skill.unknown', { skill: id });
  return { person, catalogue, skill };
}

async function refuseStrange(deps: Deps, agentId: string, evidence: readonly Evidence[]): Promise<void> {
  const today = todayOf(deps).toString();
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

async function keep(deps: Deps, actor: Actor, given: NewLevel): Promise<void> {
  const { agentId, skill, level } = given;
  await transaction(deps.stores.postgres, async (connection) => {
    await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`skills of ${agentId}`]);
    const before = heldLevels(await latestLevels(connection, [agentId]))
      .get(agentId)
      ?.get(skill);
    if (level === null && before === undefined) throw new Conflict('skill.noLevel');
    const by = { at: new Date(deps.now()), userId: actor.userId, name: actor.name };
    await insertLevel(connection, given, by);
    await audit(deps, actor, 'skill.given', `${agentId} ${skill} ${level ?? 'taken back'}`, connection);
    await proposeRotations(connection, { at: by.at, agents: [agentId] });
  });
}
