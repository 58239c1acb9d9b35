import { useSuspenseQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { MarkView, SessionInspection } from '../../quality/rules/schemas.ts';
import { AppealLink } from '../appeals/AppealLink.tsx';
import { dayOf } from '../format.ts';
import { KeysHint } from '../parts/KeysHint.tsx';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Comment } from './Comment.tsx';
import { DecideButtons } from './DecideButtons.tsx';
import { Decided } from './Decided.tsx';
import { type Decision, hitKey, useDecide } from './decide.ts';
import { MissedMark } from './MissedMark.tsx';

interface SessionMarksProps {
  readonly inspection: SessionInspection;
  readonly sessionId: string;
}

const idOf = (mark: MarkView) => `${mark.rule} ${mark.messageKey}`;

/** The marks of a conversation: one key goes to the next and shows its message, one decides about it. */
export function SessionMarks({ inspection, sessionId }: SessionMarksProps) {
  const { t } = useReader();
  const { marks, mayDecide } = inspection;
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [current, setCurrent] = useState(0);
  const [commenting, setCommenting] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const decide = useDecide();
  const at = Math.min(current, Math.max(0, marks.length - 1));

  const go = (place: number) => {
    setCurrent(place);
    list.current?.children[place]?.querySelector<HTMLElement>('.session-mark')?.focus();
    document.getElementById(`message-${marks[place]?.messageKey}`)?.scrollIntoView({ block: 'center' });
  };
  const apply = (mark: MarkView, decision: Decision['decision'], comment?: string) => {
    if (decision === 'comment' && comment === undefined) return setCommenting(true);
    setCommenting(false);
    const { rule, messageKey } = mark;
    decide.mutate({ sessionId, rule, messageKey, decision, ...(comment === undefined ? {} : { comment }) });
  };
  function press(event: KeyboardEvent<HTMLOListElement>) {
    const key = hitKey(event);
    const mark = marks[at];
    if (!key || !mark) return;
    event.preventDefault();
    if (key === 'next') go(Math.min(at + 1, marks.length - 1));
    else if (key === 'previous') go(Math.max(at - 1, 0));
    else if (key === 'open') go(at);
    else if (mayDecide) apply(mark, key);
  }

  if (marks.length === 0 && inspection.measured === null) return <p className="quiet">{t('rules.session.notYet')}</p>;
  return (
    <section className="session-marks">
      <h2>{t('rules.session.marks')}</h2>
      {marks.length === 0 ? <p className="quiet">{t('rules.session.noMarks')}</p> : null}
      {inspection.partlyInspected > 0 ? (
        <p className="notice">
          {t('rules.session.partly', {
            count: inspection.partlyInspected,
            characters: inspection.inspectedCharacters.toLocaleString('en'),
          })}
        </p>
      ) : null}
      {marks.length > 0 && mayDecide ? <KeysHint text={t('rules.hit.keys')} /> : null}
      <ol ref={list} onKeyDown={press}>
        {marks.map((mark, place) => (
          <li key={idOf(mark)}>
            <MarkLine mark={mark} isCurrent={place === at} focus={() => setCurrent(place)} go={() => go(place)} />
            {mark.incident === 'written' && mark.agentId !== '' ? (
              <AppealLink
                agent={mark.agentId}
                period={dayOf(mark.at, organisation.timeZone).slice(0, 7)}
                kind="incident"
                subject={`hit:${mark.rule}:${sessionId}:${mark.messageKey}`}
              />
            ) : null}
            {mayDecide ? (
              <DecideButtons
                status={mark.status}
                busy={decide.isPending}
                decide={(decision) => {
                  setCurrent(place);
                  apply(mark, decision);
                }}
              />
            ) : null}
            {commenting && place === at ? (
              <Comment save={(text) => apply(mark, 'comment', text)} leave={() => setCommenting(false)} />
            ) : null}
          </li>
        ))}
      </ol>
      <Decided error={decide.error} data={decide.data} />
      {mayDecide ? <MissedMark sessionId={sessionId} rules={inspection.rules} decide={decide.mutate} /> : null}
    </section>
  );
}

interface MarkLineProps {
  readonly mark: MarkView;
  readonly isCurrent: boolean;
  readonly focus: () => void;
  readonly go: () => void;
}

function MarkLine({ mark, isCurrent, focus, go }: MarkLineProps) {
  const { t, say } = useReader();
  return (
    <>
      <button
        type="button"
        className="session-mark"
        tabIndex={isCurrent ? 0 : -1}
        onFocus={focus}
        onClick={go}
        title={mark.advice ? say(mark.advice) : ''}
      >
        <b className={mark.standing === 'redLine' ? 'red' : ''}>{say(mark.ruleName)}</b>
        <span className="quiet">{t('rules.v', { version: mark.ruleVersion })}</span>
        {mark.messageKey === '0' ? <span className="quiet">{t('rules.hit.whole')}</span> : null}
        <span>{t(`rules.hit.status.${mark.status}`)}</span>
        {mark.foundBy === 'person' ? (
          mark.status === 'missed' ? null : (
            <span className="quiet">{t('rules.hit.foundByPerson')}</span>
          )
        ) : mark.inForce ? null : (
          <span className="quiet">{t('rules.hit.notInForce')}</span>
        )}
        {mark.incident === 'none' ? null : <span>{t(`rules.hit.incident.${mark.incident}`)}</span>}
      </button>
      {mark.decisions.map((each) => (
        <p key={`${each.at} ${each.decision}`} className="quiet small">
          {t('rules.hit.by', { by: each.by, decision: t(`rules.hit.decisions.${each.decision}`) })}
          {each.comment === '' ? '' : `${t('mark.colon')}${each.comment}`}
        </p>
      ))}
    </>
  );
}
