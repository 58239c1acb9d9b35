import '../assess/assess.css';
import '../rounds/rounds.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { FeedbackRoundPage } from '../../appraisal/rounds/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { dayInTable, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { feedbackRoundQuery } from '../queries.ts';
import { Report } from '../rounds/Report.tsx';
import { SubjectLine } from '../rounds/SubjectLine.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/rounds/$roundId');

/** One round for those who run it: who rates whom, how far it is, and the next step. */
export function RoundPage() {
  const { t, language } = useReader();
  const { roundId } = route.useParams();
  const query = useQuery(feedbackRoundQuery(roundId));
  return (
    <>
      <p className="page-back">
        <Link to="/rounds">← {t('rounds.title')}</Link>
      </p>
      <Answer query={query}>
        {(round) => (
          <>
            <PageHead title={round.name}>
              <Steps round={round} />
            </PageHead>
            <p className="quiet">
              {[
                t(`rounds.state.${round.state}`),
                periodName(round.period, language),
                t('assess.dueOn', { day: dayInTable(round.dueOn, language) }),
                t('rounds.madeBy', { name: round.madeName }),
                ...(round.openedName ? [t('rounds.openedBy', { name: round.openedName })] : []),
                ...(round.publishedName ? [t('rounds.publishedBy', { name: round.publishedName })] : []),
              ].join(' · ')}
            </p>
            <Issues round={round} />
            {round.state === 'closed' || round.state === 'published' ? <Report round={round} /> : null}
            <Subjects round={round} />
          </>
        )}
      </Answer>
    </>
  );
}

function Steps({ round: { id, may, state } }: { readonly round: FeedbackRoundPage }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const move = useMutation({
    mutationFn: (to: 'open' | 'close' | 'publish') => send('POST', `/api/rounds/${id}/${to}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['feedback'] }),
  });
  const remove = useMutation({
    mutationFn: () => send('DELETE', `/api/rounds/${id}`),
    onSuccess: async () => {
      await navigate({ to: '/rounds' });
      await client.invalidateQueries({ queryKey: ['feedback'] });
    },
  });
  const error = move.error ?? remove.error;
  return (
    <div className="stack round-steps">
      <div className="row">
        {may.approve ? (
          <Button type="primary" loading={move.isPending} onClick={() => move.mutate('open')}>
            {t('rounds.approve')}
          </Button>
        ) : null}
        {may.close ? (
          <Button loading={move.isPending} onClick={() => move.mutate('close')}>
            {t('rounds.close')}
          </Button>
        ) : null}
        {may.publish ? (
          <Button type="primary" loading={move.isPending} onClick={() => move.mutate('publish')}>
            {t('rounds.publish')}
          </Button>
        ) : null}
        {state === 'draft' && may.change ? (
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('rounds.remove')}
          </Button>
        ) : null}
      </div>
      {error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(error, language) ?? t('state.unreachable')}
        </p>
      ) : null}
    </div>
  );
}

function Issues({ round: { issues, subjects } }: { readonly round: FeedbackRoundPage }) {
  const { t } = useReader();
  if (issues.length === 0) return null;
  const nameOf = (id: string) => subjects.find(({ agentId }) => agentId === id)?.name ?? id;
  const raterOf = (subject: string, rater: string) =>
    subjects.find(({ agentId }) => agentId === subject)?.raters.find((each) => each.rater === rater)?.name ?? rater;
  const forbidding = issues.filter(({ forbids }) => forbids);
  const small = issues.filter(({ code }) => code === 'group.tooFew');
  const few = [...new Set(small.map(({ subject }) => nameOf(subject)))];
  return (
    <div className="notice stack">
      {forbidding.map(({ code, subject, rater }) => (
        <p key={`${code} ${subject} ${rater}`} className="fault">
          {code === 'rater.left' && rater !== undefined
            ? t('rounds.issueLeft', { name: nameOf(subject), rater: raterOf(subject, rater) })
            : t('rounds.issueNone', { name: nameOf(subject) })}
        </p>
      ))}
      {small.length > 0 ? (
        <p>
          {t('rounds.issueFew', {
            count: small.length,
            names: few.slice(0, 8).join(t('mark.comma')) + (few.length > 8 ? '…' : ''),
          })}
        </p>
      ) : null}
    </div>
  );
}

function Subjects({ round }: { readonly round: FeedbackRoundPage }) {
  const { t } = useReader();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section className="section">
      <h2>{t('rounds.who')}</h2>
      <ul className="round-lines">
        {round.subjects.map((subject) => (
          <SubjectLine
            key={subject.agentId}
            round={round}
            subject={subject}
            isOpen={open === subject.agentId}
            toggle={() => setOpen(open === subject.agentId ? null : subject.agentId)}
          />
        ))}
      </ul>
    </section>
  );
}
