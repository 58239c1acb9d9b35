import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { type Column, kinds } from '../../ingest/kinds.ts';
import type { Upload } from '../../ingest/schemas.ts';
import { GrowingText } from '../parts/GrowingText.tsx';
import { useReader } from '../text/language.ts';
import { columnName } from './columnNames.ts';
import { FoldFields } from './FoldFields.tsx';
import { beginFold, type ColumnDraft, isOneOf, type MappingDraft, samplesOf } from './mappingDraft.ts';

interface MapColumnsProps {
  readonly draft: MappingDraft;
  readonly upload: Upload;
  readonly change: (draft: MappingDraft) => void;
}

const isMapped = (column: ColumnDraft | undefined) =>
  column !== undefined && (column.from !== '' || column.constant !== '');

export function MapColumns({ draft, upload, change }: MapColumnsProps) {
  const { t } = useReader();
  const columns = kinds[draft.kind].columns.filter((column) => !(draft.fold && column.name === 'ticket_id'));
  // Decided once for a kind and a mapping: a line that moves away while one fills it in would be lost sight of.
  const [mappedFirst] = useState(
    () => new Set(Object.keys(draft.columns).filter((name) => isMapped(draft.columns[name]))),
  );
  const first = (column: Column) =>
    column.required === true || isOneOf(draft.kind, column.name) || mappedFirst.has(column.name);
  const shown = columns.filter(first);
  const others = columns.filter((column) => !first(column));
  const lines = (some: readonly Column[]) =>
    some.map((column) => {
      const mapped = draft.columns[column.name];
      return mapped ? (
        <MapColumn
          key={column.name}
          column={column}
          need={column.required ? t('upload.required') : isOneOf(draft.kind, column.name) ? t('upload.oneOf') : null}
          mapped={mapped}
          upload={upload}
          change={(next) => change({ ...draft, columns: { ...draft.columns, [column.name]: next } })}
        />
      ) : null;
    });
  return (
    <section className="stack">
      <h2>{t('upload.columns')}</h2>
      <div className="map-more">
        <div className="labelled">
          <span>{t('upload.zone')}</span>
          <Input
            aria-label={t('upload.zone')}
            value={draft.timeZone}
            placeholder="Asia/Shanghai"
            title={t('upload.zoneHint')}
            style={{ width: 180 }}
            onChange={(event) => change({ ...draft, timeZone: event.target.value.trim() })}
          />
        </div>
        <div className="labelled">
          <span>{t('upload.nulls')}</span>
          <Input
            aria-label={t('upload.nulls')}
            value={draft.nulls}
            placeholder={t('upload.nullsHint')}
            style={{ width: 280 }}
            onChange={(event) => change({ ...draft, nulls: event.target.value })}
          />
        </div>
      </div>
      {draft.kind === 'tickets' ? (
        <Checkbox
          checked={draft.fold !== null}
          onChange={(event) =>
            change({ ...draft, fold: event.target.checked ? beginFold('', upload.columns, upload.sample) : null })
          }
        >
          {t('upload.fold')}
        </Checkbox>
      ) : null}
      {draft.fold ? (
        <FoldFields fold={draft.fold} upload={upload} change={(fold) => change({ ...draft, fold })} />
      ) : null}
      <div className="scroll-x">
        <table className="plain-table map">
          <thead>
            <tr>
              <th scope="col">{t('upload.target')}</th>
              <th scope="col">{t('upload.from')}</th>
              <th scope="col">{t('upload.sample')}</th>
              <th scope="col">{t('upload.advanced')}</th>
            </tr>
          </thead>
          <tbody>{lines(shown)}</tbody>
        </table>
      </div>
      {others.length > 0 ? (
        <details>
          <summary>{t('upload.others', { count: others.length })}</summary>
          <div className="scroll-x">
            <table className="plain-table map">
              <tbody>{lines(others)}</tbody>
            </table>
          </div>
        </details>
      ) : null}
    </section>
  );
}

function MapColumn({
  column,
  need,
  mapped,
  upload,
  change,
}: {
  readonly column: Column;
  /** Whether it must be filled, in words. */
  readonly need: string | null;
  readonly mapped: ColumnDraft;
  readonly upload: Upload;
  readonly change: (mapped: ColumnDraft) => void;
}) {
  const { t, language } = useReader();
  const name = columnName(column.name, language);
  const timed = column.type.is === 'instant' || column.type.is === 'date';
  const listed = column.type.is === 'oneOf' ? column.type.values : null;
  return (
    <tr>
      <td className="map-name">
        {name} {need ? <span className="quiet small">{need}</span> : null}
        {language === 'zh' ? (
          <code className="quiet small">
            <br />
            {column.name}
          </code>
        ) : null}
      </td>
      <td>
        <Select
          aria-label={`${name} ${t('upload.from')}`}
          value={mapped.from}
          showSearch
          options={[
            { value: '', label: t('upload.notMapped') },
            ...upload.columns.map((other) => ({ value: other, label: other })),
          ]}
          onChange={(from) => change({ ...mapped, from })}
        />
      </td>
      <td className="map-sample">{samplesOf(mapped.from, upload.columns, upload.sample).join(' · ')}</td>
      <td>
        {mapped.from === '' ? (
          <Input
            aria-label={`${name} ${t('upload.constant')}`}
            placeholder={t('upload.constant')}
            value={mapped.constant}
            style={{ width: 180 }}
            onChange={(event) => change({ ...mapped, constant: event.target.value })}
          />
        ) : timed ? (
          <Input
            aria-label={`${name} ${t('upload.format')}`}
            placeholder={t('upload.formatHint')}
            value={mapped.format}
            style={{ width: 300 }}
            onChange={(event) => change({ ...mapped, format: event.target.value })}
          />
        ) : listed || mapped.values !== '' ? (
          <GrowingText
            aria-label={`${name} ${t('upload.values')}`}
            placeholder={
              listed ? `${t('upload.valuesHint')}${t('mark.semicolon')}${listed.join(' / ')}` : t('upload.valuesHint')
            }
            value={mapped.values}
            minRows={1}
            maxRows={5}
            style={{ width: 300 }}
            onChange={(event) => change({ ...mapped, values: event.target.value })}
          />
        ) : null}
      </td>
    </tr>
  );
}
