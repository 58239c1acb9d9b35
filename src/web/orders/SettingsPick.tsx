import { Select } from 'antd';
import { creditBys, windowDays } from '../../facts/orderVerdict.ts';
import { useReader } from '../text/language.ts';
import type { Settings } from './orderView.ts';

/** The two choices besides the rule: who of several agents, and for how long an inquiry stays valid. */
export function SettingsPick({
  value,
  change,
}: {
  readonly value: Settings;
  readonly change: (settings: Settings) => void;
}) {
  const { t } = useReader();
  return (
    <>
      <Select
        aria-label={t('orders.creditLabel')}
        value={value.credit}
        onChange={(credit) => change({ ...value, credit })}
        options={creditBys.map((credit) => ({ value: credit, label: t(`orders.credit.${credit}`) }))}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('orders.windowLabel')}
        value={value.windowDays}
        onChange={(days) => change({ ...value, windowDays: days })}
        options={windowDays.map((days) => ({ value: days, label: t('orders.validFor', { days }) }))}
        popupMatchSelectWidth={false}
      />
    </>
  );
}
