import { expect, test } from 'vitest';
import { commonPasswords } from './commonPasswords.ts';
import { problemsOfPassword } from './passwordRules.ts';

const wang = { email: 'Wang.Li@example.com', name: '王丽' };
const john = { email: 'js@example.com', name: 'John Smith' };

test.each([
  ['洗衣机不脱水请帮我看看', wang, []],
  ['correct horse battery', wang, []],
  ['wang.li has a long one', wang, []],
  ['K7-mint-rail', wang, []],
  ['洗衣机不脱水请帮我', wang, ['length']],
  ['x'.repeat(4) + 'y z'.repeat(42), wang, ['length']],
  ['wang.li@example.com', wang, ['personal']],
  ['WANG.LI12345', wang, ['personal']],
  ['王丽王丽王丽12345', wang, ['personal']],
  ['johnsmith2026', john, ['personal']],
  ['Password123', wang, ['common']],
  ['Ｐassword123', wang, ['common']],
  ['woaini1314520', wang, ['common']],
  ['1234567890', wang, ['common', 'simple']],
  ['abcabcabcabc', wang, ['simple']],
  ['1212121212345'.slice(0, 11), wang, ['simple']],
  ['aaaaaaaaaaab', wang, ['simple']],
  ['efghijklmnop', wang, ['simple']],
  ['ponmlkjihgfe', wang, ['simple']],
  ['', wang, ['length', 'simple']],
] as const)('%s speaks for itself', (password, who, problems) => {
  expect(problemsOfPassword(password, who)).toEqual(problems);
});

test('the list holds nothing that its length refuses anyway', () => {
  expect(commonPasswords.size).toBeGreaterThan(100);
  for (const each of commonPasswords) expect(each.length).toBeGreaterThanOrEqual(10);
});
