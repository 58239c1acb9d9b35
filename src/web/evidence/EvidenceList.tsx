import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { periodRules } from '../../metrics/metricDefinition.ts';
import type { Evidence, EvidenceRow } from '../../metrics/schemas.ts';
import type { ScorecardItem } from '../../scores/schemas.ts';
import { unitOf } from '../card/cardView.ts';
import { channelName } from '../channelName.ts';
import { amount, instantInTable, type Unit, withUnit } from '../format.ts';
import { definitionOf } from '../metrics/definitionWords.ts';
import { Answer } from '../parts/Answer.tsx';
import { Defined } from '../parts/Defined.tsx';
import { definitionsQuery, evidenceQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

interface EvidenceListProps {
  readonly item: ScorecardItem;
  readonly look: (change: Partial<Record<'session' | 'ticket', string | undefined>>) => void;
}

export function EvidenceList({ item, look }: EvidenceListProps) {
  const { t, language, say } = useReader();
  const query = useInfiniteQuery(evidenceQuery(item.evidence));
  const unit = unitOf(item.unit);
  return (
    <Answer query={query} empty={({ pages }) => (pages[0]?.rows.length ? null : <p>{t('evidence.empty')}</p>)}>
      {({ pages }) => {
        const [first] = pages;
        const rows = pages.flatMap((page) => page.rows);
        return (
          <div className="evidence">
            <p>
              <Defined metric={item.metric}>{say(item.name)}</Defined>{' '}
              <b className="figure">{withUnit(item.value, unit, language)}</b>
              {first ? (
                <span className="quiet">
                  {' '}
                  ·{' '}
                  {t('evidence.total', {
                    count: first.total,
                    numerator: amount(first.numerator),
                    denominator: amount(first.denominator),
                  })}
                </span>
              ) : null}
            </p>
            <WhatTime metric={item.metric} />
            <ul>
              {rows.map((row) => (
                <Row key={`${row.kind} ${row.id} ${row.at}`} row={row} unit={unit} look={look} />
              ))}
            </ul>
            {query.hasNextPage ? (
              <button
                type="button"
                className="press press-plain"
                disabled={query.isFetchingNextPage}
                onClick={() => query.fetchNextPage()}
              >
                {query.isFetchingNextPage ? t('state.loading') : t('state.more')}
              </button>
            ) : null}
          </div>
        );
      }}
    </Answer>
  );
}

/** What the times of the records are: of most metrics when it happened, of some the end of the observation window. */
function WhatTime({ metric }: { readonly metric: string }) {
  const { t } = useReader();
  const definitions = useQuery(definitionsQuery);
  const found = definitionOf(definitions.data, metric)?.definition;
  if (!found) return null;
  const windowEnd = found.periodRule.zh === periodRules.window.zh;
  return (
    <p className="evidence-time quiet small" title={windowEnd ? t('evidence.windowEndText') : undefined}>
      {windowEnd ? t('evidence.windowEnd') : t('evidence.at')}
    </p>
  );
}

function Row({
  row,
  unit,
  look,
}: {
  readonly row: EvidenceRow;
  readonly unit: Unit;
  readonly look: EvidenceListProps['look'];
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const priority = row.priority === 'urgent' ? t('evidence.urgent') : null;
  const channel = row.channel === null ? null : channelName(row.channel, language);
  const about = [channel, row.queue, row.shop, priority].filter(Boolean).join(' · ');
  const inside = (
    <>
      <span className="evidence-when figure">{instantInTable(row.at, organisation.timeZone, language)}</span>
      <span className="evidence-what">
        {t(`evidence.kind.${row.kind}`)} {row.customer ? t('evidence.customer', { customer: row.customer }) : row.id}
        {about ? <span className="quiet small"> {about}</span> : null}
      </span>
      <Counted row={row} unit={unit} />
    </>
  );
  const mayRead = app.useRouteContext().me.permissions.includes('transcript.read');
  const open = row.open?.kind === 'session' && !mayRead ? null : row.open;
  return (
    <li>
      {open?.kind === 'order' ? (
        <Link to="/orders/$orderId" params={{ orderId: open.id }}>
          {inside}
        </Link>
      ) : open ? (
        <button
          type="button"
          onClick={() => look(open.kind === 'session' ? { session: open.id } : { ticket: open.id })}
        >
          {inside}
        </button>
      ) : (
        <div>{inside}</div>
      )}
      <Rejoined ids={row.rejoined} open={mayRead ? (id) => look({ session: id }) : null} />
    </li>
  );
}

/** The later sessions that count as one with that of the row: each keeps its own transcript. */
function Rejoined({ ids, open }: { readonly ids: readonly string[]; readonly open: ((id: string) => void) | null }) {
  const { t } = useReader();
  if (ids.length === 0) return null;
  return (
    <p className="evidence-rejoined quiet small">
      {t('evidence.rejoined')}
      {ids.map((id) =>
        open ? (
          <button key={id} type="button" className="text-button" onClick={() => open(id)}>
            {id}
          </button>
        ) : (
          <span key={id}>{id}</span>
        ),
      )}
    </p>
  );
}

/** The same for the record that is open, found among the rows that were listed. */
export function CountedRecord({ item, id }: { readonly item: ScorecardItem; readonly id: string }) {
  const { t, say } = useReader();
  const query = useInfiniteQuery(evidenceQuery(item.evidence));
  const row = query.data?.pages
    .flatMap((page) => page.rows)
    .find((other) => other.open?.id === id || other.rejoined.includes(id));
  if (!row) return null;
  return (
    <p className="notice counted-record">
      {t('evidence.thisRecord', { metric: say(item.name) })} <Counted row={row} unit={unitOf(item.unit)} />
    </p>
  );
}

/** How a record entered the figure: filled counts, hollow stands in the denominator only; sums show their amount. */
function Counted({ row, unit }: { readonly row: Evidence['rows'][number]; readonly unit: Unit }) {
  const { t, language } = useReader();
  if (unit === 'percent' && Number(row.denominator) === 1) {
    const yes = Number(row.numerator) > 0;
    return (
      <span className="evidence-counts">
        <i className={yes ? 'counts-yes' : 'counts-no'} aria-hidden="true" />
        {yes ? t('evidence.yes') : t('evidence.no')}
      </span>
    );
  }
  const sum = unit === 'percent' ? amount(row.numerator) : withUnit(row.numerator, unit, language);
  return (
    <span className="evidence-counts figure">
      {Number(row.denominator) === 1
        ? sum
        : t('evidence.adds', { numerator: sum, denominator: amount(row.denominator) })}
    </span>
  );
}
