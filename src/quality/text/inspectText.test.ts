import { describe, expect, it } from 'vitest';
import { loadTextTables } from '../loadText.ts';
import { compileInspector, type ListedWord, type TextFindings } from './inspectText.ts';

const tables = loadTextTables();
const words = ['微信', '加微信', '傻逼', '法轮功', '代开发票', '返现', '银行卡', '敏感词汇', 'av', '男 女'];
const listed = (word: string, list = 'test'): ListedWord => ({ word, list, homophones: true });
const inspector = compileInspector(
  words.map((word) => listed(word)),
  tables,
);

function found(text: string): string[] {
  return inspector.inspect(text).words.map(({ word, how, from, to }) => `${word} ${how} ${text.slice(from, to)}`);
}

describe('listed words', () => {
  it.each([
    ['请加我微信哦', '微信 plain 微信'],
    ['微\u200b信联系', '微信 disguised 微\u200b信'],
    ['用微*信', '微信 disguised 微*信'],
    ['法.轮.功', '法轮功 disguised 法.轮.功'],
    ['代開發票', '代开发票 disguised 代開發票'],
    ['印航卡', '银行卡 homophone 印航卡'],
    ['敏gan词hui', '敏感词汇 homophone 敏gan词hui'],
    ['ωеіхіn也行', '微信 homophone ωеіхіn'],
    ['𝐰𝐞𝐢𝐱𝐢𝐧', '微信 homophone 𝐰𝐞𝐢𝐱𝐢𝐧'],
    ['w e i x i n', '微信 homophone w e i x i n'],
    ['dkfp有吗', '代开发票 homophone dkfp'],
    ['用微亻言吧', '微信 disguised 微亻言'],
    ['你这个煞笔', '傻逼 disguised 煞笔'],
    ['男，女', '男 女 disguised 男，女'],
  ])('finds the word in %s, with its place in the original text', (text, expected) => {
    expect(found(text)).toContain(expected);
  });

  it.each(['i have one', '反应线上问题', '法国轮船', '用微小的信号', '没有发票'])('finds none in %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('takes the seam of two ordinary words for no homophone, but finds the same surface by itself', () => {
    const watched = compileInspector([listed('淫魔')], tables);
    expect(watched.inspect('光影魔术手边').words).toEqual([]);
    expect(watched.inspect('影魔').words.map(({ how }) => how)).toEqual(['homophone']);
  });

  it('bears one doubt in a word of two: a rare reading or a fuzzy sound, not both', () => {
    const watched = compileInspector([listed('油行')], tables);
    expect(['油杭', '油坊'].map((text) => watched.inspect(text).words.length)).toEqual([1, 0]);
  });

  it('takes three capitals for a name and not for the initials of a word', () => {
    const watched = compileInspector([listed('毛反动'), listed('代开发票')], tables);
    expect(['查mfd吗', '查MFD吗', '查Mfd吗', '查DKFP吗'].map((text) => watched.inspect(text).words.length)).toEqual([
      1, 0, 0, 1,
    ]);
  });

  it('takes a capital beside a character for a name and not for an initial', () => {
    const watched = compileInspector([listed('办证')], tables);
    expect(['能b证吗', '能B证吗'].map((text) => watched.inspect(text).words.length)).toEqual([1, 0]);
  });

  it('takes no name of a person for a word of two that sounds like it', () => {
    const watched = compileInspector([listed('金瓶'), listed('杨林')], tables);
    const found = (text: string) => watched.inspect(text).words.length;
    expect(['给王金平', '给金平', '找严林', '找烊林'].map(found)).toEqual([0, 1, 0, 1]);
  });

  it('bears no doubt in a word of three none of whose characters is its own', () => {
    const watched = compileInspector([listed('讲事实')], tables);
    expect(['酱柿湿', '简柿湿', '简事实'].map((text) => watched.inspect(text).words.length)).toEqual([1, 0, 1]);
  });

  it('asks of pinyin within a longer run of letters that it be spelt as the word is', () => {
    const watched = compileInspector([listed('震级')], tables);
    const found = ['zhenji', 'zhengji', 'abzhenjihao', 'sqzhengjiahao'].map(
      (text) => watched.inspect(text).words.length,
    );
    expect(found).toEqual([1, 1, 1, 0]);
  });

  it('finds no sounds of words in a link, but the words themselves', () => {
    const watched = compileInspector([listed('凸肉优'), listed('卖片')], tables);
    expect(watched.inspect('看https://try.jd.com/x吧').words).toEqual([]);
    expect(watched.inspect('try').words).toHaveLength(1);
    expect(watched.inspect('看https://t.cn/a卖片').words).toHaveLength(1);
  });

  it('finds a word that is listed with halves, also where more of it is written in halves', () => {
    const watched = compileInspector([listed('手木仓转让'), listed('步枪')], tables);
    const found = (text: string) => watched.inspect(text).words.map(({ word }) => word);
    expect(found('手木仓车专让')).toEqual(['手木仓转让']);
    expect(found('手木仓转让')).toEqual(['手木仓转让']);
  });

  it('finds by sound only the words that ask for it', () => {
    const strict = compileInspector([{ word: '银行卡', list: 'test', homophones: false }], tables);
    expect(strict.inspect('印航卡').words).toEqual([]);
    expect(strict.inspect('银 行 卡').words).toHaveLength(1);
  });

  it('reports a word of two lists once for each', () => {
    const twice = compileInspector([listed('返现', 'a'), listed('返现', 'b')], tables);
    expect(twice.inspect('好评返现').words.map(({ list }) => list)).toEqual(['a', 'b']);
  });

  it('refuses a word in which nothing can be matched, by its name', () => {
    expect(() => compileInspector([listed('😂!')], tables)).toThrow(/😂!/);
  });

  it('refuses tables of another kind', () => {
    expect(() => compileInspector([], { ...tables, abuse: tables.polarity })).toThrow(RangeError);
  });
});

describe('contacts', () => {
  it.each([
    ['打13812345678吧', 'phone', '13812345678'],
    ['一三八一二三四五六七八', 'phone', '一三八一二三四五六七八'],
    ['138-1234-5678', 'phone', '138-1234-5678'],
    ['1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣', 'phone', '1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8'],
    ['13吧12衣45六78', 'phone', '13吧12衣45六78'],
    ['电话010-62345678', 'phone', '010-62345678'],
    ['我的微信号：abc_123456', 'wechat', 'abc_123456'],
    ['扣扣 123456789', 'qq', '123456789'],
    ['发到a.b@qq.com', 'email', 'a.b@qq.com'],
    ['看https://t.cn/abc?x=1。', 'link', 'https://t.cn/abc?x=1'],
    ['看www．taobao．com', 'link', 'www．taobao．com'],
    ['卡号6222020200112233446', 'bankCard', '6222020200112233446'],
    ['身份证11010519491231002X', 'identityCard', '11010519491231002X'],
    ['寄到北京市朝阳区建国路88号', 'address', '建国路88号'],
  ])('%s holds a %s', (text, kind, part) => {
    const contacts = inspector.inspect(text).contacts.map((one) => [one.kind, text.slice(one.from, one.to)]);
    expect(contacts).toContainEqual([kind, expect.stringContaining(part)]);
  });

  it.each([
    '订单2024101512345678',
    '2024-10-15 13:20:35',
    '价格1380.00元',
    '订单号13812345678',
    '1,380,000,000.00',
    '1350 2024-10-5',
  ])('%s holds no phone', (text) => {
    expect(inspector.inspect(text).contacts.filter(({ kind }) => kind === 'phone')).toEqual([]);
  });
});

describe('judgement', () => {
  it('calls a plain question neutral, a complaint negative, praise positive', () => {
    const polarity = (text: string) => inspector.inspect(text).polarity;
    expect(polarity('请问什么时候发货')).toBe('neutral');
    expect(polarity('质量太差了，非常失望，再也不会买了')).toBe('negative');
    expect(polarity('东西很好，物流很快，非常满意')).toBe('positive');
  });

  it('counts Han characters, Latin words and numbers as tokens, and negative ones only where something is negative', () => {
    expect(inspector.inspect('用iPhone 15吗').tokens).toBe(4);
    expect(inspector.inspect('请问什么时候发货').negativeTokens).toBe(0);
    const bad = inspector.inspect('质量太差了，垃圾东西');
    expect(bad.negativeTokens).toBeGreaterThan(0);
    expect(bad.negativeTokens).toBeLessThanOrEqual(bad.tokens);
  });
});

describe('bad input', () => {
  const pieces = [
    '微信',
    '😂',
    '\ud800',
    '\udc00',
    '️⃣',
    '㎏',
    '\u0336',
    '138',
    '号',
    ' ',
    '。',
    'wei',
    'x',
    '亻言',
    '锟斤拷',
    '\u0000',
    'A@b.c',
    '人',
    '王',
  ];

  it('gives places inside the text, in order, whatever the text holds', () => {
    let seed = 5;
    const next = () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed;
    };
    for (let round = 0; round < 400; round++) {
      const text = Array.from({ length: next() % 24 }, () => pieces[(next() >> 8) % pieces.length]).join('');
      check(text, inspector.inspect(text));
    }
  });

  it('finds a listed word at its place behind any debris', () => {
    for (const piece of pieces) {
      const text = `${piece.repeat(3)}，返现，${piece}`;
      const at = text.indexOf('返现');
      expect(inspector.inspect(text).words).toContainEqual({
        list: 'test',
        word: '返现',
        from: at,
        to: at + 2,
        how: 'plain',
      });
    }
  });

  it.each(['😂', 'a', 'wx ', '1', '1 ', '号1', '微', '@a.b', '加v', '北京市里', '人王', 'sssss我', '.com'])(
    'takes time in proportion to the length of a flood of %j',
    (piece) => {
      const flood = (length: number) => piece.repeat(Math.ceil(length / piece.length));
      const start = performance.now();
      inspector.inspect(flood(piece === '😂' ? 1_000_000 : 100_000));
      expect(performance.now() - start).toBeLessThan(10_000);
    },
    30_000,
  );
});

function check(text: string, { words: hits, contacts }: TextFindings): void {
  for (const list of [hits, contacts]) {
    let last = 0;
    for (const { from, to } of list) {
      expect(from).toBeGreaterThanOrEqual(last);
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThanOrEqual(text.length);
      last = from;
    }
  }
}
