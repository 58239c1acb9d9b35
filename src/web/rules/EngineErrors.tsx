import type { Engines } from '../../quality/rules/schemas.ts';
import { useReader } from '../text/language.ts';

/** What the models get wrong by their own evaluation. */
export function EngineErrors({ errors }: Pick<Engines, 'errors'>) {
  const { t, say } = useReader();
  if (errors.length === 0) return t('rules.session.engineUnknown');
  const text = errors.map((each) => `${say(each.what)}${t('mark.colon')}${say(each.text)}`).join(t('mark.semicolon'));
  return t('rules.session.engineErrors', { text });
}
