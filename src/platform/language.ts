export type Language = 'zh' | 'en';

/** A text for both kinds of reader. */
export type Bilingual = Readonly<Record<Language, string>>;

/** The reader's language by POSIX's order; Chinese unless the environment names another, as most readers are Chinese. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((each) => each) ?? '';
  return /^(?:|C|POSIX|C\..*|zh.*)$/i.test(locale) ? 'zh' : 'en';
}
