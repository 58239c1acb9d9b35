import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { dayInSentence } from '../format.ts';
import { appealWindowQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

interface AppealLinkProps {
  readonly period: string;
  readonly agent: string;
  readonly kind: 'item' | 'inspection' | 'incident';
  readonly subject: string;
}

/** The way to appeal against something of a card, and to the last appeal that was made; nothing where neither is possible. */
export function AppealLink({ period, agent, kind, subject }: AppealLinkProps) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const { data: window } = useQuery({
    ...appealWindowQuery(period, agent),
    enabled: me.permissions.includes('appeal.read'),
  });
  if (!window) return null;
  const made = window.appeals.findLast((each) => each.kind === kind && each.subject === subject);
  const isThere = kind === 'inspection' || window.subjects.some((each) => each.kind === kind && each.id === subject);
  const lastDay = window.mayAppeal && isThere && (made === undefined || made.again) ? window.lastDay : null;
  return (
    <>
      {made ? (
        <Link to="/appeals/$appealId" params={{ appealId: String(made.id) }}>
          {me.agentId === agent ? t('appeals.made') : t('appeals.seen')}
          {made.outcome ? ` · ${t(`appeals.outcome.${made.outcome}`)}` : ` · ${t(`appeals.state.${made.state}`)}`}
        </Link>
      ) : null}
      {lastDay === null ? null : (
        <Link to="/appeals/new" search={{ period, kind, subject }} className="press press-plain appeal-make">
          {t('appeals.make', { day: dayInSentence(lastDay, language) })}
        </Link>
      )}
    </>
  );
}

/** The way to the receipt of a published card, which proves it without this server; nothing before it is in the ledger. */
export function CardReceipt({ period, agent }: Pick<AppealLinkProps, 'period' | 'agent'>) {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const { data: window } = useQuery({
    ...appealWindowQuery(period, agent),
    enabled: me.permissions.includes('appeal.read'),
  });
  const { receipt = null } = window ?? {};
  if (receipt === null || !me.permissions.includes('ledger.read')) return null;
  return (
    <p className="row small">
      <a href={`/api/ledger/receipts/${receipt}`} download={`heng-${receipt.slice(0, 16)}.tlog-proof`}>
        {t('card.receipt')}
      </a>
      <Link to="/ledger" className="quiet">
        {t('card.receiptCheck')}
      </Link>
    </p>
  );
}

/** The red lines of a card, each with the way to appeal against it. */
export function AppealRedLines({ period, agent }: Pick<AppealLinkProps, 'period' | 'agent'>) {
  const { say } = useReader();
  const { me } = app.useRouteContext();
  const { data: window } = useQuery({
    ...appealWindowQuery(period, agent),
    enabled: me.permissions.includes('appeal.read'),
  });
  const lines = window?.subjects.filter(({ whole }) => whole) ?? [];
  return lines.map(({ id, title, day }) => (
    <p key={id} className="row">
      <span>
        {say(title)} <span className="figure quiet">{day}</span>
      </span>
      <AppealLink period={period} agent={agent} kind="incident" subject={id} />
    </p>
  ));
}
