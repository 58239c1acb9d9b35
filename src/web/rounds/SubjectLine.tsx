import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { type Perspective, perspectives } from '../../appraisal/rounds/perspectives.ts';
import type { FeedbackRoundPage } from '../../appraisal/rounds/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';

type Subject = FeedbackRoundPage['subjects'][number];
interface Line {
  readonly round: FeedbackRoundPage;
  readonly subject: Subject;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

/** One person and who rates them; opened, HR changes it. */
export function SubjectLine({ round, subject, isOpen, toggle }: Line) {
  const { t } = useReader();
  const { name, team, raters } = subject;
  const others = raters.filter(({ perspective }) => perspective !== 'self');
  return (
    <li>
      <button type="button" className="round-line round-subject" aria-expanded={isOpen} onClick={toggle}>
        <span>
          <b>{name}</b> <span className="quiet small">{team}</span>
        </span>
        <span className="quiet">
          {perspectives
            .filter((each) => each !== 'self')
            .map(
              (each) =>
                `${t(`rounds.group.${each}`)} ${raters.filter(({ perspective }) => perspective === each).length}`,
            )
            .join(' · ')}
        </span>
        <span className="figure">
          {t('assess.doneOf', { done: others.filter(({ isSubmitted }) => isSubmitted).length, total: others.length })}
        </span>
      </button>
      {isOpen ? round.may.change ? <Change round={round} subject={subject} /> : <Names subject={subject} /> : null}
    </li>
  );
}

function Names({ subject: { raters } }: { readonly subject: Subject }) {
  const { t } = useReader();
  return (
    <ul className="round-raters">
      {raters.map((each) => (
        <li key={each.rater}>
          {each.name} <span className="quiet small">{t(`rounds.group.${each.perspective}`)}</span>{' '}
          <RaterState rater={each} />
        </li>
      ))}
    </ul>
  );
}

function RaterState({ rater: { isSubmitted, hasLeft, hasAccount } }: { readonly rater: Subject['raters'][number] }) {
  const { t } = useReader();
  if (isSubmitted) return <span className="assess-ok small">✓ {t('rounds.done')}</span>;
  if (hasLeft) return <span className="fault small">{t('rounds.left')}</span>;
  return hasAccount ? null : <span className="quiet small">{t('rounds.noAccount')}</span>;
}

type Chosen = Pick<Subject['raters'][number], 'rater' | 'perspective'>;

function Change({ round, subject }: Pick<Line, 'round' | 'subject'>) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [chosen, choose] = useState<readonly Chosen[]>(
    subject.raters.map(({ rater, perspective }) => ({ rater, perspective })),
  );
  const [perspective, setPerspective] = useState<Exclude<Perspective, 'self'>>('peer');
  const save = useMutation({
    mutationFn: () => send('PUT', `/api/rounds/${round.id}/raters`, { subject: subject.agentId, raters: chosen }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['feedback'] }),
  });
  const known = new Map(subject.raters.map((each) => [each.rater, each]));
  const nameOf = (id: string) => known.get(id)?.name ?? round.people.find((each) => each.id === id)?.name ?? id;
  const free = round.people.filter(({ id }) => !chosen.some(({ rater }) => rater === id));
  return (
    <div className="stack round-change">
      <ul className="round-raters">
        {chosen.map((each) => {
          const rater = known.get(each.rater);
          return (
            <li key={each.rater}>
              {nameOf(each.rater)} <span className="quiet small">{t(`rounds.group.${each.perspective}`)}</span>{' '}
              {rater ? <RaterState rater={rater} /> : null}
              {rater?.isSubmitted ? null : (
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('rounds.takeAway', { name: nameOf(each.rater) })}
                  onClick={() => choose(chosen.filter(({ rater: id }) => id !== each.rater))}
                >
                  ×
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <div className="row">
        <Select
          aria-label={t('rounds.perspective')}
          value={perspective}
          onChange={setPerspective}
          options={perspectives.flatMap((value) =>
            value === 'self' ? [] : [{ value, label: t(`rounds.group.${value}`) }],
          )}
          popupMatchSelectWidth={false}
        />
        <Select
          className="round-add"
          aria-label={t('rounds.add')}
          showSearch
          optionFilterProp="label"
          placeholder={t('rounds.add')}
          value={null}
          onChange={(rater: string | null) => {
            if (rater === null) return;
            choose([...chosen, { rater, perspective: rater === subject.agentId ? 'self' : perspective }]);
          }}
          options={free.map(({ id, name, team }) => ({ value: id, label: `${name} ${team}`.trim() }))}
        />
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {t('rounds.saveRaters')}
        </Button>
      </div>
      {save.isSuccess ? <p className="quiet small">{t('quality.saved')}</p> : null}
      {save.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(save.error, language) ?? t('state.unreachable')}
        </p>
      ) : null}
    </div>
  );
}
