import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { LedgerPage } from '../../ledger/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable } from '../format.ts';
import { ledgerQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** Witnesses and what they signed; for whoever runs the ledger also where copies go, and the means to take a witness in. */
export function Witnesses({ page }: { readonly page: LedgerPage }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const when = (instant: string) => instantInTable(instant, organisation.timeZone, language);
  return (
    <section className="ledger-part">
      <h2>{t('ledger.witnesses.title')}</h2>
      <p>{t('ledger.witnesses.lead')}</p>
      {page.witnesses.length === 0 ? <p className="quiet">{t('ledger.witnesses.none')}</p> : null}
      <ul className="ledger-list">
        {page.witnesses.map(({ key }) => {
          const [name = key] = key.split('+');
          const last = page.cosignatures.find((each) => each.key === key);
          return (
            <li key={key}>
              {last
                ? t('ledger.witnesses.cosigned', { name, size: last.size, at: when(last.cosignedAt) })
                : t('ledger.witnesses.notYet', { name })}{' '}
              <code>{key}</code>
            </li>
          );
        })}
      </ul>
      {page.anchors === null ? null : (
        <>
          <h3>{t('ledger.witnesses.anchors')}</h3>
          {page.anchors.length === 0 ? <p className="quiet">{t('ledger.witnesses.noAnchors')}</p> : null}
          <ul className="ledger-list">
            {page.anchors.map(({ target, size, failure, triedAt }) => (
              <li key={target}>
                {failure === null
                  ? t('ledger.witnesses.anchor', { target, size })
                  : t('ledger.witnesses.anchorFailed', { target, size, failure, at: when(triedAt) })}
              </li>
            ))}
          </ul>
        </>
      )}
      {page.mayWrite ? (
        <div className="ledger-forms">
          <TakeIn word={t('ledger.witnesses.add')} label={t('ledger.witnesses.key')} path="witnesses" name="key" />
          <TakeIn
            word={t('ledger.witnesses.cosign')}
            label={t('ledger.witnesses.note')}
            path="cosignatures"
            name="note"
          />
        </div>
      ) : null}
    </section>
  );
}

function TakeIn({
  word,
  label,
  path,
  name,
}: {
  readonly word: string;
  readonly label: string;
  readonly path: 'witnesses' | 'cosignatures';
  readonly name: 'key' | 'note';
}) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const take = useMutation({
    mutationFn: () => send<{ taken: string[] } | null>('POST', `/api/ledger/${path}`, { [name]: text }),
    onSuccess: () => {
      setText('');
      return client.invalidateQueries({ queryKey: ledgerQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <label className="ledger-paste">
        <span>{label}</span>
        <textarea
          rows={name === 'key' ? 2 : 6}
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
        />
      </label>
      <button type="submit" className="press press-plain" disabled={take.isPending || text.trim() === ''}>
        {word}
      </button>
      {take.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(take.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      {take.data ? (
        <p className="notice">{t('ledger.witnesses.taken', { names: take.data.taken.join(', ') })}</p>
      ) : null}
    </form>
  );
}
