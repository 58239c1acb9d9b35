import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { type KindName, kindNames, kinds } from '../../ingest/kinds.ts';
import type { Mapping } from '../../ingest/mapping.ts';
import { reasons } from '../../ingest/reasons.ts';
import type { Preview, SavedMapping, Upload } from '../../ingest/schemas.ts';
import { apiPath, get, send } from '../api.ts';
import { fileSize } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { Refusals } from '../rules/Refusals.tsx';
import { useReader } from '../text/language.ts';
import { columnName } from './columnNames.ts';
import { MapColumns } from './MapColumns.tsx';
import { MappingFile } from './MappingFile.tsx';
import { draftOf, type MappingDraft, mappingOf, missingColumns } from './mappingDraft.ts';
import { PickMapping } from './PickMapping.tsx';
import { PreviewRows } from './PreviewRows.tsx';

interface UseUploadProps {
  readonly upload: Upload;
  readonly again: () => void;
  readonly checked: (checked: boolean) => void;
  readonly started: (importId: number) => void;
}

export function UseUpload({ upload: received, again, checked, started }: UseUploadProps) {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const saved = useQuery({ queryKey: ['mappings'], queryFn: () => get<{ mappings: SavedMapping[] }>('/api/mappings') });
  // Of a workbook: what is in the sheet that is looked at.
  const [upload, setUpload] = useState(received);
  const [sheet, setSheet] = useState(received.sheets[0] ?? '');
  // Rows of a rejects file say themselves what they are; only those of a folded log want a mapping again.
  const direct = upload.isRejects || (upload.guessedMapping === null && upload.guessedKind !== null);
  const [mapped, setMapped] = useState(!direct);
  const [draft, setDraft] = useState<MappingDraft | null>(
    upload.guessedKind === null ? null : draftOf(upload.guessedKind, upload.guessedMapping, upload.columns),
  );
  const [saveAs, setSaveAs] = useState('');
  const path = `/api/uploads/${encodeURIComponent(upload.id)}`;
  const missing = draft && mapped ? missingColumns(draft) : [];
  const inWords = (names: string) =>
    names
      .split(' / ')
      .map((name) => columnName(name, language))
      .join(' / ');
  const asked = () => (draft === null ? {} : mapped ? { mapping: mappingOf(draft) } : { kind: draft.kind });

  const preview = useMutation({
    mutationFn: () => send<Preview>('POST', `${path}/preview`, asked()),
    onSuccess: () => checked(true),
  });
  const keep = useMutation({
    mutationFn: (name: string) =>
      send('PUT', `/api/mappings/${encodeURIComponent(name)}`, draft ? mappingOf(draft) : null),
    onSuccess: () => client.invalidateQueries({ queryKey: ['mappings'] }),
  });
  const begin = useMutation({
    mutationFn: () => send<{ importId: number }>('POST', `${path}/import`, asked()),
    onSuccess: async ({ importId }) => {
      await client.invalidateQueries({ queryKey: ['imports'] });
      await client.invalidateQueries({ queryKey: organisationQuery.queryKey });
      started(importId);
    },
  });
  const change = (next: MappingDraft | null) => {
    preview.reset();
    checked(false);
    setDraft(next);
  };
  const look = useMutation({
    mutationFn: ({ sheet: name }: { sheet: string; use: Mapping | null }) =>
      get<Upload>(apiPath(path, { sheet: name })),
    onSuccess: (seen, { sheet: name, use }) => {
      if (seen.refused) return;
      setUpload(seen);
      setSheet(name);
      // Only a mapping can say which sheet is meant.
      setMapped(true);
      const kind = use?.kind ?? seen.guessedKind ?? draft?.kind ?? null;
      const guessed = use ?? seen.guessedMapping;
      change(kind === null ? null : { ...draftOf(kind, guessed, seen.columns), sheet: name });
    },
  });
  const take = (mapping: Mapping) => {
    setMapped(true);
    const other = mapping.sheet ?? upload.sheets[0] ?? '';
    if (other !== sheet && upload.sheets.includes(other)) look.mutate({ sheet: other, use: mapping });
    else change(draftOf(mapping.kind, mapping, upload.columns));
  };
  const refused = look.data ? look.data.refused : received.refused;
  const problem = look.error ?? preview.error ?? begin.error ?? keep.error;

  return (
    <>
      <div className="row">
        <b>{upload.name}</b>
        <span className="quiet">
          {fileSize(upload.bytes)} {upload.encoding === 'none' ? '' : `· ${t('upload.encoding')} ${upload.encoding}`}
        </span>
        <button type="button" className="text-button" onClick={again}>
          {t('upload.again')}
        </button>
      </div>
      <div className="upload-choices">
        {upload.isRejects ? null : (
          <div className="labelled">
            <span>{t('upload.kind')}</span>
            <Select<KindName>
              aria-label={t('upload.kind')}
              value={draft?.kind ?? null}
              placeholder={t('upload.kindPick')}
              style={{ minWidth: 180 }}
              options={kindNames.map((name) => ({ value: name, label: say(kinds[name]) }))}
              onChange={(kind) => {
                const next = draftOf(kind, upload.guessedMapping, upload.columns);
                change(sheet === (upload.sheets[0] ?? '') ? next : { ...next, sheet });
              }}
            />
          </div>
        )}
        {saved.data && saved.data.mappings.length > 0 ? <PickMapping saved={saved.data.mappings} take={take} /> : null}
        <MappingFile mapping={draft && mapped ? mappingOf(draft) : null} open={take} />
        {upload.sheets.length > 1 && !upload.isRejects ? (
          <div className="labelled">
            <span>{t('upload.sheet')}</span>
            <Select<string>
              aria-label={t('upload.sheet')}
              value={sheet}
              loading={look.isPending}
              style={{ minWidth: 160 }}
              options={upload.sheets.map((name) => ({ value: name, label: name }))}
              onChange={(name) => look.mutate({ sheet: name, use: null })}
            />
          </div>
        ) : null}
      </div>
      {refused ? (
        <p className="notice" role="alert">
          {t('upload.sheetRefused', { sheet: look.variables?.sheet ?? sheet, reason: reasons[refused][language] })}
        </p>
      ) : null}
      {upload.isRejects && !mapped ? <p>{t('upload.rejects')}</p> : null}
      {draft === null ? null : mapped ? (
        <MapColumns
          key={`${sheet} ${draft.kind} ${JSON.stringify(draft.base)}`}
          draft={draft}
          upload={upload}
          change={change}
        />
      ) : (
        <p>
          {t('upload.direct')}{' '}
          <button type="button" className="text-button" onClick={() => setMapped(true)}>
            {t('upload.adjust')}
          </button>
        </p>
      )}
      {missing.length > 0 ? (
        <p className="notice">{t('upload.missingRequired', { columns: missing.map(inWords).join(t('mark.comma')) })}</p>
      ) : null}
      {problem ? <Refusals error={problem} /> : null}
      <div className="row">
        <Button
          type={preview.data ? 'default' : 'primary'}
          disabled={(draft === null && !upload.isRejects) || missing.length > 0}
          loading={preview.isPending}
          onClick={() => preview.mutate()}
        >
          {preview.isPending ? t('upload.previewing') : t('upload.preview')}
        </Button>
        {mapped && preview.data ? (
          <span className="row">
            <Input
              aria-label={t('upload.saveAs')}
              placeholder={t('upload.saveAs')}
              value={saveAs}
              maxLength={60}
              style={{ width: 220 }}
              onChange={(event) => setSaveAs(event.target.value)}
            />
            <Button disabled={saveAs.trim() === ''} loading={keep.isPending} onClick={() => keep.mutate(saveAs.trim())}>
              {t('state.save')}
            </Button>
            {keep.isSuccess ? <span role="status">{t('upload.savedAs', { name: keep.variables })}</span> : null}
          </span>
        ) : null}
        {preview.data ? (
          <Button
            type="primary"
            disabled={preview.data.rows.length === 0}
            loading={begin.isPending}
            onClick={() => begin.mutate()}
          >
            {begin.isPending ? t('upload.importing') : t('upload.import')}
          </Button>
        ) : null}
      </div>
      {preview.data ? <PreviewRows preview={preview.data} /> : null}
    </>
  );
}
