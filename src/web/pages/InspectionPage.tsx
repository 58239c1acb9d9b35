import '../quality/quality.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { instantInTable } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Finished } from '../quality/Finished.tsx';
import { Suggestion } from '../quality/Suggestion.tsx';
import { WhatIsAsked } from '../quality/WhatIsAsked.tsx';
import { Workplace } from '../quality/Workplace.tsx';
import { inspectionQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/quality/inspections/$taskId');

/** One inspection: to be filled in by whoever may, else as it was handed in. */
export function InspectionPage() {
  const { t, language, say } = useReader();
  const { taskId } = route.useParams();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const navigate = useNavigate();
  const query = useQuery(inspectionQuery(taskId));
  return (
    <>
      <p className="page-back">
        <Link to="/quality">← {t('quality.back')}</Link>
      </p>
      <Answer query={query}>
        {(inspection) => {
          const { own, rubric, agentName, happenedAt, reasons, state, next } = inspection;
          const toNext = () => navigate({ to: '/quality/inspections/$taskId', params: { taskId: String(next) } });
          const word = own ? t(`quality.purpose.${own.purpose}`) : t(`quality.states.${state}`);
          return (
            <>
              <PageHead title={say(rubric.name)}>
                <span className="quiet">
                  {[
                    word,
                    agentName ?? t('quality.hidden'),
                    instantInTable(happenedAt, organisation.timeZone, language),
                    reasons.map((reason) => t(`quality.reasons.${reason}`, reason)).join(t('mark.comma')),
                  ].join(' · ')}
                </span>
              </PageHead>
              {own ? (
                <Workplace
                  key={`${taskId} ${own.purpose}`}
                  {...{ rubric, own, purpose: own.purpose, busy: inspection.busy }}
                  message={inspection.message}
                  base={`/api/inspections/${taskId}`}
                  toNext={next === null ? null : toNext}
                  aside={
                    <>
                      <WhatIsAsked inspection={inspection} />
                      <Suggestion task={inspection.id} rubric={rubric} />
                    </>
                  }
                />
              ) : (
                <Finished key={taskId} inspection={inspection} />
              )}
            </>
          );
        }}
      </Answer>
    </>
  );
}
