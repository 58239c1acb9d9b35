type Random = () => number;

const digits = (count: number, random: Random) =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
const mapped = (number: string, to: readonly string[]) => [...number].map((one) => to[Number(one)]).join('');
const spoken = ['灵铃零令', '衣医依幺', '而儿尔', '伞叁散', '思丝斯', '舞午武', '溜柳刘', '漆期奇', '吧爸八', '酒久旧'];

function mobile(random: Random): string {
  return `1${3 + Math.floor(random() * 7)}${digits(9, random)}`;
}

/** Ways to write a mobile phone's number. */
export const phoneWritings: Readonly<Record<string, (random: Random) => string>> = {
  plain: mobile,
  blanks: (random) => mobile(random).replace(/^(...)(....)/, '$1 $2 '),
  dashes: (random) => mobile(random).replace(/^(...)(....)/, '$1-$2-'),
  points: (random) => mobile(random).replace(/^(...)(....)/, '$1.$2.'),
  apart: (random) => [...mobile(random)].join([' ', '-', '*', '。'][Math.floor(random() * 4)]),
  country: (random) => `+86 ${mobile(random)}`,
  fullWidth: (random) => mapped(mobile(random), [...'０１２３４５６７８９']),
  numerals: (random) => mapped(mobile(random), [...'零一二三四五六七八九']),
  aloud: (random) => mapped(mobile(random), [...'零幺二三四五六七八九']),
  financial: (random) => mapped(mobile(random), [...'零壹贰叁肆伍陆柒捌玖']),
  circled: (random) => mapped(mobile(random), [...'⓪①②③④⑤⑥⑦⑧⑨']),
  keycaps: (random) => [...mobile(random)].map((one) => `${one}\ufe0f\u20e3`).join(''),
  mathematical: (random) => mapped(mobile(random), [...'𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗']),
  emojiApart: (random) => mobile(random).replace(/^(...)(....)/, '$1📞$2📞'),
  mixed: (random) =>
    [...mobile(random)].map((one) => (random() < 0.4 ? '零一二三四五六七八九'[Number(one)] : one)).join(''),
  homophones: (random) => {
    const number = [...mobile(random)];
    for (let i = 0; i < 4; i++) {
      const at = 1 + Math.floor(random() * 9);
      const ways = spoken[Number(number[at])];
      if (ways) number[at] = ways[Math.floor(random() * ways.length)] as string;
    }
    return number.join('');
  },
};

/** Numbers of a shop's chats that are nobody's phone. */
export const otherNumbers: Readonly<Record<string, (random: Random) => string>> = {
  order12: (random) => `订单${digits(12, random)}`,
  order13: (random) => `1${digits(12, random)}`,
  order18: (random) => `2${digits(17, random)}`,
  tracking: (random) => `快递单号SF1${digits(12, random)}`,
  orderCalled: (random) => `订单号：${mobile(random)}`,
  date: (random) =>
    `2024-${digits(1, random)}${1 + Math.floor(random() * 9)}-1${digits(1, random)} 1${digits(1, random)}:3${digits(1, random)}:5${digits(1, random)}`,
  dateShort: (random) => `13/${digits(2, random)}/2024 ${digits(4, random)}`,
  amount: (random) => `¥${1 + Math.floor(random() * 9)}${digits(3, random)}.${digits(2, random)}`,
  amountLong: (random) => `1,38${digits(1, random)},${digits(3, random)},${digits(3, random)}.00`,
  prices: (random) => `1${digits(3, random)}元 3${digits(2, random)}元 2${digits(3, random)}`,
  article: (random) => `货号 69${digits(11, random)}`,
  sizes: (random) => `${digits(3, random)}*${digits(3, random)}*${digits(3, random)}cm`,
};

export { mobile };
