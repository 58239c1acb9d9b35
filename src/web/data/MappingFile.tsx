import { useState } from 'react';
import { type KindName, kindNames } from '../../ingest/kinds.ts';
import type { Mapping } from '../../ingest/mapping.ts';
import { useReader } from '../text/language.ts';

const largest = 256 * 1024;

/** The same mapping as a file: what `heng import --map` reads. */
export function MappingFile({
  mapping,
  open,
}: {
  readonly mapping: Mapping | null;
  readonly open: (mapping: Mapping) => void;
}) {
  const { t } = useReader();
  const [bad, setBad] = useState(false);

  async function read(file: File) {
    const found = file.size > largest ? null : await parseMapping(await file.text());
    setBad(found === null);
    if (found) open(found);
  }

  async function save(shown: Mapping) {
    const { stringify } = await import('yaml');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([stringify(shown)], { type: 'application/yaml' }));
    link.download = `${shown.kind}-mapping.yaml`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <div className="row mapping-file">
      <label className="text-button">
        {t('upload.openFile')}
        <input
          type="file"
          className="unseen"
          accept=".yaml,.yml"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) read(file);
            event.target.value = '';
          }}
        />
      </label>
      {mapping ? (
        <button type="button" className="text-button" onClick={() => save(mapping)}>
          {t('upload.saveFile')}
        </button>
      ) : null}
      {bad ? <span role="alert">{t('upload.badFile')}</span> : null}
    </div>
  );
}

function isKind(value: unknown): value is KindName {
  return kindNames.some((name) => name === value);
}

/** Only what the page itself relies on is checked here; the server checks the whole and lists every issue. */
async function parseMapping(text: string): Promise<Mapping | null> {
  const { parse, YAMLError } = await import('yaml');
  try {
    const value: unknown = parse(text);
    if (typeof value !== 'object' || value === null || !('kind' in value) || !('columns' in value)) return null;
    return isKind(value.kind) && typeof value.columns === 'object' && value.columns !== null
      ? (value as Mapping)
      : null;
  } catch (error) {
    if (error instanceof YAMLError) return null;
    throw error;
  }
}
