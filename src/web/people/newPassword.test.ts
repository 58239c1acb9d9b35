import { expect, test } from 'vitest';
import { passwordLength } from '../../people/schemas.ts';
import { passwordLengthMin, problemOfPassword } from './newPassword.ts';

test('the page asks for as many characters as the server', () => expect(passwordLengthMin).toBe(passwordLength.min));

test.each([
  ['123456789', '123456789', 'short'],
  ['1234567890', '1234567891', 'differ'],
  ['1234567890', '1234567890', null],
])('the password %s, then %s: %s', (password, again, problem) =>
  expect(problemOfPassword(password, again)).toBe(problem),
);
