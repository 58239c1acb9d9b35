import { Link } from '@tanstack/react-router';
import { useReader } from '../text/language.ts';

export function NotFound() {
  const { t } = useReader();
  return (
    <section className="state">
      <title>{`${t('state.notFound')} · ${t('brand.name')} ${t('brand.latin')}`}</title>
      <h2>{t('state.notFound')}</h2>
      <p>{t('state.notFoundText')}</p>
      <Link to="/" className="press">
        {t('state.home')}
      </Link>
    </section>
  );
}
