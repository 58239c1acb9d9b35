import { multiply, toFixed } from '../scores/fraction.ts';
import type { PayBase } from '../scores/gradePay.ts';
import { grouped } from '../scores/grouped.ts';
import type { Plan } from '../scores/planSchema.ts';
import { amountOf } from './amountOf.ts';
import { type Dispute, heldPart, isDisputed } from './disputes.ts';
import { type Budget, type Fitted, fitToBudget } from './fitToBudget.ts';
import type { PayLine, PayRow } from './paySchemas.ts';
import { isPay, type ProposalState, type Suggestion } from './proposal.ts';
import type { Decision } from './schemas.ts';

/** A proposal as far as pay goes. */
export interface PayProposal {
  readonly agentId: string;
  readonly name: string;
  readonly team: string;
  readonly shop: string;
  readonly rule: string;
  readonly planId: string;
  readonly planVersion: number;
  readonly revision: number;
  readonly words: PayLine['name'];
  readonly suggestion: Suggestion;
  readonly state: ProposalState;
  readonly decision: Decision | null;
}

export interface PayGround {
  readonly proposals: readonly PayProposal[];
  /** Who has a card without a grade. */
  readonly unrated: readonly Pick<PayProposal, 'agentId' | 'name' | 'team' | 'shop'>[];
  readonly baseOf: (agentId: string) => PayBase;
  /** By person, the cards under appeal that their pay rests on. */
  readonly disputes: ReadonlyMap<string, readonly Dispute[]>;
  readonly planOf: (proposal: Pick<PayProposal, 'planId' | 'planVersion'>) => Plan;
  readonly budget: Budget | null;
}

/** Who is paid what for a period: by rule what was approved last, what waits, what an appeal holds, and what a budget makes of it. */
export function payTable(ground: PayGround): { rows: PayRow[]; fitted: Fitted | null } {
  const people = [...grouped(ground.proposals, ({ agentId }) => agentId).values()].flatMap((own) => {
    const [first] = own;
    return first ? [personOf(first, own, ground)] : [];
  });
  const known = new Set(people.map(({ agentId }) => agentId));
  for (const person of ground.unrated) {
    const found = people.find(({ agentId }) => agentId === person.agentId);
    if (found) found.unrated = true;
    else if (!known.has(person.agentId)) people.push({ ...person, unrated: true, lines: [] });
  }
  const claims = people.flatMap(({ agentId, lines }) =>
    lines.some(({ approvedFen }) => approvedFen !== null)
      ? [{ id: agentId, fen: sumOf(lines, ({ approvedFen }) => approvedFen) }]
      : [],
  );
  const fitted = ground.budget && fitToBudget(claims, ground.budget);
  const approvedOf = new Map(claims.map(({ id, fen }) => [id, fen]));
  // Where not even the floors fit, nobody has a share: what was approved is no way round a budget.
  const shares = fitted === null ? approvedOf : fitted.status === 'impossible' ? null : fitted.shares;
  const rows = people.map((person): PayRow => {
    const approved = approvedOf.get(person.agentId);
    if (approved === undefined) return { ...person, ...nothingApproved };
    const share = shares?.get(person.agentId);
    if (share === undefined) return { ...person, ...nothingApproved, approvedFen: String(approved) };
    const held = scaled(
      sumOf(person.lines, ({ heldFen }) => heldFen),
      share,
      approved,
    );
    return {
      ...person,
      ...{ approvedFen: String(approved), shareFen: String(share), heldFen: String(held) },
      payableFen: String(share - held),
    };
  });
  rows.sort((a, b) => order(a.team, b.team) || order(a.name, b.name) || order(a.agentId, b.agentId));
  return { rows, fitted };
}

const nothingApproved = { approvedFen: null, shareFen: null, heldFen: null, payableFen: null };

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Held money shrinks with the share, rounded half up. */
function scaled(held: bigint, share: bigint, approved: bigint): bigint {
  return approved === 0n || share === approved ? held : (2n * held * share + approved) / (2n * approved);
}

function sumOf(lines: readonly PayLine[], of: (line: PayLine) => string | null): bigint {
  // What was not approved is not paid yet.
  return lines.flatMap((line) => of(line) ?? []).reduce((sum, fen) => sum + BigInt(fen), 0n);
}

interface PayPerson extends Pick<PayRow, 'agentId' | 'name' | 'team' | 'shop' | 'lines'> {
  unrated: boolean;
}

function personOf(first: PayProposal, own: readonly PayProposal[], ground: PayGround): PayPerson {
  const { agentId, name, team, shop } = first;
  const rules = grouped(own, ({ suggestion, rule }) => `${suggestion.kind} ${rule}`);
  const lines = [...rules.values()].flatMap((some) => lineOf(some, ground) ?? []);
  return { agentId, name, team, shop, unrated: false, lines };
}

/** The revisions of one rule's proposal as one line; what was approved stays due until something else is approved. */
function lineOf(revisions: readonly PayProposal[], { baseOf, disputes, planOf }: PayGround): PayLine | null {
  const sorted = [...revisions].sort((a, b) => a.revision - b.revision);
  const last = sorted.at(-1);
  if (!last || !isPay(last.suggestion.kind)) return null;
  const approved = sorted.findLast(({ state }) => state === 'approved') ?? null;
  const { kind } = last.suggestion;
  const approvedFen = approved?.decision?.amountFen ?? null;
  const { agentId } = last;
  return {
    ...{ kind, rule: last.rule, name: kind === 'incentive' ? last.words : null },
    factor: factorOf((approved ?? last).suggestion),
    baseFen: approved?.decision?.baseFen ?? null,
    approvedFen,
    waiting: last.state === 'proposed' ? amountOf(last.suggestion, baseOf(agentId)) : null,
    heldFen: approved ? heldOf(approved, disputes.get(agentId) ?? [], planOf) : '0',
  };
}

function factorOf(suggestion: Suggestion): string | null {
  switch (suggestion.kind) {
    case 'coefficient':
    case 'bonusMonths':
    case 'mentorShare':
      return suggestion.coefficient;
    case 'incentive':
      return suggestion.percent;
    default:
      return null;
  }
}

/** Of pay by grade the part that is in dispute; an incentive waits as a whole where what decides it is. */
function heldOf(approved: PayProposal, disputes: readonly Dispute[], planOf: PayGround['planOf']): string {
  const amountFen = approved.decision?.amountFen;
  if (amountFen === undefined || disputes.length === 0) return '0';
  if (approved.suggestion.kind === 'incentive')
    return isDisputed(planOf(approved), approved.rule, disputes) ? amountFen : '0';
  return toFixed(multiply(heldPart(disputes), { n: BigInt(amountFen), d: 1n }), 0);
}
