import { useQuery } from '@tanstack/react-query';
import { definitionsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import type { Run } from './calendarView.ts';
import { detailOf, metricWords, shapes, shopWords, spanWords } from './words.ts';

interface RunsProps {
  readonly runs: readonly Run[];
  readonly may: boolean;
  readonly edit: (run: Run) => void;
  readonly remove: (run: Run) => void;
}

/** What was declared, a line for each run of days. */
export function Runs({ runs, may, edit, remove }: RunsProps) {
  const { t, language, say } = useReader();
  const definitions = useQuery(definitionsQuery);
  const names = new Map([...(definitions.data ?? [])].map(([id, { name }]) => [id, say(name)]));
  return (
    <ul className="runs">
      {runs.map((run) => {
        const { row } = run;
        const what = [t(`calendar.types.${row.type}`), detailOf(row, t)].filter(Boolean).join(' ');
        return (
          <li key={JSON.stringify(run.row)} className="row spread">
            <span className="run">
              <span className={`mark mark-${row.type}`}>
                <i>{shapes[row.type]}</i> <b>{what}</b>
              </span>
              {row.name === '' ? null : <span>{row.name}</span>}
              <span className="quiet small">
                {[
                  spanWords(run, t, language),
                  shopWords(row.shop, t),
                  row.type === 'promotion' ? metricWords(row.metric, names, t) : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {may ? (
              <span className="row">
                <button
                  type="button"
                  className="text-button"
                  aria-label={`${t('calendar.edit')} ${what}`}
                  onClick={() => edit(run)}
                >
                  {t('calendar.edit')}
                </button>
                <button
                  type="button"
                  className="text-button"
                  aria-label={`${t('calendar.remove')} ${what}`}
                  onClick={() => remove(run)}
                >
                  {t('calendar.remove')}
                </button>
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
