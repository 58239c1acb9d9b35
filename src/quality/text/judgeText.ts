import type { FoldedText } from './foldText.ts';
import type { TextFindings, TextTables } from './inspectText.ts';
import { featuresOf, LinearModel } from './linearModel.ts';

export interface Judges {
  readonly subjectivity: LinearModel;
  readonly polarity: LinearModel;
  readonly abuse: LinearModel;
}

export function readJudges(tables: TextTables): Judges {
  return {
    subjectivity: new LinearModel(tables.subjectivity, 'subjectivity'),
    polarity: new LinearModel(tables.polarity, 'polarity'),
    abuse: new LinearModel(tables.abuse, 'abuse'),
  };
}

type Judgement = Pick<TextFindings, 'polarity' | 'polarityScore' | 'abuseScore' | 'tokens' | 'negativeTokens'>;

/** The gate comes first: what expresses no opinion is neutral, whatever the model of reviews would say of it. */
export function judge(folded: FoldedText, { subjectivity, polarity, abuse }: Judges): Judgement {
  const features = featuresOf(folded);
  const tokens = countTokens(folded);
  const abuseScore = features.count === 0 ? 0 : 1 / (1 + Math.exp(-2 * abuse.margin(features)));
  if (features.count === 0 || subjectivity.margin(features) <= 0)
    return { polarity: 'neutral', polarityScore: 0, abuseScore, tokens, negativeTokens: 0 };
  const margin = polarity.margin(features);
  return {
    polarity: margin < 0 ? 'negative' : 'positive',
    polarityScore: Math.tanh(margin),
    abuseScore,
    tokens,
    negativeTokens: Math.min(tokens, countNegative(folded, polarity)),
  };
}

function countTokens({ stream }: FoldedText): number {
  const { codes, gap, count } = stream;
  let tokens = 0;
  for (let i = 0; i < count; i++) {
    const code = codes[i] as number;
    // Letters and digits count once for each run.
    if (code > 127 || i === 0 || (codes[i - 1] as number) > 127 || (gap[i] as number) > 1) tokens++;
  }
  return tokens;
}

/** A character leans to negative when it and the pairs it stands in weigh clearly below zero together. */
function countNegative(folded: FoldedText, polarity: LinearModel): number {
  let negative = 0;
  let before = 0;
  polarity.eachPlace(folded, (own, pair) => {
    if (own + before + pair < -negativeWeight) negative++;
    before = pair;
  });
  return negative;
}

/** In units of the polarity model; seven in ten characters of negative reviews stay above it. */
const negativeWeight = 0.5;
