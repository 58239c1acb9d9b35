import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { personSkillsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** What somebody who is being trained lacks for their job or, where nothing is lacking, the next. An aid: the plan stands without it. */
export function SkillGaps({ agentId }: { readonly agentId: string }) {
  const { t, say } = useReader();
  const { me } = app.useRouteContext();
  const { data } = useQuery({ ...personSkillsQuery(agentId), enabled: me.permissions.includes('skill.read') });
  const gaps = data ? (data.gaps.own.length > 0 ? data.gaps.own : data.gaps.next) : [];
  if (!data || gaps.length === 0) return null;
  const words = gaps.map(({ skill: id, level, required }) => {
    const skill = data.skills.find((each) => each.id === id);
    return t('skills.developmentGap', {
      ...{ name: skill ? say(skill.name) : id, required },
      level: level === null ? t('skills.unknown') : level,
    });
  });
  return (
    <p className="small">
      <Link to="/skills/$agentId" params={{ agentId }}>
        {t('skills.development', { gaps: words.join(t('mark.comma')) })}
      </Link>
    </p>
  );
}
