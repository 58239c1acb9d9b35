/** The server refuses a shorter one. */
export const passwordLengthMin = 10;

/** What is wrong with a password that was typed twice; null when it may be sent. */
export function problemOfPassword(password: string, again: string): 'short' | 'differ' | null {
  if (password.length < passwordLengthMin) return 'short';
  return password === again ? null : 'differ';
}
