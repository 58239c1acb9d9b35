import type { Bilingual } from '../platform/language.ts';
import { judgedTimes } from './caseMix.ts';
import { type Figure, figureWith, formOf, inputWith, inputWithParts } from './changedFigure.ts';
import { exactTotal } from './exactTotal.ts';
import { itemsById } from './itemsById.ts';
import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';
import { both, figureText } from './wording.ts';

/** What one realistic step in one item would bring, by scoring the changed month again. */
export interface Lift {
  readonly item: string;
  /** Points more, two decimals. */
  readonly points: string;
  readonly text: Bilingual;
}

const shown = 3;
/** One record of twenty, one twentieth faster: what a person can set out to do in a month. */
const share = 0.05;
const leastGain = 0.005;

/** The steps that would bring most, largest first, at most three; none for a card without a total. */
export function lifts(plan: ResolvedPlan, input: ScoreInput, card: Scorecard): Lift[] {
  if (card.total === null) return [];
  const items = itemsById(plan);
  const now = exactTotal(card);
  return card.items
    .flatMap(({ id, metric, status }) => {
      const item = items.get(id);
      const figure = input.values[metric]?.figure;
      if (!item || !figure || figure.status === 'noData' || status !== 'scored') return [];
      const step = stepOf(item, figure);
      const gain = step ? exactTotal(score(plan, taken(input, item, figure, step.value))) - now : 0;
      return step && gain >= leastGain ? [{ item, figure, step, gain }] : [];
    })
    .sort((a, b) => b.gain - a.gain)
    .slice(0, shown)
    .map(({ item, figure, step, gain }) => ({
      item: item.id,
      points: gain.toFixed(2),
      text: both((language) => {
        // Told as the card tells it: a standardised item by its standardised value.
        const times = judgedTimes(item, input.caseMix);
        const [from, to] = [Number(figure.value), step.value].map((each) =>
          figureText((each * times).toFixed(6), item.metric.unit, language),
        );
        const what = step.say[language];
        return language === 'zh'
          ? `${item.name.zh}${what}（${from} → ${to}），可多得 ${gain.toFixed(2)} 分`
          : `${item.name.en}: ${what} (${from} → ${to}), ${gain.toFixed(2)} more points`;
      }),
    }));
}

interface LiftStep {
  /** The metric's value after it. */
  readonly value: number;
  readonly say: Bilingual;
}

/** The step that suits what is measured; null where there is nothing left to gain. */
function stepOf({ metric, better }: ResolvedItem, figure: Figure): LiftStep | null {
  const value = Number(figure.value);
  const higher = better === 'higher';
  const [count, of] = [Number(figure.numerator), Number(figure.denominator)];
  switch (formOf(metric.unit, figure)) {
    case 'share': {
      // A share of money or time has no records to win one by one.
      if (of !== figure.n)
        return {
          value: higher ? value + 1 : value - 1,
          say: higher
            ? { zh: '提高 1 个百分点', en: 'one percentage point more' }
            : { zh: '降低 1 个百分点', en: 'one percentage point less' },
        };
      const left = Math.floor(higher ? of - count : count);
      const records = Math.min(left, Math.max(1, Math.round((higher ? of : count) * share)));
      if (records <= 0) return null;
      return {
        value: ((higher ? count + records : count - records) / of) * 100,
        say: higher
          ? { zh: `在 ${of} 个里再多 ${records} 个达标`, en: `${records} more good ones of ${of}` }
          : { zh: `在 ${of} 个里少 ${records} 个`, en: `${records} fewer of ${of}` },
      };
    }
    case 'count':
      if (!higher && value < 1) return null;
      return {
        value: higher ? value + 1 : value - 1,
        say: higher ? { zh: '再多 1 个', en: 'one more' } : { zh: '少 1 个', en: 'one fewer' },
      };
    case 'mean': {
      if (value <= 0) return null;
      if (!higher) return { value: value * (1 - share), say: { zh: '平均缩短 5%', en: '5% less on average' } };
      // Marks out of a hundred move by one, stars by a twentieth of one.
      const rise = value <= 5 ? share : 1;
      return { value: value + rise, say: { zh: `平均提高 ${rise}`, en: `${rise} higher on average` } };
    }
  }
}

/** The month with the step taken; where an item is judged by parts, each of them moves by the same factor. */
function taken(input: ScoreInput, item: ResolvedItem, figure: Figure, value: number): ScoreInput {
  const form = formOf(item.metric.unit, figure);
  const whole = inputWith(input, item.metric.id, figureWith(form, figure, value));
  const factor = Number(figure.value) === 0 ? 1 : value / Number(figure.value);
  return inputWithParts(whole, item.metric.id, (part) => figureWith(form, part, Number(part.value) * factor));
}
