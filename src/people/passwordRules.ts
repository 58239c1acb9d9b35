import { commonPasswords } from './commonPasswords.ts';

/** In characters; also better-auth's own limits. */
export const passwordLength = { min: 10, max: 128 } as const;

/** What may be wrong with a new password, in the order in which people are told. */
export const passwordProblems = ['length', 'personal', 'common', 'simple'] as const;
type PasswordProblem = (typeof passwordProblems)[number];

/**
 * Everything that speaks against a new password: its length; that little is left of it without the person's e-mail and name;
 * that it is one of the commonest; that it is one short piece over and over, or characters in order.
 */
export function problemsOfPassword(
  password: string,
  who: { readonly email: string; readonly name: string },
): PasswordProblem[] {
  const small = password.normalize('NFKC').toLowerCase();
  const found: Readonly<Record<PasswordProblem, boolean>> = {
    length: password.length < passwordLength.min || password.length > passwordLength.max,
    personal: isPersonal(small, who),
    common: commonPasswords.has(small),
    simple: isRepeated(small) || isInOrder(small),
  };
  return passwordProblems.filter((problem) => found[problem]);
}

/** Characters that have to be there besides what everybody knows of a person. */
const ownCharacters = 6;

function isPersonal(small: string, { email, name }: { email: string; name: string }): boolean {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const known = [email.toLowerCase(), local, domain, name.toLowerCase(), ...name.toLowerCase().split(/\s+/)].filter(
    (part) => part.length >= 2,
  );
  const left = known.reduce((rest, part) => rest.replaceAll(part, ''), small);
  return left !== small && left.length < ownCharacters;
}

const isRepeated = (small: string) => /^(.{1,4}?)\1{2,}.{0,3}$/su.test(small) || new Set(small).size < 4;

function isInOrder(small: string): boolean {
  const steps = [...small].slice(1).map((letter, at) => (letter.codePointAt(0) ?? 0) - (small.codePointAt(at) ?? 0));
  return [1, -1].some((step) => steps.filter((each) => each !== step).length <= 1);
}
