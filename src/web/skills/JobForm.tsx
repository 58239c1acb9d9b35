import { type FormEvent, useState } from 'react';
import { tiers } from '../../scores/planAmounts.ts';
import type { JobView, SaveJob, SkillMatrix } from '../../skills/schemas.ts';
import { type JobContent, levelSchema, levels } from '../../skills/skillSchema.ts';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';
import { offered } from './matrixView.ts';
import { SaveRow } from './SaveRow.tsx';
import { skillsAnew } from './skillsAnew.ts';
import { TextPair } from './TextPair.tsx';

const nothing = { zh: '', en: '' };
const empty: JobContent = { name: nothing, about: nothing, requires: {}, next: null, tiers: [], retired: false };

interface JobFormProps {
  readonly job: JobView | null;
  readonly matrix: SkillMatrix;
  readonly close: () => void;
}

/** What a job asks for, and which comes after it. */
export function JobForm({ job, matrix, close }: JobFormProps) {
  const { t, say } = useReader();
  const { id, version, ...content } = job ?? { id: null, version: 0, ...empty };
  const [typed, setTyped] = useState<JobContent>(content);
  const act = useSave<SaveJob>({ path: '/api/jobs', anew: skillsAnew, done: close });
  const set = (change: Partial<JobContent>) => setTyped((before) => ({ ...before, ...change }));
  const { name, about, requires, next, retired } = typed;
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ id, version, content: typed });
  }
  function ask(skill: string, text: string) {
    const { [skill]: _, ...others } = requires;
    const level = levelSchema.safeParse(Number(text));
    set({ requires: level.success ? { ...others, [skill]: level.data } : others });
  }
  return (
    <form className="skill-form skill-edit" onSubmit={submit}>
      <TextPair
        labels={{ zh: t('skills.nameZh'), en: t('skills.nameEn') }}
        value={name}
        max={40}
        change={(value) => set({ name: value })}
      />
      <TextPair
        labels={{ zh: t('skills.aboutZh'), en: t('skills.aboutEn') }}
        value={about}
        max={300}
        change={(value) => set({ about: value })}
      />
      <fieldset className="skill-pick skill-asks">
        <legend className="quiet">{t('skills.requires')}</legend>
        {offered(matrix.skills).map((skill) => (
          <label key={skill.id} className="field">
            <span>{say(skill.name)}</span>
            <select value={requires[skill.id] ?? ''} onChange={({ target }) => ask(skill.id, target.value)}>
              <option value="">{t('skills.asksNothing')}</option>
              {levels.map((level) => (
                <option key={level} value={level}>
                  {t('skills.level', { level })}
                </option>
              ))}
            </select>
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>{t('skills.nextJob')}</span>
        <select value={next ?? ''} onChange={({ target }) => set({ next: target.value || null })}>
          <option value="">{t('skills.noNextJob')}</option>
          {offered(matrix.jobs)
            .filter((each) => each.id !== id)
            .map((each) => (
              <option key={each.id} value={each.id}>
                {say(each.name)}
              </option>
            ))}
        </select>
      </label>
      <fieldset className="skill-pick">
        <legend className="quiet">{t('skills.tiers')}</legend>
        {tiers.map((tier) => (
          <label key={tier}>
            <input
              type="checkbox"
              checked={typed.tiers.includes(tier)}
              onChange={({ target }) =>
                set({ tiers: target.checked ? [...typed.tiers, tier] : typed.tiers.filter((each) => each !== tier) })
              }
            />
            {t(`tier.${tier}`)}
          </label>
        ))}
      </fieldset>
      <label className="skill-check">
        <input type="checkbox" checked={retired} onChange={({ target }) => set({ retired: target.checked })} />{' '}
        {t('skills.retired')}
      </label>
      <SaveRow act={act} word={t('skills.save')} close={close} />
    </form>
  );
}
