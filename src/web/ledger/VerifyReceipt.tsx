import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { proves, receiptWords, verdictWords } from '../../ledger/receiptWords.ts';
import type { Verified } from '../../ledger/verifyReceipt.ts';
import { sentenceOf } from '../../platform/sentences.ts';
import { DropFile } from '../parts/DropFile.tsx';
import { useReader } from '../text/language.ts';

const megabytesMax = 50;
const marks = { holds: '✓', open: '?', fails: '✗' } as const;

type Outcome = { readonly name: string } & (
  | { readonly kind: 'keyBad' | 'tooLarge' }
  | { readonly kind: 'verified'; readonly verified: Verified }
);

/** Verifies a file in the browser: nothing of it is sent anywhere. */
export function VerifyReceipt() {
  const { t } = useReader();
  const [key, setKey] = useState('');
  // Loaded with the page, so that a server that is gone by then is not asked.
  useEffect(() => {
    void loadVerifier();
  }, []);
  // It asks no server, so it waits for no connection.
  const verify = useMutation({ mutationFn: (file: File) => verified(file, key.trim()), networkMode: 'always' });
  return (
    <section className="ledger-part">
      <h2>{t('ledger.verify.title')}</h2>
      <p>{t('ledger.verify.lead')}</p>
      <div className="ledger-verify">
        <DropFile
          title={t('ledger.verify.drop')}
          hint={t('ledger.verify.formats')}
          disabled={verify.isPending}
          pick={verify.mutate}
        />
        <label className="field">
          <span>{t('ledger.verify.key')}</span>
          <input value={key} onChange={(event) => setKey(event.target.value)} spellCheck={false} autoComplete="off" />
        </label>
      </div>
      {verify.error ? (
        <p className="notice notice-fault" role="alert">
          {t('state.broken')}
        </p>
      ) : null}
      <div aria-live="polite">{verify.data ? <Result outcome={verify.data} /> : null}</div>
    </section>
  );
}

const loadVerifier = () => Promise.all([import('../../ledger/verifyReceipt.ts'), import('../../ledger/note.ts')]);

async function verified(file: File, written: string): Promise<Outcome> {
  const { name } = file;
  if (file.size > megabytesMax * 1024 * 1024) return { name, kind: 'tooLarge' };
  const [{ verifyReceipt }, { readKey }] = await loadVerifier();
  const key = written === '' ? null : readKey(written);
  if (written !== '' && !key) return { name, kind: 'keyBad' };
  return { name, kind: 'verified', verified: verifyReceipt(await file.text(), { key, witnesses: [] }) };
}

function Result({ outcome }: { readonly outcome: Outcome }) {
  const { t, say } = useReader();
  if (outcome.kind !== 'verified')
    return (
      <p className="notice notice-fault" role="alert">
        {t(`ledger.verify.${outcome.kind}`, { mb: megabytesMax })}
      </p>
    );
  const { findings, verdict, record } = outcome.verified;
  return (
    <div className="ledger-result">
      <h3>{outcome.name}</h3>
      <ol className="ledger-findings">
        {findings.map((finding) => (
          <li key={`${finding.code} ${JSON.stringify(finding.params)}`} className={`ledger-${finding.state}`}>
            <b>
              <span aria-hidden="true">{marks[finding.state]}</span> {t(`ledger.verify.states.${finding.state}`)}
            </b>
            <span>{say(sentenceOf(finding, receiptWords))}</span>
          </li>
        ))}
      </ol>
      <p className={verdict === 'fails' ? 'notice notice-fault' : 'notice'}>
        <b>{say(verdictWords[verdict])}</b> {verdict === 'fails' ? null : say(proves)}
      </p>
      {record ? (
        <details>
          <summary>
            {t('ledger.verify.says')} {t(`ledger.entries.kinds.${record.kind}`)}
          </summary>
          <pre className="ledger-note">{JSON.stringify(record, null, 2)}</pre>
        </details>
      ) : null}
    </div>
  );
}
