import type { Language } from '../platform/language.ts';
import type { BackTest } from './backTestSchemas.ts';
import { textTable } from './textTable.ts';

/** What trying a plan came to, for a terminal. */
export function backTestText(result: BackTest, language: Language): string {
  const zh = language === 'zh';
  const { before, after } = result;
  const versions = (side: BackTest['before']) =>
    side.versions.some((version) => version > 0)
      ? zh
        ? `（版本 ${side.versions.join('、')}）`
        : ` (version ${side.versions.join(', ')})`
      : '';
  const title = (side: BackTest['before']) => `${side.name[language]}${versions(side)}`;
  const none = zh ? '不评级' : 'unrated';
  const rows: [string, (side: BackTest['before']) => string][] = [
    [zh ? '平均总分' : 'Mean total', (side) => side.meanTotal ?? '—'],
    [zh ? '评级人次' : 'Rated cards', (side) => String(side.rated)],
    [zh ? '不评级人次' : 'Unrated cards', (side) => String(side.unrated)],
    [zh ? '因红线定等级的人次' : 'Cards graded by a red line', (side) => String(side.vetoed)],
    [zh ? '系数合计' : 'Sum of coefficients', (side) => side.cost.coefficients ?? '—'],
    [zh ? '薪资 × 系数（元）' : 'Salary × coefficient (yuan)', (side) => yuan(side.cost.payFen)],
    ...(before.cost.bonus || after.cost.bonus
      ? ([
          [zh ? '年终奖（月数合计）' : 'Year-end bonus (months)', (side) => side.cost.bonus?.months ?? '—'],
          [
            zh ? '年终奖（元，一年一次）' : 'Year-end bonus (yuan, once a year)',
            (side) => yuan(side.cost.bonus?.payFen ?? null),
          ],
        ] satisfies [string, (side: BackTest['before']) => string][])
      : []),
    ...(before.ranks.length + after.ranks.length > 0
      ? ([[zh ? '强制分布' : 'By rank', (side) => ranksText(side, language)]] satisfies [
          string,
          (side: BackTest['before']) => string,
        ][])
      : []),
  ];
  const moves = result.moves.map(({ before: from, after: to, count }) => [
    from?.[language] ?? none,
    to?.[language] ?? none,
    String(count),
  ]);
  const items = result.items.map((item) => [
    item.name[language],
    item.pointsBefore ?? '—',
    item.pointsAfter ?? '—',
    item.lostAfter ?? '—',
    String(item.decides),
  ]);
  const sensitive = result.sensitivity.map(({ kind, name, meanChange, up, down }) => [
    kind === 'weight' ? (zh ? '权重 +1 分' : 'weight +1 point') : zh ? '目标 +5%' : 'target +5%',
    name[language],
    meanChange,
    String(up),
    String(down),
  ]);
  return [
    `${title(after)} ${zh ? '对' : 'against'} ${title(before)}`,
    zh
      ? `${result.periods.join('、')}，${result.people} 人，${result.cards} 张记分卡；等级升 ${result.up}，降 ${result.down}，不变 ${result.same}`
      : `${result.periods.join(', ')}: ${result.people} people, ${result.cards} cards; grades up ${result.up}, down ${result.down}, same ${result.same}`,
    '',
    textTable(
      ['', zh ? '当时执行' : 'In force', zh ? '试算' : 'Tried'],
      rows.map(([name, cell]) => [name, cell(before), cell(after)]),
      [1, 2],
    ),
    payNote(result, zh),
    '',
    textTable(zh ? ['原等级', '新等级', '人次'] : ['From', 'To', 'Cards'], moves, [2]),
    '',
    textTable(
      zh ? ['项', '原得分', '新得分', '新失分', '决定人次'] : ['Item', 'Points', 'Points tried', 'Lost', 'Decides'],
      items,
      [1, 2, 3, 4],
    ),
    '',
    textTable(
      zh
        ? ['改动', '项', '总分平均变化', '等级升', '等级降']
        : ['Change', 'Item', 'Mean change of total', 'Up', 'Down'],
      sensitive,
      [2, 3, 4],
    ),
  ].join('\n');
}

/** 火箭 3、卫星 12…; a dash where nobody is ranked. */
const ranksText = ({ ranks }: BackTest['before'], language: Language): string =>
  ranks.map(({ grade, count }) => `${grade[language]} ${count}`).join(language === 'zh' ? '、' : ', ') || '—';

function payNote({ pay, people, salaries }: BackTest, zh: boolean): string {
  switch (pay) {
    case 'known':
      return '';
    case 'partly':
      return zh
        ? `${people} 人中 ${salaries} 人有月薪，金额只含这些人。`
        : `${salaries} of ${people} people have a salary on record; the amount is theirs alone.`;
    case 'unknown':
      return zh
        ? '没有月薪数据，只能以系数合计表示成本。'
        : 'No salaries are known: the cost can be told in coefficients only.';
    case 'hidden':
      return zh
        ? '您的角色看不到薪资，成本以系数合计表示。'
        : 'Your role does not see pay: the cost is told in coefficients.';
  }
}

const yuan = (fen: string | null): string =>
  fen === null ? '—' : `${fen.padStart(3, '0').slice(0, -2)}.${fen.padStart(3, '0').slice(-2)}`;
