import { findPersonalData } from '../../people/mask.ts';
import type { FoundContact } from '../text/inspectText.ts';

interface Span {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

/** Finds contacts in any disguise: `inspect(text).contacts` of the text inspection. */
export type FindContacts = (text: string) => readonly FoundContact[];

/** The names that most people have; a rarer one after them in talk is taken for a word. */
const surnames =
  '(?:欧阳|上官|司马|诸葛|司徒|慕容|皇甫|尉迟|夏侯|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])';
const named = [
  new RegExp(`(?<=我是|本人|这里是|我姓|免贵姓)${surnames}[\\u4e00-\\u9fa5]{0,2}(?=$|[^\\u4e00-\\u9fa5])`, 'g'),
  new RegExp(
    `(?:[小老阿]${surnames}|${surnames}[\\u4e00-\\u9fa5]{0,2}(?=姐|哥|总|工|师傅|老师|经理|主任|阿姨|叔|大爷|太太))`,
    'g',
  ),
  /(?<=(?:收件人|收货人|联系人|姓名|名字)[:：是叫为 ]{0,3})[\u4e00-\u9fa5·]{2,4}(?=$|[^\u4e00-\u9fa5])/g,
  /(?<=我叫|我姓名)[\u4e00-\u9fa5·]{2,4}(?=$|[^\u4e00-\u9fa5])/g,
  /[\u4e00-\u9fa5]{1,2}(?=先生|女士|小姐)/g,
];
const longNumber = /[\d０-９]{6,}/g;

/**
 * The text as it may leave the house: phones, cards, addresses, e-mail, WeChat, QQ and links give way to what they were, `[phone]`, nothing of
 * them left; so do names after 收件人, 我是 and the like or before 先生, 姐 and the like, what is `known` of the customer (their account, orders,
 * tickets, serial numbers) and numbers of six digits or more. In doubt it goes.
 */
export function redact(text: string, findContacts: FindContacts, known: readonly string[]): string {
  const names = named.flatMap((pattern) => spansOf(text, pattern, 'name'));
  const ids = known.flatMap((id) => placesOf(text, id));
  const found: Span[] = [...findPersonalData(text), ...findContacts(text), ...names, ...ids];
  // Overlapping findings hide the whole that they cover together.
  const sorted = [...found, ...spansOf(text, longNumber, 'number')].sort((a, b) => a.from - b.from || b.to - a.to);
  let shown = '';
  let end = 0;
  for (const { kind, from, to } of sorted) {
    if (from >= end) shown += `${text.slice(end, from)}[${kind}]`;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}

/** Whatever the case of its letters; one of a character or two would hide half the talk. */
function placesOf(text: string, id: string): Span[] {
  if (id.length < 3) return [];
  const pattern = new RegExp(id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
  return spansOf(text, pattern, 'id');
}

const spansOf = (text: string, pattern: RegExp, kind: string): Span[] =>
  [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ kind, from: index, to: index + found.length }));
