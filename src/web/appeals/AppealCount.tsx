import { useQuery } from '@tanstack/react-query';
import { OpenCount } from '../parts/OpenCount.tsx';
import { appealsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** How many appeals wait, where the link to them is, pressing once one is overdue; nothing where none waits. */
export function AppealCount() {
  const { t } = useReader();
  const { data } = useQuery({ ...appealsQuery('open'), staleTime: 300_000 });
  if (data === undefined) return null;
  const { open, overdue } = data.counts;
  return <OpenCount open={open} isLate={overdue > 0} title={t('appeals.left', { open, overdue })} />;
}
