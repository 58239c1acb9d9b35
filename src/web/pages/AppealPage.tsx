import '../appeals/appeals.css';
import '../cycles/cycles.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Appeal } from '../../appraisal/appeals/schemas.ts';
import { stepAt, steps } from '../appeals/appealView.ts';
import { Compare } from '../appeals/Compare.tsx';
import { Correction } from '../appeals/Correction.tsx';
import { Decide } from '../appeals/Decide.tsx';
import { Evidence } from '../appeals/Evidence.tsx';
import { Reviews } from '../appeals/Reviews.tsx';
import { dayInTable, instantInTable, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { appealQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/appeals/$appealId');

/** One appeal: how far it has come, what it says and rests on, what was decided, and the decision at hand. */
export function AppealPage() {
  const { t } = useReader();
  const { appealId } = route.useParams();
  const query = useQuery(appealQuery(appealId));
  return (
    <>
      <p className="page-back">
        <Link to="/appeals">← {t('appeals.title')}</Link>
      </p>
      <Answer query={query}>{(appeal) => <Shown key={appealId} appeal={appeal} />}</Answer>
    </>
  );
}

function Shown({ appeal }: { readonly appeal: Appeal }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const when = (at: string) => instantInTable(at, organisation.timeZone, language);
  return (
    <>
      <PageHead title={say(appeal.title)}>
        <span className="quiet">
          {[t('appeals.of', { name: appeal.agentName }), periodName(appeal.period, language)].join(' · ')}
        </span>
      </PageHead>
      <Rail appeal={appeal} />
      <div className="appeal">
        <section className="stack">
          <h2>{t('appeals.reason')}</h2>
          <p className="reading appeal-text">{appeal.reason}</p>
          <p className="quiet small">
            {[
              t('appeals.by', { name: appeal.submittedBy, at: when(appeal.submittedAt) }),
              appeal.rule ? t('appeals.rule', { rule: appeal.rule }) : null,
              appeal.judge ? t('appeals.judge', { name: appeal.judge }) : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p>
            <SubjectLink appeal={appeal} />
          </p>
        </section>
        <Evidence appeal={appeal} />
        {appeal.decisions.length > 0 ? (
          <section className="stack">
            <h2>{t('appeals.decisions')}</h2>
            {appeal.decisions.map(({ step, decision, reason, corrections, by, at, inPlace }) => (
              <article key={step} className="appeal-decision">
                <p>
                  {t(`appeals.decision.${step}`)}{' '}
                  <b className={decision === 'upheld' ? 'appeals-upheld' : undefined}>
                    {t(`appeals.outcome.${decision}`)}
                  </b>
                </p>
                <p className="reading appeal-text">{reason}</p>
                {decision === 'upheld' ? (
                  <ul>
                    {corrections.map((each) => (
                      <Correction key={JSON.stringify(each)} correction={each} />
                    ))}
                  </ul>
                ) : null}
                <p className="quiet small">
                  {t('appeals.by', { name: by, at: when(at) })} {inPlace ? t('appeals.inPlace') : null}
                </p>
              </article>
            ))}
          </section>
        ) : null}
        {appeal.result ? (
          <section className="stack">
            <h2>{t('appeals.compare.title')}</h2>
            <Compare compared={appeal.result} />
          </section>
        ) : null}
        {appeal.noSupervisor ? <p className="notice">{t('appeals.noSupervisor')}</p> : null}
        {appeal.mayDecide ? <Decide appeal={appeal} /> : null}
        {appeal.reviews.length > 0 ? (
          <section className="stack">
            <h2>{t('appeals.reviews')}</h2>
            <Reviews reviews={appeal.reviews} />
          </section>
        ) : null}
      </div>
    </>
  );
}

function Rail({ appeal }: { readonly appeal: Appeal }) {
  const { t, language } = useReader();
  const now = stepAt(appeal.state);
  return (
    <ol className="cycle-rail">
      {steps.map((step, i) => (
        <li
          key={step}
          className={i < now ? 'passed' : i === now ? 'here' : undefined}
          aria-current={i === now ? 'step' : undefined}
        >
          {step === 'final' && appeal.outcome ? t(`appeals.outcome.${appeal.outcome}`) : t(`appeals.step.${step}`)}
          {i === now && appeal.dueOn ? (
            <span className={appeal.overdue ? 'appeal-due red' : 'appeal-due quiet'}>
              {t('appeals.due', { day: dayInTable(appeal.dueOn, language) })}
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

/** To what is disputed, where it can be looked at. */
function SubjectLink({ appeal: { kind, subject, period, agentId } }: { readonly appeal: Appeal }) {
  const { t } = useReader();
  const session = /^hit:[^:]+:(.+):[^:]+$/.exec(subject)?.[1];
  if (kind === 'inspection')
    return (
      <Link to="/quality/inspections/$taskId" params={{ taskId: subject }}>
        {t('appeals.kind.inspection')} →
      </Link>
    );
  return (
    <span className="row">
      <Link
        to="/scorecards/$agentId"
        params={{ agentId }}
        search={kind === 'item' ? { period, item: subject } : { period }}
      >
        {t('appeals.card')} →
      </Link>
      {session ? (
        <Link to="/sessions/$sessionId" params={{ sessionId: session }}>
          {t('appeals.review.session')} →
        </Link>
      ) : null}
    </span>
  );
}
