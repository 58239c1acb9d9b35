import '../outcomes/outcomes.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { developmentKinds, developmentStates } from '../../outcomes/developmentSchemas.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { DevelopmentItem } from '../outcomes/DevelopmentItem.tsx';
import { OutcomeLinks } from '../outcomes/OutcomeLinks.tsx';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { developmentsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/improvement');

/** Trainings and improvement plans, to read on a phone. */
export function ImprovementPage() {
  const { t } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const state = developmentStates.find((each) => each === search.state) ?? 'open';
  const kind = developmentKinds.find((each) => each === search.kind);
  const query = useQuery(developmentsQuery(state, kind));
  const counts = query.data?.counts;
  return (
    <>
      <PageHead
        title={t('outcomes.improvement.title')}
        pickers={
          counts ? (
            <Segmented
              aria-label={t('outcomes.improvement.title')}
              value={state}
              onChange={(next) =>
                navigate({
                  search: (before) => ({ ...before, state: next === 'open' ? undefined : next }),
                  replace: true,
                })
              }
              options={developmentStates.map((value) => ({
                value,
                label: t(`outcomes.improvement.states.${value}`, { count: counts[value] }),
              }))}
            />
          ) : null
        }
      />
      <AppraisalLinks />
      <OutcomeLinks />
      <p className="reading outcome-lead">{t('outcomes.improvement.lead')}</p>
      <fieldset className="outcome-kinds">
        <legend className="unseen">{t('outcomes.kind')}</legend>
        {[undefined, ...developmentKinds].map((each) => (
          <button
            key={each ?? 'all'}
            type="button"
            aria-pressed={kind === each}
            onClick={() => navigate({ search: (before) => ({ ...before, kind: each }), replace: true })}
          >
            {each ? t(`outcomes.improvement.kinds.${each}`) : t('outcomes.anyKind')}
          </button>
        ))}
      </fieldset>
      <Answer
        query={query}
        empty={({ plans }) =>
          plans.length === 0 ? (
            <Empty title={t(`outcomes.improvement.none.${state}`)} text={t(`outcomes.improvement.noneText.${state}`)} />
          ) : null
        }
      >
        {({ plans }) => (
          <ul className="developments">
            {plans.map((plan) => (
              <DevelopmentItem key={plan.id} plan={plan} />
            ))}
          </ul>
        )}
      </Answer>
    </>
  );
}
