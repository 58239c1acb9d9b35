import { Button, Input, Select } from 'antd';
import { choiceNames } from '../../metrics/factColumns.ts';
import { type FactName, factParts } from '../../metrics/factParts.ts';
import { useReader } from '../text/language.ts';
import { columnOf, type FilterDraft, isBare, isList, newFilter, operatorsOf } from './composeView.ts';

interface FiltersProps {
  readonly fact: FactName;
  readonly filters: readonly FilterDraft[];
  readonly change: (filters: readonly FilterDraft[]) => void;
}

/** Conditions that all hold together, each out of the fact's own columns. */
export function Filters({ fact, filters, change }: FiltersProps) {
  const { t, say } = useReader();
  const { columns } = factParts(fact);
  const put = (next: FilterDraft) => change(filters.map((each) => (each.key === next.key ? next : each)));
  const add = () => {
    const [first = ''] = Object.keys(columns);
    change([...filters, newFilter(fact, first, Math.max(-1, ...filters.map(({ key }) => key)) + 1)]);
  };
  return (
    <div className="stack">
      {filters.map((filter) => {
        const column = columnOf(fact, filter.column);
        return (
          <div key={filter.key} className="metrics-filter">
            <Select
              aria-label={t('metrics.form.column')}
              value={filter.column}
              onChange={(id) => put(newFilter(fact, id, filter.key))}
              options={Object.entries(columns).map(([value, { name }]) => ({ value, label: say(name) }))}
            />
            <Select
              aria-label={t('metrics.form.operator')}
              value={filter.op}
              onChange={(op) => put({ ...filter, op })}
              options={(column ? operatorsOf(column) : []).map((op) => ({
                ...{ value: op, label: t(`metrics.form.op.${op}`, op) },
              }))}
            />
            <Value fact={fact} filter={filter} put={put} />
            <Button
              aria-label={t('metrics.form.removeFilter')}
              onClick={() => change(filters.filter(({ key }) => key !== filter.key))}
            >
              ×
            </Button>
          </div>
        );
      })}
      <button type="button" className="text-button" onClick={add}>
        + {t('metrics.form.addFilter')}
      </button>
    </div>
  );
}

function Value({
  fact,
  filter,
  put,
}: {
  readonly fact: FactName;
  readonly filter: FilterDraft;
  readonly put: (filter: FilterDraft) => void;
}) {
  const { t, say } = useReader();
  const column = columnOf(fact, filter.column);
  if (!column || isBare(filter.op)) return <span />;
  const label = t('metrics.form.valueOf');
  const choices = column.choices?.map((value) => ({
    value,
    label: choiceNames[value] ? say(choiceNames[value]) : value,
  }));
  if (isList(filter.op))
    return (
      <Select
        mode={choices ? 'multiple' : 'tags'}
        aria-label={label}
        placeholder={t('metrics.form.values')}
        value={[...filter.values]}
        onChange={(values: string[]) => put({ ...filter, values })}
        tokenSeparators={[',', '，', '、']}
        {...(choices ? { options: choices } : { open: false })}
      />
    );
  if (column.type === 'flag' || choices)
    return (
      <Select
        aria-label={label}
        value={filter.value}
        onChange={(value) => put({ ...filter, value })}
        options={
          choices ?? [
            { value: 'true', label: t('metrics.form.yes') },
            { value: 'false', label: t('metrics.form.no') },
          ]
        }
      />
    );
  const field = (part: 'value' | 'to', name: string) => (
    <Input
      aria-label={name}
      inputMode={column.type === 'text' ? 'text' : 'decimal'}
      value={filter[part]}
      onChange={(event) => put({ ...filter, [part]: event.target.value })}
      suffix={column.type === 'duration' ? t('metrics.form.seconds') : null}
    />
  );
  if (filter.op !== 'between') return field('value', label);
  return (
    <span className="row metrics-between">
      {field('value', label)}
      {t('metrics.form.upTo')}
      {field('to', t('metrics.form.upTo'))}
    </span>
  );
}
