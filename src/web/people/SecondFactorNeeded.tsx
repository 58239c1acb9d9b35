import type { Me } from '../../people/schemas.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { useReader } from '../text/language.ts';
import { SecondFactor } from './SecondFactor.tsx';

/** In place of every page, for somebody whose role has to have a second factor and who has none yet. */
export default function SecondFactorNeeded({ me }: { readonly me: Me }) {
  const { t } = useReader();
  return (
    <>
      <PageHead title={t('factor.title')} />
      <section className="section factor-needed">
        <p className="notice">{t('factor.demanded')}</p>
        <SecondFactor me={me} />
      </section>
    </>
  );
}
