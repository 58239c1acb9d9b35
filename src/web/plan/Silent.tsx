import type { Text } from '../../scores/schemas.ts';
import { useReader } from '../text/language.ts';

/** Marks a place where the source of the plan said nothing and Heng chose. */
export function Silent({ text }: { readonly text: Text }) {
  const { t, say } = useReader();
  return (
    <p className="silent">
      <span>
        {t('plans.silent')}
        {t('mark.colon')}
      </span>
      {say(text)}
    </p>
  );
}
