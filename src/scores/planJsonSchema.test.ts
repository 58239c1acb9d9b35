import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { planJsonSchema } from './planJsonSchema.ts';
import { shippedIds } from './testing.ts';

const file = (name: string) => readFileSync(new URL(`../../plans/${name}`, import.meta.url), 'utf8');

test('the published JSON Schema is the one the plan format gives (update: npx vitest run src/scores/planJsonSchema -u)', async () => {
  // Lists of plain words on one line, as the formatter has them.
  const text = JSON.stringify(planJsonSchema(), null, 2).replace(
    /\[\s+((?:"\w+"|\d+)(?:,\s+(?:"\w+"|\d+))*)\s+\]/g,
    (_, words: string) => `[${words.replace(/,\s+/g, ', ')}]`,
  );
  await expect(`${text}\n`).toMatchFileSnapshot('../../plans/plan.schema.json');
});

test.each(shippedIds)('an editor that checks %s by it finds nothing', (id) => {
  const published = z.fromJSONSchema(JSON.parse(file('plan.schema.json')));
  const plan: unknown = parse(file(`${id}.yaml`));
  expect(published.safeParse(plan).error).toBe(undefined);
  expect(published.safeParse({ ...(plan as object), colour: 'red' }).success).toBe(false);
});
