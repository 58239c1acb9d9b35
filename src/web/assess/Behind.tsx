import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import type { Behind as BehindData } from '../../appraisal/assessments/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { dayInTable, instantInTable, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { behindQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

interface Chosen {
  readonly periods: readonly string[];
  readonly period: string;
  readonly change: (period: string) => void;
}

/** Who has not been assessed in a period, form by form; and for those who may remind, who is behind. */
export function Behind({ periods, period, change }: Chosen) {
  const { t, language } = useReader();
  const query = useQuery(behindQuery(period));
  return (
    <section className="section">
      <div className="row spread">
        <h2>{t('assess.missing')}</h2>
        <Select
          aria-label={t('pick.period')}
          value={period}
          onChange={change}
          options={periods.map((each) => ({ value: each, label: periodName(each, language) }))}
          popupMatchSelectWidth={false}
          className="pick-period"
        />
      </div>
      <Answer
        query={query}
        empty={({ forms }) => (forms.length === 0 ? <p className="quiet">{t('assess.noForms')}</p> : null)}
      >
        {(behind) => (
          <>
            <Assessors behind={behind} />
            <ul className="assess-forms">
              {behind.forms.map((form) => (
                <FormLine key={`${form.plan} ${form.form}`} form={form} />
              ))}
            </ul>
          </>
        )}
      </Answer>
    </section>
  );
}

const shownMax = 12;

function FormLine({ form }: { readonly form: BehindData['forms'][number] }) {
  const { t, language, say } = useReader();
  const { missing, total } = form;
  const names = missing.slice(0, shownMax).map(({ name, isUnassigned }) => (isUnassigned ? `${name}*` : name));
  const unassigned = missing.filter(({ isUnassigned }) => isUnassigned).length;
  return (
    <li>
      <span>
        <b>{say(form.name)}</b>
        {form.isOptional ? <span className="quiet small"> {t('assess.optional')}</span> : null}
        <span className="quiet small assess-plan">{say(form.planName)}</span>
      </span>
      <span className="quiet">
        {t('assess.by', { who: t(`assess.assessors.${form.assessor}`) })}
        {t('mark.comma')}
        {t('assess.dueOn', { day: dayInTable(form.dueOn, language) })}
      </span>
      <span>
        {missing.length === 0 ? (
          <span className="assess-ok">✓ {t('assess.noneMissing')}</span>
        ) : (
          <>
            <b className={form.isOverdue && !form.isOptional ? 'red figure' : 'figure'}>
              {t('assess.missingOf', { missing: missing.length, total })}
            </b>{' '}
            <span className="quiet">
              {names.join(t('mark.comma'))}
              {missing.length > shownMax ? t('assess.andMore', { count: missing.length }) : ''}
            </span>
            {unassigned > 0 ? <p className="quiet small">{t('assess.unassigned', { count: unassigned })}</p> : null}
          </>
        )}
      </span>
    </li>
  );
}

function Assessors({ behind: { period, mayRemind, assessors } }: { readonly behind: BehindData }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const client = useQueryClient();
  const remind = useMutation({
    mutationFn: () => send<{ reminded: number }>('POST', '/api/assessments/remind', { period }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['assessments'] }),
  });
  if (!mayRemind || assessors.length === 0) return null;
  return (
    <div className="stack assess-behind">
      <p className="row">
        <span>{t('assess.behind', { count: assessors.length })}</span>
        <Button loading={remind.isPending} onClick={() => remind.mutate()}>
          {t('assess.remind', { count: assessors.length })}
        </Button>
      </p>
      {remind.data ? (
        <p className="notice" role="status">
          {t('assess.remindSent', { count: remind.data.reminded })}
        </p>
      ) : null}
      {remind.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(remind.error, language) ?? t('state.unreachable')}
        </p>
      ) : null}
      <ul className="plan-lines">
        {assessors.map(({ id, name, open, isOverdue, remindedAt, remindedBy }) => (
          <li key={id} className="row">
            <b>{name}</b>
            <span className={isOverdue ? 'red figure' : 'quiet figure'}>{t('assess.left', { count: open })}</span>
            {remindedAt ? (
              <span className="quiet small">
                {t('assess.remindedAt', {
                  name: remindedBy,
                  at: instantInTable(remindedAt, organisation.timeZone, language),
                })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
