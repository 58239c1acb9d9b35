import type { Appeal } from '../../appraisal/appeals/schemas.ts';
import { useReader } from '../text/language.ts';

/** One thing that is put right, in words. */
export function Correction({ correction }: { readonly correction: Appeal['proposed'][number] }) {
  const { t } = useReader();
  const text = () => {
    switch (correction.kind) {
      case 'incident':
        return t('appeals.correction.incident', { id: correction.incidentId });
      case 'record':
        return t('appeals.correction.record', { id: correction.record.id });
      case 'day':
        return t('appeals.correction.day', { day: correction.day });
      case 'value':
        return correction.part === null
          ? t('appeals.correction.value', { value: correction.value })
          : t('appeals.correction.valuePart', { part: correction.part, value: correction.value });
    }
  };
  return <li className="appeal-correction">{text()}</li>;
}
