import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { holding } from '../../platform/advisoryLock.ts';
import { BadInput, Conflict } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { appendEntries } from '../appendEntries.ts';
import { keepWithin, keyPlace, type LedgerDeps } from '../keepLedger.ts';
import { insertKey, lockSize, readKeys, readLog } from '../logStore.ts';
import { writeKey } from '../note.ts';
import { makeKeyFile, nextKey, takeNextKey } from '../signingKey.ts';

export interface Rotated {
  readonly from: string;
  readonly to: string;
  readonly reason: 'planned' | 'lost';
}

/**
 * Changes the key that signs: an entry says so, and the checkpoint over it is signed by both, so that whoever knows the old key learns of
 * the new one. Where the old one is lost the new one signs alone, and people compare it by hand. Old checkpoints stay as they are. Throws
 * Conflict `ledger.keyMissing` unless `lost` is said, `ledger.keyNotLost` where it is said of a key that is here, `ledger.truncated` or
 * `ledger.forked`, BadInput `ledger.sameKey` where the environment gives no other key.
 */
export async function rotateKey(
  deps: LedgerDeps,
  actor: Actor,
  { lost }: { readonly lost: boolean },
): Promise<Rotated> {
  authorise(actor, 'ledger.write');
  const { postgres } = deps.stores;
  return holding(postgres, 'ledger', 'wait', async () => {
    const signing = await keepWithin(deps);
    if (signing === 'truncated' || signing === 'forked') throw new Conflict(`ledger.${signing}`);
    if (signing !== 'ready' && !lost) throw new Conflict('ledger.keyMissing');
    if (signing === 'ready' && lost) throw new Conflict('ledger.keyNotLost');
    const place = keyPlace(deps);
    const [log, keys] = await Promise.all([readLog(postgres), readKeys(postgres)]);
    const from = keys.at(-1)?.key;
    if (!log || from === undefined) throw new Error('a log that was kept has a name and a key');
    makeKeyFile(place, 'next');
    const next = nextKey(place, log.origin);
    const to = next && writeKey(next.key);
    if (to === null || keys.some(({ key }) => key === to)) throw new BadInput('ledger.sameKey');
    const reason = lost ? 'lost' : 'planned';
    await transaction(postgres, async (connection) => {
      const sinceSize = await lockSize(connection);
      const record = { kind: 'keyRotated' as const, from, to, reason, rotatedBy: actor.name } as const;
      await appendEntries(connection, [{ record }], { now: deps.now });
      await insertKey(connection, { key: to, sinceSize }, new Date(deps.now()));
      await audit(deps, actor, 'ledger.keyRotated', to, connection);
    });
    takeNextKey(place);
    await keepWithin(deps);
    return { from, to, reason };
  });
}
