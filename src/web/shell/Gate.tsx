import type { ReactNode } from 'react';
import { switchMode, useMode } from '../mode.ts';
import { switchLanguage, useReader } from '../text/language.ts';
import { Mark, Steelyard } from './Mark.tsx';

/** The frame of the pages that need nobody signed in: plain elements only, so that little has to be loaded. */
export function Gate({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t, language } = useReader();
  const mode = useMode();
  return (
    <div className="gate">
      <title>{`${title} · ${t('brand.name')} ${t('brand.latin')}`}</title>
      <div className="gate-sign">
        <p className="row" style={{ gap: 10 }}>
          <Mark size={32} />
          <b style={{ fontFamily: 'var(--serif)', fontSize: 22 }}>{t('brand.name')}</b>
          <span className="quiet">{t('brand.latin')}</span>
        </p>
        <Steelyard />
        <p className="gate-motto">{t('brand.motto')}</p>
      </div>
      <main className="gate-form">{children}</main>
      <div className="gate-tools">
        <button type="button" className="text-button" onClick={() => switchLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('nav.language')}
        </button>
        <button type="button" className="text-button" onClick={() => switchMode(mode === 'dark' ? 'light' : 'dark')}>
          {mode === 'dark' ? t('nav.light') : t('nav.dark')}
        </button>
      </div>
    </div>
  );
}
