import { expect, test } from 'vitest';
import { planJsonSchema } from './planJsonSchema.ts';

test('the published JSON Schema is the one the plan format gives (update: npx vitest run src/scores/planJsonSchema -u)', async () => {
  // Lists of plain words on one line, as the formatter has them.
  const text = JSON.stringify(planJsonSchema(), null, 2).replace(
    /\[\s+((?:"\w+"|\d+)(?:,\s+(?:"\w+"|\d+))*)\s+\]/g,
    (_, words: string) => `[${words.replace(/,\s+/g, ', ')}]`,
  );
  await expect(`${text}\n`).toMatchFileSnapshot('../../plans/plan.schema.json');
});
