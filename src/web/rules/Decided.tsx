import type { Decided as Data } from '../../quality/rules/schemas.ts';
import { errorSentence } from '../api.ts';
import { useReader } from '../text/language.ts';

/** What came of a decision where that is not what one would expect: refused, or confirmed and yet no incident. */
export function Decided({ error, data }: { readonly error: Error | null; readonly data: Data | undefined }) {
  const { t, language } = useReader();
  if (error)
    return (
      <p className="notice notice-fault" role="alert">
        {errorSentence(error, language) ?? t('state.broken')}
      </p>
    );
  if (!data?.heldByPlan && !data?.monthClosed) return null;
  return (
    <p className="notice" role="status">
      {data.heldByPlan ? t('rules.hit.heldByPlan') : t('rules.hit.monthClosed')}
    </p>
  );
}
