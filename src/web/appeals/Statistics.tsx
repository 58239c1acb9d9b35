import { useQuery } from '@tanstack/react-query';
import type { AppealStatisticsPage } from '../../appraisal/appeals/schemas.ts';
import { Answer } from '../parts/Answer.tsx';
import { appealStatisticsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

type Share = AppealStatisticsPage['rules'][number] & { readonly name?: string };

/** Which rules, judges and items are overturned often, with how sure that is: the lowest sure share first. */
export function Statistics() {
  const { t, say } = useReader();
  const query = useQuery(appealStatisticsQuery);
  return (
    <section className="section">
      <h2>{t('appeals.statistics.title')}</h2>
      <Answer query={query}>
        {({ decided, upheld, rules, judges, items }) => (
          <>
            <p className="quiet">{t('appeals.statistics.lead', { decided, upheld })}</p>
            <div className="cycle-parts">
              <Shares title={t('appeals.statistics.rules')} shares={rules} />
              <Shares title={t('appeals.statistics.judges')} shares={judges} />
              <Shares
                title={t('appeals.statistics.items')}
                shares={items.map((item) => ({ ...item, name: say(item.name) }))}
              />
            </div>
          </>
        )}
      </Answer>
    </section>
  );
}

const percent = (share: number) => String(Math.round(share * 100));

function Shares({ title, shares }: { readonly title: string; readonly shares: readonly Share[] }) {
  const { t } = useReader();
  return (
    <div>
      <h3>{title}</h3>
      {shares.length === 0 ? <p className="quiet">{t('appeals.statistics.none')}</p> : null}
      <ul className="appeal-shares">
        {shares.map(({ id, name, decided, upheld, low, high }) => (
          <li key={id}>
            <span>{name ?? id}</span>
            <span className="figure quiet">
              {t('appeals.statistics.share', { upheld, decided, low: percent(low), high: percent(high) })}
            </span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <line x1="0" x2="100" y1="4" y2="4" />
              <rect x={low * 100} width={Math.max(1, (high - low) * 100)} y="2" height="4" />
              <rect className="appeal-share-at" x={(upheld / decided) * 100 - 0.75} width="1.5" y="0" height="8" />
            </svg>
          </li>
        ))}
      </ul>
    </div>
  );
}
