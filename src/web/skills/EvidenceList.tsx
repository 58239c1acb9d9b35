import { Link } from '@tanstack/react-router';
import type { Evidence } from '../../skills/skillSchema.ts';
import { dayInTable, periodName } from '../format.ts';
import { useReader } from '../text/language.ts';

interface EvidenceListProps {
  readonly evidence: readonly Evidence[];
  readonly agentId: string;
}

/** What a level rests on, each with its day and the way to it. */
export function EvidenceList({ evidence, agentId }: EvidenceListProps) {
  const { language } = useReader();
  if (evidence.length === 0) return null;
  return (
    <ul className="skill-evidence small">
      {evidence.map((each) => (
        <li key={`${each.kind} ${each.ref} ${each.day} ${each.text}`}>
          <span className="figure quiet">{dayInTable(each.day, language)}</span>
          <EvidenceWords evidence={each} agentId={agentId} />
        </li>
      ))}
    </ul>
  );
}

export function EvidenceWords({ evidence, agentId }: { readonly evidence: Evidence; readonly agentId: string }) {
  const { t, language } = useReader();
  const { kind, ref, text } = evidence;
  const name = t(`skills.evidenceKinds.${kind}`);
  switch (kind) {
    case 'exam':
      return (
        <span>
          <Link to="/scorecards/$agentId" params={{ agentId }} search={{ period: ref }}>
            {name} {periodName(ref, language)}
          </Link>{' '}
          {text}
        </span>
      );
    case 'inspection':
      return (
        <span>
          <Link to="/quality/inspections/$taskId" params={{ taskId: ref }}>
            {name} {ref}
          </Link>{' '}
          {text}
        </span>
      );
    case 'session':
      return (
        <span>
          <Link to="/sessions/$sessionId" params={{ sessionId: ref }}>
            {name} {ref}
          </Link>{' '}
          {text}
        </span>
      );
    case 'bestCase':
      return (
        <span>
          <Link to="/quality/cases" search={{ view: 'proposed' }}>
            {name} {ref}
          </Link>{' '}
          {text}
        </span>
      );
    case 'training':
      return (
        <span>
          <Link to="/improvement">
            {name} {ref}
          </Link>{' '}
          {text}
        </span>
      );
    case 'ticket':
    case 'note':
      return (
        <span>
          {[name, ref].join(' ').trim()}
          {t('mark.colon')}
          {text}
        </span>
      );
  }
}
