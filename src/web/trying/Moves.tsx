import type { BackTest } from '../../scores/backTestSchemas.ts';
import { useReader } from '../text/language.ts';
import { moveTable } from './tryView.ts';

/** The grades under the plan in force by those tried; who keeps theirs lies on the marked cells. */
export function Moves({ result }: { readonly result: BackTest }) {
  const { t, say } = useReader();
  const { columns, rows } = moveTable(result);
  const name = (grade: (typeof columns)[number]) => (grade ? say(grade) : t('try.unrated'));
  return (
    <section className="section">
      <h2>{t('try.moves')}</h2>
      <p className="quiet small">{t('try.movesText')}</p>
      <div className="scroll-x">
        <table className="plain-table try-moves">
          <thead>
            <tr>
              <th scope="col">
                {t('try.inForce')} ↓ {t('try.tried')} →
              </th>
              {columns.map((column) => (
                <th scope="col" className="end" key={column?.id ?? ''}>
                  {name(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ grade, counts }) => (
              <tr key={grade?.id ?? ''}>
                <th scope="row">{name(grade)}</th>
                {counts.map((count, place) => {
                  const column = columns[place] ?? null;
                  const kept = (column?.id ?? null) === (grade?.id ?? null);
                  return (
                    <td className={kept ? 'end try-kept' : 'end'} key={column?.id ?? ''}>
                      {count === 0 ? <span className="quiet">·</span> : count}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
