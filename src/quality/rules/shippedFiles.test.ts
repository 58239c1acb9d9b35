import { describe, expect, it } from 'vitest';
import { phrases } from '../../demo/phrases.ts';
import { loadTextTables } from '../loadText.ts';
import { compileInspector } from '../text/inspectText.ts';
import { evaluate, wordsOf } from './evaluate.ts';
import { readRule, readWords, writeWords } from './readRule.ts';
import { isRedLine, type Rule, type WordList } from './ruleSchema.ts';
import { shippedItems } from './shippedFiles.ts';
import { inspectedCharacters, readTalk } from './talk.ts';
import { aTalk, literally, type Said } from './testTalk.ts';

const items = shippedItems();
const lists = items.filter(({ kind }) => kind === 'list').map(({ content }) => content as WordList);
const rules = items.filter(({ kind }) => kind === 'rule').map(({ content }) => ({ rule: content as Rule, version: 1 }));
const inspect = literally(wordsOf({ rules, lists }));
const hitsOf = (...said: Said[]) => [
  ...new Set(evaluate(readTalk(aTalk(said), inspect), rules, lists).map(({ rule }) => rule)),
];

describe('the shipped rules', () => {
  it('stand in files named after them, each line of a list once', () => {
    expect(rules.length).toBeGreaterThan(20);
    for (const { words } of lists) expect(readWords(writeWords(words))).toEqual({ words, issues: [] });
  });

  it.each([
    ['mockery', 'agent', phrases.curtReply.filter((text) => !text.startsWith('跟我说没用'))],
    ['customer_abuse', 'customer', phrases.abuse],
    ['rating_begging', 'agent', phrases.begging],
    ['escalation', 'customer', phrases.angry.filter((text) => text.includes('投诉'))],
  ] as const)('%s finds what the demo company plants of it', (rule, who, texts) => {
    for (const text of texts) expect([text, hitsOf([who, text]).includes(rule)]).toEqual([text, true]);
  });

  it('call nothing a red line in what decent agents of the demo company say', () => {
    const decent = [
      ...phrases.empathy,
      ...phrases.firstReply,
      ...phrases.close,
      ...phrases.invitation,
      ...phrases.hold,
    ];
    const redLines = rules.filter(({ rule }) => rule.severity === 'major').map(({ rule }) => rule.id);
    for (const text of decent) {
      expect([text, hitsOf(['customer', '你好'], ['agent', text]).filter((id) => redLines.includes(id))]).toEqual([
        text,
        [],
      ]);
    }
  });
});

describe('the alert of negative words', () => {
  const alert = rules.filter(({ rule }) => rule.id === 'negative_alert');
  const alerts = (negativeTokens: number, tokens: number) => {
    const measured = literally([], () => ({ tokens, negativeTokens }));
    return (
      evaluate(
        readTalk(
          aTalk([
            ['customer', '…'],
            ['system', '…'],
          ]),
          measured,
        ),
        alert,
        lists,
      ).length > 0
    );
  };

  it('is raised above 3% of the customer’s words, not at 3%, and never by a single word', () => {
    expect([alerts(3, 100), alerts(4, 100), alerts(2, 34), alerts(1, 33), alerts(1, 20)]).toEqual([
      ...[false, true, true, false, false],
    ]);
  });

  it('alerts and becomes nothing that deducts', () => {
    expect(alert.map(({ rule }) => [rule.alert, rule.incident])).toEqual([[true, undefined]]);
  });
});

describe('the shipped lists with the text inspection itself', () => {
  const inspector = compileInspector(wordsOf({ rules, lists }), loadTextTables());
  const redLines = (text: string) =>
    evaluate(
      readTalk(
        aTalk([
          ['customer', '你好'],
          ['agent', text],
        ]),
        (each) => inspector.inspect(each),
      ),
      rules.filter(({ rule }) => isRedLine(rule)),
      lists,
    ).map(({ rule }) => rule);

  it('see through the usual disguises', () => {
    expect(redLines('你是猪 吗')).toEqual(['abuse']);
    expect(redLines('加 我 薇 信')).toEqual(['off_platform']);
    expect(redLines('加我V：abc12345')).toEqual(['off_platform']);
  });

  it.each(['您名下有一台QR-50S/B2', '这款支持HD高清', '订单 QY20261005123456 已发货', '滚筒洗衣机要先断电'])(
    'take %s for no red line',
    (text) => {
      expect(redLines(text)).toEqual([]);
    },
  );

  it('answer for a megabyte, a flood of emoji and an English talk in well under a second each', () => {
    for (const text of ['长话'.repeat(500_000), '😀👍🏽'.repeat(100_000), 'I want my money back. '.repeat(20_000)]) {
      const begun = performance.now();
      expect(redLines(text)).toEqual([]);
      expect(performance.now() - begun).toBeLessThan(2000);
    }
    expect(redLines('You are an idiot, shut up')).toEqual(['abuse']);
  });
});

describe('what people write as a rule', () => {
  const read = (when: string) =>
    readRule(
      `id: tried\nname: { zh: 试, en: Tried }\ncategory: other\nseverity: minor\nincident: language\nwhen: ${when}\n`,
      new Set(['abuse']),
    );

  it('tells every fault with its place in both languages', () => {
    const { issues } = read('{ any: [{ words: [nobody] }, { phrases: ["a.*b"] }] }');
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'when.any[0].words[0] list.unknown',
      'when.any[1].phrases[0] phrase.pattern',
    ]);
    for (const { message } of issues) expect([message.zh, message.en].join()).not.toContain('{');
  });

  it('may not deduct for what a customer said', () => {
    expect(read('{ words: [abuse], by: customer }').issues).toMatchObject([{ path: 'when', code: 'incident.speaker' }]);
    expect(read('{ all: [{ words: [abuse], by: customer }, { phrases: [优惠] }] }').issues).toEqual([]);
  });

  it.each([
    ['{ nonsense: 1 }', 'when'],
    ['{ phrases: [一] }', 'when.phrases[0]'],
    ['{ words: [abuse], by: somebody }', 'when.by'],
  ])('%s is no condition, and says where', (when, path) => {
    expect(read(when).issues.map((issue) => issue.path)).toContain(path);
  });

  it('lists words a line each, with what sounds alike, and refuses what would hit everywhere', () => {
    expect(readWords('微信 ~\n\n# 说明\n加V')).toEqual({
      words: [
        { word: '微信', homophones: true },
        { word: '加V', homophones: false },
      ],
      issues: [],
    });
    expect(readWords('好\n。。\n微信\n微信').issues.map(({ code, message }) => [code, message.zh.slice(0, 4)])).toEqual(
      [
        ['words.length', '第 1 '],
        ['words.nothing', '第 2 '],
        ['words.twice', '第 4 '],
      ],
    );
  });

  it('reads the beginning of a message that is a book', () => {
    let longest = 0;
    readTalk(aTalk([['agent', '长'.repeat(400_000)]]), (text) => {
      longest = text.length;
      return inspect('');
    });
    expect(longest).toBe(inspectedCharacters);
  });
});
