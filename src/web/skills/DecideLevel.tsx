import { type FormEvent, useState } from 'react';
import type { DecideLevel as Decision, PersonSkills } from '../../skills/schemas.ts';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';
import { EvidenceList } from './EvidenceList.tsx';
import { SaveRow } from './SaveRow.tsx';
import { skillsAnew } from './skillsAnew.ts';

interface DecideLevelProps {
  readonly agentId: string;
  readonly proposal: PersonSkills['proposals'][number];
  readonly who?: string;
}

/** What facts propose, and the decision of whoever may. */
export function DecideLevel({ agentId, proposal, who }: DecideLevelProps) {
  const { t } = useReader();
  const [decision, setDecision] = useState<Decision['decision'] | null>(null);
  const [reason, setReason] = useState('');
  const { skill, level, current, evidence } = proposal;
  const close = () => setDecision(null);
  const act = useSave<Decision>({
    path: `/api/skills/people/${encodeURIComponent(agentId)}/decisions`,
    anew: skillsAnew,
    done: close,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (decision !== null) act.mutate({ skill, level, decision, reason: reason.trim() });
  }
  return (
    <div className="skill-proposal">
      <p>
        {who ? <b>{who} </b> : null}
        {t('skills.proposed', { level, current: current === null ? t('skills.unknown') : current })}
      </p>
      <EvidenceList evidence={evidence} agentId={agentId} />
      {decision === null ? (
        <p className="row">
          <button type="button" className="text-button" onClick={() => setDecision('approved')}>
            {t('skills.approve')}
          </button>
          <button type="button" className="text-button" onClick={() => setDecision('declined')}>
            {t('skills.decline')}
          </button>
        </p>
      ) : (
        <form className="skill-form" onSubmit={submit}>
          <label className="field">
            <span>{t('skills.reason')}</span>
            <input
              required
              maxLength={500}
              // biome-ignore lint/a11y/noAutofocus: it opens by a button, and the next key belongs into it.
              autoFocus
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <SaveRow act={act} word={t(decision === 'approved' ? 'skills.approve' : 'skills.decline')} close={close} />
        </form>
      )}
    </div>
  );
}
