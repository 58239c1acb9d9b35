import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { SessionInspection } from '../../quality/rules/schemas.ts';
import { transcriptQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import type { Decision } from './decide.ts';

interface MissedMarkProps {
  readonly sessionId: string;
  readonly rules: SessionInspection['rules'];
  readonly decide: (decision: Decision) => void;
}

/** Says that a rule missed a message: what is missed counts when one asks how much the rules find. */
export function MissedMark({ sessionId, rules, decide }: MissedMarkProps) {
  const { t, say } = useReader();
  const { data: transcript } = useQuery(transcriptQuery(sessionId, undefined, false));
  const [rule, setRule] = useState<string | null>(null);
  const [messageKey, setMessageKey] = useState<string | null>(null);
  if (!transcript) return null;
  return (
    <details>
      <summary className="quiet small">{t('rules.session.mark')}</summary>
      <p className="row">
        <Select
          aria-label={t('rules.session.markRule')}
          placeholder={t('rules.session.markRule')}
          value={rule}
          onChange={setRule}
          style={{ minWidth: 180 }}
          popupMatchSelectWidth={false}
          options={rules.map(({ id, name }) => ({ value: id, label: say(name) }))}
        />
        <Select
          aria-label={t('rules.session.mark')}
          placeholder={t('rules.session.mark')}
          value={messageKey}
          onChange={setMessageKey}
          style={{ minWidth: 220, maxWidth: 320 }}
          popupMatchSelectWidth={false}
          options={transcript.messages
            .filter(({ text }) => text !== '')
            .map(({ key, text }) => ({ value: key, label: text.slice(0, 40) }))}
        />
        <button
          type="button"
          className="press press-plain"
          disabled={rule === null || messageKey === null}
          onClick={() => {
            if (rule !== null && messageKey !== null) decide({ sessionId, rule, messageKey, decision: 'missed' });
          }}
        >
          {t('rules.hit.missed')}
        </button>
      </p>
    </details>
  );
}
