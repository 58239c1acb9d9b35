import '../quality/quality.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AssistantPage as Page } from '../../quality/assistant/schemas.ts';
import { instantInTable, periodName, separated } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { AssistantAgreement } from '../quality/AssistantAgreement.tsx';
import { AssistantSettings } from '../quality/AssistantSettings.tsx';
import { assistantQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** The language model: whether it is on, how far it agrees with people, its limits and its requests. */
export function AssistantPage() {
  const { t, language } = useReader();
  const query = useQuery(assistantQuery);
  return (
    <>
      <p className="page-back">
        <Link to="/quality">← {t('quality.back')}</Link>
      </p>
      <PageHead title={t('quality.assistant.title')} />
      <p className="reading quality-lead">{t('quality.assistant.lead')}</p>
      <Answer query={query}>
        {(page) => (
          <>
            <p className="assistant-stand">
              <b>
                {page.settings.on
                  ? t('quality.assistant.isOn', { model: page.settings.model })
                  : t('quality.assistant.off')}
              </b>{' '}
              <span className="quiet">
                {t('quality.assistant.used', {
                  ...{ month: periodName(page.used.month, language) },
                  ...{ calls: separated(String(page.used.calls)), tokens: separated(String(page.used.tokens)) },
                })}
              </span>
            </p>
            <AssistantAgreement page={page} />
            {page.mayChange ? <AssistantSettings settings={page.settings} /> : null}
            {page.requests.length > 0 ? <Requests requests={page.requests} /> : null}
          </>
        )}
      </Answer>
    </>
  );
}

function Requests({ requests }: { readonly requests: Page['requests'] }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <section className="section">
      <h2>{t('quality.assistant.requests')}</h2>
      <div className="scroll-x">
        <table className="spreads">
          <thead>
            <tr>
              <th>{t('quality.assistant.at')}</th>
              <th>{t('quality.assistant.task')}</th>
              <th>{t('quality.assistant.by')}</th>
              <th>{t('quality.assistant.outcome')}</th>
              <th className="end">{t('quality.assistant.tokens')}</th>
            </tr>
          </thead>
          <tbody>
            {requests.map(({ id, at, task, by, outcome, status, tokens }) => (
              <tr key={id}>
                <td className="figure">{instantInTable(at, organisation.timeZone, language)}</td>
                <td className="figure">{task}</td>
                <td>{by}</td>
                <td>{t(`quality.assistant.outcomes.${outcome}`, { status: status ?? '' })}</td>
                <td className="end figure">{tokens}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
