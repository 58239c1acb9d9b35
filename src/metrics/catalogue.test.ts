import { describe, expect, it } from 'vitest';
import { catalogue, readMetricRequest } from './catalogue.ts';
import { compileMetrics } from './compileMetrics.ts';
import { modelledMetrics } from './modelledMetrics.ts';

describe('the catalogue', () => {
  it.each(catalogue.map((metric) => metric.id))('%s compiles to its golden SQL', async (id) => {
    const [query, ...others] = compileMetrics([readMetricRequest(id)], {
      by: (['agent', 'team'] as const)
        .filter((name) => readMetricRequest(id).metric.dimensions.includes(name))
        .slice(0, 1),
      filter: {},
    });
    expect(others).toEqual([]);
    await expect(`${query?.sql}\n`).toMatchFileSnapshot(`golden/${id}.sql`);
  });

  it('asks one question per relation and attribution, however many metrics share them', () => {
    const together = [
      'first_reply_30s_rate',
      'first_response_seconds',
      'reply_rate',
      'first_reply_30s_rate:unreplied=miss',
    ];
    expect(compileMetrics(together.map(readMetricRequest), { by: ['agent'], filter: {} })).toHaveLength(1);
  });

  it('options mean the same in whatever order they are written', () => {
    const counted = (options: string) => readMetricRequest(`avg_response_seconds:${options}`).counting;
    expect(counted('cap=600:stat=p90:clock=customer')).toEqual(counted('clock=customer:stat=p90:cap=600'));
    expect(counted('stat=p90:clock=customer:cap=600')).toMatchObject({
      relation: 'turns',
      percentile: 90,
      numerator: 'least(reply_customer, 600 * 1000)',
    });
  });

  it('every mean of times can be told as a median', () => {
    const times = catalogue.filter(
      ({ unit, counting }) => ['seconds', 'minutes', 'hours'].includes(unit) && counting.denominator === '1',
    );
    expect(times.length).toBeGreaterThan(4);
    for (const { id } of times) expect(readMetricRequest(`${id}:stat=median`).counting.percentile).toBe(50);
  });

  it('leaves no option unfilled in any metric’s SQL', () => {
    for (const { id } of catalogue) expect(JSON.stringify(readMetricRequest(id).counting), id).not.toMatch(/\$/);
  });

  it('what is measured in conversations needs thirty of them, a mean of inspections five', () => {
    const least = new Map(catalogue.map(({ id, minN }) => [id, minN]));
    const measured = ['sentiment_index', 'negative_word_ratio', 'personalisation_index', 'csat_rate', 'reply_rate'];
    expect(measured.map((id) => least.get(id))).toEqual(measured.map(() => 30));
    expect([least.get('qa_score'), least.get('exam_score'), least.get('nps')]).toEqual([5, 1, 100]);
  });

  it('knows which metrics a model measures: those of what was inspected', () => {
    const measured = catalogue.filter(({ counting }) => counting.relation === 'inspectedSlices');
    expect(measured.map(({ id }) => id).sort()).toEqual(modelledMetrics.toSorted());
  });

  it('every metric explains itself in both languages', () => {
    for (const { id, name, texts } of catalogue)
      for (const text of [name, ...Object.values(texts)]) {
        expect(text.zh, `${id}: 中文`).toMatch(/\p{Script=Han}/u);
        expect(text.en, `${id}: English`).not.toMatch(/\p{Script=Han}/u);
        expect(text.en.length, `${id}: English`).toBeGreaterThan(2);
      }
  });

  it.each(['', 'no_such_metric', '__proto__', "nps' OR 1=1"])('a metric called %j is refused', (id) => {
    expect(() => readMetricRequest(id)).toThrowError(/metric.unknown/);
  });
  it.each([
    'first_reply_30s_rate:unreplied',
    'first_reply_30s_rate:unreplied=hit',
    'first_reply_30s_rate:constructor=name',
    'nps:x=y',
    'first_reply_30s_rate:within=0',
    'first_reply_30s_rate:within=86401',
    'first_reply_30s_rate:within=1e3',
    'first_reply_30s_rate:within=15=16',
    'first_reply_30s_rate:within=15:within=20',
    'first_reply_30s_rate:within=15 OR 1',
    'first_response_seconds:stat=p99',
  ])('the option in %j is refused', (text) => {
    expect(() => readMetricRequest(text)).toThrowError(/metric.optionUnknown/);
  });
});
