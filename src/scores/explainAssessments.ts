import type { Bilingual } from '../platform/language.ts';
import type { AssessmentForm, Assessor } from './assessmentFormSchema.ts';
import type { Plan } from './planSchema.ts';
import type { PlanPage } from './schemas.ts';
import { countOf } from './wording.ts';

/** What people assess by this plan, each form in one line. */
export function explainAssessments({ assessments = [] }: Plan): PlanPage['rules'] {
  if (assessments.length === 0) return [];
  const lines = assessments.map((form) => {
    const asks = askedText(form.asks);
    return {
      zh: `${form.name.zh}：${assessorNames[form.assessor].zh}评，每${form.every === 'month' ? '月' : '季'}一次，周期结束后 ${form.dueDays} 天内交；${asks.zh}${form.optional ? '；没评也不算缺' : ''}。`,
      en: `${form.name.en}: by ${assessorNames[form.assessor].en}, every ${form.every}, due within ${countOf(form.dueDays, 'day')} of its end; ${asks.en}${form.optional ? '; nothing is missing without it' : ''}.`,
    };
  });
  return [{ id: 'assessments', title: { zh: '由人评定', en: 'Assessed by people' }, lines, rec: null }];
}

export const assessorNames: Readonly<Record<Assessor, Bilingual>> = {
  supervisor: { zh: '主管', en: 'the supervisor' },
  otherDepartment: { zh: '其他部门', en: 'other departments' },
  inspector: { zh: '质检员', en: 'an inspector' },
  trainer: { zh: '培训师', en: 'a trainer' },
  hr: { zh: '人事', en: 'HR' },
  colleagues: { zh: '同事互', en: 'colleagues' },
};

function askedText(asks: AssessmentForm['asks']): Bilingual {
  switch (asks.kind) {
    case 'questions':
      return {
        zh: `${asks.questions.length} 题，每级都写明什么样的表现，取平均`,
        en: `${countOf(String(asks.questions.length), 'question')} with anchored levels, their mean`,
      };
    case 'checklist':
      return asks.tickets === undefined
        ? { zh: `逐条核对 ${asks.lines.length} 条`, en: `a checklist of ${countOf(String(asks.lines.length), 'line')}` }
        : {
            zh: `随机抽 ${asks.tickets} 张工单，逐张核对 ${asks.lines.length} 条`,
            en: `a checklist of ${countOf(String(asks.lines.length), 'line')} for ${countOf(asks.tickets, 'ticket')} drawn at random`,
          };
    case 'count':
      return { zh: `填${asks.unit.zh}数`, en: `the number of ${asks.unit.en}` };
    case 'nomination':
      return {
        zh: `提名写明依据，另一人决定，通过的最多 ${asks.most} 分`,
        en: `nominations with evidence, decided by somebody else, at most ${countOf(asks.most, 'point')}`,
      };
  }
}
