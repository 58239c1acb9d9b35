import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { SuggestionView } from '../../quality/assistant/schemas.ts';
import { itemsOf } from '../../quality/rubrics/points.ts';
import type { Rubric } from '../../quality/rubrics/rubricSchema.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable } from '../format.ts';
import { organisationQuery, suggestionQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** What a language model suggests for this inspection, apart from the form; nothing where none is in use. */
export function Suggestion({ task, rubric }: { readonly task: number; readonly rubric: Rubric }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const query = useQuery(suggestionQuery(task));
  const ask = useMutation({
    mutationFn: () => send<SuggestionView>('POST', `/api/inspections/${task}/suggestion`),
    onSuccess: (view) => client.setQueryData(suggestionQuery(task).queryKey, view),
  });
  const view = query.data;
  const failed = query.error ?? ask.error;
  if (!failed && (!view || view.state === 'off')) return null;
  return (
    <aside className="suggestion" aria-label={t('quality.assistant.suggestion')}>
      {view?.state === 'hidden' || view?.state === 'blind' ? (
        <p className="quiet small">{t(`quality.assistant.${view.state}`)}</p>
      ) : null}
      {view?.state === 'none' ? (
        <button type="button" className="press press-plain" disabled={ask.isPending} onClick={() => ask.mutate()}>
          {ask.isPending ? t('quality.assistant.asking') : t('quality.assistant.ask')}
        </button>
      ) : null}
      {view?.suggestion ? <Suggested suggestion={view.suggestion} rubric={rubric} /> : null}
      {failed ? (
        <p className="notice" role="alert">
          {errorSentence(failed, language) ?? t('state.broken')}
        </p>
      ) : null}
    </aside>
  );
}

function Suggested(props: { readonly suggestion: NonNullable<SuggestionView['suggestion']>; readonly rubric: Rubric }) {
  const { model, askedAt, items, discarded } = props.suggestion;
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const known = new Map(itemsOf(props.rubric).map((item) => [item.id, item]));
  const at = instantInTable(askedAt, organisation.timeZone, language);
  return (
    <details>
      <summary>{t('quality.assistant.suggestion')}</summary>
      <p className="small">{t('quality.assistant.suggestionText')}</p>
      <ul className="finished-items">
        {items.map(({ item, level, reason, quotes }) => {
          const found = known.get(item);
          const name = found?.levels.find(({ id }) => id === level)?.name;
          return (
            <li key={item}>
              <p>
                <b>{found ? say(found.name) : item}</b> {name ? say(name) : t('quality.na')}
              </p>
              <p>{reason}</p>
              {quotes.map((quote) => (
                <blockquote key={quote} className="anchors-said">
                  {quote}
                </blockquote>
              ))}
            </li>
          );
        })}
      </ul>
      {items.length === 0 ? <p>{t('quality.assistant.empty')}</p> : null}
      {items.length > 0 && discarded.length > 0 ? (
        <p className="quiet small">{t('quality.assistant.discarded', { count: discarded.length })}</p>
      ) : null}
      <p className="quiet small">{t('quality.assistant.askedAt', { model, at })}</p>
    </details>
  );
}
