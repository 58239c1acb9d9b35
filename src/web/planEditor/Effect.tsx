import { useSuspenseQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { TriedCard, TriedDraft } from '../../scores/draftSchemas.ts';
import { errorSentence } from '../api.ts';
import { Beam } from '../beam/Beam.tsx';
import { absent, periodName, score, signed, type Unit, weight, withUnit } from '../format.ts';
import { Defined } from '../parts/Defined.tsx';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { differenceOf } from './effectView.ts';

export interface Person {
  readonly agent: string;
  readonly period: string;
}

/** What the draft makes of a real person's month, beside the version in force, as one types. */
export function Effect({
  on,
  choose,
  tried,
  error,
  pending,
  published,
}: {
  readonly on: Person | null;
  readonly choose: (on: Person) => void;
  readonly tried: TriedDraft | undefined;
  readonly error: Error | null;
  readonly pending: boolean;
  /** Whether the plan has a version at all. */
  readonly published: boolean;
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const months = organisation.periods.filter((period) => /^\d{4}-\d{2}$/.test(period));
  if (!on) return <p className="quiet">{t('draft.nobodyToTry')}</p>;
  return (
    <section className="effect" aria-busy={pending}>
      <h2>{t('draft.effect')}</h2>
      <div className="effect-pick">
        <Select
          aria-label={t('draft.person')}
          showSearch={{ optionFilterProp: 'label' }}
          value={on.agent}
          options={organisation.agents.map(({ agentId, name, team }) => ({
            value: agentId,
            label: [name, team].filter(Boolean).join(' · '),
          }))}
          onChange={(agent) => choose({ ...on, agent })}
        />
        <Select
          aria-label={t('pick.period')}
          value={on.period}
          options={months.map((period) => ({ value: period, label: periodName(period, language) }))}
          onChange={(period) => choose({ ...on, period })}
        />
      </div>
      {error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(error, language) ?? t('state.broken')}
        </p>
      ) : null}
      {tried && !error ? <Cards tried={tried} published={published} /> : null}
    </section>
  );
}

function Cards({
  tried: { draft, inForce, issues },
  published,
}: {
  readonly tried: TriedDraft;
  readonly published: boolean;
}) {
  const { t, say } = useReader();
  const change = differenceOf(draft?.total ?? null, inForce?.total ?? null);
  return (
    <>
      <dl className="effect-totals">
        <Total name={t('draft.byDraft')} card={draft} />
        <Total
          name={
            inForce
              ? t('draft.byInForce', { version: inForce.version })
              : t(published ? 'draft.byPublished' : 'draft.noneInForce')
          }
          card={inForce}
        />
        {change === null ? null : (
          <div>
            <dt>{t('draft.change')}</dt>
            <dd>
              <b>{signed(change)}</b>
            </dd>
          </div>
        )}
      </dl>
      {draft ? null : (
        <p className="notice">
          {t(issues.some(({ level }) => level === 'error') ? 'draft.notScored' : 'draft.notTheirs')}
        </p>
      )}
      {draft && draft.total === null ? <p className="notice">{say(draft.sentence)}</p> : null}
      {draft ? <Items draft={draft} inForce={inForce} /> : null}
    </>
  );
}

function Total({ name, card }: { readonly name: string; readonly card: TriedCard | null }) {
  const { t, say } = useReader();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{card ? (card.total === null ? t('card.unrated') : score(card.total)) : absent}</b>{' '}
        <span className="quiet small">
          {card?.grade ? say(card.grade) : ''}
          {card?.coefficient ? ` ${weight(card.coefficient)}` : ''}
        </span>
      </dd>
    </div>
  );
}

function Items({ draft, inForce }: { readonly draft: TriedCard; readonly inForce: TriedCard | null }) {
  const { t, language, say } = useReader();
  const scale = Math.max(25, ...draft.items.map((item) => Number(item.effectiveWeight ?? item.weight)));
  return (
    <ul className="effect-items">
      {draft.items.map((item) => {
        const before = inForce?.items.find(({ id }) => id === item.id);
        const change = differenceOf(item.points, before?.points ?? null);
        return (
          <li key={item.id}>
            <span>
              <Defined metric={item.metric}>{say(item.name)}</Defined>
            </span>
            <span className="figure">
              <b>{score(item.points)}</b>
              <span className="quiet"> / {weight(item.effectiveWeight ?? item.weight)}</span>
            </span>
            <Beam
              weight={Number(item.effectiveWeight ?? item.weight)}
              won={Number(item.points ?? '0')}
              scored={item.points !== null}
              scale={scale}
              name={`${say(item.name)} ${score(item.points)}`}
            />
            <span className="quiet small">
              {item.value === null
                ? t('draft.noValue')
                : `${withUnit(item.value, item.unit as Unit, language)} · ${item.target === null ? t('draft.several') : `${t('plans.target')} ${withUnit(item.target, item.unit as Unit, language)}`}`}
            </span>
            <span className="small figure">
              {before === undefined && inForce ? (
                t('plans.added')
              ) : change === null || Number(change) === 0 ? (
                ''
              ) : (
                <b>{signed(change)}</b>
              )}
            </span>
          </li>
        );
      })}
      {(inForce?.items ?? [])
        .filter(({ id }) => !draft.items.some((item) => item.id === id))
        .map((item) => (
          <li key={item.id} className="quiet">
            <del>{say(item.name)}</del>
            <span className="figure">{score(item.points)}</span>
          </li>
        ))}
    </ul>
  );
}
