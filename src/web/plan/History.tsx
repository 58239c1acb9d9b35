import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Select } from 'antd';
import type { PlanPage } from '../../scores/schemas.ts';
import { instantInTable, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { organisationQuery, planDiffQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/plans/$planId');

export function History({ page }: { readonly page: PlanPage }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const newestFirst = [...page.versions].sort((one, other) => other.version - one.version);
  return (
    <section className="section">
      <h2>{t('plans.history')}</h2>
      <ul className="plan-lines">
        {newestFirst.map((version) => (
          <li key={version.version} className="row">
            <Link to="/plans/$planId" params={{ planId: page.id }} search={{ version: String(version.version) }}>
              {t('plans.version', { version: version.version })}
            </Link>
            <span>
              {[
                version.origin === 'template' ? t('plans.template') : t('plans.own'),
                version.inForceFrom ? t('plans.inForce', { month: periodName(version.inForceFrom, language) }) : null,
                instantInTable(version.publishedAt, organisation.timeZone, language),
                version.publishedBy,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className="quiet small" title={version.hash}>
              {t('plans.hash')} {version.hash.slice(0, 12)}
            </span>
          </li>
        ))}
      </ul>
      {newestFirst.length < 2 ? <p className="quiet">{t('plans.onlyVersion')}</p> : <Compare page={page} />}
    </section>
  );
}

function Compare({ page }: { readonly page: PlanPage }) {
  const { t } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const numbers = page.versions.map((version) => version.version).sort((one, other) => one - other);
  const to = search.to === undefined ? (numbers.at(-1) ?? page.version) : Number(search.to);
  const from = search.from === undefined ? (numbers.at(-2) ?? page.version) : Number(search.from);
  const options = numbers.map((version) => ({ value: version, label: t('plans.version', { version }) }));
  const change = (part: Partial<Record<'from' | 'to', string>>) =>
    navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return (
    <div className="plan-compare">
      <div className="row">
        <span className="quiet">{t('plans.compare')}</span>
        <Select
          aria-label={t('plans.compare')}
          value={from}
          options={options}
          onChange={(value) => change({ from: String(value) })}
        />
        <span>→</span>
        <Select
          aria-label={t('plans.compare')}
          value={to}
          options={options}
          onChange={(value) => change({ to: String(value) })}
        />
      </div>
      <Differences id={page.id} from={from} to={to} />
    </div>
  );
}

function Differences({ id, from, to }: { readonly id: string; readonly from: number; readonly to: number }) {
  const { t, say } = useReader();
  const query = useQuery(planDiffQuery(id, from, to));
  return (
    <>
      <h3>{t('plans.differences', { from, to })}</h3>
      <Answer query={query}>
        {(diff) =>
          diff.changes.length === 0 ? (
            <p className="quiet">{t('plans.noDifferences')}</p>
          ) : (
            <ul className="plan-lines">
              {diff.changes.map((change) => (
                <li key={change.path}>
                  {say(change.text)}
                  {change.kind === 'changed' && change.before !== null && change.after !== null ? (
                    <span className="quiet">
                      {' '}
                      <del>{change.before}</del> → <ins>{change.after}</ins>
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </>
  );
}
