import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { PersonSkills, SetJob } from '../../skills/schemas.ts';
import { instantInTable } from '../format.ts';
import { useSave } from '../parts/useSave.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { offered } from './matrixView.ts';
import { SaveRow } from './SaveRow.tsx';
import { skillsAnew } from './skillsAnew.ts';

/** The job now and the next; whoever may says that it is another from now on. */
export function PersonJob({ person }: { readonly person: PersonSkills }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [isOpen, setOpen] = useState(false);
  const nameOf = (id: string) => {
    const job = person.jobs.find((each) => each.id === id);
    return job ? say(job.name) : id;
  };
  const { job, next, jobHistory } = person;
  return (
    <div className="skill-job">
      <p>
        <b>{job === null ? t('skills.noJob') : nameOf(job)}</b>{' '}
        {job !== null && jobHistory.length === 0 ? <span className="quiet small">{t('skills.byTier')}</span> : null}{' '}
        <span className="quiet">{next === null ? t('skills.noNext') : t('skills.next', { job: nameOf(next) })}</span>{' '}
        {person.may.write && !isOpen ? (
          <button type="button" className="text-button" onClick={() => setOpen(true)}>
            {t('skills.setJob')}
          </button>
        ) : null}
      </p>
      {isOpen ? <SetJobForm person={person} close={() => setOpen(false)} /> : null}
      {jobHistory.length === 0 ? null : (
        <details>
          <summary className="quiet small">{t('skills.jobHistory')}</summary>
          <ol className="skill-history small">
            {jobHistory.map(({ job: id, at, by, reason }) => (
              <li key={at}>
                {nameOf(id)} ·{' '}
                {t('skills.givenBy', { name: by, reason, at: instantInTable(at, organisation.timeZone, language) })}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function SetJobForm({ person, close }: { readonly person: PersonSkills; readonly close: () => void }) {
  const { t, say } = useReader();
  const [job, setJob] = useState(person.job ?? '');
  const [reason, setReason] = useState('');
  const act = useSave<SetJob>({
    method: 'PUT',
    path: `/api/skills/people/${encodeURIComponent(person.agent.agentId)}/job`,
    anew: skillsAnew,
    done: close,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ job, reason: reason.trim() });
  }
  return (
    <form className="skill-form" onSubmit={submit}>
      <label className="field">
        <span>{t('skills.job')}</span>
        <select required value={job} onChange={(event) => setJob(event.target.value)}>
          {person.job === null ? <option value="" /> : null}
          {offered(person.jobs).map(({ id, name }) => (
            <option key={id} value={id}>
              {say(name)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('skills.reason')}</span>
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <SaveRow act={act} word={t('skills.save')} close={close} />
    </form>
  );
}
