import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Confusion } from '../../quality/agreement/confusionSchemas.ts';
import { absent } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { confusionQuery } from '../queries.ts';
import { percentText } from '../rules/rulesView.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
type Row = Confusion['rows'][number];
const cells = ['both', 'ruleOnly', 'personOnly', 'neither'] as const;

/** What rules and people found in the same conversations, kind by kind and rule by rule. */
export function RulesBesidePeople() {
  const { t } = useReader();
  const query = useQuery(confusionQuery);
  return (
    <section className="section">
      <h2>{t('quality.confusion.title')}</h2>
      <Answer query={query} empty={({ rows }) => (rows.length === 0 ? <p>{t('quality.confusion.none')}</p> : null)}>
        {({ talks, rows }) => (
          <>
            <p className="reading quality-lead">{t('quality.confusion.lead', { talks })}</p>
            <div className="scroll-x">
              <table className="spreads confusion">
                <thead>
                  <tr>
                    <th>{t('quality.confusion.kind')}</th>
                    {cells.map((cell) => (
                      <th key={cell} className="end">
                        {t(`quality.confusion.${cell}`)}
                      </th>
                    ))}
                    <th className="end">{t('quality.confusion.precision')}</th>
                    <th className="end">{t('quality.confusion.recall')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <RowOf key={`${row.kind} ${row.rule?.id ?? ''}`} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Answer>
    </section>
  );
}

function RowOf({ row }: { readonly row: Row }) {
  const { t, say } = useReader();
  const { me } = app.useRouteContext();
  const share = (of: Row['precision']) =>
    of === null
      ? absent
      : t('quality.confusion.share', {
          ...{ percent: percentText(of.percent), low: percentText(of.low), high: percentText(of.high) },
        });
  return (
    <tr>
      <td>
        {t(`rules.incident.${row.kind}`, row.kind)} ·{' '}
        {row.rule && me.permissions.includes('rule.read') ? (
          <Link to="/rules/$ruleId" params={{ ruleId: row.rule.id }}>
            {say(row.rule.name)}
          </Link>
        ) : (
          (row.rule && say(row.rule.name)) || t('quality.confusion.all')
        )}
      </td>
      {cells.map((cell) => (
        <td key={cell} className="end figure">
          {row[cell]}
        </td>
      ))}
      <td className="end figure">{share(row.precision)}</td>
      <td className="end figure">{share(row.recall)}</td>
    </tr>
  );
}
