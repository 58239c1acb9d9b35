import { type LedgerContent, ledgerContent } from '../ledger/ledgerContent.ts';
import type { Plan } from './planSchema.ts';

/** A plan as it is kept: canonical JSON (keys sorted, no spaces, no undefined) and its sha256 in hex. */
export const planContent = (plan: Plan): LedgerContent => ledgerContent(plan);
