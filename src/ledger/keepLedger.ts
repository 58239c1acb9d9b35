import { randomBytes } from 'node:crypto';
import { holding } from '../platform/advisoryLock.ts';
import { type Deps, outline } from '../platform/http.ts';
import { repeating } from '../platform/repeating.ts';
import { type AnchorTarget, sendToAnchors } from './anchor.ts';
import { isBehind, nameLog, readLog } from './logStore.ts';
import { placeEntries } from './placeEntries.ts';
import { sealAudit } from './sealAudit.ts';
import { type Signing, signCheckpoint } from './signCheckpoint.ts';
import type { KeyPlace } from './signingKey.ts';

/** What the ledger needs beside the stores: where its key is, what it is called, who else keeps its checkpoints. */
export interface LedgerDeps extends Pick<Deps, 'stores' | 'now' | 'log'> {
  readonly ledger: LedgerSettings;
}

export interface LedgerSettings {
  readonly key: KeyPlace['given'];
  /** The address people type; null: the log is named after nothing but a number. */
  readonly publicUrl: string | null;
  readonly anchors: readonly AnchorTarget[];
}

export const keyPlace = ({ stores, ledger }: Pick<LedgerDeps, 'stores' | 'ledger'>): KeyPlace => ({
  dataDir: stores.dataDir,
  given: ledger.key,
});

/**
 * Brings the ledger up to date: the audit log is sealed, every entry gets its place, the tree is signed, the checkpoint goes outside. Whatever a crash left
 * undone is done by the next call, of whichever process.
 */
export function keepLedger(deps: LedgerDeps): Promise<Signing> {
  return holding(deps.stores.postgres, 'ledger', 'wait', () => keepWithin(deps));
}

/** The same for whoever holds the lock already. */
export async function keepWithin(deps: LedgerDeps): Promise<Signing> {
  const { postgres } = deps.stores;
  if (!(await readLog(postgres))) await nameLog(postgres, originOf(deps.ledger.publicUrl), new Date(deps.now()));
  await sealAudit(postgres, deps.now);
  await placeEntries(postgres);
  const signing = await signCheckpoint(postgres, keyPlace(deps), deps.now);
  await sendToAnchors(postgres, deps.ledger.anchors, deps.now);
  return signing;
}

/** As C2SP wants it: the log's address without its scheme, or a name that nobody else has. */
function originOf(publicUrl: string | null): string {
  return publicUrl ? `${new URL(publicUrl).host}/ledger` : `heng-${randomBytes(8).toString('hex')}/ledger`;
}

const lookEveryMs = 1000;
/** Without an entry that waits: for places outside that failed, and for a key that came back. */
const keepEveryMs = 60_000;

/** Looks every second whether entries wait, until it is stopped; stopping waits for what is being done. */
export function watchLedger(deps: LedgerDeps): { stop(): Promise<void> } {
  let signing: Signing = 'ready';
  let keptMs = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<void> => {
    const isDue = deps.now() - keptMs >= keepEveryMs || deps.now() < keptMs;
    if (!isDue && !(signing === 'ready' && (await isBehind(deps.stores.postgres)))) return;
    keptMs = deps.now();
    const before = signing;
    signing = await keepLedger(deps);
    if (signing !== before && signing !== 'ready') deps.log.error({ signing }, 'the ledger cannot be signed');
  };
  return repeating(lookEveryMs, look, (cause) => deps.log.error(outline(cause), 'the ledger could not be kept'));
}
