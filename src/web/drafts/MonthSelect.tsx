import { periodName } from '../format.ts';
import { useReader } from '../text/language.ts';

/** A month out of those that may be chosen. */
export function MonthSelect({
  months,
  value,
  change,
  label,
}: {
  readonly months: readonly string[];
  readonly value: string;
  readonly change: (month: string) => void;
  readonly label: string;
}) {
  const { language } = useReader();
  return (
    <select className="month-select" aria-label={label} value={value} onChange={(event) => change(event.target.value)}>
      {months.map((month) => (
        <option key={month} value={month}>
          {periodName(month, language)}
        </option>
      ))}
    </select>
  );
}
