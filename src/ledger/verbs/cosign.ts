import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { BadInput, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { readCheckpoint } from '../checkpoint.ts';
import { insertCosignature, insertWitness, readWitnesses } from '../cosignatureStore.ts';
import { firstCheckpointFrom } from '../logStore.ts';
import { cosignedBy, readKey, readNote, writeKey, writeSignature } from '../note.ts';

/** Takes cosignatures of a witness from now on. Throws BadInput `ledger.witnessUnreadable`. */
export async function addWitness(deps: Deps, actor: Actor, { key: written }: { readonly key: string }): Promise<void> {
  authorise(actor, 'ledger.write');
  const key = readKey(written.trim());
  if (key?.type !== 4) throw new BadInput('ledger.witnessUnreadable');
  await transaction(deps.stores.postgres, async (connection) => {
    const witness = { key: writeKey(key), addedAt: new Date(deps.now()), addedBy: actor.name };
    if (await insertWitness(connection, witness))
      await audit(deps, actor, 'ledger.witnessAdded', witness.key, connection);
  });
}

/**
 * Keeps the cosignatures that known witnesses put under a checkpoint of ours; answers their names. Throws NotFound
 * `ledger.noCheckpoint`, BadInput `ledger.noCosignature` where none of them is valid.
 */
export async function cosign(
  deps: Deps,
  actor: Actor,
  { note: written }: { readonly note: string },
): Promise<string[]> {
  authorise(actor, 'ledger.cosign');
  const note = readNote(written.endsWith('\n') ? written : `${written}\n`);
  const read = note && readCheckpoint(note.text);
  const { postgres } = deps.stores;
  const own = read && (await firstCheckpointFrom(postgres, read.size));
  if (!note || !own?.note.startsWith(`${note.text}\n`)) throw new NotFound('ledger.noCheckpoint');
  const witnesses = (await readWitnesses(postgres)).flatMap(({ key }) => readKey(key) ?? []);
  const found = witnesses.flatMap((key) => {
    const seconds = cosignedBy(note, key);
    const signature = note.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
    return seconds === null || !signature
      ? []
      : [{ key, line: writeSignature(signature), cosignedAt: new Date(seconds * 1000) }];
  });
  if (found.length === 0) throw new BadInput('ledger.noCosignature');
  await transaction(postgres, async (connection) => {
    for (const { key, line, cosignedAt } of found)
      await insertCosignature(
        connection,
        { size: own.size, key: writeKey(key), line, cosignedAt },
        new Date(deps.now()),
      );
    await audit(deps, actor, 'ledger.cosigned', String(own.size), connection);
  });
  return found.map(({ key }) => key.name);
}
