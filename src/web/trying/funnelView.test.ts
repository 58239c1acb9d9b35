import { expect, test } from 'vitest';
import type { Funnel } from '../../metrics/comparisonSchemas.ts';
import { axisOf, countPlaces, placeFunnel } from './funnelView.ts';

const point = (value: number, volume: number, place: Funnel['points'][number]['place'] = 'within') => ({
  ...{ agentId: `${value} ${volume}`, value, volume, n: volume, place, standardised: null },
});

test('an axis has round steps and holds every value', () => {
  expect(axisOf([3.2, 97]).ticks).toEqual([0, 20, 40, 60, 80, 100]);
  expect(axisOf([0.012, 0.031]).ticks).toEqual([0.01, 0.015, 0.02, 0.025, 0.03, 0.035]);
  expect(axisOf([40, 40]).at(40)).toBeGreaterThanOrEqual(0);
});

test('people lie inside the drawing, and limits that reach far at tiny volumes do not flatten it', () => {
  const limits = [
    { volume: 5, low95: 0, high95: 400, low998: 0, high998: 900 },
    { volume: 500, low95: 85, high95: 95, low998: 82, high998: 98 },
  ];
  const funnel = { points: [point(88, 40), point(93, 480)], limits, centre: 90 };
  const { x, y, line } = placeFunnel(funnel);
  for (const { value, volume } of funnel.points) {
    expect(x.at(volume) >= 0 && x.at(volume) <= 1 && y.at(value) >= 0 && y.at(value) <= 1).toBe(true);
  }
  expect(y.high).toBeLessThan(110);
  expect(line('high95').split(' ')).toHaveLength(2);
});

test('everybody is counted in one place', () => {
  const points = [point(1, 1), point(2, 1, 'outside95'), point(3, 1, 'outside998'), point(4, 1)];
  expect(countPlaces(points)).toEqual({ within: 2, outside95: 1, outside998: 1 });
});
