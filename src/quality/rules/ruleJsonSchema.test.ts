import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../../platform/root.ts';
import { ruleJsonSchema } from './ruleJsonSchema.ts';

const folder = join(packageRoot, 'rules');
const file = (name: string) => readFileSync(join(folder, name), 'utf8');

test('the published JSON Schema is the one the format gives (update: npx vitest run src/quality/rules -u)', async () => {
  const text = JSON.stringify(ruleJsonSchema(), null, 2).replace(
    /\[\s+("\w+"(?:,\s+"\w+")*)\s+\]/g,
    (whole, words: string) => (whole.length > 120 ? whole : `[${words.replace(/,\s+/g, ', ')}]`),
  );
  await expect(`${text}\n`).toMatchFileSnapshot('../../../rules/rule.schema.json');
});

test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))(
  'an editor that checks %s by it finds no fault',
  (name) => {
    const published = z.fromJSONSchema(JSON.parse(file('rule.schema.json')));
    expect(published.safeParse(parse(file(name))).error).toBe(undefined);
    expect(published.safeParse({ ...parse(file(name)), colour: 'red' }).success).toBe(false);
  },
);
