import { useNavigate } from '@tanstack/react-router';
import type { SkillMatrix } from '../../skills/schemas.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { heatOf, offered } from './matrixView.ts';

type Person = SkillMatrix['people'][number];
interface MatrixProps {
  readonly matrix: SkillMatrix;
  readonly people: readonly Person[];
}

/** Who can do what: a row a person, a column a skill, the deeper the higher. */
export function Matrix({ matrix, people }: MatrixProps) {
  const { t, say } = useReader();
  const navigate = useNavigate();
  const skills = offered(matrix.skills);
  const nameOf = (id: string) => {
    const job = matrix.jobs.find((each) => each.id === id);
    return job ? say(job.name) : id;
  };
  const jobName = ({ job }: Person) => (job === null ? t('skills.noJob') : nameOf(job));
  const gapsOf = (person: Person) => skills.filter(({ id }) => heatOf(person, id, matrix.jobs).isBelow).length;
  const rotating = ({ rotations }: Person) => rotations.map(nameOf).join(t('mark.comma'));
  const columns: TableColumn<Person>[] = [
    {
      id: 'name',
      title: t('skills.person'),
      cell: ({ name }) => <b>{name}</b>,
      sort: ({ name }) => name,
      width: 120,
      shown: 'always',
    },
    { id: 'team', title: t('skills.team'), cell: ({ team }) => team, sort: ({ team }) => team, width: 130 },
    { id: 'job', title: t('skills.job'), cell: jobName, sort: jobName, width: 130 },
    ...skills.map(
      (skill): TableColumn<Person> => ({
        id: skill.id,
        title: say(skill.name),
        cell: (person) => <Heat person={person} skill={skill} jobs={matrix.jobs} />,
        sort: (person) => heatOf(person, skill.id, matrix.jobs).level,
        width: 140,
      }),
    ),
    { id: 'gaps', title: t('skills.gaps'), cell: gapsOf, sort: gapsOf, end: true, width: 90 },
    {
      id: 'rotation',
      title: t('skills.rotation'),
      cell: rotating,
      sort: ({ rotations }) => rotations.length,
      width: 200,
    },
  ];
  const open = ({ agentId }: Person) => navigate({ to: '/skills/$agentId', params: { agentId } });
  return (
    <>
      <p className="quiet small">{t('skills.legend')}</p>
      <Table
        name="skills"
        caption={t('skills.title')}
        rows={people}
        columns={columns}
        rowKey={({ agentId }) => agentId}
        open={open}
        sorting={{ column: 'team', down: false }}
        narrow={(person) => (
          <button type="button" className="skill-row" onClick={() => open(person)}>
            <span>
              <b>{person.name}</b> <span className="quiet">{jobName(person)}</span>
            </span>
            <span className="skill-row-heat">
              {skills.map((skill) => (
                <span key={skill.id}>
                  <span className="quiet small">{say(skill.name)}</span>
                  <Heat person={person} skill={skill} jobs={matrix.jobs} />
                </span>
              ))}
            </span>
          </button>
        )}
      />
    </>
  );
}

interface HeatProps {
  readonly person: Person;
  readonly skill: SkillMatrix['skills'][number];
  readonly jobs: SkillMatrix['jobs'];
}

function Heat({ person, skill, jobs }: HeatProps) {
  const { t, say } = useReader();
  const { level, required, isBelow } = heatOf(person, skill.id, jobs);
  const held = level === null ? t('skills.unknown') : t('skills.level', { level });
  const words = isBelow
    ? t('skills.below', { skill: say(skill.name), level: held, required })
    : t('skills.meets', { skill: say(skill.name), level: held });
  return (
    <span className={`skill-heat skill-heat-${level ?? 'none'}`} title={words}>
      <span className="unseen">{words}</span>
      <span aria-hidden="true">{level ?? '—'}</span>
      {isBelow ? <i aria-hidden="true">▽</i> : null}
    </span>
  );
}
