import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { type FormEvent, useState } from 'react';
import type { FeedbackRoundList, MakeRound } from '../../appraisal/rounds/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { dayInTable, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { feedbackRoundsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** All rounds, and a new one out of a plan's form. */
export function ManageRounds() {
  const { t } = useReader();
  const query = useQuery(feedbackRoundsQuery);
  return (
    <section className="section">
      <h2>{t('rounds.all')}</h2>
      <Answer query={query}>
        {(list) => (
          <>
            {list.rounds.length === 0 ? <p className="quiet">{t('rounds.none')}</p> : <RoundLines list={list} />}
            {list.mayMake ? <MakeForm forms={list.forms} /> : null}
          </>
        )}
      </Answer>
    </section>
  );
}

function RoundLines({ list: { rounds } }: { readonly list: FeedbackRoundList }) {
  const { t, language } = useReader();
  return (
    <ul className="round-lines">
      {rounds.map(({ id, name, period, state, dueOn, subjects, ratings, submitted }) => (
        <li key={id}>
          <Link to="/rounds/$roundId" params={{ roundId: String(id) }} className="round-line">
            <span>
              <b>{name}</b> <span className="quiet small">{periodName(period, language)}</span>
              <span className="quiet small assess-plan">
                {t('rounds.size', { subjects, ratings })} · {t('assess.dueOn', { day: dayInTable(dueOn, language) })}
              </span>
            </span>
            <span>
              {t(`rounds.state.${state}`)}{' '}
              {state === 'draft' ? null : (
                <span className="quiet figure">{t('assess.doneOf', { done: submitted, total: ratings })}</span>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

type Form = FeedbackRoundList['forms'][number];
const keyOf = ({ period, plan, form }: Form) => `${period} ${plan} ${form}`;
const counted = ['peer', 'report', 'other'] as const;

function MakeForm({ forms }: { readonly forms: readonly Form[] }) {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [chosen, choose] = useState(forms[0] ? keyOf(forms[0]) : '');
  const form = forms.find((each) => keyOf(each) === chosen);
  const [name, setName] = useState('');
  const [dueOn, setDue] = useState('');
  const [teams, setTeams] = useState<string[]>([]);
  const [howMany, setHowMany] = useState({ peer: 5, report: 6, other: 3 });
  const make = useMutation({
    mutationFn: (round: MakeRound) => send<{ id: number }>('POST', '/api/rounds', round),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['feedback'] });
      await navigate({ to: '/rounds/$roundId', params: { roundId: String(id) } });
    },
  });
  if (forms.length === 0) return <p className="quiet">{t('rounds.noForm')}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!form) return;
    make.mutate({
      ...{ name: name.trim(), period: form.period, plan: form.plan, form: form.form },
      ...{ dueOn: dueOn || form.dueOn, teams, howMany },
    });
  };
  return (
    <details>
      <summary className="nominate-open">{t('rounds.make')}</summary>
      <form className="nominate" onSubmit={submit}>
        <div className="field nominate-wide">
          <span>{t('rounds.form')}</span>
          <Select
            aria-label={t('rounds.form')}
            value={chosen}
            onChange={choose}
            options={forms.map((each) => ({
              value: keyOf(each),
              label: `${say(each.name)} · ${periodName(each.period, language)} · ${say(each.planName)} · ${t('rounds.people', { count: each.people })}`,
            }))}
          />
        </div>
        <label className="field">
          <span>{t('rounds.name')}</span>
          <input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('rounds.dueOn')}</span>
          <input type="date" value={dueOn || (form?.dueOn ?? '')} onChange={(event) => setDue(event.target.value)} />
        </label>
        <div className="field nominate-wide">
          <span>{t('rounds.teams')}</span>
          <Select
            mode="multiple"
            aria-label={t('rounds.teams')}
            placeholder={t('pick.allTeams')}
            value={teams}
            onChange={setTeams}
            options={(form?.teams ?? []).map((team) => ({ value: team, label: team }))}
          />
        </div>
        <fieldset className="row nominate-wide round-counts">
          <legend>{t('rounds.howMany')}</legend>
          {counted.map((perspective) => (
            <label key={perspective} className="field">
              <span>{t(`rounds.group.${perspective}`)}</span>
              <input
                type="number"
                min={0}
                max={20}
                value={howMany[perspective]}
                onChange={(event) => setHowMany({ ...howMany, [perspective]: Number(event.target.value) })}
              />
            </label>
          ))}
        </fieldset>
        {make.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(make.error, language) ?? t('state.unreachable')}
          </p>
        ) : null}
        <p>
          <button type="submit" className="press" disabled={make.isPending || name.trim() === ''}>
            {t('rounds.suggest')}
          </button>
        </p>
      </form>
    </details>
  );
}
