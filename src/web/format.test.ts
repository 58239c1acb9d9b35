import { describe, expect, test } from 'vitest';
import {
  absent,
  ago,
  amount,
  clockTime,
  dayInSentence,
  dayInTable,
  figure,
  instantInTable,
  money,
  monthName,
  periodName,
  roundHalfUp,
  score,
  separated,
  signed,
  weight,
  withUnit,
} from './format.ts';

describe('rounding', () => {
  test.each([
    ['89.995', 2, '90.00'],
    ['89.994', 2, '89.99'],
    ['1.005', 2, '1.01'],
    ['0.5', 0, '1'],
    ['-2.345', 2, '-2.35'],
    ['-0.001', 2, '0.00'],
    ['99.995', 2, '100.00'],
    ['18.33333333333333333333333333333333', 4, '18.3333'],
    ['7', 2, '7.00'],
    ['1.5e-7', 2, '0.00'],
    ['1.25e2', 1, '125.0'],
    ['6e-1', 0, '1'],
    ['12345678901234567890.125', 2, '12345678901234567890.13'],
  ])('%s to %i places is %s', (decimal, digits, rounded) => expect(roundHalfUp(decimal, digits)).toBe(rounded));

  test('refuses what is no number instead of showing one', () => {
    expect(() => roundHalfUp('NaN', 2)).toThrow(RangeError);
    expect(() => roundHalfUp('', 2)).toThrow(RangeError);
  });
});

describe('figures', () => {
  test('percent and seconds have one place, scores two, counts what they have', () => {
    expect(figure('93.456', 'percent')).toBe('93.5');
    expect(withUnit('36.87', 'seconds', 'zh')).toBe('36.9 秒');
    expect(withUnit('36.87', 'seconds', 'en')).toBe('36.9 s');
    expect(withUnit('93.456', 'percent', 'zh')).toBe('93.5%');
    expect(score('92.6')).toBe('92.60');
    expect(figure('2', 'count')).toBe('2');
    expect(figure('87.6543', 'count')).toBe('87.65');
  });

  test('no data is a dash and never a zero', () => {
    expect(figure(null, 'percent')).toBe(absent);
    expect(withUnit(null, 'seconds', 'en')).toBe(absent);
    expect(score(null)).toBe(absent);
    expect(amount(null)).toBe(absent);
  });

  test('thousands are separated, fractions are not', () => {
    expect(separated('1234567.8901')).toBe('1,234,567.8901');
    expect(separated('123')).toBe('123');
    expect(amount('12000.50')).toBe('12,000.5');
    expect(amount('12000.00')).toBe('12,000');
  });

  test('weights lose empty places, changes carry their sign', () => {
    expect(weight('20')).toBe('20');
    expect(weight('18.33333')).toBe('18.33');
    expect(signed('1.2')).toBe('+1.20');
    expect(signed('-1.2')).toBe('−1.20');
    expect(signed('0.001')).toBe('0.00');
  });
});

describe('dates', () => {
  test('carry the weekday in tables and none in sentences', () => {
    expect(dayInTable('2026-10-05', 'zh')).toBe('2026-10-05 周一');
    expect(dayInSentence('2026-10-05', 'zh')).toBe('10 月 5 日');
    expect(dayInSentence('2026-10-05', 'en')).toBe('5 Oct');
  });

  test("are those of the organisation's time zone", () => {
    expect(instantInTable('2026-10-04T16:30:00Z', 'Asia/Shanghai', 'zh')).toBe('2026-10-05 周一 00:30');
    expect(clockTime('2026-10-04T16:30:05Z', 'Asia/Shanghai')).toBe('00:30:05');
  });

  test.each([
    ['2026-10', '2026 年 10 月', 'Oct 2026'],
    ['2026-Q4', '2026 年第 4 季度', 'Q4 2026'],
    ['2026', '2026 年', '2026'],
    ['2026-10-01..2026-10-07', '10 月 1 日至 10 月 7 日', '1 Oct – 7 Oct'],
  ])('period %s is %s', (period, zh, en) => {
    expect(periodName(period, 'zh')).toBe(zh);
    expect(periodName(period, 'en')).toBe(en);
  });

  test('under an axis months lose their year, quarters do not', () => {
    expect([monthName('2026-08', 'zh'), monthName('2026-08', 'en'), monthName('2026-Q3', 'en')]).toEqual([
      '8 月',
      'Aug',
      '2026-Q3',
    ]);
  });

  test('how long ago is said in one unit', () => {
    const now = Date.parse('2026-10-05T12:00:00Z');
    expect(ago('2026-10-05T11:59:40Z', now, 'zh')).toBe('刚刚');
    expect(ago('2026-10-05T11:15:00Z', now, 'zh')).toBe('45 分钟前');
    expect(ago('2026-10-04T12:00:00Z', now, 'en')).toBe('24 h ago');
    expect(ago('2026-10-01T12:00:00Z', now, 'zh')).toBe('4 天前');
  });
});

test('fen are shown as yuan, to the fen', () => {
  expect([money('720000'), money('5'), money('0'), money('-123456789'), money('-5'), money(null)]).toEqual([
    ...['¥7,200.00', '¥0.05', '¥0.00', '-¥1,234,567.89', '-¥0.05', '—'],
  ]);
});
