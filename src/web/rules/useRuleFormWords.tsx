import { useMemo } from 'react';
import type { RuleList } from '../../quality/rules/schemas.ts';
import { useReader } from '../text/language.ts';
import type { FormWords } from '../yamlForm/editing.ts';
import { Lines } from '../yamlForm/Lines.tsx';
import { type Schema, shapeOf } from '../yamlForm/schemaShape.ts';
import { Ticks } from '../yamlForm/Ticks.tsx';
import type { Path } from '../yamlForm/yamlText.ts';

/** What a rule's parts are called; word lists are picked by name, wordings typed one a line. */
export function useRuleFormWords(root: Schema, lists: RuleList['lists']): FormWords {
  const { t, language } = useReader();
  return useMemo(() => {
    const choice = (name: string, path: Path): string => {
      const field = path.at(-1);
      if (field === 'category') return t(`rules.categories.${name}`, name);
      if (field === 'severity') return t(`rules.severities.${name}`, name);
      if (field === 'incident') return t(`rules.incident.${name}`, name);
      if (isCondition(path)) return t(`rules.form.conditions.${name}`, name);
      return t(`rules.form.choices.${name}`, name);
    };
    return {
      field: (name) => t(`rules.form.fields.${name}`, name),
      choice,
      draw: (path, shape) => {
        if (shape.kind !== 'list') return undefined;
        if (path.at(-1) === 'words')
          return <Ticks path={path} offered={lists.map(({ id, name }) => ({ id, name: name[language] }))} />;
        const of = shapeOf(shape.of, root);
        if (of.kind === 'choice')
          return <Ticks path={path} offered={of.choices.map((id) => ({ id, name: choice(id, path) }))} />;
        return of.kind === 'string' ? <Lines path={path} /> : undefined;
      },
    };
  }, [t, language, root, lists]);
}

/** Where conditions stand: `when`, and within others. */
const isCondition = (path: Path): boolean => {
  const field = path.findLast((step) => typeof step === 'string');
  return ['when', 'all', 'any', 'not', 'repeated'].includes(String(field)) && path.at(0) === 'when';
};
