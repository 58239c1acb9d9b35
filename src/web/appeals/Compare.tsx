import type { Compared } from '../../appraisal/appeals/schemas.ts';
import type { Bilingual } from '../../platform/language.ts';
import { unitOf } from '../card/cardView.ts';
import { money, periodName, score, weight, withUnit } from '../format.ts';
import { useReader } from '../text/language.ts';

/** A card before and after: the result first, then the items that made it so. */
export function Compare({ compared }: { readonly compared: Compared }) {
  const { t, language, say } = useReader();
  const { before, after } = compared;
  const rows = [
    { name: t('appeals.compare.total'), of: (each: typeof before) => total(each.total) },
    { name: t('appeals.compare.grade'), of: (each: typeof before) => gradeText(each) },
    {
      name: t('appeals.compare.coefficient'),
      of: (each: typeof before) => (each.coefficient === null ? '—' : weight(each.coefficient)),
    },
    ...(before.payFen === null && after.payFen === null
      ? []
      : [{ name: t('appeals.compare.pay'), of: (each: typeof before) => money(each.payFen) }]),
  ];
  function gradeText({ grade, level }: typeof before): string {
    if (!grade) return '—';
    return level === null ? say(grade) : t('meeting.level', { grade: say(grade), level });
  }
  const total = (text: string | null) => (text === null ? t('appeals.compare.unrated') : score(text));
  // A red line that went leaves the total as it was and lifts the grade.
  const inAll = (text: string | null, grade: Bilingual | null) =>
    grade ? `${total(text)} ${say(grade)}` : total(text);
  return (
    <section className="compare" aria-label={t('appeals.compare.title')}>
      <dl className="compare-totals">
        {rows.map(({ name, of }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure">
              <span className="quiet">{of(before)}</span> → <b>{of(after)}</b>
            </dd>
          </div>
        ))}
      </dl>
      {compared.items.length === 0 ? <p className="quiet">{t('appeals.compare.same')}</p> : null}
      <ul className="compare-items">
        {compared.items.map((item) => {
          const unit = unitOf(item.unit);
          return (
            <li key={item.id}>
              <b>{say(item.name)}</b>
              <span className="figure quiet">
                {withUnit(item.before.value, unit, language)} → {withUnit(item.after.value, unit, language)}
              </span>
              <span className="figure">
                {t('appeals.compare.points', { before: score(item.before.points), after: score(item.after.points) })}
              </span>
            </li>
          );
        })}
      </ul>
      {compared.longer.map((each) => (
        <p key={each.period} className="figure">
          {t('appeals.compare.longer', {
            period: periodName(each.period, language),
            before: inAll(each.before, each.grades.before),
            after: inAll(each.after, each.grades.after),
          })}
        </p>
      ))}
      {compared.gained.map((each) => (
        <p key={`${each.outcome} ${each.period}`}>
          {t('appeals.compare.gained', { period: periodName(each.period, language), text: say(each.text) })}
        </p>
      ))}
      {compared.lost.map((each) => (
        <p key={`${each.outcome} ${each.period}`}>
          {t('appeals.compare.lost', { period: periodName(each.period, language), text: say(each.text) })}
        </p>
      ))}
      {compared.untouched.map(({ item, name, why }) => (
        <p key={item} className="notice">
          {t(`appeals.compare.untouched.${why}`, { name: say(name) })}
        </p>
      ))}
    </section>
  );
}
