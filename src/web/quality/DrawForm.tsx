import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import type { SamplePlan } from '../../quality/sampling/samplePlan.ts';
import type { DrawInput, DrawnSample, SampleList } from '../../quality/sampling/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { PeriodAndRubric } from './PeriodAndRubric.tsx';

const kinds = ['agent', 'tier', 'hour', 'channel', 'reason'] as const;
const risks = ['hit', 'gaming', 'lowRating', 'long', 'complaint'] as const;
const rates = ['normal', 'newcomer', 'voice', 'risk'] as const;

type Plan = Omit<SamplePlan, 'newcomerDays' | 'longMinutes'>;

/** The next sample: first a look at what would be drawn, then the draw. */
export function DrawForm(props: {
  readonly list: SampleList;
  readonly close: () => void;
  readonly drawn: (id: number) => void;
}) {
  const { list, close, drawn } = props;
  const { t, language } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const period = organisation.defaultPeriod ?? organisation.periods[0] ?? '';
  const [plan, setPlan] = useState<Plan>({
    ...{ name: t('quality.sample.title'), period, rubric: list.rubrics[0]?.id ?? '', by: ['agent'] },
    ...{ teams: [], shops: [] },
    rates: { normal: 15, newcomer: 60, voice: 10, risk: 40 },
    ...{
      risks: [...risks],
      perAgent: { least: null, most: null },
      most: 500,
      seed: period,
      hideAgent: true,
      inspectors: [],
    },
  });
  const [shown, setShown] = useState<DrawnSample | null>(null);
  const set = (change: Partial<Plan>) => {
    setPlan({ ...plan, ...change });
    setShown(null);
  };
  const draw = useMutation({
    mutationFn: (preview: boolean) => send<DrawnSample>('POST', '/api/samples', { plan, preview } satisfies DrawInput),
    onSuccess: async (answer) => {
      setShown(answer);
      if (answer.id === null) return;
      await client.invalidateQueries();
      drawn(answer.id);
    },
  });
  const number = (text: string) => (text === '' ? null : Number(text));
  return (
    <section className="section">
      <form
        className="sample-form"
        onSubmit={(event) => {
          event.preventDefault();
          draw.mutate(shown === null);
        }}
      >
        <label className="field">
          <span>{t('quality.sample.name')}</span>
          <input required maxLength={80} value={plan.name} onChange={(event) => set({ name: event.target.value })} />
        </label>
        <PeriodAndRubric label={t('quality.sample.period')} value={plan} rubrics={list.rubrics} set={set} />
        <label className="field">
          <span>{t('quality.sample.seed')}</span>
          <input required maxLength={60} value={plan.seed} onChange={(event) => set({ seed: event.target.value })} />
        </label>
        {(['teams', 'shops'] as const).map((of) => (
          <div key={of} className="field">
            <span>{t(`quality.sample.${of}`)}</span>
            <Select
              mode="multiple"
              aria-label={t(`quality.sample.${of}`)}
              placeholder={t('quality.sample.everywhere')}
              value={[...plan[of]]}
              onChange={(chosen) => set({ [of]: chosen })}
              options={organisation[of].map((name) => ({ value: name, label: name }))}
            />
          </div>
        ))}
        <fieldset>
          <legend>{t('quality.sample.rates')}</legend>
          {rates.map((rate) => (
            <label key={rate} className="field">
              <span>{t(`quality.sample.rate.${rate}`)}</span>
              <input
                type="number"
                min={0}
                max={100}
                step="any"
                required
                value={plan.rates[rate]}
                onChange={(event) => set({ rates: { ...plan.rates, [rate]: Number(event.target.value) } })}
              />
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t('quality.sample.risks')}</legend>
          <Checkbox.Group
            value={plan.risks}
            onChange={(chosen) => set({ risks: risks.filter((risk) => chosen.includes(risk)) })}
            options={risks.map((value) => ({ value, label: t(`quality.reasons.${value}`) }))}
          />
        </fieldset>
        <fieldset>
          <legend>{t('quality.sample.by')}</legend>
          <Checkbox.Group
            value={plan.by}
            onChange={(chosen) => set({ by: kinds.filter((kind) => chosen.includes(kind)) })}
            options={kinds.map((value) => ({ value, label: t(`quality.sample.kinds.${value}`) }))}
          />
        </fieldset>
        <fieldset>
          <legend>{t('quality.sample.quota')}</legend>
          {(['least', 'most'] as const).map((end) => (
            <label key={end} className="field">
              <span>{t(`quality.sample.${end}`)}</span>
              <input
                type="number"
                min={end === 'most' ? 1 : 0}
                max={1000}
                value={plan.perAgent[end] ?? ''}
                onChange={(event) => set({ perAgent: { ...plan.perAgent, [end]: number(event.target.value) } })}
              />
            </label>
          ))}
          <label className="field">
            <span>{t('quality.sample.total')}</span>
            <input
              type="number"
              min={1}
              max={20_000}
              required
              value={plan.most}
              onChange={(event) => set({ most: Number(event.target.value) })}
            />
          </label>
        </fieldset>
        <fieldset>
          <legend>{t('quality.sample.inspectors')}</legend>
          <Select
            mode="multiple"
            aria-label={t('quality.sample.inspectors')}
            style={{ minWidth: 280 }}
            value={[...plan.inspectors]}
            onChange={(chosen) => set({ inspectors: chosen })}
            options={list.inspectors.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Checkbox checked={plan.hideAgent} onChange={(event) => set({ hideAgent: event.target.checked })}>
            {t('quality.sample.hide')}
          </Checkbox>
        </fieldset>
        {shown ? <Preview drawn={shown} /> : null}
        {draw.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(draw.error, language) ?? t('state.broken')}
          </p>
        ) : null}
        <p className="row">
          <button type="submit" className="press" disabled={draw.isPending}>
            {shown ? t('quality.sample.keep') : t('quality.sample.preview')}
          </button>
          <button type="button" className="press press-plain" onClick={close}>
            {t('quality.cancel')}
          </button>
        </p>
      </form>
    </section>
  );
}

function Preview({ drawn }: { readonly drawn: DrawnSample }) {
  const { t } = useReader();
  return (
    <div className="notice sample-would" role="status">
      <p>{t('quality.sample.would', { population: drawn.population, drawn: drawn.drawn })}</p>
      <p className="quiet">
        {drawn.shares
          .map(({ name, tasks }) => t('quality.sample.shares', { name, count: tasks }))
          .join(t('mark.comma'))}
      </p>
      {drawn.unassigned > 0 ? <p>{t('quality.sample.unassigned', { count: drawn.unassigned })}</p> : null}
    </div>
  );
}
