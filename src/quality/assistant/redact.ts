import { findPersonalData } from '../../people/mask.ts';
import type { FoundContact } from '../text/inspectText.ts';

interface Span {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

/** Finds contacts in any disguise: `inspect(text).contacts` of the text inspection. */
export type FindContacts = (text: string) => readonly FoundContact[];

const named = [
  /(?<=(?:收件人|收货人|联系人|姓名|名字)[:：是叫为 ]{0,3})[\u4e00-\u9fa5·]{2,4}(?=$|[^\u4e00-\u9fa5])/g,
  /(?<=我叫|我姓名)[\u4e00-\u9fa5·]{2,4}(?=$|[^\u4e00-\u9fa5])/g,
  /[\u4e00-\u9fa5]{1,2}(?=先生|女士|小姐)/g,
];
const longNumber = /[\d０-９]{6,}/g;

/**
 * The text as it may leave the house: phones, cards, addresses, e-mail, WeChat, QQ and links give way to what they were, `[phone]`, nothing of
 * them left; so do names after 收件人 and the like and numbers of six digits or more (orders, tracking). In doubt it goes.
 */
export function redact(text: string, findContacts: FindContacts): string {
  const names = named.flatMap((pattern) => spansOf(text, pattern, 'name'));
  const found: Span[] = [...findPersonalData(text), ...findContacts(text), ...names];
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

const spansOf = (text: string, pattern: RegExp, kind: string): Span[] =>
  [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ kind, from: index, to: index + found.length }));
