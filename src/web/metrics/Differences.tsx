import type { DefinitionHistory } from '../../metrics/definitionSchemas.ts';
import { useReader } from '../text/language.ts';

/** What one decision changed, line by line. */
export function Differences({
  differences,
}: {
  readonly differences: DefinitionHistory['versions'][number]['differences'];
}) {
  const { t, say } = useReader();
  return (
    <ul>
      {differences.map(({ what, before, after }) => (
        <li key={what.en}>
          {say(what)}
          {t('mark.colon')}
          {before === null
            ? after && say(after)
            : t('metrics.log.becomes', { before: say(before), after: after ? say(after) : '' })}
        </li>
      ))}
    </ul>
  );
}
