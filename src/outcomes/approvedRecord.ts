import type { NewRecord } from '../ledger/records.ts';
import type { ProposalKind } from './proposal.ts';
import type { Decision } from './schemas.ts';

interface Approved {
  readonly id: number;
  readonly period: string;
  readonly agentId: string;
  readonly kind: ProposalKind;
  readonly rule: string;
  readonly decision: Decision;
  readonly decidedBy: string;
  /** The entry of the card it rests on, where the ledger speaks of it. */
  readonly scorecard: string | null;
}

/** What the ledger says of an approved proposal. */
export function approvedRecord({ id, decision, kind, rule, ...record }: Approved): NewRecord {
  const { amountFen, ...rest } = decision;
  const detail = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...{ kind: 'outcomeApproved', outcome: kind, ...record },
    amountFen: amountFen === undefined ? null : Number(amountFen),
    detail: { proposal: id, rule, ...detail },
  };
}
