import type { ProposalKind, Suggestion } from './proposal.ts';
import type { Amount, DecideInput, Decision, Lack } from './schemas.ts';

export type Given = Pick<DecideInput, 'percent' | 'toTier' | 'title' | 'endsOn' | 'amount'>;

/** A decision in full, or what is still missing for one: something to enter, or something that has to be on record first. */
export type Completed =
  | { readonly status: 'complete'; readonly decision: Decision }
  | { readonly status: 'enter'; readonly field: keyof Given }
  | { readonly status: 'lacking'; readonly lack: Lack };

const complete = (decision: Decision): Completed => ({ status: 'complete', decision });
const enter = (field: keyof Given): Completed => ({ status: 'enter', field });

/** What approving a proposal decides: as suggested where the suggestion says it, else as given. An amount is the one of this moment. */
export function decisionOf(suggestion: Suggestion, amount: Amount | null, given: Given): Completed {
  switch (suggestion.kind) {
    case 'coefficient':
    case 'bonusMonths':
    case 'mentorShare':
      return ofAmount(amount);
    case 'incentive':
      // Where nothing tells what the rate is of, a person says what is paid.
      if (amount?.status === 'lacking' && amount.lack === 'base')
        return given.amount === undefined ? enter('amount') : complete({ amountFen: fenOf(given.amount) });
      return ofAmount(amount);
    case 'raise':
      return given.percent === undefined ? enter('percent') : complete({ percent: given.percent });
    case 'promotion': {
      const toTier = given.toTier ?? suggestion.to;
      return toTier === null ? enter('toTier') : complete({ toTier });
    }
    case 'honour': {
      const title = given.title ?? suggestion.title?.zh;
      return title === undefined ? enter('title') : complete({ title });
    }
    case 'training':
    case 'improvementPlan':
      return given.endsOn === undefined ? enter('endsOn') : complete({ endsOn: given.endsOn });
    case 'star':
    case 'transfer':
    case 'redLine':
    case 'rotation':
      return complete({});
  }
}

function ofAmount(amount: Amount | null): Completed {
  if (amount === null) return complete({});
  if (amount.status === 'lacking') return amount;
  const { baseFen, amountFen } = amount;
  return complete({ ...(baseFen === null ? {} : { baseFen }), amountFen });
}

/** 12.5 yuan are 1250 fen. */
function fenOf(yuan: string): string {
  const [whole = '', part = ''] = yuan.split('.');
  return String(BigInt(whole + part.padEnd(2, '0')));
}

/** Who decides: training is the supervisor's as well, everything else is HR's. */
export const permissionOf = (kind: ProposalKind) => (kind === 'training' ? 'training.decide' : 'outcome.decide');
