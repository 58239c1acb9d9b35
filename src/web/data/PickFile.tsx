import { DropFile } from '../parts/DropFile.tsx';
import { useReader } from '../text/language.ts';

export function PickFile({ busy, pick }: { readonly busy: string | null; readonly pick: (file: File) => void }) {
  const { t } = useReader();
  return (
    <DropFile
      title={busy === null ? t('upload.drop') : t('upload.uploading', { name: busy })}
      hint={t('upload.formats')}
      disabled={busy !== null}
      pick={pick}
    />
  );
}
