import type { Actor } from '../../people/actor.ts';
import { authorise, may } from '../../people/authorise.ts';
import { anchorsIn } from '../anchorStore.ts';
import { cosignedNote, readCosignatures, readWitnesses } from '../cosignatureStore.ts';
import { keyPlace, type LedgerDeps } from '../keepLedger.ts';
import { lastCheckpoint, readKeys, readLog } from '../logStore.ts';
import type { LedgerPage } from '../schemas.ts';
import { lookAtTree } from '../signCheckpoint.ts';

const cosignaturesMax = 50;

/** How the ledger stands: its name, its keys, what it signed last and who else signed it. */
export async function showLedger(deps: LedgerDeps, actor: Actor): Promise<LedgerPage> {
  authorise(actor, 'ledger.read');
  const { postgres } = deps.stores;
  const mayWrite = may(actor, 'ledger.write');
  const [log, keys, last, witnesses, cosignatures, anchors] = await Promise.all([
    readLog(postgres),
    readKeys(postgres),
    lastCheckpoint(postgres),
    readWitnesses(postgres),
    readCosignatures(postgres, cosignaturesMax),
    mayWrite ? anchorsIn(postgres) : null,
  ]);
  const looked = log && keys.length > 0 ? await lookAtTree(postgres, keyPlace(deps), log) : null;
  return {
    origin: log ? log.origin : null,
    size: log ? log.size : 0,
    signing: looked ? looked.signing : 'ready',
    checkpoint: last && {
      size: last.size,
      note: await cosignedNote(postgres, last),
      signedAt: last.signedAt.toISOString(),
    },
    keys,
    witnesses: witnesses.map(({ key, addedAt, addedBy }) => ({ key, addedAt: addedAt.toISOString(), addedBy })),
    cosignatures: cosignatures.map(({ size, key, cosignedAt }) => ({
      size,
      key,
      cosignedAt: cosignedAt.toISOString(),
    })),
    anchors: !anchors ? null : anchors.map((each) => ({ ...each, triedAt: each.triedAt.toISOString() })),
    mayWrite,
  };
}
