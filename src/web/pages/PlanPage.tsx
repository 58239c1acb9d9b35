import '../plan/plan.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { PlanPage as PlanPageData } from '../../scores/schemas.ts';
import { errorSentence } from '../api.ts';
import { Acknowledged } from '../drafts/Acknowledged.tsx';
import { Drafts } from '../drafts/Drafts.tsx';
import { useMakeDraft } from '../drafts/NewDraft.tsx';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Blocks } from '../plan/Blocks.tsx';
import { GiveInputs } from '../plan/GiveInputs.tsx';
import { History } from '../plan/History.tsx';
import { Rules } from '../plan/Rules.tsx';
import { planQuery } from '../queries.ts';
import { ReviewDue } from '../review/ReviewDue.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/plans/$planId');
const app = getRouteApi('/app');

export function PlanPage() {
  const { t } = useReader();
  const { planId } = route.useParams();
  const { version } = route.useSearch();
  const query = useQuery(planQuery(planId, version === undefined ? undefined : Number(version)));
  return (
    <>
      <p className="page-back">
        <Link to="/plans">← {t('plans.title')}</Link>
      </p>
      <Answer query={query}>{(page) => <Readable page={page} />}</Answer>
    </>
  );
}

function Readable({ page }: { readonly page: PlanPageData }) {
  const { t, language, say } = useReader();
  const { me } = app.useRouteContext();
  const mayPublish = me.permissions.includes('plan.publish');
  const make = useMakeDraft();
  const { plan } = page;
  const { version: asked } = route.useSearch();
  // Whoever did not ask for a version goes on from the newest, which may be waiting for its month.
  const base = asked === undefined ? Math.max(...page.versions.map(({ version }) => version)) : page.version;
  const issues = page.issues.filter((issue) => issue.level !== 'note');
  return (
    <article className="plan">
      <PageHead title={say(plan.name)}>
        {mayPublish ? (
          <Button type="primary" loading={make.isPending} onClick={() => make.mutate({ plan: page.id, version: base })}>
            {t('draft.edit')}
          </Button>
        ) : null}
      </PageHead>
      {make.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(make.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="reading plan-summary">{say(plan.summary)}</p>
      <p className="quiet small">{t('plans.version', { version: page.version })}</p>
      <ReviewDue plan={page.id} />
      {issues.length > 0 ? (
        <section className="notice plan-issues">
          <b>{t('plans.issues')}</b>
          <ul>
            {issues.map((issue) => (
              <li key={`${issue.path} ${issue.code}`}>{say(issue.message)}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <GiveInputs key={plan.id} page={page} />
      <div className="plan-body">
        <div>
          <Blocks page={page} />
        </div>
        <div>
          <Rules page={page} />
        </div>
      </div>
      {me.permissions.includes('plan.try') ? <Drafts plan={page.id} /> : null}
      {me.permissions.includes('acknowledgement.read') ? (
        <Acknowledged key={page.version} plan={page.id} version={page.version} />
      ) : null}
      <History page={page} />
    </article>
  );
}
