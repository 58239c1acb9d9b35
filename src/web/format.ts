import type { MetricDefinitionView } from '../metrics/schemas.ts';
import type { Language } from './text/language.ts';

export type Unit = MetricDefinitionView['unit'];

/** Stands where there is no figure. Never a zero. */
export const absent = '—';

/** Rounds an exact decimal string half away from zero, as scores are rounded. Throws on anything that is no plain decimal. */
export function roundHalfUp(decimal: string, digits: number): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal.trim());
  if (!parts) throw new RangeError(`no decimal: ${decimal.slice(0, 40)}`);
  const [, sign = '', whole = '0', fraction = '', exponent] = parts;
  const point = whole.length + Number(exponent ?? 0);
  const figures = (whole + fraction).padEnd(Math.max(point + digits + 1, 0), '0');
  const padded = point < 1 ? '0'.repeat(1 - point) + figures : figures;
  const cut = Math.max(point, 1) + digits;
  const kept = BigInt(padded.slice(0, cut).padEnd(cut, '0')) + ((padded[cut] ?? '0') >= '5' ? 1n : 0n);
  const text = kept.toString().padStart(digits + 1, '0');
  const rounded = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return sign && /[1-9]/.test(rounded) ? `-${rounded}` : rounded;
}

/** 12345.6 → 12,345.6 */
export function separated(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const digitsOf: Readonly<Record<Unit, number>> = {
  percent: 1,
  seconds: 1,
  hours: 1,
  minutes: 1,
  count: 0,
  yuan: 2,
  points: 2,
  nps: 1,
};

const unitWords: Readonly<Record<Language, Readonly<Record<Unit, string>>>> = {
  zh: {
    percent: '%',
    seconds: ' 秒',
    hours: ' 小时',
    minutes: ' 分钟',
    count: '',
    points: ' 分',
    nps: '',
    yuan: ' 元',
  },
  en: { percent: '%', seconds: ' s', hours: ' h', minutes: ' min', count: '', points: ' pts', nps: '', yuan: ' yuan' },
};

function unitWord(unit: Unit, language: Language): string {
  return unitWords[language][unit];
}

/** A figure without its unit, rounded as its unit is. A count keeps the fraction that it has, to two places. */
export function figure(value: string | null, unit: Unit): string {
  if (value === null) return absent;
  if (unit === 'count') return separated(trimmed(roundHalfUp(value, 2)));
  return separated(roundHalfUp(value, digitsOf[unit]));
}

export function withUnit(value: string | null, unit: Unit, language: Language): string {
  return value === null ? absent : `${figure(value, unit)}${unitWord(unit, language)}`;
}

/** Integer fen as yuan: 720000 → ¥7,200.00; none is not zero. */
export function money(fen: string | null): string {
  if (fen === null) return absent;
  const digits = fen.replace('-', '').padStart(3, '0');
  return `${fen.startsWith('-') ? '-' : ''}¥${separated(`${digits.slice(0, -2)}.${digits.slice(-2)}`)}`;
}

/** A score or points: two places, always. */
export function score(value: string | null): string {
  return value === null ? absent : roundHalfUp(value, 2);
}

/** A weight: as many places as it has, at most two. */
export function weight(value: string): string {
  return trimmed(roundHalfUp(value, 2));
}

/** A numerator or denominator: whole where it is whole, else two places. */
export function amount(value: string | null): string {
  return value === null ? absent : separated(trimmed(roundHalfUp(value, 2)));
}

/** A change of a figure, with its sign and the places of its unit. */
export function signedFigure(change: string, unit: Unit): string {
  const rounded = figure(change, unit);
  if (rounded.startsWith('-')) return `−${rounded.slice(1)}`;
  return Number(change) === 0 ? rounded : `+${rounded}`;
}

export function signed(value: string): string {
  const rounded = roundHalfUp(value, 2);
  if (/^-/.test(rounded)) return `−${rounded.slice(1)}`;
  return Number(rounded) === 0 ? rounded : `+${rounded}`;
}

function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Wall {
  readonly day: string;
  readonly minute: string;
  readonly second: string;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of the organisation's time zone, so that a reader elsewhere sees the same day as the score does. */
function wall(instant: string, timeZone: string): Wall {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    clocks.set(timeZone, clock);
  }
  const text = clock.format(new Date(instant));
  return { day: text.slice(0, 10), minute: text.slice(11, 16), second: text.slice(11, 19) };
}

/** 周一 for 1, 周日 for 7. */
export const weekdayName = (day: number, language: Language): string => weekdays[language][day % 7] ?? '';

/** 2026-10-05 周一 */
export function dayInTable(day: string, language: Language): string {
  return `${day} ${weekdays[language][new Date(`${day}T00:00:00Z`).getUTCDay()]}`;
}

/** 10 月 5 日; 5 Oct */
export function dayInSentence(day: string, language: Language): string {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return language === 'zh' ? `${month} 月 ${date} 日` : `${date} ${months[month - 1]}`;
}

export function instantInTable(instant: string, timeZone: string, language: Language): string {
  const { day, minute } = wall(instant, timeZone);
  return `${dayInTable(day, language)} ${minute}`;
}

export function clockTime(instant: string, timeZone: string): string {
  return wall(instant, timeZone).second;
}

export function dayOf(instant: string, timeZone: string): string {
  return wall(instant, timeZone).day;
}

/** Under an axis: a month without its year, any other period as it is written. */
export function monthName(period: string, language: Language): string {
  const month = Number(/^\d{4}-(\d{2})$/.exec(period)?.[1]);
  if (Number.isNaN(month)) return period;
  return language === 'zh' ? `${month} 月` : (months[month - 1] ?? period);
}

/** A month, quarter, year or span of days, as its reader would say it. */
export function periodName(period: string, language: Language): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) {
    return language === 'zh' ? `${month[1]} 年 ${Number(month[2])} 月` : `${months[Number(month[2]) - 1]} ${month[1]}`;
  }
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  if (quarter) return language === 'zh' ? `${quarter[1]} 年第 ${quarter[2]} 季度` : `Q${quarter[2]} ${quarter[1]}`;
  if (/^\d{4}$/.test(period)) return language === 'zh' ? `${period} 年` : period;
  const [first, last] = period.split('..');
  if (!first || !last) return period;
  return language === 'zh'
    ? `${dayInSentence(first, language)}至 ${dayInSentence(last, language)}`
    : `${dayInSentence(first, language)} – ${dayInSentence(last, language)}`;
}

/** Time passed since an instant, in the largest unit that says it: 12 分钟前, 3 h ago. */
export function ago(instant: string, nowMs: number, language: Language): string {
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 60_000));
  if (minutes < 1) return language === 'zh' ? '刚刚' : 'just now';
  if (minutes < 60) return language === 'zh' ? `${minutes} 分钟前` : `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return language === 'zh' ? `${hours} 小时前` : `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return language === 'zh' ? `${days} 天前` : `${days} days ago`;
}

/** Bytes of a file, one place from a kilobyte on. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${size.toFixed(1)} ${unit}`;
}
