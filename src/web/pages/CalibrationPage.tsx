import '../quality/quality.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { type FormEvent, useState } from 'react';
import type { OpenRound, RoundList } from '../../quality/calibration/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeriodAndRubric } from '../quality/PeriodAndRubric.tsx';
import { RoundView } from '../quality/RoundView.tsx';
import { RulesBesidePeople } from '../quality/RulesBesidePeople.tsx';
import { organisationQuery, roundsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/quality/calibration');

/** Calibration rounds, or one of them. */
export function CalibrationPage() {
  const { t } = useReader();
  const { round } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(roundsQuery);
  const [opening, setOpening] = useState(false);
  const open = (id: number | undefined) => {
    setOpening(false);
    navigate({ search: id === undefined ? {} : { round: String(id) } });
  };
  return (
    <>
      <p className="page-back">
        {round ? (
          <button type="button" className="text-button" onClick={() => open(undefined)}>
            ← {t('quality.round.all')}
          </button>
        ) : (
          <Link to="/quality">← {t('quality.back')}</Link>
        )}
      </p>
      <PageHead title={t('quality.round.title')}>
        {query.data?.mayOpen && !opening && !round ? (
          <button type="button" className="press" onClick={() => setOpening(true)}>
            {t('quality.round.open')}
          </button>
        ) : null}
      </PageHead>
      <p className="reading quality-lead">{t('quality.round.lead')}</p>
      {round ? (
        <RoundView key={round} id={round} />
      ) : (
        <Answer
          query={query}
          empty={({ rounds }) =>
            rounds.length === 0 && !opening ? (
              <Empty title={t('quality.round.none')} text={t('quality.round.noneText')} />
            ) : null
          }
        >
          {(list) => (
            <>
              {opening ? <OpenForm list={list} close={() => setOpening(false)} opened={open} /> : null}
              <Rounds list={list} open={open} />
            </>
          )}
        </Answer>
      )}
      {round ? null : <RulesBesidePeople />}
    </>
  );
}

function Rounds({ list, open }: { readonly list: RoundList; readonly open: (id: number) => void }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <ul className="queue sample-list">
      {list.rounds.map((round) => (
        <li key={round.id}>
          <p className="row spread">
            <button type="button" className="text-button" onClick={() => open(round.id)}>
              <b>{round.name}</b>
            </button>
            <span className="quiet">{round.closedAt ? t('quality.round.closed') : t('quality.round.running')}</span>
          </p>
          <p className="quiet small">
            {[
              say(round.rubric),
              ...(round.follows === null ? [] : [t('quality.round.follows', { round: round.follows })]),
              t('quality.round.opened', {
                name: round.openedBy,
                at: instantInTable(round.openedAt, organisation.timeZone, language),
              }),
              ...round.raters.map(({ name, done }) => t('quality.round.done', { name, done, all: round.records })),
            ].join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}

function OpenForm(props: {
  readonly list: RoundList;
  readonly close: () => void;
  readonly opened: (id: number) => void;
}) {
  const { list, close, opened } = props;
  const { t, language } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const period = organisation.defaultPeriod ?? organisation.periods[0] ?? '';
  const [round, setRound] = useState<OpenRound>({
    ...{ name: t('quality.round.title'), rubric: list.rubrics[0]?.id ?? '', period, seed: period },
    ...{ records: 5, raters: list.people.map(({ id }) => id), expert: null },
  });
  const set = (change: Partial<OpenRound>) => setRound({ ...round, ...change });
  const begin = useMutation({
    mutationFn: () => send<{ id: number }>('POST', '/api/calibrations', round),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries();
      opened(id);
    },
  });
  const people = list.people.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form
      className="sample-form section"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <label className="field">
        <span>{t('quality.round.name')}</span>
        <input required maxLength={80} value={round.name} onChange={(event) => set({ name: event.target.value })} />
      </label>
      <PeriodAndRubric label={t('quality.round.period')} value={round} rubrics={list.rubrics} set={set} />
      <label className="field">
        <span>{t('quality.round.records')}</span>
        <input
          type="number"
          min={1}
          max={50}
          required
          value={round.records}
          onChange={(event) => set({ records: Number(event.target.value) })}
        />
      </label>
      <label className="field">
        <span>{t('quality.sample.seed')}</span>
        <input required maxLength={60} value={round.seed} onChange={(event) => set({ seed: event.target.value })} />
      </label>
      <div className="field">
        <span>{t('quality.round.raters')}</span>
        <Select
          mode="multiple"
          aria-label={t('quality.round.raters')}
          value={[...round.raters]}
          onChange={(raters) =>
            set({ raters, expert: raters.includes(round.expert ?? '') ? (round.expert ?? null) : null })
          }
          options={people}
        />
      </div>
      <div className="field">
        <span>{t('quality.round.expert')}</span>
        <Select
          allowClear
          aria-label={t('quality.round.expert')}
          value={round.expert ?? null}
          onChange={(expert) => set({ expert: expert ?? null })}
          options={people.filter(({ value }) => round.raters.includes(value))}
        />
      </div>
      {begin.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(begin.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="row">
        <button type="submit" className="press" disabled={begin.isPending || round.raters.length < 2}>
          {t('quality.round.start')}
        </button>
        <button type="button" className="press press-plain" onClick={close}>
          {t('quality.cancel')}
        </button>
      </p>
    </form>
  );
}
