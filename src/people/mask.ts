/** What of a customer's text is masked unless the reader may reveal it. */
export type PersonalDataKind = 'email' | 'identityCard' | 'bankCard' | 'phone' | 'address';
export interface PersonalDataSpan {
  readonly kind: PersonalDataKind;
  readonly from: number;
  readonly to: number;
}

/**
 * The text with customers' e-mail, identity card (18 digits, checksum right), bank card (16–19 digits, Luhn right), phone
 * and street address masked; everything else is untouched. A number that its writer calls an order, ticket or tracking
 * number stays, unless it is a card by its issuer's prefix. In doubt it masks: `1380000 0000` is a phone.
 */
export function maskPersonalData(text: string): string {
  let masked = '';
  let at = 0;
  for (const span of findPersonalData(text)) {
    masked += text.slice(at, span.from) + maskOf(span.kind, text.slice(span.from, span.to));
    at = span.to;
  }
  return at === 0 ? text : masked + text.slice(at);
}

/**
 * Where spans of a text lie once it is masked. A span that begins or ends inside something masked takes all of the mask.
 * UTF-16 offsets in and out.
 */
export function maskedSpans<Span extends { readonly from: number; readonly to: number }>(
  text: string,
  spans: readonly Span[],
): { from: number; to: number }[] {
  const hidden = findPersonalData(text).map((span) => ({
    ...span,
    length: maskOf(span.kind, text.slice(span.from, span.to)).length,
  }));
  const place = (offset: number, isEnd: boolean): number => {
    let shift = 0;
    for (const { from, to, length } of hidden) {
      if (offset <= from) break;
      if (offset < to) return from + shift + (isEnd ? length : 0);
      shift += length - (to - from);
    }
    return offset + shift;
  };
  return spans.map(({ from, to }) => ({ from: place(from, false), to: place(to, true) }));
}

/** Where the personal data are, in order and without overlap, as UTF-16 offsets. */
export function findPersonalData(text: string): PersonalDataSpan[] {
  // Both foldings replace one code unit by one, so offsets in them are offsets in the text.
  const plain = text.replace(/[\uff01-\uff5e\u3000]/g, halfWidth);
  const digits = plain.replace(/[零〇一幺二两三四五六七八九]/g, (digit) => chineseDigits[digit] ?? digit);
  const spans: PersonalDataSpan[] = [];
  // Which code units are spoken for: what was found first keeps them.
  let taken: Uint8Array | null = null;
  const take = (kind: PersonalDataKind, from: number, to: number) => {
    taken ??= new Uint8Array(text.length);
    if (taken.subarray(from, to).includes(1)) return;
    taken.fill(1, from, to);
    spans.push({ kind, from, to });
  };
  const takeAll = (kind: PersonalDataKind, within: string, pattern: RegExp, accept: Accept) => {
    for (const match of within.matchAll(pattern)) {
      const before = plain.slice(Math.max(0, match.index - 12), match.index);
      if (accept(match[0], before)) take(kind, match.index, match.index + match[0].length);
    }
  };
  takeAll('email', plain, email, () => true);
  takeAll('identityCard', plain, identityCard, (found) => isIdentityCard(bare(found)));
  takeAll('bankCard', plain, bankCard, (found, before) => isBankCard(bare(found), before));
  for (const pattern of phones) takeAll('phone', digits, pattern, (_, before) => !isCode(before));
  for (const { from, to } of findAddresses(plain)) take('address', from, to);
  return spans.sort((a, b) => a.from - b.from);
}

/** Street addresses in half-width text, as UTF-16 offsets; several patterns may find overlapping ones. */
export function findAddresses(plain: string): { readonly from: number; readonly to: number }[] {
  const found: { readonly from: number; readonly to: number }[] = [];
  for (const pattern of addresses)
    for (const match of plain.matchAll(pattern)) {
      const hidden = match.groups?.hidden ?? match[0];
      const to = match.index + match[0].length;
      found.push({ from: to - hidden.replace(leadIn, '').length, to });
    }
  return found;
}

type Accept = (found: string, before: string) => boolean;

const chineseDigits: Readonly<Record<string, string>> = {
  ...{ 零: '0', 〇: '0', 一: '1', 幺: '1', 二: '2', 两: '2', 三: '3', 四: '4' },
  ...{ 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' },
};

function halfWidth(character: string): string {
  return character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0);
}

const email = /[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/g;
const identityCard = /(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{6}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g;
const bankCard = /(?<![\dA-Za-z.])(?:\d{16,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,3})?)(?![\dA-Za-z]|\.\d)/g;

// TRICKY: only groupings that people write phones in. Any separator anywhere would eat "1350 2024-10-5".
const beforePhone = '(?<![\\d¥￥$]|\\d\\.)';
const afterPhone = '(?!\\d|\\.\\d)';
const country = '(?:(?:\\(?\\+|00)?86\\)?[ -]?)?';
const phones: readonly RegExp[] = [
  '1[3-9]\\d{9}',
  '1[3-9]\\d([ .-])\\d{4}\\1\\d{4}',
  '1[3-9]\\d[ .-]\\d{8}',
  '1[3-9]\\d{5}[ .-]\\d{4}',
  '1([ .-])[3-9](?:\\1\\d){9}',
]
  .map((shape) => new RegExp(beforePhone + country + shape + afterPhone, 'gi'))
  // A land line needs its area code and something between the two; 400 and 800 belong to companies.
  .concat(/(?<![\d-])\(?0(?:10|2\d|[3-9]\d\d)(?:\)[ -]?|[ -])[2-8]\d{2,3}[ -]?\d{4}(?![\d-])/g);

const callsItANumber = /(?:订单|单号|工单|运单|快递单?|物流单?|流水|编号|序列号|order|ticket|sn)[号为是：: #no.]*$/i;

/** Letters stuck to a number make it a code, `JD138…`, unless they say that it is a phone. */
export function isCode(before: string): boolean {
  return (
    callsItANumber.test(before) ||
    (/[A-Za-z]$/.test(before) && !/(?:tel|phone|mobile|call|[vw]x|wechat)$/i.test(before))
  );
}

const cjk = '[\\u4e00-\\u9fa5]';
const district = `(?:${cjk}(?:(?![省市区县镇乡旗])${cjk}){0,8}(?:[省市区县镇乡旗]|街道))`;
const estate = `(?:${cjk}{2,8}?(?:小区|花园|公寓|家园|新村|大厦|广场|中心|[苑城府庭园院]))`;
const number = '[A-Za-z]?\\d{1,4}(?:号楼|号院|[栋幢座#层楼室户门-]|单元)?';
const numbers = `(?:${number}){0,6}`;
const inside = `(?:${estate}|${number}){0,6}`;
// Names of places hold no particles and no verbs of sending: 北京市朝阳区送到小区 names no estate.
const plain = '[\\u4e00-\\u9fa5](?<![的我你您他她它们这那哪在里是有了和与到去来送进请能可不没要省市区县镇乡路街])';
const county = `(?!小区|社区|地区|市区)(?:${plain}){1,6}[区县市旗](?:(?:${plain}){1,6}(?:[镇乡]|街道))?`;
const named = `(?!附近|周边|所有|全部|哪|某|各|几|多)(?:${plain}){2,6}?`;
const estateEnd = '(?:里|弄|新村|花园|小区|苑|家园)(?![路街巷道])';
const addresses: readonly RegExp[] = [
  // An estate of a named city's district needs no number; after a district or county alone it does.
  new RegExp(`[省市州]${county}(?<hidden>${named}${estateEnd}${numbers}(?:号(?!线))?)`, 'g'),
  new RegExp(
    `${county}(?<hidden>${named}${estateEnd}(?=[A-Za-z]?\\d{1,4}(?:[号栋幢座弄门-]|单元))${numbers}(?:号(?!线))?)`,
    'g',
  ),
  new RegExp(
    `${district}{0,5}(?<hidden>[\\u4e00-\\u9fa5A-Za-z\\d]{2,6}?(?:[路街巷弄]|大道|胡同)(?:[东南西北中]段?)?(?:\\d{1,5}[弄巷])?[\\d一二三四五六七八九十百]{1,5}(?:-\\d{1,4})?号(?!线)${inside})`,
    'g',
  ),
  new RegExp(
    `${district}{0,5}(?<hidden>${estate}?[A-Za-z]?\\d{1,4}(?:号楼|[栋幢座#]楼?)(?:[\\d一二三四五六]{1,2}单元)?[ -]?[A-Za-z]?\\d{2,5}(?:室|号|户)?)`,
    'g',
  ),
  new RegExp(
    `${district}{1,5}(?<hidden>${cjk}{1,6}村(?:委会)?${cjk}{0,4}[\\d一二三四五六七八九十]{1,4}(?:组|队|号|户)(?:\\d{1,4}号)?)`,
    'g',
  ),
];
/** Words before a street that are not part of its name. */
const leadIn = /^[\u4e00-\u9fa5]{0,6}(?:寄到|送到|发到|地址是|地址|家住|住在|[在到往是住])(?=[\u4e00-\u9fa5]{2})/;

function bare(found: string): string {
  return found.replace(/[ -]/g, '');
}

/** GB 11643: a birth day that exists and the MOD 11-2 check character. */
export function isIdentityCard(number: string): boolean {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  if (!year || !month || !day || month > 12 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return false;
  let sum = 0;
  for (let place = 0; place < 17; place++) sum += Number(number[place]) * (2 ** (17 - place) % 11);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}

/** Issuers' prefixes are masked whatever they are called; other numbers that pass Luhn by chance stay when called an order. */
export function isBankCard(number: string, before: string): boolean {
  if (!passesLuhn(number)) return false;
  return (
    /^(?:62|81|9558|9559|60|35)/.test(number) ||
    (number.length === 16 && /^(?:4|5[1-5]|2[2-7])/.test(number)) ||
    !callsItANumber.test(before)
  );
}

export function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let place = 0; place < number.length; place++) {
    const digit = Number(number[number.length - 1 - place]);
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function maskOf(kind: PersonalDataKind, found: string): string {
  switch (kind) {
    case 'email':
      return `${found.slice(0, 1)}***${found.slice(found.search(/[@＠]/))}`;
    case 'identityCard':
      return `${found.slice(0, 1)}****************${found.slice(-1)}`;
    case 'bankCard':
      return `**** **** **** ${found.slice(-4)}`;
    case 'phone':
      return maskPhone(found);
    case 'address':
      return '***';
  }
}

/** The last four digits stay, so that people can still tell which phone was meant. */
function maskPhone(found: string): string {
  const compact = found.replace(/[ .()-]/g, '');
  return `${compact.slice(0, compact.length - 8)}****${compact.slice(-4)}`;
}
