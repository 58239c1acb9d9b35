import type { AgentRef } from '../../metrics/orderSchemas.ts';
import { useReader } from '../text/language.ts';

/** The words for whom a verdict names: a person, a colleague by number, or nobody. */
export function useAgentName(): (agent: AgentRef | null) => string {
  const { t } = useReader();
  return (agent) => {
    if (agent === null) return t('orders.nobody');
    return agent.is === 'agent' ? agent.name : t('orders.colleague', { number: agent.number });
  };
}

export function AgentName({ agent }: { readonly agent: AgentRef | null }) {
  const name = useAgentName();
  return agent === null ? <span className="quiet">{name(agent)}</span> : <b>{name(agent)}</b>;
}
