import { readTranscript } from '../../../metrics/verbs/readTranscript.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { BadInput, Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { caseById, keepTemplate, removeTemplate } from '../caseStore.ts';
import { excerptOf } from '../excerptOf.ts';
import { type TemplateInput, votesNeeded } from '../schemas.ts';
import { caseInReach } from './voteCase.ts';

/**
 * Makes a service template of a case that enough people voted for, or writes it anew. What is kept of the conversation is masked. Throws
 * Conflict `case.votes`, BadInput `case.lineUnknown`.
 */
export async function makeTemplate(deps: Deps, actor: Actor, id: number, input: TemplateInput): Promise<void> {
  authorise(actor, 'case.write');
  const { sessionId } = await transaction(deps.stores.postgres, (connection) => caseInReach(connection, actor, id));
  const transcript = await readTranscript(deps, actor, { sessionId, reveal: false });
  const excerpt = excerptOf(transcript, input.lines);
  if (!excerpt) throw new BadInput('case.lineUnknown');
  await transaction(deps.stores.postgres, async (connection) => {
    const { votes } = await caseInReach(connection, actor, id);
    if (votes < votesNeeded) throw new Conflict('case.votes', { needed: votesNeeded, votes });
    const by = { at: new Date(deps.now()), id: actor.userId, name: actor.name };
    await keepTemplate(connection, id, { ...input, strategies: [...new Set(input.strategies)], excerpt }, by);
    await audit(deps, actor, 'case.templateMade', String(id), connection);
  });
}

/** Takes a template out of the library: it is a proposal again, with its votes. */
export async function withdrawTemplate(deps: Deps, actor: Actor, id: number): Promise<void> {
  authorise(actor, 'case.write');
  await transaction(deps.stores.postgres, async (connection) => {
    const { template } = await caseInReach(connection, actor, id);
    if (!template) throw new NotFound('case.noTemplate', { case: id });
    await removeTemplate(connection, id);
    await audit(deps, actor, 'case.templateWithdrawn', String(id), connection);
  });
}

/** The template of a case, whoever's it is: the library is everybody's. Throws NotFound `case.noTemplate`. */
export async function templateOf(deps: Deps, actor: Actor, id: number) {
  authorise(actor, 'case.read');
  const { template } = await caseById(deps.stores.postgres, actor.userId, id);
  if (!template) throw new NotFound('case.noTemplate', { case: id });
  return template;
}
