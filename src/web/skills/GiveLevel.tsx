import { type FormEvent, useState } from 'react';
import type { GiveLevel as Given, PersonSkills, SkillView } from '../../skills/schemas.ts';
import { type Evidence, evidenceKinds, type Level, levels } from '../../skills/skillSchema.ts';
import { dayInTable } from '../format.ts';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';
import { EvidenceWords } from './EvidenceList.tsx';
import { SaveRow } from './SaveRow.tsx';
import { skillsAnew } from './skillsAnew.ts';

interface GiveLevelProps {
  readonly person: PersonSkills;
  readonly skill: SkillView;
  readonly level: Level | null;
  readonly close: () => void;
}

const keyOf = ({ kind, ref }: Evidence) => `${kind} ${ref}`;

/** A level with what it rests on: facts that are there, and whatever else somebody names. */
export function GiveLevel({ person, skill, level, close }: GiveLevelProps) {
  const { t, say, language } = useReader();
  const { agentId, name } = person.agent;
  const [chosen, setChosen] = useState<Level | null>(level);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [own, setOwn] = useState<readonly Evidence[]>([]);
  const [reason, setReason] = useState('');
  const act = useSave<Given>({
    path: `/api/skills/people/${encodeURIComponent(agentId)}/levels`,
    anew: skillsAnew,
    done: close,
  });
  const evidence = [...person.facts.filter((fact) => picked.includes(keyOf(fact))), ...own];
  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen !== null) act.mutate({ skill: skill.id, level: chosen, reason: reason.trim(), evidence });
  }
  return (
    <form className="skill-form" onSubmit={submit}>
      <h3>{t('skills.giveTitle', { name, skill: say(skill.name) })}</h3>
      <fieldset className="skill-pick">
        <legend className="quiet">{t('skills.pickLevel')}</legend>
        {levels.map((each) => {
          const anchor = skill.anchors[each - 1];
          return (
            <label key={each}>
              <input
                type="radio"
                name={`level of ${skill.id}`}
                required
                checked={chosen === each}
                onChange={() => setChosen(each)}
              />
              <b>{each}</b>
              <span>{anchor ? say(anchor) : null}</span>
            </label>
          );
        })}
      </fieldset>
      {person.facts.length === 0 ? null : (
        <fieldset className="skill-pick">
          <legend className="quiet">{t('skills.pickFacts')}</legend>
          {person.facts.map((fact) => (
            <label key={keyOf(fact)}>
              <input
                type="checkbox"
                checked={picked.includes(keyOf(fact))}
                onChange={({ target }) =>
                  setPicked(target.checked ? [...picked, keyOf(fact)] : picked.filter((each) => each !== keyOf(fact)))
                }
              />
              <span className="figure quiet">{dayInTable(fact.day, language)}</span>
              <EvidenceWords evidence={fact} agentId={agentId} />
            </label>
          ))}
        </fieldset>
      )}
      {own.map((each, place) => (
        <OwnEvidence
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end, and what is typed is their state.
          key={place}
          evidence={each}
          change={(next) => setOwn(own.map((before, at) => (at === place ? next : before)))}
          remove={() => setOwn(own.filter((_, at) => at !== place))}
        />
      ))}
      <p>
        <button
          type="button"
          className="text-button"
          disabled={evidence.length >= 10}
          onClick={() => setOwn([...own, { kind: 'note', day: '', ref: '', text: '' }])}
        >
          ＋ {t('skills.addEvidence')}
        </button>
      </p>
      <label className="field">
        <span>{t('skills.reason')}</span>
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {evidence.length === 0 ? <p className="quiet small">{t('skills.needsEvidence')}</p> : null}
      <SaveRow act={act} word={t('skills.save')} close={close} disabled={evidence.length === 0} />
    </form>
  );
}

interface OwnEvidenceProps {
  readonly evidence: Evidence;
  readonly change: (next: Evidence) => void;
  readonly remove: () => void;
}

function OwnEvidence({ evidence, change, remove }: OwnEvidenceProps) {
  const { t } = useReader();
  const { kind, day, ref, text } = evidence;
  const kinds = evidenceKinds.filter((each) => each !== 'exam');
  return (
    <div className="skill-own">
      <label className="field">
        <span>{t('skills.kind')}</span>
        <select
          value={kind}
          onChange={({ target }) => change({ ...evidence, kind: target.value as Evidence['kind'], ref: '' })}
        >
          {kinds.map((each) => (
            <option key={each} value={each}>
              {t(`skills.evidenceKinds.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('skills.day')}</span>
        <input type="date" required value={day} onChange={({ target }) => change({ ...evidence, day: target.value })} />
      </label>
      {kind === 'note' ? null : (
        <label className="field">
          <span>{t('skills.ref')}</span>
          <input
            required
            maxLength={200}
            placeholder={t(`skills.refHints.${kind}`)}
            value={ref}
            onChange={({ target }) => change({ ...evidence, ref: target.value })}
          />
        </label>
      )}
      <label className="field skill-wide">
        <span>{t('skills.text')}</span>
        <input
          required={kind === 'note'}
          maxLength={500}
          value={text}
          onChange={({ target }) => change({ ...evidence, text: target.value })}
        />
      </label>
      <button type="button" className="text-button" onClick={remove}>
        {t('skills.remove')}
      </button>
    </div>
  );
}
