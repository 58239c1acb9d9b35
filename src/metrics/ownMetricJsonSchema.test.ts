import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readOwnMetric } from './ownMetricIssues.ts';
import { ownMetricJsonSchema } from './ownMetricJsonSchema.ts';

const file = (name: string) => readFileSync(new URL(`../../metrics/${name}`, import.meta.url), 'utf8');

test('the published JSON Schema is the one the format gives (update: npx vitest run src/metrics/ownMetricJsonSchema -u)', async () => {
  await expect(`${JSON.stringify(ownMetricJsonSchema(), null, 1)}\n`).toMatchFileSnapshot(
    '../../metrics/metric.schema.json',
  );
});

test('an editor that checks the example by it finds nothing, and finds a column that another fact has', () => {
  const published = z.fromJSONSchema(JSON.parse(file('metric.schema.json')));
  const example: object = parse(file('own_quick_wechat.yaml'));
  expect(published.safeParse(example).error).toBe(undefined);
  expect(readOwnMetric(file('own_quick_wechat.yaml')).issues).toEqual([]);
  const filter = [{ column: 'contacts', op: '=', value: 1 }];
  expect(published.safeParse({ ...example, where: filter }).success).toBe(false);
  expect(published.safeParse({ ...example, fact: 'tickets' }).success).toBe(false);
});
