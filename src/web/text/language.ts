import i18next, { type PostProcessorModule } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { closeUp } from '../../scores/closeUp.ts';
import type { Text } from '../../scores/schemas.ts';
import { storage } from '../mode.ts';
import { plural } from './plural.ts';

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

type Inside = (language: Language) => Promise<object>;
let inside: Inside | null = null;

async function loadRest(language: Language): Promise<void> {
  if (!inside || i18next.exists('cycles.title', { lng: language })) return;
  i18next.addResourceBundle(language, 't', await inside(language), true);
}

/** Loads what is read behind the sign-in alone, now and whenever the language changes. */
export async function loadInside(words: Inside): Promise<void> {
  inside = words;
  await loadRest(i18next.language === 'en' ? 'en' : 'zh');
}

/** A sentence does not know whether a name or date in it is Chinese; the spaces around it are settled once it is filled in. */
const spacing: PostProcessorModule = {
  type: 'postProcessor',
  name: 'spacing',
  process: (value, _keys, options) => closeUp(value, Object.values(options)),
};

/** Loads one language, the other only when somebody switches to it. */
export async function startLanguage(): Promise<void> {
  const language = preferredLanguage(
    storage((kept) => kept.getItem(remembered)),
    navigator.languages,
  );
  await i18next
    .use(initReactI18next)
    .use(spacing)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ['t'],
      defaultNS: 't',
      resources: {},
      interpolation: { escapeValue: false },
      postProcess: [spacing.name],
      returnNull: false,
      react: { useSuspense: false },
    });
  i18next.services.formatter?.add('plural', plural);
  await load(language);
  await switchLanguage(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  await load(language);
  await loadRest(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  storage((kept) => kept.setItem(remembered, language));
}

/** What a component needs to speak to its reader: the texts, the language, and the choice between two given sentences. */
export function useReader() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  return { t, language, say: (text: Text) => text[language] };
}
