import { type ChangeEvent, useState } from 'react';
import { passwordProblems, problemsOfPassword } from '../../people/passwordRules.ts';
import { useReader } from '../text/language.ts';

export interface Who {
  readonly email: string;
  readonly name: string;
}

/** A new password, typed twice; what it has to be is ticked off while one types. */
export function FreshPassword({
  labels,
  who,
}: {
  readonly labels: { readonly fresh: string; readonly again: string };
  readonly who: (form: FormData) => Who;
}) {
  const { t } = useReader();
  const [wrong, setWrong] = useState<ReturnType<typeof problemsOfPassword> | null>(null);
  const look = ({ currentTarget: { value, form } }: ChangeEvent<HTMLInputElement>) =>
    setWrong(form && value !== '' ? problemsOfPassword(value, who(new FormData(form))) : null);
  return (
    <>
      <label className="field">
        <span>{labels.fresh}</span>
        <input
          name="fresh"
          type="password"
          autoComplete="new-password"
          required
          onChange={look}
          aria-describedby="rules"
        />
      </label>
      <ul id="rules" className="password-rules small">
        {passwordProblems.map((problem) => {
          const stands = wrong === null ? 'open' : wrong.includes(problem) ? 'missing' : 'met';
          return (
            <li key={problem} className={`password-rule-${stands}`}>
              <span aria-hidden="true">{{ open: '·', missing: '✗', met: '✓' }[stands]}</span>{' '}
              {t(`setup.rules.${problem}`)}
            </li>
          );
        })}
      </ul>
      <label className="field">
        <span>{labels.again}</span>
        <input name="again" type="password" autoComplete="new-password" required />
      </label>
    </>
  );
}

/** The new password of a form with `FreshPassword` in it, or the sentence that says what stands in its way. */
export function freshPasswordOf(form: FormData, who: Who, t: ReturnType<typeof useReader>['t']) {
  const fresh = String(form.get('fresh'));
  const [problem] = problemsOfPassword(fresh, who);
  if (problem) return { problem: t('setup.unfit', { rule: t(`setup.rules.${problem}`) }) };
  return fresh === String(form.get('again')) ? { fresh } : { problem: t('setup.differ') };
}
