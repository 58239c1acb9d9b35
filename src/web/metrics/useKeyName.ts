import { useSuspenseQuery } from '@tanstack/react-query';
import { choiceNames } from '../../metrics/factColumns.ts';
import type { Dimension } from '../../metrics/metricValue.ts';
import { channelName } from '../channelName.ts';
import { dayInTable, weekdayName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** The key of a split figure as a reader calls it. */
export function useKeyName(by: Dimension): (key: string) => string {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const people = new Map(organisation.agents.map(({ agentId, name }) => [agentId, name]));
  return (key) => {
    switch (by) {
      case 'agent':
        return people.get(key) || key;
      case 'team':
        return key || t('metrics.noTeam');
      case 'day':
        return dayInTable(key, language);
      case 'weekday':
        return weekdayName(Number(key), language);
      case 'hour':
        return `${key}:00–${String(Number(key) + 1).padStart(2, '0')}:00`;
      case 'channel':
        return channelName(key, language) || t('metrics.split.unnamed');
      case 'priority':
        return choiceNames[key] ? say(choiceNames[key]) : key || t('metrics.split.unnamed');
      case 'shop':
      case 'queue':
        return key || t('metrics.split.unnamed');
    }
  };
}
