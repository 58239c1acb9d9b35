import type { DecidedOutcome } from '../../appraisal/exports/outcomesSheet.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, may, scopeFilter } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import type { Bilingual } from '../../platform/language.ts';
import { tierName } from '../../scores/wording.ts';
import { kindWords } from '../kindWords.ts';
import type { PayRow } from '../paySchemas.ts';
import { whyNoSum } from '../payWords.ts';
import { isMoney, isPay, type ProposalKind } from '../proposal.ts';
import { readProposals, type StoredProposal } from '../proposalStore.ts';
import { showPayouts } from './showPayouts.ts';

const sum: Bilingual = { zh: '应发合计', en: 'Pay in all' };
const states: Readonly<Record<'approved' | 'declined' | 'fell' | 'replaced', Bilingual>> = {
  approved: { zh: '已批准', en: 'approved' },
  declined: { zh: '已驳回', en: 'declined' },
  fell: { zh: '已批准，依据已变', en: 'approved, no longer supported' },
  replaced: { zh: '已批准，后有更新', en: 'approved, with a later revision' },
};
const hidden: Bilingual = { zh: '金额只有人事可见', en: 'amounts are for HR' };
const declined: Bilingual = { zh: '已驳回，没有金额', en: 'declined: nothing is paid' };
const notMoney: Bilingual = { zh: '不涉及金额', en: 'no money is involved' };
const percentOnly: Bilingual = { zh: '定的是百分比，没有金额', en: 'a percentage was decided, no amount' };

/** What was decided for a published period, by person, and what each is paid where the reader may see pay; waiting proposals are left out. */
export async function decidedOutcomes(deps: Deps, actor: Actor, period: string): Promise<DecidedOutcome[]> {
  authorise(actor, 'outcome.read');
  const which = { period, kind: null, state: null, agent: null, text: '', scope: scopeFilter(actor) };
  const found = await readProposals(deps.stores.postgres, which);
  const seesPay = may(actor, 'pay.read');
  const pay = seesPay ? (await showPayouts(deps, actor, period)).rows : [];
  const rows = [
    ...found.filter(({ state }) => state !== 'proposed').map((each) => decidedOf(each, seesPay)),
    ...pay.map(sumOf),
  ];
  // The sum comes after what it is made of: sorting keeps the order of what is alike.
  return rows.sort((a, b) => (a.agentId < b.agentId ? -1 : a.agentId > b.agentId ? 1 : 0));
}

function decidedOf(each: StoredProposal, seesPay: boolean): DecidedOutcome {
  const { agentId, name, team, shop, kind, state, words, decision, decidedAt, decidedName, decidedReason } = each;
  const approved = state === 'approved';
  const seen = seesPay || !isMoney(kind);
  return {
    ...{ agentId, name, team, shop },
    what: words
      ? { zh: `${kindWords[kind].zh}：${words.zh}`, en: `${kindWords[kind].en}: ${words.en}` }
      : kindWords[kind],
    state: states[!approved ? 'declined' : each.replaced ? 'replaced' : each.supported ? 'approved' : 'fell'],
    detail: approved && seen ? detailOf(each) : null,
    baseFen: seen ? (decision?.baseFen ?? null) : null,
    amountFen: seen ? (decision?.amountFen ?? null) : null,
    ...{ shareFen: null, heldFen: null, payableFen: null },
    why: !seen ? hidden : whyEmpty(kind, approved),
    decidedAt: decidedAt?.toISOString() ?? null,
    ...{ decidedBy: decidedName, reason: decidedReason },
  };
}

/** Why there is no amount, to whoever may see one; null where there is. */
function whyEmpty(kind: ProposalKind, approved: boolean): Bilingual | null {
  if (!isMoney(kind)) return notMoney;
  if (!approved) return declined;
  return isPay(kind) ? null : percentOnly;
}

function detailOf({ decision, suggestion }: StoredProposal): Bilingual | null {
  const { percent, toTier, title, endsOn } = decision ?? {};
  if (percent !== undefined) return { zh: `加薪 ${percent}%`, en: `raised by ${percent}%` };
  if (toTier !== undefined) return { zh: `晋升为${tierName(toTier).zh}`, en: `to ${tierName(toTier).en}` };
  if (title !== undefined) return { zh: title, en: title };
  if (endsOn !== undefined) return { zh: `到 ${endsOn}`, en: `until ${endsOn}` };
  switch (suggestion.kind) {
    case 'coefficient':
    case 'bonusMonths':
    case 'mentorShare':
      return suggestion.coefficient === null
        ? null
        : { zh: `系数 ${suggestion.coefficient}`, en: `coefficient ${suggestion.coefficient}` };
    case 'incentive':
      return suggestion.percent === null ? null : { zh: `${suggestion.percent}%`, en: `${suggestion.percent}%` };
    case 'star':
      return {
        zh: `星级 ${suggestion.change > 0 ? '+' : ''}${suggestion.change}`,
        en: `stars ${suggestion.change > 0 ? '+' : ''}${suggestion.change}`,
      };
    case 'redLine':
      return suggestion.consequence;
    default:
      return null;
  }
}

function sumOf(row: PayRow): DecidedOutcome {
  const { agentId, name, team, shop, approvedFen, shareFen, heldFen, payableFen } = row;
  const why = whyNoSum(row);
  return {
    ...{ agentId, name, team, shop, what: sum, detail: null, baseFen: null, amountFen: approvedFen },
    state: (approvedFen === null ? why : null) ?? states.approved,
    ...{ shareFen, heldFen, payableFen, why, decidedAt: null, decidedBy: null, reason: null },
  };
}
