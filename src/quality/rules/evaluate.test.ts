import { describe, expect, it } from 'vitest';
import { loadTextTables } from '../loadText.ts';
import { compileInspector } from '../text/inspectText.ts';
import { evaluate } from './evaluate.ts';
import type { Severity, WordList } from './ruleSchema.ts';
import { aRule, aTalk, marked, reading } from './testTalk.ts';

const talk = aTalk([
  ['customer', '你好，空调漏水'],
  ['agent', '欢迎光临', { auto: true }],
  ['agent', '您好，请说'],
  ['customer', '我要投诉'],
  ['agent', '现在下单有优惠'],
  ['customer', '算了'],
  ['agent', '现在下单有优惠，再见', { senderId: 'B' }],
]);

describe('a condition', () => {
  it.each([
    ['phrases by agents leave templates and customers out', '{ phrases: [您好, 你好, 欢迎] }', '3'],
    ['by whom they are asked of', '{ phrases: [你好, 您好], by: customer }', '1'],
    ['any', '{ any: [{ phrases: [投诉], by: customer }, { phrases: [再见] }] }', '4,7'],
    ['and marks what completes it', '{ all: [{ phrases: [投诉], by: customer }, { phrases: [优惠] }] }', '5,7'],
    [
      'and within so many turns, in order',
      '{ all: [{ phrases: [投诉], by: customer }, { phrases: [优惠] }], within: { turns: 0 }, inOrder: true }',
      '5',
    ],
    ['and in order only after', '{ all: [{ phrases: [再见] }, { phrases: [您好] }], inOrder: true }', ''],
    ['and within one message', '{ all: [{ phrases: [再见] }, { phrases: [优惠] }], within: message }', '7'],
    ['and not', '{ all: [{ phrases: [优惠] }, { not: { phrases: [再见] } }], within: message }', '5'],
    ['not of the whole conversation', '{ all: [{ phrases: [优惠] }, { not: { phrases: [再见] } }] }', ''],
    ['so many times', '{ repeated: { phrases: [优惠] }, times: 2 }', '5,7'],
    ['fewer than so many times', '{ repeated: { phrases: [优惠] }, times: 3 }', ''],
    ['another scene', '{ all: [{ scene: { issue: [安装] } }, { phrases: [优惠] }] }', ''],
    ['nothing said in the opening, templates included', '{ lacks: [欢迎], part: opening }', ''],
    ['lacking in the opening marks the first reply', '{ lacks: [早上好], part: opening }', '3'],
    ['lacking at the end marks the last', '{ lacks: [祝您], part: closing }', '7'],
    ['lacking anywhere', '{ lacks: [断电] }', '-'],
  ])('%s', (_, when, keys) => {
    expect(marked(when, talk)).toBe(keys);
  });

  it('of a scene holds in that scene only', () => {
    const when = '{ all: [{ scene: { issue: [漏水], shop: [红店] } }, { phrases: [优惠] }] }';
    expect(marked(when, { ...talk, issue: '漏水', shop: '红店' })).toBe('5,7');
    expect(marked(when, { ...talk, issue: '漏水', shop: '蓝店' })).toBe('');
  });

  it('finds the last words of a customer that nobody answered, unless they are only thanks', () => {
    const open = (last: string) =>
      aTalk(
        [
          ['customer', '几天到'],
          ['agent', '明天'],
          ['customer', last],
        ],
        { openTurnMs: 20_000 },
      );
    const when = '{ unanswered: true, besides: [谢谢, 好的] }';
    expect(marked(when, open('好的，谢谢！'))).toBe('');
    expect(marked(when, open('好的，几点'))).toBe('3');
    expect(marked(when, { ...open('几点'), openTurnMs: null })).toBe('');
  });

  it('finds a canned first reply by what it leaves out and by the wait after it', () => {
    const when = '{ cannedFirstReply: [您好, 请稍等, 为您查看], gapSeconds: 60 }';
    const replies = (first: string, waitMs: number) =>
      aTalk([
        ['customer', '坏了'],
        ['agent', first],
        ['agent', '明天上门', { atMs: 10_000 + waitMs }],
      ]);
    expect(marked(when, replies('您好，请稍等，为您查看~', 60_001))).toBe('2');
    expect(marked(when, replies('您好，请稍等，为您查看~', 60_000))).toBe('');
    expect(marked(when, replies('您好，请稍等，您的洗衣机型号是多少', 90_000))).toBe('');
  });

  it('calls an agent silent before the close only where the agent closed', () => {
    const closed = (endedBy: string, closedMs: number) => ({ ...talk, endedBy, closedMs });
    expect(marked('{ silentBeforeClose: 30 }', closed('agent', 60_000 + 30_001))).toBe('7');
    expect(marked('{ silentBeforeClose: 30 }', closed('agent', 60_000 + 30_000))).toBe('');
    expect(marked('{ silentBeforeClose: 30 }', closed('customer', 200_000))).toBe('');
  });

  it('credits a slow reply to who answered the turn, exactly over the limit', () => {
    const slow = { ...talk, turns: [{ answeredMs: 40_000, replyMs: 180_001, agentId: 'C' }] };
    const rule = aRule('{ replySlowerThan: 180 }');
    expect(evaluate(reading(slow, [rule]), [{ rule, version: 1 }], [])).toMatchObject([
      { messageKey: '5', agentId: 'C' },
    ]);
    const exact = { ...talk, turns: [{ answeredMs: 40_000, replyMs: 180_000, agentId: 'C' }] };
    expect(marked('{ replySlowerThan: 180 }', exact)).toBe('');
  });

  it('measures negative words over the whole conversation, above the share and not at it', () => {
    const words = (negativeTokens: number) => () => ({ tokens: 50, negativeTokens });
    const heard = aTalk([
      ['customer', '一'],
      ['agent', '二'],
      ['customer', '三'],
    ]);
    const when = '{ negativeAbovePercent: 3, tokensAtLeast: 100 }';
    expect(marked(when, heard, words(1.5))).toBe('');
    expect(marked(when, heard, words(2))).toBe('-');
    expect(marked('{ negativeAbovePercent: 3, tokensAtLeast: 101 }', heard, words(9))).toBe('');
  });
});

describe('a link', () => {
  it('is none where it leads to an own domain or below it, and is one to whatever only looks like it', () => {
    const { inspect } = compileInspector([], loadTextTables());
    const hits = (text: string) =>
      marked('{ contact: [link], by: agent, ownDomains: [jd.com, heng.example] }', aTalk([['agent', text]]), inspect);
    const own = ['https://item.jd.com/100.html', '看 JD.COM', 'https://jd.com?x=1'];
    const outside = [
      'https://jd.com.evil.cn/x',
      'https://notjd.com',
      'https://jd.com@evil.cn/',
      'http://t.cn/A6xyz?jd.com',
    ];
    expect(own.map(hits)).toEqual(own.map(() => ''));
    expect(outside.map(hits)).toEqual(outside.map(() => '1'));
  });
});

describe('a hit', () => {
  it('names the message’s author, all places in it, and the version of the rule', () => {
    const rule = aRule('{ phrases: [优惠, 再见] }');
    const hits = evaluate(reading(talk, [rule]), [{ rule, version: 7 }], []);
    expect(hits).toEqual([
      {
        ...{ rule: 'tried', version: 7, messageKey: '5', atMs: 40_000, agentId: 'A', severity: 'minor' },
        places: [{ from: 5, to: 7 }],
      },
      {
        ...{ rule: 'tried', version: 7, messageKey: '7', atMs: 60_000, agentId: 'B', severity: 'minor' },
        places: [
          { from: 5, to: 7 },
          { from: 8, to: 10 },
        ],
      },
    ]);
  });

  it('is as grave as its rule, or as the gravest list of the words that an agent said', () => {
    const list = (id: string, severity: Severity, ...words: string[]): WordList => ({
      ...{ id, name: { zh: id, en: id }, severity },
      words: words.map((word) => ({ word, homophones: false })),
    });
    const lists = [list('mild', 'minor', '随便'), list('grave', 'major', '滚开')];
    const said = aTalk([
      ['agent', '随便'],
      ['agent', '随便，滚开'],
      ['customer', '滚开'],
    ]);
    const gravity = (severity: Severity) => {
      const rule = { ...aRule('{ words: [mild, grave], by: anyone }', lists), severity };
      return evaluate(reading(said, [rule], lists), [{ rule, version: 1 }], lists).map((hit) => hit.severity);
    };
    expect(gravity('minor')).toEqual(['minor', 'major', 'minor']);
    expect(gravity('major')).toEqual(['major', 'major', 'major']);
  });

  it('is never in a note or in what was withdrawn', () => {
    const hidden = aTalk([
      ['agent', '优惠', { kind: 'note' }],
      ['agent', '优惠', { kind: 'withdrawn' }],
    ]);
    expect(marked('{ phrases: [优惠] }', hidden)).toBe('');
  });
});
