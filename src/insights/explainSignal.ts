import type { Bilingual } from '../platform/language.ts';
import type { Finding, PeerGroup, Reason } from './judge.ts';
import type { FigureUnit, SignalDefinition } from './signalDefinition.ts';

const minus = (text: string) => text.replace('-', '−');

/** A figure with its unit, for a sentence. */
export function figureText(value: number, unit: FigureUnit): Bilingual {
  switch (unit) {
    case 'percent':
      return same(`${minus(value.toFixed(1))}%`);
    case 'seconds':
      return { zh: `${value.toFixed(1)} 秒`, en: `${value.toFixed(1)} s` };
    case 'count':
      return same(String(Math.round(value)));
    case 'ratio':
      return same(minus(value.toFixed(2)));
    case 'points':
      return same(minus(value.toFixed(1)));
  }
}

/** The rule in words, with the thresholds in force; points are named by their size, the rule itself says the direction. */
export function ruleText(signal: SignalDefinition, thresholds: Readonly<Record<string, number>>): Bilingual {
  const fill = (language: 'zh' | 'en') =>
    signal.rule[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const unit = signal.thresholds[name]?.unit;
      const value = thresholds[name];
      return unit && value !== undefined
        ? limitText(unit === 'points' ? Math.abs(value) : value, unit)[language]
        : whole;
    });
  return { zh: fill('zh'), en: fill('en') };
}

/** Thresholds are round numbers: no decimals that were not chosen. */
function limitText(value: number, unit: FigureUnit): Bilingual {
  const plain = minus(String(value));
  if (unit === 'percent') return same(`${plain}%`);
  return unit === 'seconds' ? { zh: `${plain} 秒`, en: `${plain} s` } : same(plain);
}

const groups: Readonly<Record<PeerGroup, Bilingual>> = {
  tierAndQueue: { zh: '同岗级同队列', en: 'the same tier and queue' },
  tier: { zh: '同岗级', en: 'the same tier' },
  everybody: { zh: '全部客服', en: 'everybody' },
};

/** Why this list was opened, in one sentence of numbers; never what somebody did. */
export function whyText(signal: SignalDefinition, finding: Finding): Bilingual {
  const reasons = finding.reasons.map((reason) => reasonText(signal, reason, finding.group));
  return {
    zh: `${reasons.map(({ zh }) => zh).join('；')}。${finding.n} 条记录里有 ${finding.hits} 条值得看。`,
    en: `${reasons.map(({ en }) => en).join('; ')}. Of ${finding.n} records ${finding.hits} are worth a look.`,
  };
}

const sides: Readonly<Record<Reason['side'], Bilingual>> = {
  atLeast: { zh: '不低于', en: 'at least' },
  above: { zh: '高于', en: 'above' },
  atMost: { zh: '不高于', en: 'at most' },
};

function reasonText(signal: SignalDefinition, reason: Reason, group: PeerGroup | null): Bilingual {
  const figure = signal.figures[reason.figure];
  const unit = figure?.unit ?? 'ratio';
  const name = figure?.name ?? same(reason.figure);
  const value = figureText(reason.value, unit);
  const limit = limitText(reason.limit, reason.of === 'value' ? unit : 'ratio');
  const side = sides[reason.side];
  if (reason.of === 'value' || reason.median === null)
    return {
      zh: `${name.zh} ${value.zh}（线：${side.zh} ${limit.zh}）`,
      en: `${name.en} ${value.en} (line: ${side.en} ${limit.en})`,
    };
  const middle = figureText(reason.median, unit);
  const who = groups[group ?? 'everybody'];
  if (reason.of === 'timesMedian') {
    return {
      zh: `${name.zh} ${value.zh}，为中位数 ${middle.zh} 的 ${limit.zh} 倍以上`,
      en: `${name.en} ${value.en}, at least ${limit.en} times the median of ${middle.en}`,
    };
  }
  const z = reason.z === null ? '' : minus(reason.z.toFixed(1));
  return {
    zh: `${name.zh} ${value.zh}，${who.zh} ${reason.peers} 人的中位数 ${middle.zh}，稳健 z ${z}（线：${side.zh} ${limit.zh}）`,
    en: `${name.en} ${value.en}; the median of ${reason.peers} people of ${who.en} is ${middle.en}, robust z ${z} (line: ${side.en} ${limit.en})`,
  };
}

function same(text: string): Bilingual {
  return { zh: text, en: text };
}
