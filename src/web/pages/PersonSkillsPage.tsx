import '../skills/skills.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { PersonSkills } from '../../skills/schemas.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { personSkillsQuery } from '../queries.ts';
import { offered } from '../skills/matrixView.ts';
import { PersonJob } from '../skills/PersonJob.tsx';
import { SkillSection } from '../skills/SkillSection.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/skills/$agentId');
const app = getRouteApi('/app');

/** What somebody can do, what it rests on, and how far it is to their job and the next. */
export function PersonSkillsPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const { agentId } = route.useParams();
  const query = useQuery(personSkillsQuery(agentId));
  const isOwn = me.agentId === agentId;
  return (
    <>
      {me.role === 'agent' ? null : (
        <p className="page-back">
          <Link to="/skills">← {t('skills.back')}</Link>
        </p>
      )}
      <Answer query={query}>
        {(person) => (
          <>
            <PageHead title={isOwn ? t('skills.mine') : person.agent.name}>
              <Link to="/scorecards/$agentId" params={{ agentId }}>
                {t('skills.toCard')}
              </Link>
            </PageHead>
            <p className="quiet">{[person.agent.team, person.agent.shop].filter((each) => each !== '').join(' · ')}</p>
            <PersonJob person={person} />
            <Gaps person={person} />
            {offered(person.skills).map((skill) => (
              <SkillSection key={skill.id} person={person} skill={skill} />
            ))}
          </>
        )}
      </Answer>
    </>
  );
}

function Gaps({ person }: { readonly person: PersonSkills }) {
  const { t, say } = useReader();
  const nameOf = (id: string) => {
    const job = person.jobs.find((each) => each.id === id);
    return job ? say(job.name) : id;
  };
  return (
    <div className="skill-gaps">
      {(['own', 'next'] as const).map((which) => {
        const job = which === 'own' ? person.job : person.next;
        if (job === null) return null;
        const gaps = person.gaps[which];
        return (
          <section key={which}>
            <h3>{t(which === 'own' ? 'skills.gapsOwn' : 'skills.gapsNext', { job: nameOf(job) })}</h3>
            {gaps.length === 0 ? <p className="skill-met">{t('skills.gapsNone')}</p> : null}
            <ul>
              {gaps.map((gap) => (
                <Gap key={gap.skill} gap={gap} person={person} />
              ))}
            </ul>
          </section>
        );
      })}
      {person.rotations.length === 0 ? null : (
        <p className="skill-rotates">
          {t('skills.canRotate', { jobs: person.rotations.map(nameOf).join(t('mark.comma')) })}{' '}
          <Link to="/outcomes" search={{ kind: 'rotation' }}>
            {t('skills.seeProposals')}
          </Link>
        </p>
      )}
    </div>
  );
}

interface GapProps {
  readonly gap: PersonSkills['gaps']['own'][number];
  readonly person: PersonSkills;
}

function Gap({ gap: { skill: id, level, required }, person }: GapProps) {
  const { t, say } = useReader();
  const skill = person.skills.find((each) => each.id === id);
  const anchor = skill?.anchors[required - 1];
  return (
    <li>
      <p>
        {t('skills.gapLine', {
          name: skill ? say(skill.name) : id,
          level: level === null ? t('skills.unknown') : t('skills.level', { level }),
          required,
        })}
      </p>
      {anchor ? <p className="quiet small">{t('skills.growTo', { anchor: say(anchor) })}</p> : null}
    </li>
  );
}
