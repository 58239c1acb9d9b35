import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

const remembered = 'heng.language';

function isLanguage(text: string | null): text is Language {
  return text === 'zh' || text === 'en';
}

/** What the reader chose last, else Chinese unless their browser speaks only other languages. */
export function preferredLanguage(stored: string | null, spoken: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  return spoken.length > 0 && !spoken.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'en' : 'zh';
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 't')) return;
  const texts = language === 'zh' ? (await import('./zh.ts')).zh : (await import('./en.ts')).en;
  i18next.addResourceBundle(language, 't', texts);
}

/** Loads one language, the other only when somebody switches to it. */
export async function startLanguage(): Promise<void> {
  const language = preferredLanguage(readRemembered(), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['t'],
    defaultNS: 't',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false },
  });
  await load(language);
  await switchLanguage(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(remembered, language);
  } catch (error) {
    // A browser that keeps nothing still gets its language for this visit.
    if (!(error instanceof DOMException)) throw error;
  }
}

function readRemembered(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
