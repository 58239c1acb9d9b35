import { Input, Select } from 'antd';
import type { Upload } from '../../ingest/schemas.ts';
import { GrowingText } from '../parts/GrowingText.tsx';
import { useReader } from '../text/language.ts';
import { beginFold, type FoldDraft } from './mappingDraft.ts';

interface FoldFieldsProps {
  readonly fold: FoldDraft;
  readonly upload: Upload;
  readonly change: (fold: FoldDraft) => void;
}

/** Which columns of a log of changes say what. */
export function FoldFields({ fold, upload, change }: FoldFieldsProps) {
  const { t } = useReader();
  const column = (label: string, value: string, set: (name: string) => void) => (
    <div className="labelled">
      <span>{label}</span>
      <Select
        aria-label={label}
        showSearch
        value={value}
        style={{ width: 220 }}
        options={[
          { value: '', label: t('upload.notMapped') },
          ...upload.columns.map((name) => ({ value: name, label: name })),
        ]}
        onChange={set}
      />
    </div>
  );
  return (
    <div className="fold">
      <p className="quiet small">{t('upload.foldText')}</p>
      <div className="map-more">
        {column(t('upload.foldKey'), fold.key, (key) => change({ ...fold, key }))}
        {column(t('upload.foldAt'), fold.at.from, (from) => change({ ...fold, at: { ...fold.at, from } }))}
        <div className="labelled">
          <span>{t('upload.format')}</span>
          <Input
            aria-label={t('upload.format')}
            placeholder={t('upload.formatHint')}
            value={fold.at.format}
            style={{ width: 280 }}
            onChange={(event) => change({ ...fold, at: { ...fold.at, format: event.target.value } })}
          />
        </div>
        {column(t('upload.foldOrder'), fold.order, (order) => change({ ...fold, order }))}
        {column(t('upload.foldReopens'), fold.reopens, (reopens) => change({ ...fold, reopens }))}
        {column(t('upload.foldHandler'), fold.handler, (handler) => change({ ...fold, handler }))}
        {column(t('upload.foldState'), fold.state.from, (from) =>
          change({ ...fold, state: beginFold(from, upload.columns, upload.sample).state }),
        )}
        <div className="labelled">
          <span>{t('upload.foldStates')}</span>
          <GrowingText
            aria-label={t('upload.foldStates')}
            value={fold.state.values}
            placeholder={'New = open\nClosed = closed'}
            minRows={2}
            maxRows={10}
            style={{ width: 340 }}
            onChange={(event) => change({ ...fold, state: { ...fold.state, values: event.target.value } })}
          />
        </div>
      </div>
    </div>
  );
}
