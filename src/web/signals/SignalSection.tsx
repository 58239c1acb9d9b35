import type { FindingView, SignalsPage as Page, SignalView } from '../../insights/schemas.ts';
import { useReader } from '../text/language.ts';
import { FindingText, type Look, PersonName } from './FindingText.tsx';
import { Thresholds } from './Thresholds.tsx';

interface SignalSectionProps {
  readonly signal: SignalView;
  readonly findings: readonly FindingView[];
  readonly page: Page;
  readonly look: Look;
}

/** One signal: what it means, what else could explain it, whom it shows, and its thresholds. */
export function SignalSection({ signal, findings, page, look }: SignalSectionProps) {
  const { t, say } = useReader();
  const lacks = signal.lacks.map(say).join(t('mark.comma'));
  const standing =
    signal.status === 'notMeasurable'
      ? t('signals.notMeasurable', { lacks })
      : findings.length === 0
        ? signal.people
          ? t('signals.nothing', { people: signal.people })
          : t('signals.nobodyLooked')
        : t('signals.people', { count: findings.length });
  return (
    <details className="signal">
      <summary>
        <h2>{say(signal.name)}</h2>
        <span className={findings.length > 0 ? 'signal-count' : 'quiet'}>{standing}</span>
      </summary>
      <p className="reading">{say(signal.rule)}</p>
      <p className="quiet">
        {t('signals.innocent')}
        {say(signal.innocent)}
      </p>
      {signal.status === 'measured' && lacks !== '' ? <p className="quiet">{t('signals.partly', { lacks })}</p> : null}
      {findings.map((finding) => (
        <div key={finding.agentId} className="signals-finding">
          <h3 className="row spread">
            <span>
              <PersonName finding={finding} period={page.period} />
            </span>
            <span className="quiet figure" title={t('signals.strengthText')}>
              {t('signals.strength')} {finding.strength.toFixed(2)}
            </span>
          </h3>
          <FindingText finding={finding} look={look} />
        </div>
      ))}
      {signal.thresholds.length > 0 ? <Thresholds signal={signal} page={page} /> : null}
    </details>
  );
}
