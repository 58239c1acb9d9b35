import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Appeal, linkKinds } from '../../appraisal/appeals/schemas.ts';
import { errorSentence, send, sendFile } from '../api.ts';
import { fileSize, instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

type Piece = Appeal['evidence'][number];
const kinds = ['text', ...linkKinds] as const;

/** What an appeal rests on, and adding to it. */
export function Evidence({ appeal }: { readonly appeal: Appeal }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <section className="stack">
      <h2>{t('appeals.evidence')}</h2>
      {appeal.evidence.length === 0 ? <p className="quiet">{t('appeals.noEvidence')}</p> : null}
      <ul className="appeal-evidence">
        {appeal.evidence.map((piece) => (
          <li key={piece.id}>
            <span className="quiet">{t(`appeals.evidenceKind.${piece.kind}`)}</span>{' '}
            <PieceLink piece={piece} appeal={appeal.id} />
            <span className="quiet small">
              {' '}
              {t('appeals.by', { name: piece.by, at: instantInTable(piece.at, organisation.timeZone, language) })}
            </span>
          </li>
        ))}
      </ul>
      {appeal.mayAdd ? <Add appeal={appeal.id} /> : null}
    </section>
  );
}

function PieceLink({ piece, appeal }: { readonly piece: Piece; readonly appeal: number }) {
  switch (piece.kind) {
    case 'text':
      return <span className="appeal-text">{piece.text}</span>;
    case 'session':
      return (
        <Link to="/sessions/$sessionId" params={{ sessionId: piece.text }}>
          {piece.text}
        </Link>
      );
    case 'order':
      return (
        <Link to="/orders/$orderId" params={{ orderId: piece.text }}>
          {piece.text}
        </Link>
      );
    case 'ticket':
      return <span className="figure">{piece.text}</span>;
    case 'file':
      return (
        <a href={`/api/appeals/${appeal}/files/${piece.id}`} download={piece.text}>
          {piece.text} <span className="quiet">{fileSize(piece.bytes ?? Number.NaN)}</span>
        </a>
      );
  }
}

function Add({ appeal }: { readonly appeal: number }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [kind, setKind] = useState<(typeof kinds)[number]>('text');
  const [text, setText] = useState('');
  const done = () => client.invalidateQueries({ queryKey: ['appeals', 'one', String(appeal)] });
  const add = useMutation({
    mutationFn: () => send('POST', `/api/appeals/${appeal}/evidence`, { kind, text }),
    onSuccess: () => {
      setText('');
      return done();
    },
  });
  const attach = useMutation({
    mutationFn: (file: File) => sendFile(`/api/appeals/${appeal}/files?name=${encodeURIComponent(file.name)}`, file),
    onSuccess: done,
  });
  const error = add.error ?? attach.error;
  return (
    <form
      className="appeal-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') add.mutate();
      }}
    >
      <label className="field">
        <span>{t('appeals.addKind')}</span>
        <select value={kind} onChange={(event) => setKind(kinds.find((each) => each === event.target.value) ?? 'text')}>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {t(`appeals.evidenceKind.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field appeal-add-text">
        <span>{kind === 'text' ? t('appeals.addText') : t('appeals.addId')}</span>
        <input
          value={text}
          maxLength={kind === 'text' ? 4000 : 200}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className="press press-plain" disabled={add.isPending || text.trim() === ''}>
        {t('appeals.add')}
      </button>
      <label className="press press-plain appeal-file">
        {t('appeals.attach')}
        <input
          type="file"
          className="unseen"
          accept=".png,.jpg,.jpeg,.webp,.pdf,.txt"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) attach.mutate(file);
            event.target.value = '';
          }}
        />
      </label>
      <p className="quiet small appeal-add-hint">{t('appeals.attachText')}</p>
      {error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(error, language) ?? t('state.broken')}
        </p>
      ) : null}
    </form>
  );
}
