import type { BackTest, Sensitivity } from '../../scores/backTestSchemas.ts';
import { score, signed } from '../format.ts';
import { Defined } from '../parts/Defined.tsx';
import { Table } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';

/** Which item decides, and how much hangs on each number of the plan. */
export function TriedItems({ result }: { readonly result: BackTest }) {
  const { t, say } = useReader();
  const changed = ({ kind, harder }: Sensitivity) =>
    kind === 'weight' ? t('try.weightUp') : harder ? t('try.targetHarder') : t('try.targetEasier');
  return (
    <>
      <section className="section">
        <h2>{t('try.items')}</h2>
        <p className="quiet small">{t('try.itemsText')}</p>
        <Table
          name="triedItems"
          caption={t('try.items')}
          rows={result.items}
          rowKey={({ id }) => id}
          columns={[
            {
              ...{ id: 'item', title: t('try.item'), width: 220, shown: 'always' },
              cell: (item) => <Defined metric={item.metric}>{say(item.name)}</Defined>,
            },
            ...(['pointsBefore', 'pointsAfter', 'lostAfter'] as const).map((id) => ({
              ...{ id, title: t(`try.${id}`), width: 130, end: true },
              cell: (item: BackTest['items'][number]) => score(item[id]),
              sort: (item: BackTest['items'][number]) => (item[id] === null ? null : Number(item[id])),
            })),
            ...(['decides', 'losesMost'] as const).map((id) => ({
              ...{ id, title: t(`try.${id}`), width: 130, end: true },
              cell: (item: BackTest['items'][number]) => item[id],
              sort: (item: BackTest['items'][number]) => item[id],
            })),
          ]}
          narrow={(item) => (
            <div className="try-entry">
              <b>{say(item.name)}</b>
              <span className="figure">
                {score(item.pointsBefore)} → {score(item.pointsAfter)}
              </span>
              <span className="quiet small">
                {t('try.decides')} {item.decides} · {t('try.losesMost')} {item.losesMost}
              </span>
            </div>
          )}
        />
      </section>
      <section className="section">
        <h2>{t('try.sensitivity')}</h2>
        <p className="quiet small">{t('try.sensitivityText')}</p>
        <Table
          name="sensitivity"
          caption={t('try.sensitivity')}
          rows={result.sensitivity}
          rowKey={({ kind, item }) => `${kind} ${item}`}
          columns={[
            {
              ...{ id: 'item', title: t('try.item'), width: 220, shown: 'always' },
              cell: (row) => say(row.name),
              sort: (row) => say(row.name),
            },
            {
              ...{ id: 'kind', title: t('try.changed'), width: 160 },
              cell: changed,
              sort: changed,
            },
            {
              ...{ id: 'meanChange', title: t('try.meanChange'), width: 170, end: true },
              cell: (row) => signed(row.meanChange),
              sort: (row) => Number(row.meanChange),
            },
            ...(['up', 'down'] as const).map((id) => ({
              ...{ id, title: t(`try.${id}`), width: 130, end: true },
              cell: (row: Sensitivity) => row[id],
              sort: (row: Sensitivity) => row[id],
            })),
          ]}
          narrow={(row) => (
            <div className="try-entry">
              <b>{say(row.name)}</b>
              <span className="figure">{signed(row.meanChange)}</span>
              <span className="quiet small">
                {changed(row)} · {t('try.up')} {row.up} · {t('try.down')} {row.down}
              </span>
            </div>
          )}
        />
      </section>
    </>
  );
}
