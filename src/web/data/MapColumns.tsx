import { Input, Select } from 'antd';
import { type Column, kinds } from '../../ingest/kinds.ts';
import type { Upload } from '../../ingest/schemas.ts';
import { useReader } from '../text/language.ts';
import { type ColumnDraft, type MappingDraft, samplesOf } from './mappingDraft.ts';

interface MapColumnsProps {
  readonly draft: MappingDraft;
  readonly upload: Upload;
  readonly change: (draft: MappingDraft) => void;
}

export function MapColumns({ draft, upload, change }: MapColumnsProps) {
  const { t } = useReader();
  return (
    <section>
      <h2>{t('upload.columns')}</h2>
      {draft.base?.fold ? <p className="quiet">{t('upload.fold')}</p> : null}
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
          <tbody>
            {kinds[draft.kind].columns.map((column) => {
              const mapped = draft.columns[column.name];
              return mapped ? (
                <MapColumn
                  key={column.name}
                  column={column}
                  mapped={mapped}
                  upload={upload}
                  change={(next) => change({ ...draft, columns: { ...draft.columns, [column.name]: next } })}
                />
              ) : null;
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function MapColumn({
  column,
  mapped,
  upload,
  change,
}: {
  readonly column: Column;
  readonly mapped: ColumnDraft;
  readonly upload: Upload;
  readonly change: (mapped: ColumnDraft) => void;
}) {
  const { t } = useReader();
  const timed = column.type.is === 'instant' || column.type.is === 'date';
  const listed = column.type.is === 'oneOf' ? column.type.values : null;
  const missing = column.required && mapped.from === '' && mapped.constant === '';
  return (
    <tr>
      <td>
        <code>{column.name}</code>{' '}
        {column.required ? <span className={missing ? 'small' : 'quiet small'}>{t('upload.required')}</span> : null}
      </td>
      <td>
        <Select
          aria-label={`${column.name} ${t('upload.from')}`}
          value={mapped.from}
          showSearch
          options={[
            { value: '', label: t('upload.notMapped') },
            ...upload.columns.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(from) => change({ ...mapped, from })}
        />
      </td>
      <td className="map-sample">{samplesOf(mapped.from, upload.columns, upload.sample).join(' · ')}</td>
      <td>
        {mapped.from === '' ? (
          <Input
            aria-label={`${column.name} ${t('upload.constant')}`}
            placeholder={t('upload.constant')}
            value={mapped.constant}
            style={{ width: 180 }}
            onChange={(event) => change({ ...mapped, constant: event.target.value })}
          />
        ) : timed ? (
          <Input
            aria-label={`${column.name} ${t('upload.format')}`}
            placeholder={t('upload.formatHint')}
            value={mapped.format}
            style={{ width: 300 }}
            onChange={(event) => change({ ...mapped, format: event.target.value })}
          />
        ) : listed || mapped.values !== '' ? (
          <Input.TextArea
            aria-label={`${column.name} ${t('upload.values')}`}
            placeholder={
              listed ? `${t('upload.valuesHint')}${t('mark.semicolon')}${listed.join(' / ')}` : t('upload.valuesHint')
            }
            value={mapped.values}
            autoSize={{ minRows: 1, maxRows: 5 }}
            style={{ width: 300 }}
            onChange={(event) => change({ ...mapped, values: event.target.value })}
          />
        ) : null}
      </td>
    </tr>
  );
}
