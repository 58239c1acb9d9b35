import { moveCycle } from '../appraisal/cycleStore.ts';
import type { Queryable } from '../platform/transaction.ts';
import { type FrozenCard, insertFrozenCards } from '../scores/frozenCardStore.ts';
import type { ItemScore, Scorecard } from '../scores/scorecard.ts';

const by = { userId: 'hr', name: '人事' };

/** An item as a card has it, of so much weight and with so many of its points. */
export const item = (id: string, weight: string, points: string | null, more: Partial<ItemScore> = {}): ItemScore => ({
  ...{ id, block: 'block', metric: id, status: points === null ? 'noData' : 'scored', value: '80', standardised: null },
  ...{
    numerator: null,
    denominator: null,
    n: 50,
    minimumN: 30,
    target: '90',
    targetWhy: { kind: 'fixed' },
    relaxed: null,
  },
  ...{
    weight,
    effectiveWeight: points === null ? null : weight,
    attainment: null,
    points,
    parts: [],
    valuePeriod: null,
  },
  ...{ deductions: [], bonus: false, exemptDays: 0 },
  ...more,
});

export interface Told extends Partial<Omit<FrozenCard, 'card' | 'plan' | 'person'>> {
  readonly planId?: string;
  readonly tier?: FrozenCard['person']['tier'];
  readonly team?: string;
  readonly card?: Partial<Scorecard>;
}

/** A frozen card of which only what is told matters; unrated where `grade` is null. */
export function aCard(agentId: string, period: string, grade: string | null, told: Told = {}): FrozenCard {
  const { planId = 'appliance-aftersales', tier = 'junior', team = '一组', card, ...rest } = told;
  const total = grade === null ? null : '91.00';
  return {
    ...{ period, agentId, version: 1, plan: { id: planId, version: 1, hash: 'x' }, input: null, evidence: {} },
    person: { agentId, name: agentId, team, shop: '店', tier },
    card: {
      ...{ plan: planId, status: grade === null ? 'unrated' : 'rated', total, grade, coefficient: '1.2', vetoes: [] },
      ...{ tracks: [], blocks: [], couplings: [], items: [], steps: [] },
      ...card,
    },
    ...{ grade, level: null, gradedBy: 'bands', coefficient: grade === null ? null : '1.2' },
    ...{ madeAt: '2026-11-01T00:00:00.000Z', madeBy: by, cause: 'closing', reason: '' },
    ...rest,
  };
}

/** A published period with these cards. */
export async function publish(connection: Queryable, period: string, cards: readonly FrozenCard[]): Promise<void> {
  const at = new Date('2026-11-03T00:00:00Z');
  await moveCycle(connection, {
    ...{ period, from: 'closed', to: 'published', at, by, reason: '', publishedOn: '2026-11-03' },
  });
  await insertFrozenCards(connection, cards);
}
