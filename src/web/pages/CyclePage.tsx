import '../cycles/cycles.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { cycleStates } from '../../appraisal/cycle.ts';
import type { CyclePage as Page } from '../../appraisal/schemas.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { Files } from '../cycles/Files.tsx';
import { NextStep } from '../cycles/NextStep.tsx';
import { ReviseOne } from '../cycles/ReviseOne.tsx';
import { instantInTable, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { cycleQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/cycles/$period');
const app = getRouteApi('/app');

/** One period on its way: where it stands, what the next step lacks, and what it came to. */
export function CyclePage() {
  const { t, language } = useReader();
  const { period } = route.useParams();
  const query = useQuery(cycleQuery(period));
  return (
    <>
      <PageHead title={periodName(period, language)}>
        <Link to="/cycles">{t('cycles.all')}</Link>
      </PageHead>
      <AppraisalLinks />
      <Answer query={query}>{(cycle) => <Cycle cycle={cycle} />}</Answer>
    </>
  );
}

function Cycle({ cycle }: { readonly cycle: Page }) {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const seesAll = me.scope.kind === 'all';
  const now = cycleStates.indexOf(cycle.state);
  const corrects =
    me.permissions.includes('cycle.write') &&
    (cycle.state === 'closed' || cycle.state === 'published') &&
    /^\d{4}-\d{2}$/.test(cycle.period);
  return (
    <>
      <ol className="cycle-rail">
        {cycleStates.map((state, i) => (
          <li
            key={state}
            className={i < now ? 'passed' : i === now ? 'here' : undefined}
            aria-current={i === now ? 'step' : undefined}
          >
            {t(`cycles.rail.${state}`)}
          </li>
        ))}
      </ol>
      {me.permissions.includes('meeting.read') && seesAll && cycle.people !== null ? (
        <p className="cycle-meeting">
          <Link to="/cycles/$period/meeting" params={{ period: cycle.period }}>
            {t('meeting.open')} →
          </Link>
        </p>
      ) : null}
      <NextStep cycle={cycle} mayMove={me.permissions.includes('cycle.write') && seesAll} />
      <div className="cycle-parts">
        {cycle.grades.length > 0 ? <Grades cycle={cycle} /> : null}
        {cycle.people !== null ? <Corrections cycle={cycle} /> : null}
        <Log cycle={cycle} />
        {me.permissions.includes('scorecard.export') && cycle.people !== null ? <Files period={cycle.period} /> : null}
      </div>
      {corrects ? <ReviseOne period={cycle.period} /> : null}
    </>
  );
}

function Grades({ cycle }: { readonly cycle: Page }) {
  const { t, say } = useReader();
  return (
    <section className="stack">
      <div className="row spread">
        <h2>{t('cycles.grades')}</h2>
        <Link to="/scorecards" search={{ period: cycle.period }}>
          {t('cycles.cards')}
        </Link>
      </div>
      <table className="cycle-list">
        <thead>
          <tr>
            <th scope="col">{t('cycles.plan')}</th>
            <th scope="col">{t('cycles.grade')}</th>
            <th scope="col" className="num">
              {t('cycles.peopleHead')}
            </th>
          </tr>
        </thead>
        <tbody>
          {cycle.grades.map(({ plan, grade, people }) => (
            <tr key={`${plan.id} ${plan.version} ${grade?.id ?? ''}`}>
              <td>{say(plan.name)}</td>
              <td>{grade ? say(grade) : t('cycles.unrated')}</td>
              <td className="num">{people}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Corrections({ cycle }: { readonly cycle: Page }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <section className="stack">
      <h2>{t('cycles.revised')}</h2>
      {cycle.revised.length === 0 ? <p className="quiet">{t('cycles.noneRevised')}</p> : null}
      <ul className="cycle-log">
        {cycle.revised.map((each) => (
          <li key={`${each.agentId} ${each.version}`}>
            <Link to="/scorecards/$agentId" params={{ agentId: each.agentId }} search={{ period: cycle.period }}>
              {each.name}
            </Link>{' '}
            <span className="figure">
              {t('cycles.change', {
                before: each.before ?? t('cycles.noTotal'),
                after: each.after ?? t('cycles.noTotal'),
              })}
            </span>{' '}
            <span className="quiet">
              {t(`cycles.cause.${each.cause}`)} · {t('cycles.version', { version: each.version })}
            </span>
            <p>{each.reason}</p>
            <p className="quiet small">
              {t('cycles.by', { name: each.by, at: instantInTable(each.at, organisation.timeZone, language) })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Log({ cycle }: { readonly cycle: Page }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <section className="stack">
      <h2>{t('cycles.moves')}</h2>
      {cycle.moves.length === 0 ? <p className="quiet">{t('cycles.noMoves')}</p> : null}
      <ol className="cycle-log">
        {cycle.moves.map((move) => (
          <li key={move.at}>
            {t(`cycles.moveTo.${move.to}`)}{' '}
            <span className="quiet small">
              {t('cycles.by', { name: move.by, at: instantInTable(move.at, organisation.timeZone, language) })}
            </span>
            {move.reason === '' ? null : <p>{move.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
