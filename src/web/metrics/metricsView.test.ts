import { expect, it } from 'vitest';
import { catalogue } from '../../metrics/catalogue.ts';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { chosenOptions, monthsAhead, optionsOf, searchMetrics, sourceWords } from './metricsView.ts';

const views = catalogue.map(
  ({ id, name, source, texts }) => ({ id, name, source, definition: texts.definition }) as MetricDefinitionView,
);

it('a search finds by id, name or definition in either language, and needs every word', () => {
  const found = (text: string) => searchMetrics(views, text).map(({ id }) => id);
  expect(found('30 秒 应答')).toContain('first_reply_30s_rate');
  expect(found('TRANSFER rate')).toContain('transfer_out_rate');
  expect(found('reopen_rate nonsense')).toEqual([]);
  expect(found('  ')).toHaveLength(catalogue.length);
});

it('sources are told in words', () => {
  expect(sourceWords('S2; 7 d REC', 'zh')).toBe('家电售后方案；7 天是我们的取值');
  expect(sourceWords('S0, S1; 72 h REC', 'en')).toBe(
    'JD service desk plan; Taobao service manager plan; 72 h is our choice',
  );
  expect(sourceWords('S2; 24 h', 'zh')).toBe('家电售后方案；24 小时');
  for (const { source } of catalogue) expect(sourceWords(source, 'zh')).toMatch(/\p{Script=Han}/u);
});

it('months ahead go over the turn of the year', () => {
  const months = monthsAhead('2026-11-22');
  expect([months.length, months[0], months[1], months[2], months[12]]).toEqual([
    13,
    '2026-11',
    '2026-12',
    '2027-01',
    '2027-11',
  ]);
});

it('a platform’s way comes apart into its options', () => {
  expect(optionsOf('reply_3min_rate:within=180:hours=all')).toEqual({ within: '180', hours: 'all' });
  expect(optionsOf('nps')).toEqual({});
});

it('what stays as shipped is left out of a choice', () => {
  expect(chosenOptions({ window: '48', unreplied: undefined, other: '' })).toEqual({ window: '48' });
});
