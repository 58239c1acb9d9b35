import { useQueryClient } from '@tanstack/react-query';
import { ApiError, errorSentence } from '../api.ts';
import { useReader } from '../text/language.ts';
import type { Saving } from './useSheets.ts';

/** Whether what was typed is kept; where somebody changed it elsewhere, how to read it again. */
export function SaveState(props: { readonly state: Saving; readonly changed: string; readonly keyOf: string }) {
  const { state, changed, keyOf } = props;
  const { t, language } = useReader();
  const client = useQueryClient();
  if (state.kind !== 'failed')
    return (
      <span className="quiet small" aria-live="polite">
        {t(`quality.${state.kind}`)}
      </span>
    );
  return (
    <span className="fault small" role="alert">
      {t('quality.notSaved', { why: errorSentence(state.error, language) ?? t('state.unreachable') })}{' '}
      {state.error instanceof ApiError && state.error.code === changed ? (
        <button type="button" className="text-button" onClick={() => client.resetQueries({ queryKey: [keyOf] })}>
          {t('quality.reload')}
        </button>
      ) : null}
    </span>
  );
}
