import type { Bilingual } from '../platform/language.ts';
import type { CycleState } from './cycle.ts';
import type { MissingView } from './schemas.ts';

export function stateText(state: CycleState): Bilingual {
  switch (state) {
    case 'draft':
      return { zh: '未开始', en: 'not begun' };
    case 'open':
      return { zh: '进行中', en: 'open' };
    case 'closed':
      return { zh: '已结算，待公布', en: 'closed, not published' };
    case 'published':
      return { zh: '已公布', en: 'published' };
    case 'final':
      return { zh: '已定案', en: 'final' };
  }
}

/** What is missing before a move, as a sentence with its first names. */
export function missingText({
  kind,
  count,
  names,
  until,
}: Pick<MissingView, 'kind' | 'count' | 'names' | 'until'>): Bilingual {
  const shown = names.slice(0, 5);
  const more = count !== null && count > shown.length;
  const zh = `${shown.map((name) => name.zh).join('、')}${more ? ` 等 ${count} 项` : ''}`;
  const en = `${shown.map((name) => name.en).join(', ')}${more ? ` and others, ${count} in all` : ''}`;
  switch (kind) {
    case 'clockBack':
      return {
        zh: `上一步的日期 ${until} 晚于今天：服务器的时钟现在慢了，就先校正；当时快了，就写明原因再继续`,
        en: `the last step, of ${until}, lies after today: set the server’s clock right if it is behind now; if it was ahead then, say so and go on`,
      };
    case 'notBegun':
      return { zh: `周期从 ${until} 开始`, en: `the period begins on ${until}` };
    case 'notOver':
      return { zh: `周期还没有结束，${until} 之后才能结算`, en: `the period is not over before ${until}` };
    case 'tooEarly':
      return {
        zh: `要等迟到的数据，${until} 起可以结算`,
        en: `late records are waited for; it may be closed from ${until}`,
      };
    case 'partsOpen':
      return { zh: `先公布：${zh}`, en: `to be published first: ${en}` };
    case 'partsNotFinal':
      return { zh: `先定案：${zh}`, en: `to be made final first: ${en}` };
    case 'nothingThere':
      return { zh: '这个周期没有会话也没有工单', en: 'there are no sessions and no tickets in it' };
    case 'appealsRunning':
      return { zh: `申诉期还没有结束，${until} 起才能定案`, en: `appeals may come in until ${until}` };
    case 'missingInputs':
      return { zh: `方案里还没有填写：${zh}`, en: `not given in the plans: ${en}` };
    case 'noFigures':
      return {
        zh: `整个周期没有数据或全为 0 的指标：${zh}`,
        en: `metrics without any data, or zero for everybody: ${en}`,
      };
    case 'stale':
      return {
        zh: `最后两天没有数据，可能还没有导入：${zh}`,
        en: `nothing on the last two days, perhaps not imported yet: ${en}`,
      };
    case 'lowSamples':
      return {
        zh: `样本不足、该项不计分的人数：${zh}`,
        en: `people with too few observations for an item to count: ${en}`,
      };
    case 'unassessed':
      return { zh: `还没有评定：${zh}`, en: `not assessed yet: ${en}` };
    case 'openInspections':
      return { zh: `还没有完成的质检：${zh}`, en: `inspections not finished: ${en}` };
    case 'openAppeals':
      return { zh: `还没有裁定的申诉：${zh}`, en: `appeals not decided: ${en}` };
    case 'openReviews':
      return { zh: `还没有复核的同一处命中：${zh}`, en: `the same hit on other people, not reviewed yet: ${en}` };
  }
}
