import { describe, expect, it } from 'vitest';
import type { FrozenCard } from '../scores/frozenCardStore.ts';
import type { Scorecard } from '../scores/scorecard.ts';
import { resolved, shippedPlan } from '../scores/testing.ts';
import { type Graded, regrade, reissued } from './regrade.ts';

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

/** By bands: what people made a 「初级」 of 75, and of which a correction makes another total. */
const mid = { grade: 'mid', level: null, gradedBy: 'meeting', coefficient: '1' } as const;
const junior = (total: string) => card(total, { grade: 'junior', coefficient: '0.8' });
const raised = { ...frozen(mid), card: junior('75.00') };
const low = card('60.00', { grade: 'needs_improvement', coefficient: null });
const high = card('93.00', { grade: 'senior', coefficient: '1.2' });

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

  it('is by bands for whoever would make a pool of nineteen, graded by bands, large enough: nobody else is ranked', () => {
    const nineteen = pool.filter(({ id }) => id !== 'a0');
    const unrated = {
      ...frozen({ grade: null, level: null, gradedBy: 'bands', coefficient: null }),
      card: card('80.00', { total: null }),
    };
    expect(regrade(plan, unrated, card('80.00'), nineteen)).toMatchObject({
      grade: 'B+',
      level: null,
      gradedBy: 'bands',
    });
    expect(
      regrade(
        plan,
        unrated,
        card('99.50'),
        pool.slice(0, 20).map((each) => ({ ...each, id: `${each.id}x` })),
      ),
    ).toMatchObject({ grade: 'rocket', level: 1 });
  });

  it('without the red line is one of the ranks again', () => {
    const failed = { grade: 'failed', level: 1, gradedBy: 'distribution', coefficient: '0' } as const;
    expect(regrade(plan, frozen(failed), card('90.50'), pool).grade).toBe('standard');
  });

  it('without the red line is by bands again where too few people are ranked', () => {
    const abuse = { incident: 'abuse', incidentId: 'i1', at: '2026-10-05' };
    const failed = { grade: 'failed', level: 1, gradedBy: 'distribution', coefficient: '0' } as const;
    const before = { ...frozen(failed), card: card('80.00', { vetoes: [abuse] }) };
    expect(regrade(plan, before, card('80.00', { grade: 'b_plus' }), [])).toEqual({
      ...{ grade: 'b_plus', level: null, gradedBy: 'bands', coefficient: '5' },
    });
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
    expect(regrade(bandsOnly, raised, low, [])).toEqual(mid);
    expect(regrade(bandsOnly, raised, high, [])).toMatchObject({
      grade: 'senior',
      gradedBy: 'bands',
      coefficient: '1.2',
    });
  });
});

describe('what a calibration meeting decided', () => {
  const senior = { grade: 'senior', coefficient: '1.2' };
  const lowered = { ...frozen(mid), card: card('92.63', senior) };

  it('stays when the card is made again or corrected, up or down, for as long as the card alone does not rise above it', () => {
    for (const again of [reissued, regrade]) {
      expect(again(bandsOnly, raised, junior('79.00'), [])).toEqual(mid);
      expect(again(bandsOnly, raised, low, [])).toEqual(mid);
      expect(again(bandsOnly, lowered, card('99.00', senior), [])).toEqual(mid);
      expect(again(bandsOnly, raised, high, [])).toMatchObject({ ...senior, gradedBy: 'bands' });
    }
  });

  it('is over where the card is unrated now, or a red line came', () => {
    const vetoed = card('75.00', {
      ...{ grade: 'needs_improvement', coefficient: '0' },
      vetoes: [{ incidentId: 'i1', incident: 'abuse', at: '2026-10-12T10:00:00+08:00' }],
    });
    const none = card('75.00', { total: null, status: 'unrated', grade: null, coefficient: null });
    expect(reissued(plan, { ...raised, card: card('75.00') }, vetoed, []).gradedBy).not.toBe('meeting');
    expect(reissued(bandsOnly, raised, none, [])).toMatchObject({ grade: null, gradedBy: 'bands' });
  });

  it('of a pool too small to rank is a band, and stays like one', () => {
    const given = { ...frozen({ ...mid, grade: 'a' }), card: card('80.00', { grade: 'b_plus' }) };
    const again = (total: string, grade: string) => reissued(plan, given, card(total, { grade }), []);
    expect(again('82.00', 'b_plus')).toMatchObject({ grade: 'a', gradedBy: 'meeting' });
    expect(again('96.00', 'a_plus')).toMatchObject({ grade: 'a_plus', gradedBy: 'bands' });
  });
});
