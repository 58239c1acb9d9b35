import type { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { toBase64 } from '../base64.ts';
import { cosignedNote } from '../cosignatureStore.ts';
import { newestCheckpoints, readLog, tilesIn } from '../logStore.ts';
import { nativeSha256 } from '../nativeSha256.ts';
import type { CheckpointView, consistencyQuerySchema, consistencySchema } from '../schemas.ts';
import { hashesFromTiles } from '../tiles.ts';
import { proveConsistency } from '../tree.ts';

const checkpointsMax = 200;

/** What was signed, newest first. */
export async function readCheckpoints(
  { stores }: Pick<Deps, 'stores'>,
  actor: Actor,
): Promise<{ checkpoints: CheckpointView[] }> {
  authorise(actor, 'ledger.read');
  const found = await newestCheckpoints(stores.postgres, checkpointsMax);
  const checkpoints = found.map(async (each) => ({
    ...{ size: each.size, signedAt: each.signedAt.toISOString(), note: await cosignedNote(stores.postgres, each) },
  }));
  return { checkpoints: await Promise.all(checkpoints) };
}

/** The proof that the tree of `to` leaves begins with that of `from`. Throws NotFound `ledger.noProof` for sizes it never had. */
export async function readConsistency(
  { stores }: Pick<Deps, 'stores'>,
  actor: Actor,
  { from, to }: z.infer<typeof consistencyQuerySchema>,
): Promise<z.infer<typeof consistencySchema>> {
  authorise(actor, 'ledger.read');
  const size = (await readLog(stores.postgres))?.size;
  if (size === undefined || from > to || to > size)
    throw new NotFound('ledger.noProof', { from, to, size: size ?? '—' });
  const reader = hashesFromTiles(nativeSha256, tilesIn(stores.postgres), to);
  return { proof: (await proveConsistency(nativeSha256, reader, from, to)).map(toBase64) };
}
