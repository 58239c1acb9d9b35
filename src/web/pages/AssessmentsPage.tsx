import '../assess/assess.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { AssessmentList, AssessmentTask } from '../../appraisal/assessments/schemas.ts';
import { AssessLinks } from '../assess/AssessLinks.tsx';
import { Behind } from '../assess/Behind.tsx';
import { dayInTable, instantInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { assessmentsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/assessments');

/** What the reader has to assess, and who has not been assessed. */
export function AssessmentsPage() {
  const { t } = useReader();
  const { period } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(assessmentsQuery);
  return (
    <>
      <PageHead title={t('assess.title')}>
        <AssessLinks />
      </PageHead>
      <p className="reading assess-lead">{t('assess.lead')}</p>
      <Answer query={query}>
        {(list) => (
          <>
            <Reminded list={list} />
            {list.may.assess && (list.tasks.length > 0 || !list.may.remind) ? <Tasks list={list} /> : null}
            {list.period === null ? (
              <Empty title={t('assess.noFormsAtAll')} text={t('assess.noFormsText')} />
            ) : (
              <Behind
                periods={list.periods}
                period={period ?? list.period}
                change={(chosen) => navigate({ search: { period: chosen }, replace: true })}
              />
            )}
          </>
        )}
      </Answer>
    </>
  );
}

function Reminded({ list: { reminded, open, overdue, undecided } }: { readonly list: AssessmentList }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <>
      {reminded ? (
        <p className="notice assess-reminded">
          {t('assess.reminded', {
            name: reminded.byName,
            at: instantInTable(reminded.at, organisation.timeZone, language),
            open,
          })}
          {overdue > 0 ? <b className="red"> {t('assess.overdueCount', { count: overdue })}</b> : null}
        </p>
      ) : null}
      {undecided > 0 ? (
        <p className="notice">
          <Link to="/assessments/nominations">{t('assess.undecided', { count: undecided })}</Link>
        </p>
      ) : null}
    </>
  );
}

function Tasks({ list: { tasks } }: { readonly list: AssessmentList }) {
  const { t } = useReader();
  const shown = tasks.filter(({ kind }) => kind !== 'nomination');
  // What is done or still far off stands below what is due.
  const due = shown.filter(({ isEnded, isClosed, done, total }) => isEnded && !isClosed && done < total);
  const running = shown.filter(({ isEnded, isClosed }) => !isEnded && !isClosed);
  const done = shown.filter((task) => !due.includes(task) && !running.includes(task));
  if (shown.length === 0) return <Empty title={t('assess.nothing')} text={t('assess.nothingText')} />;
  return (
    <>
      <TaskList title={t('assess.dueNow')} tasks={due} empty={t('assess.allDone')} />
      {running.length > 0 ? <TaskList title={t('assess.running')} tasks={running} empty="" /> : null}
      {done.length > 0 ? (
        <details className="section">
          <summary>{t('assess.earlier', { count: done.length })}</summary>
          <TaskList title={null} tasks={done} empty="" />
        </details>
      ) : null}
    </>
  );
}

function TaskList(props: {
  readonly title: string | null;
  readonly tasks: readonly AssessmentTask[];
  readonly empty: string;
}) {
  const { title, tasks, empty } = props;
  return (
    <section className="section">
      {title === null ? null : <h2>{title}</h2>}
      {tasks.length === 0 ? <p className="quiet">{empty}</p> : null}
      <ul className="assess-tasks">
        {tasks.map((task) => (
          <li key={`${task.period} ${task.plan} ${task.form}`}>
            <TaskLine task={task} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function TaskLine({ task }: { readonly task: AssessmentTask }) {
  const { t, language, say } = useReader();
  const { period, plan, form, total, done, drafts } = task;
  return (
    <Link to="/assessments/$period/$plan/$form" params={{ period, plan, form }} className="assess-task">
      <span>
        <b>{say(task.name)}</b>
        {task.isOptional ? <span className="quiet small"> {t('assess.optional')}</span> : null}
        <span className="quiet small assess-plan">{say(task.planName)}</span>
      </span>
      <span>{periodName(period, language)}</span>
      <span className={task.isOverdue && !task.isOptional ? 'red' : 'quiet'}>
        {t('assess.dueOn', { day: dayInTable(task.dueOn, language) })}
        {task.isOverdue && !task.isOptional ? ` ${t('assess.overdue')}` : ''}
      </span>
      <span className="assess-bar-of">
        <progress className="assess-bar" max={total} value={done} aria-label={t('assess.doneOf', { done, total })} />
        <span className="figure">{t('assess.doneOf', { done, total })}</span>
        {drafts > 0 ? <span className="quiet small">{t('assess.drafts', { count: drafts })}</span> : null}
      </span>
    </Link>
  );
}
