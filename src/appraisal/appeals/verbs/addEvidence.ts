import type { Actor } from '../../../people/actor.ts';
import { activeActors } from '../../../people/actors.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, may } from '../../../people/authorise.ts';
import { BadInput, Conflict, Forbidden, NotFound } from '../../../platform/errors.ts';
import { transaction } from '../../../platform/transaction.ts';
import { appealById, decisionsOf } from '../appealStore.ts';
import { permissionOf, refusalOf, stepOf } from '../decider.ts';
import { evidenceOf, insertEvidence, readFileOf, type StoredEvidence } from '../evidenceStore.ts';
import { fileBytesMax, filesMax, fileType, safeName } from '../fileType.ts';
import { type AppealDeps, mayRead } from './openCard.ts';

interface Added {
  readonly kind: StoredEvidence['kind'];
  readonly text: string;
  readonly file?: { readonly mediaType: string; readonly content: Uint8Array };
}

/**
 * Adds a text or a link to what an appeal rests on, by the appellant or whoever decides. Throws Forbidden `appeal.notYours`, Conflict
 * `appeal.decided`.
 */
export async function addEvidence(deps: AppealDeps, actor: Actor, id: number, added: Added): Promise<void> {
  authorise(actor, 'appeal.read');
  await transaction(deps.stores.postgres, async (connection) => {
    const seen = await appealById(connection, id, true);
    mayRead(actor, seen);
    const step = stepOf(seen);
    if (step === null) throw new Conflict('appeal.decided');
    const decides =
      may(actor, permissionOf[step]) &&
      refusalOf(seen, await decisionsOf(connection, id), actor, await activeActors(connection)) === null;
    if (actor.agentId !== seen.agentId && !decides) throw new Forbidden('appeal.notYours');
    if (added.kind === 'file') {
      const files = (await evidenceOf(connection, id)).filter(({ kind }) => kind === 'file');
      if (files.length >= filesMax) throw new Conflict('appeal.tooManyFiles', { most: filesMax });
    }
    await insertEvidence(connection, id, { ...added, at: new Date(deps.now()), by: actor });
    await audit(deps, actor, 'appeal.evidence', `${id} ${added.kind}`, connection);
  });
}

/** Attaches a file, told by its bytes what it is. Throws BadInput `appeal.fileType`, `appeal.fileTooLarge`, Conflict `appeal.tooManyFiles`. */
export async function attachFile(
  deps: AppealDeps,
  actor: Actor,
  id: number,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  authorise(actor, 'appeal.read');
  if (bytes.length > fileBytesMax) throw new BadInput('appeal.fileTooLarge', { most: fileBytesMax / 1024 / 1024 });
  const mediaType = fileType(bytes);
  if (mediaType === null) throw new BadInput('appeal.fileType');
  await addEvidence(deps, actor, id, {
    ...{ kind: 'file', text: safeName(name, mediaType), file: { mediaType, content: bytes } },
  });
}

/** An attached file to take away. Throws NotFound `appeal.fileUnknown`. */
export async function readFile(deps: AppealDeps, actor: Actor, id: number, file: number) {
  authorise(actor, 'appeal.read');
  const { postgres } = deps.stores;
  mayRead(actor, await appealById(postgres, id));
  const found = await readFileOf(postgres, id, file);
  if (!found) throw new NotFound('appeal.fileUnknown');
  // A picture of a conversation is not masked.
  await audit(deps, actor, 'appeal.fileRead', `${id} ${file}`);
  return found;
}
