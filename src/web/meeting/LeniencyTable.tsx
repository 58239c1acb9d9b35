import type { Meeting } from '../../appraisal/meeting/schemas.ts';
import { useReader } from '../text/language.ts';

const one = (value: number) => value.toFixed(1).replace('-', '−');
const signed = (value: number) => (value > 0 ? `+${one(value)}` : one(value));

/** Raters beside each other, item by item, before and after a normalisation that is only shown. */
export function LeniencyTable({ meeting: { leniency } }: { readonly meeting: Meeting }) {
  const { t, say } = useReader();
  return (
    <section className="section stack">
      <h2>{t('meeting.leniency')}</h2>
      <p className="quiet cycles-lead">{leniency.length === 0 ? t('meeting.noLeniency') : t('meeting.leniencyText')}</p>
      {leniency.length === 0 ? null : (
        <div className="scroll-x">
          <table className="cycle-list">
            <thead>
              <tr>
                <th scope="col">{t('meeting.item')}</th>
                <th scope="col">{t('meeting.rater')}</th>
                {(['n', 'mean', 'median', 'others', 'difference', 'after', 'change'] as const).map((column) => (
                  <th key={column} scope="col" className="num">
                    {t(`meeting.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {leniency.map((row) => (
                <tr key={`${row.item} ${row.rater}`}>
                  <td>{row.itemName ? say(row.itemName) : row.item}</td>
                  <td>{row.raterName}</td>
                  <td className="num">{row.n}</td>
                  <td className="num">{one(row.mean)}</td>
                  <td className="num">{one(row.median)}</td>
                  <td className="num">
                    {one(row.othersMean)} <span className="quiet">({row.othersN})</span>
                  </td>
                  <td className="num">
                    {signed(row.difference)}{' '}
                    <span className="quiet">
                      {row.interval ? `(${signed(row.interval[0])} – ${signed(row.interval[1])})` : '—'}
                    </span>
                  </td>
                  <td className="num">{one(row.normalisedMean)}</td>
                  <td className="num">{one(row.largestChange)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
