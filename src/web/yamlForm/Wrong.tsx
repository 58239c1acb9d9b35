import { useReader } from '../text/language.ts';
import { useEditing } from './editing.ts';
import { issuesAt } from './issuesAt.ts';
import { type Path, pathText } from './yamlText.ts';

/** What is wrong at a place, in sentences. */
export function Wrong({ path }: { readonly path: Path }) {
  const { issues } = useEditing();
  const { say } = useReader();
  return issuesAt(issues, pathText(path)).map((issue) => (
    <p key={issue.code} className={`wrong wrong-${issue.level}`}>
      {say(issue.message)}
    </p>
  ));
}
