import type { ReviewPage } from '../../review/schemas.ts';
import { useReader } from '../text/language.ts';

interface OccasionPickProps {
  readonly page: ReviewPage;
  readonly value: number | null;
  readonly change: (occasion: number | null) => void;
}

/** Which review something belongs to, if any. */
export function OccasionPick({ page, value, change }: OccasionPickProps) {
  const { t } = useReader();
  return (
    <label className="field">
      <span>{t('review.occasion')}</span>
      <select value={value ?? ''} onChange={({ target }) => change(target.value === '' ? null : Number(target.value))}>
        <option value="">{t('review.noOccasion')}</option>
        {page.occasions.map(({ id, title, day }) => (
          <option key={id} value={id}>
            {`${day} ${title}`}
          </option>
        ))}
      </select>
    </label>
  );
}
