import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, memo, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Meeting, MeetingPerson, MeetingStep } from '../../appraisal/meeting/schemas.ts';
import { errorSentence } from '../api.ts';
import { score } from '../format.ts';
import { KeysHint } from '../parts/KeysHint.tsx';
import { useReader } from '../text/language.ts';
import { targetsOf } from './meetingView.ts';
import { useMove } from './useMove.ts';

interface Picked {
  readonly agentId: string;
  readonly grade: string;
}

const moves: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** Everybody by total. A grade is picked, the reason written, and only then is somebody moved. */
export function People({ meeting, plan }: { readonly meeting: Meeting; readonly plan: string | undefined }) {
  const { t, language } = useReader();
  const [text, setText] = useState('');
  const [onlyMoved, setOnlyMoved] = useState(false);
  const [picked, setPicked] = useState<Picked | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const sought = useDeferredValue(text.trim().toLowerCase());
  const move = useMove(meeting.period, plan);
  const targets = useMemo(
    () => ({
      bands: targetsOf(meeting, { scale: 'bands' }),
      distribution: targetsOf(meeting, { scale: 'distribution' }),
    }),
    [meeting],
  );
  const shown = useMemo(
    () =>
      meeting.people.filter(
        ({ name, team, agentId, gradedBy }) =>
          (!onlyMoved || gradedBy === 'meeting') &&
          (sought === '' || `${name} ${team} ${agentId}`.toLowerCase().includes(sought)),
      ),
    [meeting.people, onlyMoved, sought],
  );
  const pick = useCallback((agentId: string, grade: string) => setPicked({ agentId, grade }), []);

  function press(event: KeyboardEvent<HTMLOListElement>) {
    const step = moves[event.key];
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-agent]') : null;
    if (!row || event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (step !== undefined && !(event.target instanceof HTMLSelectElement && event.key.startsWith('Arrow'))) {
      event.preventDefault();
      const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
      next?.querySelector('a')?.focus();
      return;
    }
    const person = shown.find(({ agentId }) => agentId === row.dataset.agent);
    const target = person && /^[1-9]$/.test(event.key) ? targets[person.scale][Number(event.key) - 1] : undefined;
    if (person && target && meeting.mayMove && person.fixed === null && target.id !== person.grade) {
      event.preventDefault();
      pick(person.agentId, target.id);
    }
  }

  return (
    <section className="meeting-people">
      <div className="row">
        <label className="field meeting-search">
          <span>{t('meeting.search')}</span>
          <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label className="row">
          <input type="checkbox" checked={onlyMoved} onChange={() => setOnlyMoved(!onlyMoved)} />
          {t('meeting.moved')}
        </label>
      </div>
      {meeting.mayMove ? <KeysHint text={t('meeting.keys')} /> : null}
      {move.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(move.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <ol className="meeting-list" ref={list} onKeyDown={press}>
        {shown.map((person) => (
          <Row
            key={person.agentId}
            period={meeting.period}
            person={person}
            targets={targets[person.scale]}
            all={meeting.scales[person.scale]}
            mayMove={meeting.mayMove && person.fixed === null}
            picked={picked?.agentId === person.agentId ? picked.grade : null}
            pick={pick}
            leave={() => setPicked(null)}
            confirm={(reason) => {
              if (!picked) return;
              move.mutate({ ...picked, reason });
              setPicked(null);
              list.current?.querySelector<HTMLElement>(`[data-agent="${CSS.escape(picked.agentId)}"] a`)?.focus();
            }}
          />
        ))}
      </ol>
    </section>
  );
}

interface RowProps {
  readonly period: string;
  readonly person: MeetingPerson;
  readonly targets: readonly MeetingStep[];
  readonly all: readonly MeetingStep[];
  readonly mayMove: boolean;
  readonly picked: string | null;
  readonly pick: (agentId: string, grade: string) => void;
  readonly leave: () => void;
  readonly confirm: (reason: string) => void;
}

/** Two thousand of them: a row is drawn again only where its person or choice changed. */
const Row = memo(
  function Row({ period, person, targets, all, mayMove, picked, pick, leave, confirm }: RowProps) {
    const { t, say } = useReader();
    const nameOf = (id: string | null, level: number | null) => {
      const step = all.find((each) => each.id === id);
      if (!step) return t('meeting.unrated');
      return level === null || step.levels < 2 ? say(step.name) : t('meeting.level', { grade: say(step.name), level });
    };
    const changed = person.gradedBy === 'meeting';
    return (
      <li data-agent={person.agentId} className={changed ? 'meeting-row meeting-moved' : 'meeting-row'}>
        <span className="meeting-name">
          <Link to="/scorecards/$agentId" params={{ agentId: person.agentId }} search={{ period }}>
            {person.name}
          </Link>{' '}
          <span className="quiet">{person.team}</span>
        </span>
        <span className="figure meeting-total">{person.total === null ? '—' : score(person.total)}</span>
        <span className="quiet">{changed ? nameOf(person.computed.grade, person.computed.level) : ''}</span>
        {mayMove ? (
          <select
            aria-label={t('meeting.pick', { name: person.name })}
            value={picked ?? person.grade ?? ''}
            onChange={(event) => pick(person.agentId, event.target.value)}
          >
            {targets.map((step) => (
              <option key={step.id} value={step.id}>
                {step.id === person.grade ? nameOf(person.grade, person.level) : say(step.name)}
              </option>
            ))}
          </select>
        ) : (
          <span title={person.fixed === 'redLine' ? t('meeting.redLine') : undefined}>
            {nameOf(person.grade, person.level)}
          </span>
        )}
        {picked !== null && picked !== person.grade ? <Reason leave={leave} confirm={confirm} /> : null}
      </li>
    );
  },
  (before, after) =>
    before.person === after.person &&
    before.picked === after.picked &&
    before.mayMove === after.mayMove &&
    before.targets === after.targets,
);

function Reason({ leave, confirm }: Pick<RowProps, 'leave' | 'confirm'>) {
  const { t } = useReader();
  const [reason, setReason] = useState('');
  return (
    <form
      className="meeting-reason"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') confirm(reason.trim());
      }}
    >
      <input
        ref={(field) => field?.focus()}
        aria-label={t('meeting.reason')}
        placeholder={t('meeting.reason')}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave();
        }}
      />
      <button type="submit" className="press" disabled={reason.trim() === ''}>
        {t('meeting.move')}
      </button>
      <button type="button" className="press press-plain" onClick={leave}>
        {t('state.cancel')}
      </button>
    </form>
  );
}
