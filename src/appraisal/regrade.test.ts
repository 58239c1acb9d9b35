import { describe, expect, it } from 'vitest';
import type { FrozenCard } from '../scores/frozenCardStore.ts';
import type { Scorecard } from '../scores/scorecard.ts';
import { resolved, shippedPlan } from '../scores/testing.ts';
import { type Graded, regrade } from './regrade.ts';

const plan = resolved(shippedPlan('jd-service-desk'));
const bandsOnly = resolved(shippedPlan('appliance-aftersales'));
const person = { agentId: 'a0', name: '甲', team: '一组', shop: '店', tier: null };
const card = (total: string, more: Partial<Scorecard> = {}): Scorecard => ({
  ...{ plan: plan.id, status: 'rated', total, grade: 'B+', coefficient: '5', vetoes: [], tracks: [] },
  ...{ blocks: [], couplings: [], items: [], steps: [], ...more },
});
/** Twenty people: 99, 98 … 80; the appellant is the one of 80. */
const pool = Array.from({ length: 20 }, (_, i) => ({
  ...{ id: `a${19 - i}`, total: `${99 - i}.00`, vetoed: false, team: '一组', shop: '店' },
}));
const frozen = (standing: Graded): Pick<FrozenCard, 'agentId' | 'person' | 'card'> & Graded => ({
  ...{ agentId: 'a0', person, card: card('80.00'), ...standing },
});
const bottom = { grade: 'improve', level: 2, gradedBy: 'distribution', coefficient: '5' } as const;

describe('a grade by distribution', () => {
  it('is computed against the others as they were published, whose grades are not touched', () => {
    const published = structuredClone(pool);
    expect(regrade(plan, frozen(bottom), card('98.50'), pool)).toMatchObject({
      grade: 'satellite',
      gradedBy: 'distribution',
    });
    expect(regrade(plan, frozen(bottom), card('99.50'), pool)).toMatchObject({ grade: 'rocket' });
    expect(pool).toEqual(published);
  });

  it('stays where it was where the correction moves nobody past anybody', () => {
    expect(regrade(plan, frozen(bottom), card('80.50'), pool)).toEqual(bottom);
  });

  it('without the red line is one of the ranks again', () => {
    const failed = { grade: 'failed', level: 1, gradedBy: 'distribution', coefficient: '0' } as const;
    expect(regrade(plan, frozen(failed), card('90.50'), pool).grade).toBe('standard');
  });
});

describe('an appeal never makes it worse', () => {
  it('what a calibration meeting has given is kept where the computed grade would be lower', () => {
    const given = { grade: 'satellite', level: 1, gradedBy: 'meeting', coefficient: '5' } as const;
    expect(regrade(plan, frozen(given), card('81.00'), pool)).toEqual(given);
    // By rank one is paid by the card's own coefficient, so by the corrected card's.
    expect(regrade(plan, frozen(given), card('81.00', { coefficient: '6' }), pool)).toEqual({
      ...given,
      coefficient: '6',
    });
  });

  it('of bands too', () => {
    const mid = { grade: 'mid', level: null, gradedBy: 'meeting', coefficient: '1' } as const;
    const low = card('60.00', { grade: 'needs_improvement', coefficient: null });
    expect(regrade(bandsOnly, frozen(mid), low, [])).toEqual(mid);
    const high = card('93.00', { grade: 'senior', coefficient: '1.2' });
    expect(regrade(bandsOnly, frozen(mid), high, [])).toMatchObject({
      grade: 'senior',
      gradedBy: 'bands',
      coefficient: '1.2',
    });
  });
});
