import { type FormEvent, useState } from 'react';
import type { SaveSkill, SkillView } from '../../skills/schemas.ts';
import { levels, type SkillContent, type Source } from '../../skills/skillSchema.ts';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';
import { SaveRow } from './SaveRow.tsx';
import { skillsAnew } from './skillsAnew.ts';
import { TextPair } from './TextPair.tsx';

const nothing = { zh: '', en: '' };
const empty: SkillContent = {
  name: nothing,
  about: nothing,
  anchors: levels.map(() => nothing),
  sources: [],
  retired: false,
};

/** A skill with its five levels in words, and the facts that may propose one. */
export function SkillForm({ skill, close }: { readonly skill: SkillView | null; readonly close: () => void }) {
  const { t } = useReader();
  const { id, version, ...content } = skill ?? { id: null, version: 0, ...empty };
  const [typed, setTyped] = useState<SkillContent>(content);
  const act = useSave<SaveSkill>({ path: '/api/skills', anew: skillsAnew, done: close });
  const set = (change: Partial<SkillContent>) => setTyped((before) => ({ ...before, ...change }));
  const { name, about, anchors, sources, retired } = typed;
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ id, version, content: { ...typed, sources: sources.map(tidied) } });
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
      {levels.map((level, place) => (
        <TextPair
          key={level}
          labels={{ zh: t('skills.anchorZh', { level }), en: t('skills.anchorEn', { level }) }}
          value={anchors[place] ?? nothing}
          max={300}
          change={(value) => set({ anchors: anchors.map((before, at) => (at === place ? value : before)) })}
        />
      ))}
      <Sources sources={sources} change={(next) => set({ sources: next })} />
      <label className="skill-check">
        <input type="checkbox" checked={retired} onChange={({ target }) => set({ retired: target.checked })} />{' '}
        {t('skills.retired')}
      </label>
      <SaveRow act={act} word={t('skills.save')} close={close} />
    </form>
  );
}

const tidied = (source: Source): Source =>
  source.kind === 'rubric' ? { ...source, parts: source.parts.filter((part) => part !== '') } : source;

interface SourcesProps {
  readonly sources: readonly Source[];
  readonly change: (next: Source[]) => void;
}

function Sources({ sources, change }: SourcesProps) {
  const { t } = useReader();
  const rubric = sources.find((each) => each.kind === 'rubric');
  const without = (kind: Source['kind']) => sources.filter((each) => each.kind !== kind);
  const made = {
    exam: { kind: 'exam' },
    bestCase: { kind: 'bestCase' },
    rubric: { kind: 'rubric', rubric: '', parts: [] },
  } as const;
  return (
    <fieldset className="skill-pick">
      <legend className="quiet">{t('skills.sources')}</legend>
      {(['exam', 'bestCase', 'rubric'] as const).map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={sources.some((each) => each.kind === kind)}
            onChange={({ target }) =>
              change(
                target.checked
                  ? [...sources, kind === 'rubric' ? { ...made.rubric, parts: [] } : made[kind]]
                  : without(kind),
              )
            }
          />
          {t(`skills.sourceKinds.${kind}`)}
        </label>
      ))}
      {rubric ? (
        <div className="skill-pair">
          <label className="field">
            <span>{t('skills.rubric')}</span>
            <input
              required
              maxLength={60}
              value={rubric.rubric}
              onChange={({ target }) => change([...without('rubric'), { ...rubric, rubric: target.value }])}
            />
          </label>
          <label className="field">
            <span>{t('skills.parts')}</span>
            <input
              required
              maxLength={400}
              value={rubric.parts.join(' ')}
              onChange={({ target }) => change([...without('rubric'), { ...rubric, parts: target.value.split(/ +/) }])}
            />
          </label>
        </div>
      ) : null}
    </fieldset>
  );
}
