import { type DragEvent, useState } from 'react';
import { useReader } from '../text/language.ts';

export function PickFile({ busy, pick }: { readonly busy: string | null; readonly pick: (file: File) => void }) {
  const { t } = useReader();
  const [over, setOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && busy === null) pick(file);
  }
  return (
    <label
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        className="unseen"
        disabled={busy !== null}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) pick(file);
        }}
      />
      <span>{busy === null ? t('upload.drop') : t('upload.uploading', { name: busy })}</span>
      <span className="quiet small">{t('upload.formats')}</span>
    </label>
  );
}
