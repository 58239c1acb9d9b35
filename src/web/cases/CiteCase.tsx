import './cases.css';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { CiteInput } from '../../quality/cases/schemas.ts';
import { itemsOf } from '../../quality/rubrics/points.ts';
import type { Rubric } from '../../quality/rubrics/rubricSchema.ts';
import { errorSentence, send } from '../api.ts';
import { Answer } from '../parts/Answer.tsx';
import { casesQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** A line of a best case goes into the rubric's text as one more example of a level. */
export function CiteCase(props: {
  readonly caseId: string;
  readonly rubric: Rubric;
  readonly text: string;
  readonly write: (text: string) => void;
}) {
  const { caseId, rubric, text, write } = props;
  const { t, language, say } = useReader();
  const query = useInfiniteQuery(casesQuery({ view: 'templates', id: caseId }));
  const excerpt = query.data?.pages[0]?.cases[0]?.template?.excerpt ?? [];
  const spoken = excerpt.findIndex(({ who }) => who === 'agent');
  const items = itemsOf(rubric);
  const [chosen, setChosen] = useState<{ line?: number; item?: string; level?: string }>({});
  const line = chosen.line ?? Math.max(0, spoken);
  const item = items.find(({ id }) => id === chosen.item) ?? items[0];
  const level = item?.levels.find(({ id }) => id === chosen.level) ?? item?.levels[0];
  const add = useMutation({
    mutationFn: () => {
      const input = { text, item: item?.id ?? '', level: level?.id ?? '', case: Number(caseId), line };
      return send<{ text: string }>('POST', '/api/rubrics/cite', input satisfies CiteInput);
    },
    onSuccess: (answer) => write(answer.text),
  });
  return (
    <section className="notice stack cite">
      <p>
        <b>{t('cases.citing.title', { id: caseId })}</b>
      </p>
      <Answer
        query={query}
        empty={({ pages }) => (pages[0]?.cases.length === 0 ? <p>{t('cases.citing.gone')}</p> : null)}
      >
        {() => (
          <>
            <Select
              className="cite-line"
              aria-label={t('cases.citing.line')}
              value={line}
              onChange={(value) => setChosen({ ...chosen, line: value })}
              options={excerpt.map((said, value) => ({ value, label: `${t(`cases.who.${said.who}`)}：${said.text}` }))}
            />
            <p className="row">
              <Select
                aria-label={t('cases.citing.item')}
                value={item?.id ?? null}
                onChange={(value) => setChosen({ line, item: value ?? '' })}
                options={items.map(({ id, name }) => ({ value: id, label: say(name) }))}
                popupMatchSelectWidth={false}
                style={{ minWidth: 160 }}
              />
              <Select
                aria-label={t('cases.citing.level')}
                value={level?.id ?? null}
                onChange={(value) => setChosen({ ...chosen, line, item: item?.id ?? '', level: value ?? '' })}
                options={item?.levels.map(({ id, name }) => ({ value: id, label: say(name) })) ?? []}
                popupMatchSelectWidth={false}
                style={{ minWidth: 120 }}
              />
              <button type="button" className="press" disabled={add.isPending} onClick={() => add.mutate()}>
                {t('cases.citing.add')}
              </button>
            </p>
            {add.error ? (
              <p className="fault" role="alert">
                {errorSentence(add.error, language) ?? t('state.broken')}
              </p>
            ) : null}
            {add.data ? <p role="status">{t('cases.citing.added')}</p> : null}
          </>
        )}
      </Answer>
    </section>
  );
}
