import type { Actor } from '../../../people/actor.ts';
import { authorise, may } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { rubricOf, rubricVersions, type StoredRubric } from '../rubricStore.ts';
import type { RubricList, RubricPage } from '../schemas.ts';

const versionView = ({ version, origin, publishedAt, publishedBy }: StoredRubric) => ({
  ...{ version, origin, publishedAt, publishedBy },
});

/** The latest version of every rubric: by what one is judged everybody may read. */
export async function listRubrics({ stores }: Deps, actor: Actor): Promise<RubricList> {
  authorise(actor, 'rubric.read');
  const latest = new Map((await rubricVersions(stores.postgres)).map((each) => [each.rubric.id, each]));
  return {
    mayWrite: may(actor, 'rubric.write'),
    rubrics: [...latest.values()].map((each) => ({ ...versionView(each), rubric: each.rubric })),
  };
}

/** One rubric, in the version asked for or the latest. Throws NotFound `rubric.unknown`. */
export async function showRubric(
  deps: Deps,
  actor: Actor,
  input: { id: string; version?: number },
): Promise<RubricPage> {
  authorise(actor, 'rubric.read');
  const { postgres } = deps.stores;
  const shown = await rubricOf(postgres, input.id, input.version);
  return {
    ...versionView(shown),
    rubric: shown.rubric,
    written: shown.written,
    versions: (await rubricVersions(postgres, input.id)).map(versionView),
    mayWrite: may(actor, 'rubric.write'),
  };
}
