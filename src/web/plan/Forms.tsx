import type { AssessmentForm } from '../../scores/assessmentFormSchema.ts';
import type { PlanPage } from '../../scores/schemas.ts';
import { useReader } from '../text/language.ts';
import { Silent } from './Silent.tsx';

/** What people assess by this plan; each form opens to what it asks and what each level looks like. */
export function Forms({ page: { plan, rules } }: { readonly page: PlanPage }) {
  const { say } = useReader();
  const told = rules.find(({ id }) => id === 'assessments');
  if (!told) return null;
  return (
    <section className="section">
      <h2>{say(told.title)}</h2>
      {(plan.assessments ?? []).map((form, i) => (
        <details key={form.id}>
          <summary>{say(told.lines[i] ?? form.name)}</summary>
          <Asked asks={form.asks} />
          {form.rec ? <Silent text={form.rec} /> : null}
        </details>
      ))}
    </section>
  );
}

function Asked({ asks }: Pick<AssessmentForm, 'asks'>) {
  const { t, say } = useReader();
  switch (asks.kind) {
    case 'questions':
      return asks.questions.map(({ id, text, levels }) => (
        <div key={id}>
          <h3>{say(text)}</h3>
          <ul className="plan-lines">
            {levels.map(({ points, name, anchor }) => (
              <li key={points}>
                {say(name)} <span className="figure quiet">{points}</span>
                {t('mark.colon')}
                {say(anchor)}
              </li>
            ))}
          </ul>
        </div>
      ));
    case 'checklist':
      return (
        <ul className="plan-lines">
          {asks.lines.map(({ id, text }) => (
            <li key={id}>{say(text)}</li>
          ))}
        </ul>
      );
    case 'count':
    case 'nomination':
      return null;
  }
}
