import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { placesOf } from '../../appraisal/assessments/answers.ts';
import type { AssessedPerson, AssessmentWork, SubmittedForms } from '../../appraisal/assessments/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { KeysHint } from '../parts/KeysHint.tsx';
import type { Look } from '../signals/FindingText.tsx';
import { useReader } from '../text/language.ts';
import { answered, keyAct, nextOpen, type Stand, type Step, standOf } from './assessView.ts';
import { Places } from './Places.tsx';
import { SaveState } from './SaveState.tsx';
import { useSheets } from './useSheets.ts';

const RecordDrawer = lazy(() => import('../signals/RecordDrawer.tsx'));

interface Work {
  readonly work: AssessmentWork;
  readonly at: number;
  readonly moveTo: (index: number) => void;
}

/** The list of people and the form of the one at hand; fifty in a row by the keyboard alone. */
export function Assessing({ work, at, moveTo }: Work) {
  const { t } = useReader();
  const { form, people } = work;
  const { sheets, changed, change, state, flush } = useSheets(people, (agentId, sheet, revision) =>
    send<{ revision: number }>('PUT', '/api/assessments/answers', {
      ...{ period: work.period, plan: work.plan, form: form.id, agentId, ...sheet, revision },
    }),
  );
  const [spot, setSpot] = useState(0);
  // Keys may come faster than the page is drawn again: where one is must be known at once.
  const here = useRef({ person: at, spot: 0 });
  const steps = useRef<Step[]>([]);
  const [reason, setReason] = useState('');
  const [told, setTold] = useState<SubmittedForms | null>(null);
  const [look, setLook] = useState<Parameters<Look>[0]>({});
  const client = useQueryClient();
  const sheetOf = (agentId: string) => sheets.get(agentId) ?? { answers: {}, note: '' };
  const stands = people.map((person) => standOf(person, form, sheetOf(person.agentId), changed.has(person.agentId)));
  const corrections = stands.filter((stand) => stand === 'correcting').length;
  const ready = stands.filter((stand) => stand === 'ready').length + corrections;

  const goTo = (index: number, place = 0) => {
    here.current = { person: Math.min(people.length - 1, Math.max(0, index)), spot: place };
    moveTo(here.current.person);
    setSpot(place);
  };
  const submit = useMutation({
    mutationFn: async () => {
      await flush();
      return send<SubmittedForms>('POST', '/api/assessments/submit', {
        ...{ period: work.period, plan: work.plan, form: form.id, reason },
      });
    },
    onSuccess: async (outcome) => {
      setTold(outcome);
      await client.invalidateQueries({ queryKey: ['assessments'] });
    },
  });
  const isOpen = (person: AssessedPerson | undefined) =>
    person !== undefined && person.doneBy === null && !work.isClosed;
  const answer = (key: string, value: string | undefined, isUndo = false) => {
    const person = people[here.current.person];
    if (!person || !isOpen(person)) return;
    change(person.agentId, (before) => {
      if (!isUndo) steps.current.push({ agentId: person.agentId, key, before: before.answers[key] });
      return { ...before, answers: answered(before.answers, key, value) };
    });
  };
  const undo = () => {
    const last = steps.current.pop();
    if (!last) return;
    const index = people.findIndex(({ agentId }) => agentId === last.agentId);
    const places = placesOf(form, people[index]?.tickets ?? []);
    goTo(
      index,
      Math.max(
        0,
        places.findIndex(({ key }) => key === last.key),
      ),
    );
    answer(last.key, last.before, true);
  };
  const toPerson = (by: 1 | -1) => {
    if (by === -1) return goTo(here.current.person - 1);
    // Past the last one it goes on with whoever was left out.
    const next = here.current.person + 1;
    goTo(next < people.length ? next : (nextOpen(stands, here.current.person) ?? here.current.person));
  };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (look.ticket !== undefined || look.session !== undefined) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      const number = target?.closest('[data-number]');
      if (target?.closest('textarea, input, select, [role=combobox]') && !(number && event.key === 'Enter')) {
        if (event.key === 'Escape') target.blur();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // Enter on a button presses it.
      if (event.key === 'Enter' && target?.closest('button:not([role=radio]), a')) return;
      const places = placesOf(form, people[here.current.person]?.tickets ?? []);
      const place = places[here.current.spot];
      const act = keyAct(event.key, place, event.shiftKey);
      if (!act) return;
      event.preventDefault();
      switch (act.act) {
        case 'answer':
          if (place) answer(place.key, act.answer);
          here.current.spot = Math.min(places.length - 1, here.current.spot + 1);
          return setSpot(here.current.spot);
        case 'move':
          here.current.spot = Math.min(places.length - 1, Math.max(0, here.current.spot + act.by));
          return setSpot(here.current.spot);
        case 'person':
          return toPerson(act.by);
        case 'undo':
          return undo();
        case 'note':
          return document.querySelector<HTMLTextAreaElement>('[data-note]')?.focus();
        case 'submit':
          if (ready > 0 && (corrections === 0 || reason.trim() !== '')) submit.mutate();
          return;
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });

  const person = people[at];
  useEffect(() => {
    document.querySelector('.assess-people [aria-current=true]')?.scrollIntoView({ block: 'nearest' });
    if (form.asks.kind === 'count' && at >= 0) document.querySelector<HTMLInputElement>('[data-number]')?.focus();
  }, [at, form.asks.kind]);
  if (!person) return null;
  const finished = stands.filter((stand) => stand === 'handedIn' || stand === 'done').length;
  return (
    <div className="assess">
      <ol className="assess-people" aria-label={t('assess.people')}>
        {people.map(({ agentId, name, team }, i) => (
          <li key={agentId}>
            <button type="button" aria-current={i === at} onClick={() => goTo(i)}>
              <span>
                {name} <span className="quiet small">{team}</span>
              </span>
              <StandMark stand={stands[i] ?? 'open'} />
            </button>
          </li>
        ))}
      </ol>
      <section className="assess-form" aria-label={person.name}>
        <h2 className="assess-name">
          {person.name} <span className="quiet">{person.team}</span>{' '}
          <span className="quiet figure">{t('assess.place', { place: at + 1, all: people.length })}</span>
        </h2>
        {person.doneBy === null ? null : <p className="notice">{t('assess.doneBy', { name: person.doneBy })}</p>}
        <Places
          places={placesOf(form, person.tickets)}
          answers={sheetOf(person.agentId).answers}
          current={spot}
          choose={(index) => {
            here.current.spot = index;
            setSpot(index);
          }}
          answer={answer}
          isDisabled={!isOpen(person)}
          openTicket={(ticket) => setLook({ ticket })}
        />
        <label className="field assess-note">
          <span>{t('assess.note')}</span>
          <textarea
            data-note
            rows={2}
            maxLength={2000}
            disabled={!isOpen(person)}
            value={sheetOf(person.agentId).note}
            onChange={(event) => {
              const note = event.target.value;
              change(person.agentId, (before) => ({ ...before, note }));
            }}
          />
        </label>
        <KeysHint text={t('assess.keys')} />
      </section>
      <Suspense fallback={null}>
        {look.ticket !== undefined || look.session !== undefined ? (
          <RecordDrawer session={look.session} ticket={look.ticket} look={setLook} />
        ) : null}
      </Suspense>
      <footer className="assess-foot">
        <span className="quiet">{t('assess.progress', { finished, ready, all: people.length })}</span>
        <SaveState state={state} changed="assessment.changed" keyOf="assessments" />
        <span className="assess-steps">
          <button type="button" className="press press-plain" onClick={() => toPerson(-1)} disabled={at === 0}>
            {t('assess.previous')}
          </button>
          <button type="button" className="press press-plain" onClick={() => toPerson(1)}>
            {t('assess.next')}
          </button>
        </span>
        {corrections > 0 ? (
          <input
            className="assess-reason"
            aria-label={t('assess.reason')}
            placeholder={t('assess.reason')}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        ) : null}
        <button
          type="button"
          className="press"
          disabled={ready === 0 || submit.isPending || work.isClosed || (corrections > 0 && reason.trim() === '')}
          onClick={() => submit.mutate()}
        >
          {t('assess.submit', { count: ready })}
        </button>
        {told ? <Outcome outcome={told} people={people} /> : null}
        {submit.error ? <Refused error={submit.error} /> : null}
      </footer>
    </div>
  );
}

function StandMark({ stand }: { readonly stand: Stand }) {
  const { t } = useReader();
  if (stand === 'open') return null;
  return <span className={`assess-stand assess-${stand}`}>{t(`assess.stand.${stand}`)}</span>;
}

function Outcome({
  outcome,
  people,
}: {
  readonly outcome: SubmittedForms;
  readonly people: readonly AssessedPerson[];
}) {
  const { t } = useReader();
  const nameOf = (id: string) => people.find(({ agentId }) => agentId === id)?.name ?? id;
  const { submitted, incomplete, taken } = outcome;
  return (
    <p className="notice" role="status">
      {t('assess.submitted', { count: submitted })}
      {incomplete.length > 0
        ? ` ${t('assess.incomplete', { names: incomplete.map(nameOf).join(t('mark.comma')) })}`
        : null}
      {taken.map(({ agentId, by }) => ` ${t('assess.taken', { name: nameOf(agentId), by })}`)}
    </p>
  );
}

function Refused({ error }: { readonly error: Error }) {
  const { t, language } = useReader();
  return (
    <p className="notice notice-fault" role="alert">
      {errorSentence(error, language) ?? t('state.unreachable')}
    </p>
  );
}
