import { expect, test } from 'vitest';
import { withoutEmployee } from './employeeRecords.ts';

test('what an exemption covers is replaced where that is the employee, not a team or a shop that is called the same', () => {
  const exemptions = ['agent', 'team', 'shop'].map((covers) => ({ covers, subject: '3', reason: 'outage' }));
  expect(withoutEmployee({ exemptions, finding: { subject: '3' } }, '3', 'erased-x')).toEqual({
    exemptions: [{ ...exemptions[0], subject: 'erased-x' }, exemptions[1], exemptions[2]],
    finding: { subject: 'erased-x' },
  });
});
