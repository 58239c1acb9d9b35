import { randomUUID } from 'node:crypto';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, everybody } from '../../people/authorise.ts';
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import { type JobIssue, jobIssues } from '../jobIssues.ts';
import type { Saved, SaveJob, SaveSkill } from '../schemas.ts';
import { insertJob, insertSkill, lockSkills, readCatalogue } from '../skillStore.ts';
import { proposeRotations } from './proposeRotations.ts';

/**
 * Adds a skill, edits it, retires it or takes it up again: always as its next version, in everybody's matrix. Throws NotFound `skill.unknown`, Conflict
 * `skill.changed` where somebody else edited it meanwhile.
 */
export async function saveSkill(deps: Deps, actor: Actor, { id, version, content }: SaveSkill): Promise<Saved> {
  authorise(actor, 'skill.write', everybody);
  return edit(deps, actor, async (connection, by) => {
    const known = (await readCatalogue(connection)).skills.find((each) => each.id === id);
    if (id !== null && !known) throw new NotFound('skill.unknown', { skill: id });
    const saved = { id: id ?? ownId(), version: nextAfter(known?.version ?? 0, version) };
    await insertSkill(connection, { ...saved, content }, by);
    await audit(deps, actor, 'skill.saved', `${saved.id} ${saved.version}`, connection);
    return saved;
  });
}

/** The same for a job. Throws besides Invalid `skill.job` with everything in it that cannot be. */
export async function saveJob(deps: Deps, actor: Actor, { id, version, content }: SaveJob): Promise<Saved> {
  authorise(actor, 'skill.write', everybody);
  return edit(deps, actor, async (connection, by) => {
    const catalogue = await readCatalogue(connection);
    const known = catalogue.jobs.find((each) => each.id === id);
    if (id !== null && !known) throw new NotFound('skill.jobUnknown', { job: id });
    const saved = { id: id ?? ownId(), version: nextAfter(known?.version ?? 0, version) };
    const issues: readonly JobIssue[] = jobIssues({ ...content, ...saved }, catalogue);
    if (issues.length > 0) throw new Invalid('skill.job', issues);
    await insertJob(connection, { ...saved, content }, by);
    await audit(deps, actor, 'skill.jobSaved', `${saved.id} ${saved.version}`, connection);
    return saved;
  });
}

const ownId = () => `own_${randomUUID().slice(0, 8)}`;

function nextAfter(known: number, read: number): number {
  if (known !== read) throw new Conflict('skill.changed');
  return known + 1;
}

/** What is asked for has changed, so who could rotate may have as well. */
async function edit(
  deps: Deps,
  actor: Actor,
  save: (connection: Queryable, by: { at: Date; userId: string; name: string }) => Promise<Saved>,
): Promise<Saved> {
  return transaction(deps.stores.postgres, async (connection) => {
    await lockSkills(connection);
    const by = { at: new Date(deps.now()), userId: actor.userId, name: actor.name };
    const saved = await save(connection, by);
    await proposeRotations(connection, { at: by.at });
    return saved;
  });
}
