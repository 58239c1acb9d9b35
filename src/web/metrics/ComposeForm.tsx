import { Input, Select } from 'antd';
import { factNames, factParts } from '../../metrics/factParts.ts';
import { attributions, periodRules } from '../../metrics/metricDefinition.ts';
import { ownUnits } from '../../metrics/ownUnits.ts';
import { useReader } from '../text/language.ts';
import { columnOf, type Draft, type SideDraft, summable, withFact } from './composeView.ts';
import { Field } from './Field.tsx';
import { Filters } from './Filters.tsx';

interface ComposeFormProps {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  /** A metric that is kept already: id and form stay. */
  readonly kept: boolean;
}

/** A metric out of closed lists: records, conditions, what is above and below, and how it counts. */
export function ComposeForm({ draft, change, kept }: ComposeFormProps) {
  const { t, say } = useReader();
  const parts = factParts(draft.fact);
  const put = (part: Partial<Draft>) => change({ ...draft, ...part });
  const text = (key: 'id' | 'zh' | 'en' | 'meaningZh' | 'meaningEn' | 'windowHours' | 'minN', label: string) => (
    <Field label={label}>
      <Input
        aria-label={label}
        value={draft[key]}
        disabled={key === 'id' && kept}
        onChange={(event) => put({ [key]: event.target.value })}
      />
    </Field>
  );
  const choose = (
    key: 'unit' | 'better' | 'credited' | 'counted',
    label: string,
    options: readonly { readonly value: string; readonly label: string }[],
    disabled = false,
  ) => (
    <Field label={label}>
      <Select
        aria-label={label}
        value={draft[key]}
        disabled={disabled}
        popupMatchSelectWidth={false}
        onChange={(value) => put({ [key]: value })}
        options={[...options]}
      />
    </Field>
  );
  const credited = [...Object.keys(parts.credited), 'G'] as (keyof typeof attributions)[];
  const counted = Object.keys(parts.counted) as (keyof typeof periodRules)[];
  return (
    <div className="metrics-fields">
      <h2>{t('metrics.form.basics')}</h2>
      <div className="row metrics-pair">
        {text('zh', t('metrics.form.zh'))}
        {text('en', t('metrics.form.en'))}
      </div>
      {text('id', t('metrics.id'))}
      <p className="quiet small">{t('metrics.form.idHint')}</p>
      <div className="row metrics-pair">
        {text('meaningZh', t('metrics.form.meaningZh'))}
        {text('meaningEn', t('metrics.form.meaningEn'))}
      </div>
      <h2>{t('metrics.form.counts')}</h2>
      <Field label={t('metrics.form.fact')}>
        <Select
          aria-label={t('metrics.form.fact')}
          value={draft.fact}
          onChange={(fact) => change(withFact(draft, fact))}
          options={factNames.map((value) => ({ value, label: say(factParts(value).name) }))}
        />
      </Field>
      <Field label={t('metrics.form.where')}>
        <Filters fact={draft.fact} filters={draft.where} change={(where) => put({ where })} />
      </Field>
      <Side draft={draft} side="numerator" put={put} />
      <Side draft={draft} side="denominator" put={put} />
      <h2>{t('metrics.form.how')}</h2>
      <div className="row metrics-pair">
        {choose(
          'unit',
          t('metrics.unit'),
          ownUnits.map((value) => ({ value, label: t(`metrics.units.${value}`) })),
          kept,
        )}
        {choose(
          'better',
          t('metrics.better'),
          (['higher', 'lower', 'band'] as const).map((value) => ({ value, label: t(`define.better.${value}`) })),
        )}
        {text('minN', t('metrics.form.minN'))}
      </div>
      <div className="row metrics-pair">
        {choose(
          'credited',
          t('metrics.form.credited'),
          credited.map((value) => ({ value, label: say(attributions[value]) })),
        )}
        {choose(
          'counted',
          t('metrics.form.counted'),
          counted.map((value) => ({ value, label: say(periodRules[value]) })),
        )}
        {draft.counted === 'window' ? text('windowHours', t('metrics.form.windowHours')) : null}
      </div>
    </div>
  );
}

function Side({
  draft,
  side,
  put,
}: {
  readonly draft: Draft;
  readonly side: 'numerator' | 'denominator';
  readonly put: (part: Partial<Draft>) => void;
}) {
  const { t, say } = useReader();
  const value = draft[side];
  const sums = summable(draft.fact);
  const kinds = [
    'rows' as const,
    ...(sums.length > 0 ? ['sum' as const] : []),
    ...(side === 'denominator' ? ['none' as const] : []),
  ];
  const change = (part: Partial<SideDraft>) => put({ [side]: { ...value, ...part } });
  return (
    <Field label={t(`metrics.form.${side}`)}>
      <div className="metrics-side">
        <div className="row">
          <Select
            aria-label={t(`metrics.form.${side}`)}
            value={value.of}
            popupMatchSelectWidth={false}
            onChange={(of) => change({ of, column: of === 'sum' ? (sums[0] ?? '') : '' })}
            options={kinds.map((kind) => ({ value: kind, label: t(`metrics.form.of.${kind}`) }))}
          />
          {value.of === 'sum' ? (
            <Select
              aria-label={t('metrics.form.sumOf')}
              value={value.column}
              popupMatchSelectWidth={false}
              onChange={(column) => change({ column })}
              options={sums.map((id) => {
                const name = columnOf(draft.fact, id)?.name;
                return { value: id, label: name ? say(name) : id };
              })}
            />
          ) : null}
        </div>
        {value.of === 'none' ? null : (
          <>
            <span className="quiet small">{t('metrics.form.sideWhere')}</span>
            <Filters fact={draft.fact} filters={value.where} change={(where) => change({ where })} />
          </>
        )}
      </div>
    </Field>
  );
}
