import '../skills/skills.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { skillProposalsQuery, skillsQuery } from '../queries.ts';
import { Catalogue } from '../skills/Catalogue.tsx';
import { DecideLevel } from '../skills/DecideLevel.tsx';
import { Matrix } from '../skills/Matrix.tsx';
import { narrowed, offered } from '../skills/matrixView.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/skills');
const app = getRouteApi('/app');
const allViews = ['matrix', 'proposals', 'catalogue'] as const;
type View = (typeof allViews)[number];

/** Team by skill; what facts propose; and what levels and jobs mean. */
export function SkillsPage() {
  const { t, say } = useReader();
  const { me } = app.useRouteContext();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(skillsQuery);
  const views = allViews.filter((each) => each !== 'proposals' || me.permissions.includes('skill.assess'));
  const view = views.find((each) => each === search.view) ?? 'matrix';
  const matrix = query.data;
  const teams = [...new Set(matrix?.people.map(({ team }) => team))].filter((team) => team !== '').sort();
  const change = (next: typeof search) => navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      <PageHead
        title={t('skills.title')}
        pickers={
          <>
            <Segmented<View>
              aria-label={t('skills.title')}
              className="skill-views"
              value={view}
              onChange={(next) => change({ view: next === 'matrix' ? undefined : next })}
              options={views.map((value) => ({ value, label: t(`skills.views.${value}`) }))}
            />
            {view === 'matrix' && matrix ? (
              <>
                <Select
                  aria-label={t('skills.team')}
                  value={search.team ?? ''}
                  onChange={(team) => change({ team: team || undefined })}
                  options={[
                    { value: '', label: t('skills.allTeams') },
                    ...teams.map((team) => ({ value: team, label: team })),
                  ]}
                  popupMatchSelectWidth={false}
                  className="pick-place"
                />
                <Select
                  aria-label={t('skills.job')}
                  value={search.job ?? ''}
                  onChange={(job) => change({ job: job || undefined })}
                  options={[
                    { value: '', label: t('skills.allJobs') },
                    ...offered(matrix.jobs).map(({ id, name }) => ({ value: id, label: say(name) })),
                  ]}
                  popupMatchSelectWidth={false}
                  className="pick-place"
                />
              </>
            ) : null}
          </>
        }
      />
      <AppraisalLinks />
      <p className="reading skill-lead">{t('skills.lead')}</p>
      {view === 'proposals' ? (
        <Proposals />
      ) : (
        <Answer
          query={query}
          empty={({ people }) =>
            view === 'matrix' && narrowed(people, search).length === 0 ? (
              <Empty title={t('skills.none')} text={t('skills.noneText')} />
            ) : null
          }
        >
          {(found) =>
            view === 'matrix' ? (
              <Matrix matrix={found} people={narrowed(found.people, search)} />
            ) : (
              <Catalogue matrix={found} />
            )
          }
        </Answer>
      )}
    </>
  );
}

function Proposals() {
  const { t, say } = useReader();
  const query = useQuery(skillProposalsQuery);
  const { data: matrix } = useQuery(skillsQuery);
  const nameOf = (id: string) => {
    const skill = matrix?.skills.find((each) => each.id === id);
    return skill ? say(skill.name) : id;
  };
  return (
    <Answer
      query={query}
      empty={({ proposals }) =>
        proposals.length === 0 ? <Empty title={t('skills.proposalsNone')} text={t('skills.proposalsNoneText')} /> : null
      }
    >
      {({ proposals }) => (
        <ul className="skill-proposals">
          {proposals.map((proposal) => (
            <li key={`${proposal.agent.agentId} ${proposal.skill}`}>
              <p>
                <Link to="/skills/$agentId" params={{ agentId: proposal.agent.agentId }}>
                  <b>{proposal.agent.name}</b>
                </Link>{' '}
                <span className="quiet">{proposal.agent.team}</span>
              </p>
              <DecideLevel agentId={proposal.agent.agentId} proposal={proposal} who={nameOf(proposal.skill)} />
            </li>
          ))}
        </ul>
      )}
    </Answer>
  );
}
