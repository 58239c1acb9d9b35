import { randomUUID } from 'node:crypto';
import { BadInput } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { erasedNumbers } from '../erasedNumberStore.ts';
import { columnsOf, type ImportPlan, type PersonRow, planImport, type Step } from '../importPlan.ts';
import { conflictOf, keepAnAdministrator, lockAdministrators } from '../member.ts';
import { makeLink } from '../oneTimeLink.ts';
import {
  allMembers,
  countAdministrators,
  demoDomain,
  endSessionsOf,
  insertMember,
  type Member,
  updateMember,
} from '../store.ts';
import { changesOf } from './updatePerson.ts';

export interface ImportedPeople {
  readonly plan: ImportPlan;
  /** The one-time links of those who are new, for whoever takes them there. */
  readonly links: readonly { readonly email: string; readonly name: string; readonly link: string }[];
}

/**
 * Brings people to what a file says, all sound rows in one transaction. Running it again changes nothing. `check`: only what
 * would be done. Accounts of the made-up company are left alone.
 * Throws BadInput `people.columns`; Conflict `person.lastAdministrator` where nobody could let anybody in afterwards,
 * `person.emailTaken` and `person.agentTaken` where somebody was added meanwhile or a made-up account has the agent.
 */
export async function importPeople(
  deps: Pick<Deps, 'stores' | 'now'>,
  actor: Actor,
  table: { readonly names: readonly string[]; readonly rows: readonly PersonRow[] },
  options: { readonly check: boolean; readonly deactivateMissing: boolean },
): Promise<ImportedPeople> {
  authorise(actor, 'people.write');
  const { found, missing } = columnsOf(table.names);
  if (missing.length > 0) throw new BadInput('people.columns', { missing: missing.join(', ') });
  const rows = table.rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      Object.entries(cells).flatMap(([name, value]) => {
        const column = found.get(name);
        return column ? [[column, value]] : [];
      }),
    ),
  }));
  return transaction(deps.stores.postgres, async (postgres) => {
    await lockAdministrators(postgres);
    const members = (await allMembers(postgres)).filter(({ email }) => !email.endsWith(`@${demoDomain}`));
    const known = members.map((member) => ({ ...member, active: member.deactivatedAt === null }));
    const numbers = rows.flatMap(({ cells }) => (cells.agent_id === undefined ? [] : [cells.agent_id.trim()]));
    const erased = await erasedNumbers(postgres, numbers);
    const plan = planImport(rows, known, { ...options, erased });
    if (options.check) return { plan, links: [] };
    const hadAdministrator = (await countAdministrators(postgres)) > 0;
    const links = await carryOut(deps, postgres, actor, { steps: plan.steps, members });
    if (hadAdministrator) await keepAnAdministrator(postgres);
    return { plan, links };
  });
}

async function carryOut(
  deps: Pick<Deps, 'stores' | 'now'>,
  postgres: Queryable,
  actor: Actor,
  { steps, members }: { steps: readonly Step[]; members: readonly Member[] },
): Promise<ImportedPeople['links']> {
  const now = new Date(deps.now());
  const byId = new Map(members.map((member) => [member.id, member]));
  const before = (step: Exclude<Step, { kind: 'create' }>): Member => {
    const member = byId.get(step.known.id);
    if (!member) throw new Error(`no member ${step.known.id}`);
    return member;
  };
  // All who change leave first, so that two people can change places: of the active ones each agent has one.
  for (const step of steps) {
    if (step.kind !== 'create') await updateMember(postgres, { ...before(step), deactivatedAt: now });
  }
  const links: { email: string; name: string; link: string }[] = [];
  const gone: string[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case 'create': {
        const { wanted } = step;
        const rest = { userId: null, createdAt: now, deactivatedAt: null, lastSeenAt: null };
        const member: Member = { id: randomUUID(), ...wanted, ...rest };
        await insertMember(postgres, member).catch(conflictOf(member));
        const { link } = await makeLink(deps, postgres, member.id);
        links.push({ email: wanted.email, name: wanted.name, link });
        await audit(deps, actor, 'person.created', member.id, postgres);
        break;
      }
      case 'change': {
        const old = before(step);
        const after: Member = { ...old, ...step.wanted, deactivatedAt: null };
        await updateMember(postgres, after).catch(conflictOf(after));
        if (step.returns) await audit(deps, actor, 'person.reactivated', old.id, postgres);
        await audit(deps, actor, 'person.changed', `${old.id} ${changesOf(old, after)}`, postgres);
        break;
      }
      case 'deactivate': {
        const { id, userId } = before(step);
        if (userId !== null) gone.push(userId);
        await audit(deps, actor, 'person.deactivated', id, postgres);
      }
    }
  }
  if (gone.length > 0) await endSessionsOf(postgres, gone);
  return links;
}
