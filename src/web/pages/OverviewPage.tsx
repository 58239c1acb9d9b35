import '../overview/overview.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Overview } from '../../scores/schemas.ts';
import { periodName, score } from '../format.ts';
import { DataQuality } from '../overview/DataQuality.tsx';
import { Distribution } from '../overview/Distribution.tsx';
import { Missed } from '../overview/Missed.tsx';
import { Moved } from '../overview/Moved.tsx';
import { Answer, Empty } from '../parts/Answer.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Pickers, useChoice } from '../parts/Pickers.tsx';
import { type Choice, overviewQuery } from '../queries.ts';
import { ReviewAlerts } from '../review/ReviewDue.tsx';
import { RuleAlerts } from '../rules/RuleAlerts.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/');
const app = getRouteApi('/app');

export function OverviewPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choice = useChoice(search);
  return (
    <>
      <PageHead
        title={t('overview.title')}
        pickers={
          choice ? (
            <Pickers
              choice={choice}
              ownPlan={t('pick.assigned')}
              change={(change) => navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
            />
          ) : null
        }
      >
        {choice ? (
          <Link to="/scorecards" search={choice} className="press">
            {t('cards.title')}
          </Link>
        ) : null}
      </PageHead>
      {choice ? <Glance choice={choice} /> : <NoDataYet />}
      {me.permissions.includes('rule.read') ? <RuleAlerts /> : null}
      {me.permissions.includes('review.read') ? <ReviewAlerts /> : null}
      {me.permissions.includes('import.read') ? <DataQuality /> : null}
    </>
  );
}

function Glance({ choice }: { readonly choice: Choice }) {
  const { t, language } = useReader();
  const query = useQuery(overviewQuery(choice));
  return (
    <Answer
      query={query}
      empty={(overview) =>
        overview.agents === 0 ? (
          <Empty
            title={t('overview.empty')}
            text={t('overview.emptyPeriod', { period: periodName(choice.period, language) })}
          />
        ) : null
      }
    >
      {(overview) => <Ready overview={overview} plan={choice.plan} />}
    </Answer>
  );
}

function Ready({ overview, plan: chosen }: { readonly overview: Overview; readonly plan: string | undefined }) {
  const { t } = useReader();
  return (
    <>
      {overview.plans.length > 1 ? <p className="quiet small">{t('cards.mixed')}</p> : null}
      {overview.plans.map((plan) => (
        <PlanGlance key={plan.plan.id} glance={plan} named={overview.plans.length > 1} />
      ))}
      <div className="columns">
        <Moved overview={overview} plan={chosen} />
        <Missed overview={overview} />
      </div>
    </>
  );
}

type PlanGlanceOf = Overview['plans'][number];

function PlanGlance({ glance, named }: { readonly glance: PlanGlanceOf; readonly named: boolean }) {
  const { t, say } = useReader();
  return (
    <>
      {named ? <h2 className="glance-plan">{say(glance.plan.name)}</h2> : null}
      <div className="glance">
        <section className="glance-mean">
          <h3 className="quiet">{t('overview.mean')}</h3>
          <p>
            <b>{score(glance.meanTotal)}</b> <span className="quiet">{t('unit.points')}</span>
          </p>
          <p className="quiet">{t('overview.rated', { rated: glance.rated, agents: glance.agents })}</p>
          <dl className="glance-grades">
            {glance.grades.map(({ grade, count }) => (
              <div key={grade.id}>
                <dt>{say(grade)}</dt>
                <dd className="figure">{t('cards.count', { count })}</dd>
              </div>
            ))}
          </dl>
        </section>
        <Distribution bins={glance.distribution} />
      </div>
    </>
  );
}
