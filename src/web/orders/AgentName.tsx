import type { AgentRef, Verdict } from '../../metrics/orderSchemas.ts';
import { useReader } from '../text/language.ts';

const letters = { zh: '甲乙丙丁戊己庚辛壬癸', en: 'ABCDEFGHIJ' } as const;

/** The words for whom a verdict names: a person, a colleague by letter, or nobody. */
export function useAgentName(): (agent: AgentRef | null) => string {
  const { t, language } = useReader();
  return (agent) => {
    if (agent === null) return t('orders.nobody');
    if (agent.is === 'agent') return agent.name;
    return t('orders.colleague', { letter: letters[language][agent.number - 1] ?? ` ${agent.number}` });
  };
}

/** Whom a verdict credits; for nobody, shortly why. */
export function Credited({ verdict }: { readonly verdict: Pick<Verdict, 'agent' | 'reason'> }) {
  const { t } = useReader();
  const name = useAgentName();
  const { agent, reason } = verdict;
  if (agent !== null || reason === 'lastChat' || reason === 'mostRounds' || reason === 'followUp')
    return <b>{name(agent)}</b>;
  return (
    <span className="quiet">
      {name(null)} <span className="small figure">{t(`orders.reason.${reason}`)}</span>
    </span>
  );
}
