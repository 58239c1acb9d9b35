import type { HitView } from '../../quality/rules/schemas.ts';
import { useReader } from '../text/language.ts';
import type { Decision } from './decide.ts';

interface DecideButtonsProps {
  readonly status: HitView['status'];
  readonly decide: (decision: Decision['decision']) => void;
  readonly busy: boolean;
}

/** Confirm, overturn, comment: with the letter that does the same. */
export function DecideButtons({ status, decide, busy }: DecideButtonsProps) {
  const { t } = useReader();
  const each = [
    ['confirmed', t('rules.hit.confirm'), 'C'],
    ['overturned', t('rules.hit.overturn'), 'X'],
    ['comment', t('rules.hit.comment'), 'M'],
  ] as const;
  return (
    <span className="hit-acts">
      {each.map(([decision, word, key]) =>
        decision === status ? null : (
          <button
            key={decision}
            type="button"
            className="text-button"
            tabIndex={-1}
            disabled={busy}
            onClick={(event) => {
              event.stopPropagation();
              decide(decision);
            }}
          >
            {word} <kbd>{key}</kbd>
          </button>
        ),
      )}
    </span>
  );
}
