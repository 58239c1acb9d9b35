import type { Suggestion } from '../../outcomes/proposal.ts';
import { absent, roundHalfUp, score, weight } from '../format.ts';
import { useReader } from '../text/language.ts';

/** What is suggested, in a sentence for the reader. */
export function useSuggestion(): (suggestion: Suggestion) => string {
  const { t, say } = useReader();
  const amount = (value: string | null) => (value === null ? absent : weight(value));
  const percent = (value: string | null) => (value === null ? absent : trimmed(roundHalfUp(value, 2)));
  const list = (words: readonly string[]) => words.join(t('mark.comma'));
  return (suggestion) => {
    switch (suggestion.kind) {
      case 'coefficient':
        if (suggestion.coefficient === null) return t('outcomes.says.coefficientOpen');
        return t('outcomes.says.coefficient', { coefficient: weight(suggestion.coefficient) });
      case 'bonusMonths':
        return t('outcomes.says.bonusMonths', { coefficient: amount(suggestion.coefficient) });
      case 'mentorShare':
        return t('outcomes.says.mentorShare', {
          ...{ coefficient: amount(suggestion.coefficient), mentees: list(suggestion.mentees) },
        });
      case 'incentive': {
        const { rate, factor, percent: result } = suggestion;
        const four = factor === null ? absent : trimmed(roundHalfUp(factor, 4));
        return t('outcomes.says.incentive', { rate: percent(rate), factor: four, percent: percent(result) });
      }
      case 'raise': {
        const { from, to } = suggestion;
        return from === null || to === null ? t('outcomes.says.raiseOpen') : t('outcomes.says.raise', { from, to });
      }
      case 'promotion': {
        const { from, to } = suggestion;
        if (from === null || to === null) return t('outcomes.says.promotionOpen');
        return t('outcomes.says.promotion', { from: t(`tier.${from}`), to: t(`tier.${to}`) });
      }
      case 'star': {
        const { change, incidents } = suggestion;
        return change > 0
          ? t('outcomes.says.starUp', { count: change })
          : t('outcomes.says.starDown', { count: -change, incidents: list(incidents) });
      }
      case 'honour':
        return suggestion.title
          ? t('outcomes.says.honour', { title: say(suggestion.title) })
          : t('outcomes.says.honourOpen');
      case 'training': {
        const { paidMonths, lost } = suggestion;
        const what =
          paidMonths === null ? t('outcomes.says.training') : t('outcomes.says.trainingPaid', { months: paidMonths });
        return lost.length === 0 ? what : `${what}${t('mark.stop')}${lostText(lost)}`;
      }
      case 'improvementPlan': {
        const what = t('outcomes.says.improvementPlan');
        return suggestion.lost.length === 0 ? what : `${what}${t('mark.stop')}${lostText(suggestion.lost)}`;
      }
      case 'transfer':
        return t('outcomes.says.transfer');
      case 'rotation': {
        const { from, to, meets } = suggestion;
        const held = meets.map(({ name, level, required }) =>
          t('outcomes.says.rotationSkill', { name: say(name), level, required }),
        );
        return t('outcomes.says.rotation', { from: say(from), to: say(to), held: list(held) });
      }
      case 'redLine':
        return t('outcomes.says.redLine', { names: list(suggestion.incidents.map(({ name }) => say(name))) });
    }
  };

  function lostText(lost: Extract<Suggestion, { kind: 'training' }>['lost']): string {
    const items = lost.map(({ name, lost: points }) =>
      t('outcomes.lostItem', { name: say(name), points: score(points) }),
    );
    return t('outcomes.lost', { items: list(items) });
  }
}

const trimmed = (decimal: string): string => decimal.replace(/\.?0+$/, '');
