import '../assess/assess.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import type { NominationList } from '../../appraisal/assessments/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable, periodName, weight } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { nominationsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

type Nominated = NominationList['nominations'][number];
type Open = NominationList['open'][number];

/** Nominations with what shows them, and a decision on each by somebody else. */
export function NominationsPage() {
  const { t } = useReader();
  const query = useQuery(nominationsQuery);
  return (
    <>
      <p className="page-back">
        <Link to="/assessments">← {t('assess.back')}</Link>
      </p>
      <PageHead title={t('assess.nominations')} />
      <p className="reading assess-lead">{t('nominate.lead')}</p>
      <Answer query={query}>
        {({ nominations, open }) => (
          <>
            {open.length > 0 ? <NominateForm open={open} /> : null}
            {nominations.length === 0 ? (
              <Empty title={t('nominate.none')} text={t('nominate.noneText')} />
            ) : (
              <ul className="nominations">
                {nominations.map((each) => (
                  <Line key={each.id} nominated={each} />
                ))}
              </ul>
            )}
          </>
        )}
      </Answer>
    </>
  );
}

function Line({ nominated }: { readonly nominated: Nominated }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { decision } = nominated;
  const at = (instant: string) => instantInTable(instant, organisation.timeZone, language);
  return (
    <li>
      <h3>
        {nominated.agentName} <span className="quiet">{nominated.team}</span> · {say(nominated.formName)} ·{' '}
        {periodName(nominated.period, language)}
      </h3>
      <p className="nomination-what">{nominated.what}</p>
      <p>
        <span className="quiet">{t('nominate.evidence')}</span> {nominated.evidence}
      </p>
      <p className="quiet small">{t('nominate.by', { name: nominated.byName, at: at(nominated.at) })}</p>
      {decision === null ? (
        <p className="quiet">{t('nominate.waiting')}</p>
      ) : (
        <p>
          <b className={decision.accepted ? 'assess-ok' : ''}>
            {decision.accepted ? t('nominate.accepted', { points: weight(decision.points) }) : t('nominate.rejected')}
          </b>{' '}
          {decision.reason}{' '}
          <span className="quiet small">{t('nominate.decided', { name: decision.byName, at: at(decision.at) })}</span>
        </p>
      )}
      {nominated.mayDecide ? <Decide nominated={nominated} /> : null}
    </li>
  );
}

function Decide({ nominated: { id, most, decision } }: { readonly nominated: Nominated }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(decision === null);
  const [points, setPoints] = useState(decision?.accepted ? decision.points : most);
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: (accepted: boolean) =>
      send('POST', `/api/nominations/${id}/decide`, { accepted, points: accepted ? points : '0', reason }),
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries({ queryKey: ['assessments'] });
    },
  });
  if (!isOpen)
    return (
      <button type="button" className="text-button" onClick={() => setOpen(true)}>
        {t('nominate.again')}
      </button>
    );
  const isUnfounded = reason.trim() === '';
  return (
    <div className="row nomination-decide">
      <label className="field">
        <span>{t('nominate.points', { most: weight(most) })}</span>
        <input
          inputMode="decimal"
          className="line-decimal"
          value={points}
          onChange={(event) => setPoints(event.target.value)}
        />
      </label>
      <label className="field nomination-reason">
        <span>{t('nominate.reason')}</span>
        <input maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <Button type="primary" disabled={isUnfounded || decide.isPending} onClick={() => decide.mutate(true)}>
        {t('nominate.accept')}
      </Button>
      <Button disabled={isUnfounded || decide.isPending} onClick={() => decide.mutate(false)}>
        {t('nominate.reject')}
      </Button>
      {decide.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(decide.error, language) ?? t('state.unreachable')}
        </p>
      ) : null}
    </div>
  );
}

function NominateForm({ open }: { readonly open: readonly Open[] }) {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const keyOf = ({ period, plan, form }: Open) => `${period} ${plan} ${form}`;
  const [chosen, choose] = useState(open[0] ? keyOf(open[0]) : '');
  const form = open.find((each) => keyOf(each) === chosen);
  const [agentId, setAgent] = useState<string | null>(null);
  const [what, setWhat] = useState('');
  const [evidence, setEvidence] = useState('');
  const nominate = useMutation({
    mutationFn: () =>
      send('POST', '/api/nominations', {
        ...{ period: form?.period, plan: form?.plan, form: form?.form, agentId, what, evidence },
      }),
    onSuccess: async () => {
      setAgent(null);
      setWhat('');
      setEvidence('');
      await client.invalidateQueries({ queryKey: ['assessments'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    nominate.mutate();
  };
  return (
    <details className="section">
      <summary className="nominate-open">{t('nominate.open')}</summary>
      <form className="nominate" onSubmit={submit}>
        <div className="field">
          <span>{t('nominate.form')}</span>
          <Select
            aria-label={t('nominate.form')}
            value={chosen}
            onChange={choose}
            options={open.map((each) => ({
              value: keyOf(each),
              label: `${say(each.name)} · ${periodName(each.period, language)}`,
            }))}
          />
        </div>
        <div className="field">
          <span>{t('nominate.whom')}</span>
          <Select
            aria-label={t('nominate.whom')}
            showSearch
            optionFilterProp="label"
            value={agentId}
            onChange={setAgent}
            options={(form?.people ?? []).map((each) => ({ value: each.agentId, label: `${each.name} ${each.team}` }))}
          />
        </div>
        <label className="field nominate-wide">
          <span>{t('nominate.what')}</span>
          <textarea rows={2} maxLength={2000} required value={what} onChange={(event) => setWhat(event.target.value)} />
        </label>
        <label className="field nominate-wide">
          <span>{t('nominate.evidenceText')}</span>
          <textarea
            rows={2}
            maxLength={4000}
            required
            value={evidence}
            onChange={(event) => setEvidence(event.target.value)}
          />
        </label>
        {nominate.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(nominate.error, language) ?? t('state.unreachable')}
          </p>
        ) : null}
        <p>
          <button type="submit" className="press" disabled={agentId === null || nominate.isPending}>
            {t('nominate.submit')}
          </button>
        </p>
      </form>
    </details>
  );
}
