import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPlan } from './planText.ts';
import { testCatalogue } from './testing.ts';
import { validatePlan } from './validatePlan.ts';

test.each(['appliance-aftersales', 'appliance-aftersales-technician'])(
  'the shipped plan %s waits for one input and has no error',
  (id) => {
    const { plan, issues } = readPlan(readFileSync(`plans/${id}.yaml`, 'utf8'));
    expect(issues).toEqual([]);
    expect(plan && validatePlan(plan, testCatalogue).map(({ path, code, level }) => ({ path, code, level }))).toEqual([
      { path: 'inputs[0].value', code: 'input.missing', level: 'needed' },
    ]);
  },
);
