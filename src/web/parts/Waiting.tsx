import { useReader } from '../text/language.ts';

/** The page while it is being read: empty beams, not a spinner. */
export function Waiting() {
  const { t } = useReader();
  return (
    <div className="waiting" role="status" aria-label={t('state.loading')}>
      {[72, 54, 88, 40, 64].map((width) => (
        <i key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
