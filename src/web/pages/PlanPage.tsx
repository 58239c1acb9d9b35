import '../plan/plan.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { PlanPage as PlanPageData } from '../../scores/schemas.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Blocks } from '../plan/Blocks.tsx';
import { GiveInputs } from '../plan/GiveInputs.tsx';
import { History } from '../plan/History.tsx';
import { Rules } from '../plan/Rules.tsx';
import { planQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/plans/$planId');

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
  const { t, say } = useReader();
  const { plan } = page;
  const issues = page.issues.filter((issue) => issue.level !== 'note');
  return (
    <article className="plan">
      <PageHead title={say(plan.name)} />
      <p className="reading plan-summary">{say(plan.summary)}</p>
      <p className="quiet small">{t('plans.version', { version: page.version })}</p>
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
          <Rules plan={plan} />
        </div>
      </div>
      <History page={page} />
    </article>
  );
}
