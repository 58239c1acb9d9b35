import '../quality/quality.css';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { InspectionList } from '../../quality/inspections/schemas.ts';
import { instantInTable } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { QualityLinks } from '../quality/QualityLinks.tsx';
import { inspectionsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const route = getRouteApi('/app/quality');
const views = ['mine', 'wanted', 'done'] as const;
type View = (typeof views)[number];
type Line = InspectionList['lines'][number];

/** What there is to score, and what has been scored. */
export function QualityPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const navigate = route.useNavigate();
  const asked = route.useSearch().view;
  const judges = me.permissions.includes('inspection.write');
  const view = views.find((each) => each === asked) ?? (judges ? 'mine' : 'done');
  const query = useInfiniteQuery(inspectionsQuery(view));
  const counts = query.data?.pages[0]?.counts;
  return (
    <>
      <PageHead
        title={t('quality.title')}
        pickers={
          judges ? (
            <Segmented<View>
              value={view}
              onChange={(chosen) => navigate({ search: { view: chosen }, replace: true })}
              options={views.map((each) => ({
                value: each,
                label: counts ? `${t(`quality.view.${each}`)} ${counts[each]}` : t(`quality.view.${each}`),
              }))}
            />
          ) : undefined
        }
      >
        <QualityLinks />
      </PageHead>
      <p className="reading quality-lead">{me.role === 'agent' ? t('quality.leadAgent') : t('quality.lead')}</p>
      <Answer
        query={query}
        empty={({ pages }) =>
          pages[0]?.lines.length === 0 ? (
            <Empty title={t(`quality.nothing.${view}`)} text={t(`quality.nothingText.${view}`)} />
          ) : null
        }
      >
        {({ pages }) => (
          <>
            <ul className="queue">
              {pages
                .flatMap(({ lines }) => lines)
                .map((line) => (
                  <QueueLine key={line.id} line={line} view={view} />
                ))}
            </ul>
            {query.hasNextPage ? (
              <button type="button" className="press press-plain" onClick={() => query.fetchNextPage()}>
                {t('quality.more')}
              </button>
            ) : null}
          </>
        )}
      </Answer>
    </>
  );
}

function QueueLine({ line, view }: { readonly line: Line; readonly view: View }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const when = instantInTable(line.happenedAt, organisation.timeZone, language);
  return (
    <li>
      <Link to="/quality/inspections/$taskId" params={{ taskId: String(line.id) }} className="queue-line">
        <span className="queue-who">
          <b>{line.agentName ?? t('quality.hidden')}</b> <span className="quiet">{line.team ?? ''}</span>
        </span>
        <span className="figure">{when}</span>
        <span className="queue-why">
          {line.reasons.map((reason) => t(`quality.reasons.${reason}`, reason)).join(t('mark.comma'))}
        </span>
        <span className="quiet">{say(line.rubric)}</span>
        <span className="queue-end">
          {view === 'done' ? (
            <>
              <span className={line.state === 'disputed' ? 'queue-disputed' : 'quiet'}>
                {t(`quality.states.${line.state}`)}
              </span>
              <b className="figure queue-score">{line.score}</b>
            </>
          ) : (
            <>
              <span className="quiet">{line.draft ? t('quality.draft') : (line.assignee ?? t('quality.anybody'))}</span>
              <span className="queue-go">{line.draft ? t('quality.goOn') : t('quality.start')} →</span>
            </>
          )}
        </span>
      </Link>
    </li>
  );
}
