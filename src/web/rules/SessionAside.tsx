import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Transcript } from '../../metrics/schemas.ts';
import type { SessionInspection } from '../../quality/rules/schemas.ts';
import { absent, clockTime, dayOf, instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { EngineErrors } from './EngineErrors.tsx';
import { placeFeelings } from './rulesView.ts';
import { timelineOf } from './timelineView.ts';

interface SessionAsideProps {
  readonly inspection: SessionInspection;
  readonly transcript: Transcript;
}

/** Beside a conversation: how the customer felt, what happened from first contact to close, orders, and cases like it. */
export function SessionAside({ inspection, transcript }: SessionAsideProps) {
  const { t } = useReader();
  return (
    <aside className="session-aside">
      <Feelings inspection={inspection} transcript={transcript} />
      <Timeline inspection={inspection} transcript={transcript} />
      {inspection.orders.length > 0 ? (
        <section>
          <h2>{t('rules.session.orders')}</h2>
          <ul>
            {inspection.orders.map((id) => (
              <li key={id}>
                <Link to="/orders/$orderId" params={{ orderId: id }}>
                  {id}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Similar inspection={inspection} />
    </aside>
  );
}

function Feelings({ inspection: { measured }, transcript }: SessionAsideProps) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  if (!measured) return null;
  const owner = measured.agents.find(({ agentId }) => agentId === transcript.session.ownerAgentId);
  const points = (value: number | null | undefined) =>
    value === null || value === undefined ? absent : `${value.toFixed(1)} ${t('unit.points')}`;
  const percent = (value: number | null | undefined) =>
    value === null || value === undefined ? absent : `${value.toFixed(1)}%`;
  const facts = [
    [t('rules.session.start'), points(measured.start)],
    [t('rules.session.end'), points(measured.end)],
    [t('rules.session.temperature'), points(measured.temperature), t('rules.session.temperatureText')],
    [t('rules.session.personal'), percent(owner?.personalPercent)],
    [t('rules.session.negative'), percent(owner?.negativePercent)],
  ] as const;
  return (
    <section>
      <Curve feelings={measured.feelings.map(({ feeling }) => feeling)} />
      <dl>
        {facts.map(([word, value, title]) => (
          <div key={word} title={title}>
            <dt>{word}</dt>
            <dd className="figure">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">
        {t('rules.session.engine', {
          ...{ version: measured.engine, ruleSet: measured.ruleSet },
          at: instantInTable(measured.inspectedAt, organisation.timeZone, language),
        })}{' '}
        <EngineErrors errors={measured.errors} />
      </p>
    </section>
  );
}

/** The customer's feeling message by message, with its unit and the neutral line. */
function Curve({ feelings }: { readonly feelings: readonly number[] }) {
  const { t } = useReader();
  const points = placeFeelings(feelings);
  const name = feelings
    .map((feeling, i) => t('rules.session.curvePoint', { n: i + 1, feeling: feeling.toFixed(0) }))
    .join(t('mark.semicolon'));
  return (
    <>
      <h2>{t('rules.session.curve')}</h2>
      {feelings.length === 0 ? null : (
        <figure className="session-curve">
          <div className="scale" aria-hidden="true">
            <span>100</span>
            <span>50</span>
            <span>0</span>
          </div>
          <svg role="img" aria-label={name} viewBox="0 0 100 100" preserveAspectRatio="none">
            {[0, 50, 100].map((y) => (
              <line key={y} x1="0" x2="100" y1={y} y2={y} vectorEffect="non-scaling-stroke" />
            ))}
            <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
          </svg>
          <figcaption className="quiet small">{t('rules.session.curveAxis')}</figcaption>
        </figure>
      )}
    </>
  );
}

function Timeline({ inspection, transcript }: SessionAsideProps) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const zone = organisation.timeZone;
  return (
    <section>
      <h2>{t('rules.session.timeline')}</h2>
      <ul>
        {timelineOf(inspection, transcript).map((event) => (
          <li key={event.id}>
            <time className="figure quiet">
              {dayOf(event.at, zone) === dayOf(transcript.session.startedAt, zone)
                ? clockTime(event.at, zone)
                : instantInTable(event.at, zone, language)}
            </time>
            <span>{event.known ? t(`rules.session.events.${event.known}`) : event.what}</span>
            {event.agentName ? <span>{event.agentName}</span> : null}
            {event.value === '' ? null : <span className="quiet">{event.value}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Similar({ inspection: { similar } }: { readonly inspection: SessionInspection }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <section>
      <h2>{t('rules.session.similar')}</h2>
      {similar.length === 0 ? <p className="quiet">{t('rules.session.noSimilar')}</p> : null}
      <ul>
        {similar.map((session) => (
          <li key={session.sessionId}>
            <Link to="/sessions/$sessionId" params={{ sessionId: session.sessionId }}>
              {instantInTable(session.startedAt, organisation.timeZone, language)}
            </Link>
            {session.issue ? <span>{session.issue}</span> : null}
            {session.shared.length > 0 ? (
              <span className="quiet">{session.shared.map(say).join(t('mark.comma'))}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
