import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { GiveLevel as Input, PersonSkills, SkillView } from '../../skills/schemas.ts';
import { instantInTable } from '../format.ts';
import { useSave } from '../parts/useSave.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { DecideLevel } from './DecideLevel.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { GiveLevel } from './GiveLevel.tsx';
import { LevelScale } from './LevelScale.tsx';
import { entriesOf } from './matrixView.ts';
import { SaveRow } from './SaveRow.tsx';
import { skillsAnew } from './skillsAnew.ts';

interface SkillSectionProps {
  readonly person: PersonSkills;
  readonly skill: SkillView;
}
type Entry = PersonSkills['history'][number];

/** One skill of a person: the level in words, what it rests on, what it was before, and what facts propose. */
export function SkillSection({ person, skill }: SkillSectionProps) {
  const { t, say } = useReader();
  const [open, setOpen] = useState<'give' | 'takeBack' | null>(null);
  const { latest, earlier } = entriesOf(person, skill.id);
  const level = latest?.level ?? null;
  const asked = (job: string | null) => person.jobs.find(({ id }) => id === job)?.requires[skill.id] ?? null;
  const said = (required: number | null) =>
    required === null ? t('skills.notAsked') : t('skills.level', { level: required });
  const anchor = level === null ? null : skill.anchors[level - 1];
  const proposal = person.proposals.find((each) => each.skill === skill.id);
  return (
    <section className="skill" aria-label={say(skill.name)}>
      <div className="skill-head">
        <h2>{say(skill.name)}</h2>
        <LevelScale level={level} required={asked(person.job)} />
        <span className="quiet small">
          {t('skills.required', { own: said(asked(person.job)), next: said(asked(person.next)) })}
        </span>
      </div>
      {anchor ? <p>{say(anchor)}</p> : <p className="quiet">{say(skill.about)}</p>}
      {latest ? <Given entry={latest} person={person} /> : null}
      {earlier.length === 0 ? null : (
        <details>
          <summary className="quiet small">{t('skills.history', { count: earlier.length })}</summary>
          <ol className="skill-history">
            {earlier.map((entry) => (
              <li key={entry.at}>
                <b>{entry.level === null ? t('skills.takenBack') : t('skills.level', { level: entry.level })}</b>
                <Given entry={entry} person={person} />
              </li>
            ))}
          </ol>
        </details>
      )}
      {proposal ? <DecideLevel agentId={person.agent.agentId} proposal={proposal} /> : null}
      {person.may.assess && open === null ? (
        <p className="row">
          <button type="button" className="text-button" onClick={() => setOpen('give')}>
            {t(level === null ? 'skills.give' : 'skills.change')}
          </button>
          {level === null ? null : (
            <button type="button" className="text-button" onClick={() => setOpen('takeBack')}>
              {t('skills.takeBack')}
            </button>
          )}
        </p>
      ) : null}
      {open === 'give' ? (
        <GiveLevel person={person} skill={skill} level={level} close={() => setOpen(null)} />
      ) : open === 'takeBack' ? (
        <TakeBack person={person} skill={skill} close={() => setOpen(null)} />
      ) : null}
    </section>
  );
}

function Given({ entry, person }: { readonly entry: Entry; readonly person: PersonSkills }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { at, by, reason, wasProposed, level } = entry;
  return (
    <>
      <p className="quiet small">
        {[
          level === null ? t('skills.takenBack') : null,
          t('skills.givenBy', { name: by, reason, at: instantInTable(at, organisation.timeZone, language) }),
          wasProposed ? t('skills.wasProposed') : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <EvidenceList evidence={entry.evidence} agentId={person.agent.agentId} />
    </>
  );
}

function TakeBack({ person, skill, close }: SkillSectionProps & { readonly close: () => void }) {
  const { t } = useReader();
  const [reason, setReason] = useState('');
  const act = useSave<Input>({
    path: `/api/skills/people/${encodeURIComponent(person.agent.agentId)}/levels`,
    anew: skillsAnew,
    done: close,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ skill: skill.id, level: null, reason: reason.trim(), evidence: [] });
  }
  return (
    <form className="skill-form" onSubmit={submit}>
      <label className="field">
        <span>{t('skills.reason')}</span>
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <SaveRow act={act} word={t('skills.takeBack')} close={close} />
    </form>
  );
}
