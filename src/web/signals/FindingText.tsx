import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FindingView } from '../../insights/schemas.ts';
import { useReader } from '../text/language.ts';

/** Which record is open; lives in the address, so that a colleague can be sent to it. */
export type Look = (record: { session?: string | undefined; ticket?: string | undefined }) => void;

const first = 6;
const kinds = ['session', 'ticket', 'order', 'agentDay'] as const;

export function PersonName({
  finding,
  period,
}: {
  readonly finding: Pick<FindingView, 'agentId' | 'name' | 'team'>;
  readonly period: string;
}) {
  return (
    <>
      <Link to="/scorecards/$agentId" params={{ agentId: finding.agentId }} search={{ period }}>
        {finding.name}
      </Link>{' '}
      <span className="quiet small">{[finding.agentId, finding.team].filter((part) => part !== '').join(' · ')}</span>
    </>
  );
}

/** Why the list was opened, and the list. */
export function FindingText({ finding, look }: { readonly finding: FindingView; readonly look: Look }) {
  const { t, say } = useReader();
  const [all, setAll] = useState(false);
  const shown = all ? finding.evidence : finding.evidence.slice(0, first);
  const word = (kind: string) => {
    const known = kinds.find((each) => each === kind);
    return known ? t(`signals.kind.${known}`) : kind;
  };
  return (
    <>
      <p>{say(finding.why)}</p>
      <ul className="signals-records" aria-label={t('signals.records')}>
        {shown.map(({ kind, id, striking, open }) => {
          const label = (
            <>
              {word(kind)} {id}
              {striking ? null : <span className="quiet"> {t('signals.ordinary')}</span>}
            </>
          );
          return (
            <li key={`${kind} ${id}`}>
              {open === 'order' ? (
                <Link to="/orders/$orderId" params={{ orderId: id }}>
                  {label}
                </Link>
              ) : open ? (
                <button type="button" className="text-button" onClick={() => look({ [open]: id })}>
                  {label}
                </button>
              ) : (
                <span>{label}</span>
              )}
            </li>
          );
        })}
        {finding.evidence.length > shown.length ? (
          <li>
            <button type="button" className="text-button" onClick={() => setAll(true)}>
              {t('signals.moreRecords', { count: finding.evidence.length - shown.length })}
            </button>
          </li>
        ) : null}
      </ul>
    </>
  );
}
