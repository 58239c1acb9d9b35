import { type ProposalKind, type ProposalState, proposalKinds, proposalStates } from './proposal.ts';

export const sortings = ['person', 'kind', 'state', 'amount'] as const;

export interface Order {
  readonly by: (typeof sortings)[number];
  readonly down: boolean;
}

/** What a proposal is sorted by; `amountFen` null where there is none or the reader may not see it. */
export interface SortKey {
  readonly id: number;
  readonly name: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly amountFen: bigint | null;
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

type Compare = (one: SortKey, other: SortKey) => number;
const compares: Readonly<Record<'person' | 'kind' | 'state', Compare>> = {
  person: (one, other) => collator.compare(one.name, other.name),
  kind: (one, other) => proposalKinds.indexOf(one.kind) - proposalKinds.indexOf(other.kind),
  state: (one, other) => proposalStates.indexOf(one.state) - proposalStates.indexOf(other.state),
};

/**
 * The ids in order. Without an amount they stand last in both directions: no data is neither much nor little. What is alike stands by
 * kind, name and id, so that pages never overlap.
 */
export function sortProposals(keys: readonly SortKey[], { by, down }: Order): number[] {
  const direction = down ? -1 : 1;
  const first: Compare = (one, other) =>
    by === 'amount' ? byAmount(one.amountFen, other.amountFen, direction) : compares[by](one, other) * direction;
  return keys
    .toSorted(
      (one, other) =>
        first(one, other) || compares.kind(one, other) || compares.person(one, other) || one.id - other.id,
    )
    .map(({ id }) => id);
}

function byAmount(one: bigint | null, other: bigint | null, direction: number): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one < other ? -direction : one > other ? direction : 0;
}
