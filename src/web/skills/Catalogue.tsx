import { Button } from 'antd';
import { useState } from 'react';
import type { JobView, SkillMatrix, SkillView } from '../../skills/schemas.ts';
import type { Source } from '../../skills/skillSchema.ts';
import { useReader } from '../text/language.ts';
import { JobForm } from './JobForm.tsx';
import { SkillForm } from './SkillForm.tsx';

type Open = { readonly what: 'skill' | 'job'; readonly id: string | null };

/** What the levels mean and what jobs ask for; HR and administrators edit it here. */
export function Catalogue({ matrix }: { readonly matrix: SkillMatrix }) {
  const { t } = useReader();
  const [open, setOpen] = useState<Open | null>(null);
  const mayWrite = matrix.may.write;
  const close = () => setOpen(null);
  const isOpen = (what: Open['what'], id: string | null) => open?.what === what && open.id === id;
  return (
    <div className="skill-catalogue">
      <section className="section">
        <div className="row spread">
          <h2>{t('skills.skills')}</h2>
          {mayWrite ? (
            <Button onClick={() => setOpen({ what: 'skill', id: null })}>{t('skills.addSkill')}</Button>
          ) : null}
        </div>
        {isOpen('skill', null) ? <SkillForm skill={null} close={close} /> : null}
        <ul className="skill-list">
          {matrix.skills.map((skill) => (
            <li key={skill.id}>
              {isOpen('skill', skill.id) ? (
                <SkillForm skill={skill} close={close} />
              ) : (
                <SkillWords skill={skill} edit={mayWrite ? () => setOpen({ what: 'skill', id: skill.id }) : null} />
              )}
            </li>
          ))}
        </ul>
      </section>
      <section className="section">
        <div className="row spread">
          <h2>{t('skills.jobs')}</h2>
          {mayWrite ? <Button onClick={() => setOpen({ what: 'job', id: null })}>{t('skills.addJob')}</Button> : null}
        </div>
        {isOpen('job', null) ? <JobForm job={null} matrix={matrix} close={close} /> : null}
        <ul className="skill-list">
          {matrix.jobs.map((job) => (
            <li key={job.id}>
              {isOpen('job', job.id) ? (
                <JobForm job={job} matrix={matrix} close={close} />
              ) : (
                <JobWords
                  job={job}
                  matrix={matrix}
                  edit={mayWrite ? () => setOpen({ what: 'job', id: job.id }) : null}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

type Edit = (() => void) | null;

function Head({ of, edit }: { readonly of: SkillView | JobView; readonly edit: Edit }) {
  const { t, say } = useReader();
  return (
    <p className="row">
      <b>{say(of.name)}</b>
      {of.retired ? <span className="quiet">{t('skills.isRetired')}</span> : null}
      {edit ? (
        <button type="button" className="text-button" onClick={edit}>
          {t('skills.edit')}
        </button>
      ) : null}
    </p>
  );
}

function SkillWords({ skill, edit }: { readonly skill: SkillView; readonly edit: Edit }) {
  const { t, say } = useReader();
  const said = (source: Source) =>
    source.kind === 'rubric'
      ? t('skills.rubricParts', { rubric: source.rubric, parts: source.parts.join(t('mark.comma')) })
      : t(`skills.sourceKinds.${source.kind}`);
  return (
    <>
      <Head of={skill} edit={edit} />
      <p className="quiet">{say(skill.about)}</p>
      <ol className="skill-anchors">
        {skill.anchors.map((anchor) => (
          <li key={anchor.zh + anchor.en}>{say(anchor)}</li>
        ))}
      </ol>
      <p className="quiet small">
        {t('skills.sources')}
        {t('mark.colon')}
        {skill.sources.length === 0 ? t('skills.sourcesNone') : skill.sources.map(said).join(t('mark.comma'))}
      </p>
    </>
  );
}

interface JobWordsProps {
  readonly job: JobView;
  readonly matrix: SkillMatrix;
  readonly edit: Edit;
}

function JobWords({ job, matrix, edit }: JobWordsProps) {
  const { t, say } = useReader();
  const next = matrix.jobs.find(({ id }) => id === job.next);
  const asked = matrix.skills.flatMap(({ id, name }) => {
    const required = job.requires[id];
    return required === undefined ? [] : [`${say(name)} ${t('skills.level', { level: required })}`];
  });
  return (
    <>
      <Head of={job} edit={edit} />
      <p className="quiet">{say(job.about)}</p>
      <p>{asked.length === 0 ? t('skills.asksNothing') : asked.join(t('mark.comma'))}</p>
      <p className="quiet small">
        {[
          next ? t('skills.leadsTo', { job: say(next.name) }) : t('skills.noNext'),
          ...job.tiers.map((tier) => t(`tier.${tier}`)),
        ].join(' · ')}
      </p>
    </>
  );
}
