import { describe, expect, it } from 'vitest';
import { measure } from './measure.ts';
import { readTalk } from './talk.ts';
import { plainText, templatesOf } from './templates.ts';
import { aTalk, literally } from './testTalk.ts';

const score: Readonly<Record<string, number>> = { 气死了: -1, 一般: 0, 谢谢: 1 };
const read = (talk: Parameters<typeof readTalk>[0]) =>
  readTalk(
    talk,
    literally([], (text) => ({
      polarityScore: score[text] ?? 0,
      tokens: text.length,
      negativeTokens: text === '气死了' ? 2 : 0,
    })),
  );
const nothing = { words: [], templates: templatesOf([]) };

describe('what is measured in a conversation', () => {
  it('is the customer’s feeling at the start and the end, and how far they warmed up', () => {
    const talk = aTalk([
      ['customer', '气死了'],
      ['agent', '您好'],
      ['customer', '一般'],
      ['agent', '好'],
      ['customer', '谢谢'],
    ]);
    expect(measure(read(talk), nothing)).toMatchObject({ start: 5000, end: 5000, temperature: 5000 });
    const longer = aTalk([...Array(3).fill(['customer', '气死了']), ...Array(3).fill(['customer', '谢谢'])]);
    expect(measure(read(longer), nothing)).toMatchObject({ start: 0, end: 10_000, temperature: 10_000 });
  });

  it('says nothing of warmth after one message, and nothing at all where the customer never spoke', () => {
    expect(measure(read(aTalk([['customer', '谢谢']])), nothing)).toMatchObject({ start: 10_000, temperature: null });
    expect(measure(read(aTalk([['agent', '在吗']])), nothing)).toMatchObject({
      start: null,
      end: null,
      temperature: null,
    });
  });

  it('credits a customer’s words to who answered them, the unanswered ones to the owner', () => {
    const talk = aTalk([
      ['customer', '气死了'],
      ['agent', '您好', { senderId: 'A' }],
      ['customer', '一般'],
      ['agent', '我接手', { senderId: 'B' }],
      ['customer', '谢谢'],
    ]);
    expect(measure(read(talk), nothing).slices).toEqual([
      { agentId: 'A', replies: 1, personal: 0, tokens: 5, negativeTokens: 2, feeling: 5000 },
      { agentId: 'B', replies: 1, personal: 0, tokens: 2, negativeTokens: 0, feeling: 5000 },
    ]);
  });

  it('calls a reply personal by order, product, history or name, but never a template', () => {
    const personal = (text: string, templates: string[] = []) => {
      const talk = aTalk([
        ['customer', '单号 QY20261005'],
        ['agent', text],
      ]);
      const known = { words: ['空调'], templates: templatesOf(templates.map(plainText)) };
      return measure(read(talk), known).slices[0]?.personal;
    };
    expect(
      ['QY20261005 已发货', '您的空调明天到', '您上次报的问题', '王先生您好'].map((text) => personal(text)),
    ).toEqual([1, 1, 1, 1]);
    expect(personal('请稍等')).toBe(0);
    expect(['这位先生，请稍等', '那位女士您好', '老先生您好', '各位老师好'].map((text) => personal(text))).toEqual([
      0, 0, 0, 0,
    ]);
    expect(personal('您的订单 123 已收到，请稍等~', ['您的订单 456 已收到，请稍等'])).toBe(0);
    // Nine tenths the same is a template too, and less is not.
    const template = '您的空调我们已经登记，师傅会在两天之内与您联系并上门检修，请保持电话畅通，感谢您的理解';
    const others = Array.from({ length: 300 }, (_, i) => `第${i}种说法，${[...'春夏秋冬东南西北'][i % 8]}区的师傅会来`);
    expect(personal(`${template}哦`, [...others, template])).toBe(0);
    expect(personal('您的空调我们已经登记，师傅周五上午带压缩机来换，请保持电话畅通', [...others, template])).toBe(1);
  });
});
