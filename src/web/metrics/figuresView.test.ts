import { describe, expect, it } from 'vitest';
import { catalogue } from '../../metrics/catalogue.ts';
import { platformsOf } from '../../metrics/presets.ts';
import type { MetricDefinitionView, MetricsAnswer } from '../../metrics/schemas.ts';
import { addressAs, countedAs, optionsThatCount, requestAs, splitIn, splitRows, splitsOf } from './figuresView.ts';

function view(id: string, inForce: Record<string, string> = {}): MetricDefinitionView {
  const metric = catalogue.find((each) => each.id === id);
  if (!metric) throw new RangeError(id);
  return {
    ...{ id, dimensions: metric.dimensions, platforms: platformsOf(id), inForce: { options: inForce } },
    options: Object.entries(metric.options).map(([option, { standard }]) => ({
      id: option,
      standard: standard ?? null,
    })),
  } as unknown as MetricDefinitionView;
}

describe('split by', () => {
  it('offers what the metric has, in one order, and begins with the teams', () => {
    const metric = view('first_response_seconds');
    expect(splitsOf(metric)).toEqual(['agent', 'team', 'shop', 'channel', 'queue', 'day', 'weekday', 'hour']);
    expect([undefined, 'hour', 'none', 'nonsense'].map((asked) => splitIn(metric, asked))).toEqual([
      ...['team', 'hour'],
      ...[null, 'team'],
    ]);
  });
});

describe('count as', () => {
  const metric = view('first_response_seconds');

  it('nothing asked is the definition in force, with what the organisation chose over the standard', () => {
    const adjusted = view('first_response_seconds', { stat: 'p90' });
    const as = countedAs(adjusted, undefined);
    expect([as.kind, requestAs(adjusted, as), optionsThatCount(adjusted, as).stat]).toEqual(['inForce', null, 'p90']);
    expect(optionsThatCount(metric, countedAs(metric, undefined))).toMatchObject({ stat: 'mean', clock: 'calendar' });
  });

  it('a platform is all its options at once; changing one of them keeps the others', () => {
    const as = countedAs(metric, 'zendesk');
    expect(requestAs(metric, as)).toBe('first_response_seconds:stat=median:clock=customer:hours=all');
    expect(countedAs(metric, addressAs(metric, as, 'stat', 'p90'))).toEqual({
      ...{ kind: 'own', options: { stat: 'p90', clock: 'customer', hours: 'all' } },
    });
  });

  it('options come from the address one by one; what the metric does not have is left out', () => {
    const as = countedAs(metric, 'stat=median:colour=red');
    expect(requestAs(metric, as)).toBe('first_response_seconds:stat=median');
    expect(countedAs(metric, 'colour=red').kind).toBe('inForce');
  });

  it('choosing back what is in force is the definition in force again', () => {
    const as = countedAs(metric, 'stat=median');
    expect(addressAs(metric, as, 'clock', 'business')).toBe('stat=median:clock=business');
    expect(addressAs(metric, as, 'stat', 'mean')).toBeUndefined();
  });

  it('the standard can be asked for where the organisation counts otherwise', () => {
    const adjusted = view('first_response_seconds', { stat: 'p90' });
    const address = addressAs(adjusted, countedAs(adjusted, undefined), 'stat', 'mean');
    const as = countedAs(adjusted, address);
    expect([as.kind, optionsThatCount(adjusted, as).stat]).toEqual(['own', 'mean']);
    expect(requestAs(adjusted, as)).toContain(':');
  });
});

it('rows stand side by side by key; who has no figure either way is left out, and a figure that one way lacks is none', () => {
  const row = (team: string, metric: string, value: string | null) =>
    ({
      ...{ key: { team }, metric, status: value === null ? 'noData' : 'ok', value, numerator: '0', denominator: '0' },
      n: value === null ? 0 : 1,
    }) as MetricsAnswer['rows'][number];
  const rows = [
    ...[row('乙', 'm', '1'), row('乙', 'm:a=b', null), row('甲', 'm', null), row('甲', 'm:a=b', null)],
    ...[row('丙', 'm', '3'), row('丙', 'm:a=b', '2')],
  ];
  const answer = { period: '2026-10', rows };
  expect(
    splitRows(answer, 'team', 'm', 'm:a=b').map(({ key, asked, inForce }) => [key, asked.value, inForce?.value]),
  ).toEqual([
    ['丙', '2', '3'],
    ['乙', null, '1'],
  ]);
  expect(splitRows(answer, 'team', 'm', null).map(({ key, inForce }) => [key, inForce])).toEqual([
    ['丙', null],
    ['乙', null],
  ]);
});
