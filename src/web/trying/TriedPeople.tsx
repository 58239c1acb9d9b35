import type { BackTest, BackTestRow } from '../../scores/backTestSchemas.ts';
import { absent, periodName, score, signed } from '../format.ts';
import { Table } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';

/** Everybody and every month: what was, what would have been, and which item makes the difference. */
export function TriedPeople({ result }: { readonly result: BackTest }) {
  const { t, language, say } = useReader();
  const grade = (side: BackTestRow['before']) => (side.grade ? say(side.grade) : t('try.unrated'));
  const number = (value: string | null) => (value === null ? null : Number(value));
  return (
    <section className="section">
      <h2>{t('try.people')}</h2>
      <Table
        name="triedPeople"
        caption={t('try.people')}
        rows={result.rows}
        rowKey={({ agentId, period }) => `${agentId} ${period}`}
        sorting={{ column: 'change', down: false }}
        columns={[
          {
            ...{ id: 'name', title: t('try.person'), width: 140, shown: 'always' },
            cell: (row) => row.name,
            sort: (row) => row.name,
          },
          { id: 'team', title: t('cards.team'), width: 130, cell: (row) => row.team, sort: (row) => row.team },
          {
            ...{ id: 'period', title: t('try.period'), width: 120 },
            cell: (row) => periodName(row.period, language),
            sort: (row) => row.period,
          },
          {
            ...{ id: 'before', title: t('try.before'), width: 100, end: true },
            cell: (row) => score(row.before.total),
            sort: (row) => number(row.before.total),
          },
          { id: 'gradeBefore', title: t('try.gradeBefore'), width: 110, cell: (row) => grade(row.before) },
          {
            ...{ id: 'after', title: t('try.after'), width: 100, end: true },
            cell: (row) => score(row.after.total),
            sort: (row) => number(row.after.total),
          },
          { id: 'gradeAfter', title: t('try.gradeAfter'), width: 110, cell: (row) => grade(row.after) },
          {
            ...{ id: 'change', title: t('try.change'), width: 90, end: true },
            cell: (row) => (row.change === null ? absent : signed(row.change)),
            sort: (row) => number(row.change),
          },
          {
            ...{ id: 'vetoes', title: t('cards.vetoed'), width: 120, shown: 'later' },
            cell: (row) => row.vetoes.map(say).join(t('mark.comma')) || absent,
          },
          {
            ...{ id: 'decides', title: t('try.decidedBy'), width: 160 },
            cell: (row) => (row.decides ? say(row.decides) : absent),
          },
          {
            ...{ id: 'losesMost', title: t('try.lostMostBy'), width: 160 },
            cell: (row) => (row.losesMost ? say(row.losesMost) : absent),
          },
        ]}
        narrow={(row) => (
          <div className="try-entry">
            <b>{row.name}</b>
            <span className="figure">
              {score(row.before.total)} → {score(row.after.total)}
            </span>
            <span className="quiet small">
              {periodName(row.period, language)} · {grade(row.before)} → {grade(row.after)}
              {row.decides ? ` · ${say(row.decides)}` : ''}
            </span>
          </div>
        )}
      />
    </section>
  );
}
