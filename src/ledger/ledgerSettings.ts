import { readAnchors } from './anchor.ts';
import type { LedgerSettings } from './keepLedger.ts';

/** Of the environment: HENG_LEDGER_KEY, HENG_LEDGER_KEY_BEFORE, HENG_LEDGER_ANCHOR, and HENG_URL after which the log is named. */
export function readLedgerSettings(env: NodeJS.ProcessEnv): LedgerSettings {
  const now = env.HENG_LEDGER_KEY?.trim();
  return {
    key: now ? { now, before: env.HENG_LEDGER_KEY_BEFORE?.trim() || null } : null,
    publicUrl: env.HENG_URL && URL.canParse(env.HENG_URL) ? new URL(env.HENG_URL).origin : null,
    anchors: readAnchors(env.HENG_LEDGER_ANCHOR),
  };
}
