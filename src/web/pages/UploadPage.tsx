import '../data/data.css';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { reasons } from '../../ingest/reasons.ts';
import type { Upload } from '../../ingest/schemas.ts';
import { apiPath, errorSentence, sendFile, Unreachable } from '../api.ts';
import { PickFile } from '../data/PickFile.tsx';
import { UseUpload } from '../data/UseUpload.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/data/upload');

/** From a file of somebody else's making to rows of ours: choose it, match its columns, look, import. */
export function UploadPage() {
  const { t, language } = useReader();
  const navigate = route.useNavigate();
  const [checked, setChecked] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) => sendFile<Upload>(apiPath('/api/uploads', { name: file.name }), file),
  });
  const step = upload.data ? (checked ? 2 : 1) : 0;
  const steps = [t('upload.steps.file'), t('upload.steps.map'), t('upload.steps.check')];
  const problem =
    upload.error instanceof Unreachable
      ? t('state.unreachable')
      : (errorSentence(upload.error, language) ?? t('state.broken'));
  const again = () => {
    upload.reset();
    setChecked(false);
  };
  return (
    <>
      <p className="page-back">
        <Link to="/data">← {t('data.title')}</Link>
      </p>
      <PageHead title={t('upload.title')} />
      <div className="upload">
        <ol className="upload-steps">
          {steps.map((name, place) => (
            <li key={name} aria-current={place === step ? 'step' : undefined}>
              {place + 1}. {name}
            </li>
          ))}
        </ol>
        {upload.data && (!upload.data.refused || upload.data.sheets.length > 1) ? (
          <UseUpload
            key={upload.data.id}
            upload={upload.data}
            again={again}
            checked={setChecked}
            started={(id) => navigate({ to: '/data', search: { import: String(id) } })}
          />
        ) : (
          <>
            <PickFile busy={upload.isPending ? upload.variables.name : null} pick={(file) => upload.mutate(file)} />
            {upload.data?.refused ? (
              <p className="notice" role="alert">
                {t('upload.refused', { reason: reasons[upload.data.refused][language] })}
              </p>
            ) : null}
            {upload.error ? (
              <p className="notice" role="alert">
                {problem}
              </p>
            ) : null}
          </>
        )}
      </div>
    </>
  );
}
