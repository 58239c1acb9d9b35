import { useQuery } from '@tanstack/react-query';
import { appealsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** How many appeals wait, where the link to them is, pressing once one is overdue; nothing where none waits. */
export function AppealCount() {
  const { t } = useReader();
  const { data } = useQuery({ ...appealsQuery('open'), staleTime: 300_000 });
  if (data === undefined || data.counts.open === 0) return null;
  const { open, overdue } = data.counts;
  return (
    <span
      className={overdue > 0 ? 'head-count head-pressing' : 'head-count'}
      title={t('appeals.left', { open, overdue })}
    >
      {open}
    </span>
  );
}
