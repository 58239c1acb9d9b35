import { compare, fraction, multiply, toFixed, zero } from '../scores/fraction.ts';
import { gradeBase, gradePay, type PayBase } from '../scores/gradePay.ts';
import type { Suggestion } from './proposal.ts';
import type { Amount, Lack } from './schemas.ts';

/**
 * What a proposal pays, in integer fen, exact and rounded half up once at the end. Null for what pays nothing. What is missing is named,
 * and never counts as zero; an uplift below zero takes nothing away.
 */
export function amountOf(suggestion: Suggestion, base: PayBase): Amount | null {
  switch (suggestion.kind) {
    case 'coefficient':
    case 'mentorShare':
      if (base.performanceFen === 'unusable') return lacking('performancePay');
      return timesBase(suggestion.coefficient, gradeBase('monthly', base));
    case 'bonusMonths':
      return timesBase(suggestion.coefficient, gradeBase('yearEndMonths', base));
    case 'incentive': {
      const { rate, percent, of } = suggestion;
      if (rate === null) return lacking('rate');
      if (percent === null) return lacking('factor');
      if (of === null) return lacking('base');
      // Percent of yuan are fen.
      const fen = multiply(fraction(percent), fraction(of));
      const known = { status: 'known' as const, baseFen: toFixed(multiply(fraction(of), hundred), 0) };
      return { ...known, amountFen: compare(fen, zero) < 0 ? '0' : toFixed(fen, 0) };
    }
    case 'raise':
    case 'promotion':
    case 'star':
    case 'honour':
    case 'training':
    case 'improvementPlan':
    case 'transfer':
    case 'redLine':
    case 'rotation':
      return null;
  }
}

const hundred = fraction('100');
const lacking = (lack: Lack): Amount => ({ status: 'lacking', lack });

function timesBase(coefficient: string | null, base: bigint | null): Amount {
  const fen = base === null ? null : gradePay(coefficient, base);
  if (coefficient === null) return lacking('coefficient');
  if (base === null || fen === null) return lacking('salary');
  return { status: 'known', baseFen: String(base), amountFen: String(fen) };
}
