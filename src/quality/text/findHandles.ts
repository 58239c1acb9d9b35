import type { Characters } from './characters.ts';
import type { CharacterStream } from './foldText.ts';
import type { FoundContact } from './inspectText.ts';
import { viewOf } from './viewText.ts';

/** The longest stretch that is looked at from where a handle may begin. */
const reach = 48;
/** Characters that a handle's name begins with. */
export const triggers = marked('微薇威徽维v加w绿q扣企球抠叩秋');
const said = '(?:号码?|账号|帐号|id|联系|加|搜|我|的|是|为|[:：\\s=\\-+●\\u200b]){0,6}';
const wechat = new RegExp(
  `^(?:[微薇威徽维v]信|微|weixin|wechat|wx|vx|v|加(?:我|个|一下)?(?:[微薇威徽维v]信?|vx|wx)|绿泡泡)${said}([a-z][a-z0-9_-]{5,19}|[1-9][0-9]{5,10})(?![a-z0-9_])`,
);
const qq = new RegExp(
  `^(?:qq|q号|扣扣|企鹅|球球|抠抠|叩叩|秋秋|q)${said}([1-9一二三四五六七八九][0-9零一二三四五六七八九〇]{4,10})(?![0-9])`,
);
/** Words that follow 微信 or wx in ordinary text and are nobody's name. */
const ordinary =
  /^(?:https?|wechat|weixin|iphone|android|alipay|taobao|tmall|xiaomi|huawei|order|number|please|thanks)/;

export function isOfId(code: number): boolean {
  return code < 128 || numerals[code] === 1;
}

/** Whether five letters or digits in a row stand soon behind i: every id has them. */
function idFollows({ codes, count }: CharacterStream, i: number): boolean {
  let run = 0;
  for (let at = i; at < count && at < i + 24; at++) {
    const code = codes[at] as number;
    run = isOfId(code) ? run + 1 : 0;
    if (run === 5) return true;
  }
  return false;
}

const numerals = marked('零一二三四五六七八九〇');

function marked(characters: string): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const one of characters) table[one.charCodeAt(0)] = 1;
  return table;
}

/** WeChat ids and QQ numbers that are named as such: `微信号abc_123456`, `扣扣12345`. */
export function findHandles(text: string, stream: CharacterStream, characters: Characters): FoundContact[] {
  const found: FoundContact[] = [];
  let done = 0;
  for (let i = 0; i < stream.count; i++) {
    const code = stream.codes[i] as number;
    const from = stream.from[i] as number;
    if (triggers[code] === 0 || from < done) continue;
    const before = i > 0 && stream.to[i - 1] === from ? (stream.codes[i - 1] as number) : 0;
    if (code < 128 && ((before >= 97 && before <= 122) || (before >= 48 && before <= 57))) continue;
    if (!idFollows(stream, i)) continue;
    const view = viewOf(text, from, from + reach, characters);
    const match = wechat.exec(view) ?? qq.exec(view);
    const id = match?.[1];
    if (!match || !id || ordinary.test(id)) continue;
    const to = from + match[0].length;
    found.push({ kind: /^(?:q|扣|企|球|抠|叩|秋)/.test(view) ? 'qq' : 'wechat', from: to - id.length, to });
    done = to;
  }
  return found;
}
