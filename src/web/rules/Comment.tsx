import { Input } from 'antd';
import { useReader } from '../text/language.ts';

/** One line to comment in: Enter saves, Escape goes back. */
export function Comment({ save, leave }: { readonly save: (text: string) => void; readonly leave: () => void }) {
  const { t } = useReader();
  return (
    <Input
      autoFocus
      aria-label={t('rules.hit.comment')}
      placeholder={t('rules.hit.commentText')}
      maxLength={1000}
      onPressEnter={(event) => {
        const text = event.currentTarget.value.trim();
        if (text !== '') save(text);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') leave();
      }}
      onBlur={leave}
    />
  );
}
