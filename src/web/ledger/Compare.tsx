import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Compared } from '../../ledger/compareCheckpoints.ts';
import type { CheckpointView, LedgerPage } from '../../ledger/schemas.ts';
import { errorSentence, get } from '../api.ts';
import { instantInTable } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { checkpointsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** Whether one signature continues another: the server gives the proof, the browser verifies it. */
export function Compare({ page }: { readonly page: LedgerPage }) {
  const { t } = useReader();
  const query = useQuery(checkpointsQuery(page.checkpoint === null ? 0 : page.checkpoint.size));
  return (
    <section className="ledger-part">
      <h2>{t('ledger.compare.title')}</h2>
      <p>{t('ledger.compare.lead')}</p>
      <Answer
        query={query}
        empty={({ checkpoints }) =>
          checkpoints.length === 0 ? <p className="quiet">{t('ledger.compare.fewer')}</p> : null
        }
      >
        {({ checkpoints }) => <Form checkpoints={checkpoints} keys={page.keys.map(({ key }) => key)} />}
      </Answer>
    </section>
  );
}

const own = 0;

function Form({
  checkpoints,
  keys,
}: {
  readonly checkpoints: readonly CheckpointView[];
  readonly keys: readonly string[];
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [earlier, setEarlier] = useState(checkpoints.length > 1 ? (checkpoints.at(-1)?.size ?? own) : own);
  const [later, setLater] = useState(checkpoints[0]?.size ?? own);
  const [pasted, setPasted] = useState('');
  const noteOf = (size: number) => checkpoints.find((each) => each.size === size)?.note;
  const before = earlier === own ? pasted : noteOf(earlier);
  const after = noteOf(later);
  const compare = useMutation({ mutationFn: compared });
  const options = checkpoints.map(({ size, signedAt }) => ({
    value: size,
    label: t('ledger.compare.option', { size, at: instantInTable(signedAt, organisation.timeZone, language) }),
  }));
  return (
    <div className="stack">
      <div className="row">
        <Pick
          word={t('ledger.compare.earlier')}
          value={earlier}
          change={setEarlier}
          options={[{ value: own, label: t('ledger.compare.own') }, ...options]}
        />
        <Pick word={t('ledger.compare.later')} value={later} change={setLater} options={options} />
        <button
          type="button"
          className="press press-plain"
          disabled={compare.isPending || !before || !after}
          onClick={() => {
            if (before && after) compare.mutate({ before, after, keys });
          }}
        >
          {t('ledger.compare.check')}
        </button>
      </div>
      {earlier === own ? (
        <label className="ledger-paste">
          <span>{t('ledger.compare.paste')}</span>
          <textarea rows={6} value={pasted} onChange={(event) => setPasted(event.target.value)} spellCheck={false} />
        </label>
      ) : null}
      <div aria-live="polite">
        {compare.error ? (
          <p className="notice notice-fault">{errorSentence(compare.error, language) ?? t('state.broken')}</p>
        ) : compare.data ? (
          <p className={compare.data.result === 'continues' ? 'notice' : 'notice notice-fault'}>
            {compare.data.result === 'continues' ? '✓' : '✗'}{' '}
            {t(`ledger.compare.result.${compare.data.result}`, compare.data)}
          </p>
        ) : null}
      </div>
    </div>
  );
}

function Pick({
  word,
  value,
  change,
  options,
}: {
  readonly word: string;
  readonly value: number;
  readonly change: (value: number) => void;
  readonly options: { readonly value: number; readonly label: string }[];
}) {
  return (
    <label className="row ledger-pick">
      <span className="quiet">{word}</span>
      <select value={value} onChange={({ target }) => change(Number(target.value))}>
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Asked {
  readonly before: string;
  readonly after: string;
  readonly keys: readonly string[];
}

async function compared({ before, after, keys }: Asked) {
  const { compareCheckpoints, openCheckpoint } = await import('../../ledger/compareCheckpoints.ts');
  const first = before.endsWith('\n') ? before : `${before}\n`;
  const [one, two] = [openCheckpoint(first), openCheckpoint(after)];
  if (!one || !two) return { result: 'unreadable' as const, from: 0, to: 0 };
  // Whichever of them is the earlier.
  const [from, to] = one.size <= two.size ? [one.size, two.size] : [two.size, one.size];
  const [early, late] = one.size <= two.size ? [first, after] : [after, first];
  const isOther = one.origin !== two.origin;
  const { proof } = isOther ? { proof: [] } : await proofOf(from, to);
  const result: Compared = compareCheckpoints(early, late, proof, keys);
  return { result, from, to };
}

const proofOf = (from: number, to: number) =>
  get<{ proof: string[] }>('/api/ledger/consistency', { from: String(from), to: String(to) });
