import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { SheetName } from '../src/appraisal/exports/sheetNames.ts';
import { readFrozenCards } from '../src/scores/frozenCardStore.ts';
import type { Browser, TestApp } from './testApp.ts';

interface Readers {
  readonly heng: TestApp;
  readonly hr: Browser;
  readonly supervisor: Browser;
}

type Row = Record<string, string | number | null>;
type Document = { readonly [sheet in SheetName]: Row[] } & { readonly state: string; readonly metricsHash: string };

/** The published October of the example desk as files: zhao and =钱二 of 一组, 孙三 of 二组. */
export function exportCases(readers: () => Readers): void {
  const path = '/api/cycles/2026-10/export';
  const documentOf = async (by: Browser, query = ''): Promise<Document> => {
    const answer = await by('GET', `${path}.json${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Document;
  };
  const rowOf = (rows: readonly Row[], wanted: Row) =>
    rows.find((row) => Object.entries(wanted).every(([key, value]) => row[key] === value));

  describe('a closed period as files', () => {
    it('has everybody as their frozen card says: total, rank, grade, coefficient and the ledger’s entry', async () => {
      const { heng, hr } = readers();
      const { people, state } = await documentOf(hr);
      const cards = await readFrozenCards(heng.stores.postgres, '2026-10');
      expect(state).toBe('published');
      expect(
        people.map(({ agentId, total, coefficient, cardVersion }) => [agentId, total, coefficient, cardVersion]),
      ).toEqual(cards.map(({ agentId, card, coefficient, version }) => [agentId, card.total, coefficient, version]));
      const zhao = rowOf(people, { agentId: 'zhao' });
      expect(zhao).toMatchObject({ rank: 1, ranked: 1, grade: '高级', gradedBy: '按分数段', cause: '申诉' });
      expect(zhao?.entry).toMatch(/^[0-9a-f]{64}$/);
    });

    it('tells of each figure what it was divided from, its target, its points, and its formula in words', async () => {
      const { figures, definitions } = await documentOf(readers().hr);
      expect(rowOf(figures, { agentId: 'zhao', itemId: 'csat' })).toMatchObject({
        ...{ value: '93.5', numerator: '187', denominator: '200', n: 200, target: '90', outOf: '15', points: '15' },
        ...{ formula: '4–5 星的评价 ÷ 有效评价 × 100%', status: '计分', evidenceRows: 200 },
      });
      const plan = rowOf(definitions, { id: 'appliance-aftersales' });
      const [card] = await readFrozenCards(readers().heng.stores.postgres, '2026-10', ['zhao']);
      expect(plan).toMatchObject({ version: '1', hash: card?.plan.hash });
      expect(rowOf(definitions, { id: 'csat_rate' })).toMatchObject({ version: '内置', nameEn: expect.any(String) });
      const english = await documentOf(readers().hr, '?language=en');
      expect(rowOf(english.figures, { agentId: 'zhao', itemId: 'csat' })?.status).toBe('scored');
    });

    it('leaves a figure that is not there empty, says why, and never writes 0', async () => {
      const { figures, people } = await documentOf(readers().hr);
      const without = figures.filter(({ status }) => status === '没有数据');
      expect(without.length).toBeGreaterThan(3);
      for (const row of without) {
        expect([row.value, row.points]).toEqual([null, null]);
        expect(row.pointsWhy).toContain('没有数据');
      }
      const unrated = people.filter(({ total }) => total === null);
      for (const row of unrated)
        expect([row.rank, row.grade, row.why]).toEqual([null, '不评级', expect.stringMatching(/不评级/)]);
    });

    it('has what was charged, and what was decided with its amount in yuan', async () => {
      const { heng, hr } = readers();
      const administrator = await heng.signedIn({ role: 'administrator' });
      const salary = {
        agent_id: 'zhao',
        name: '赵一',
        team: '一组',
        shop: '旗舰店',
        tier: 'mid',
        monthly_salary: '6000',
      };
      expect((await administrator('POST', '/api/ingest/agents', [salary])).status).toBe(200);
      const approved = { period: '2026-10', kind: 'coefficient', reason: '按规则，电话 13812345678' };
      expect((await hr('POST', '/api/outcomes/approvals', approved)).status).toBe(200);
      const { changes, outcomes } = await documentOf(hr);
      expect(rowOf(changes, { agentId: 'qian', incidentId: 'i9' })).toMatchObject({ kind: '扣分', day: '2026-10-13' });
      expect(rowOf(outcomes, { agentId: 'zhao', what: '绩效系数' })).toMatchObject({
        ...{ state: '已批准', amountYuan: '7200.00', baseYuan: '6000.00', reason: '按规则，电话 138****5678' },
      });
      expect(rowOf(outcomes, { agentId: 'zhao', what: '应发合计' })?.payableYuan).toBe('7200.00');
    });

    it('gives a supervisor their own team without money, and nothing of a period that is not closed', async () => {
      const { heng, supervisor, hr } = readers();
      const own = await documentOf(supervisor);
      for (const sheet of ['people', 'figures', 'changes', 'outcomes'] as const)
        expect([sheet, own[sheet].some(({ team }) => team !== '一组')]).toEqual([sheet, false]);
      expect(rowOf(own.outcomes, { agentId: 'zhao', what: '绩效系数' })).toMatchObject({
        ...{ amountYuan: null, baseYuan: null, why: '金额只有人事可见' },
      });
      expect(rowOf(own.people, { agentId: 'zhao' })?.rank).toBe(1);
      const open = await hr('GET', '/api/cycles/2026-09/export.xlsx');
      expect([open.status, await open.text()]).toEqual([409, expect.stringContaining('cycle.notClosed')]);
      const { rows } = await heng.stores.postgres.query(
        `SELECT subject FROM audit_log WHERE action = 'cycle.exported'`,
      );
      expect(rows).toContainEqual({ subject: '2026-10 json' });
    });

    it('is the same rows as a workbook and as CSV, in which no name can become a formula', async () => {
      const { hr } = readers();
      const document = await documentOf(hr);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(await (await hr('GET', `${path}.xlsx`)).arrayBuffer());
      expect(workbook.worksheets.map(({ name }) => name)).toEqual([
        ...['人员', '逐项数值', '扣分、红线与联动', '结果与激励', '口径与版本'],
      ]);
      const sheets = [document.people, document.figures, document.changes, document.outcomes, document.definitions];
      expect(workbook.worksheets.map(({ rowCount }) => rowCount - 1)).toEqual(sheets.map(({ length }) => length));
      workbook.eachSheet((sheet) =>
        sheet.eachRow((row) => row.eachCell(({ type }) => expect(type).not.toBe(ExcelJS.ValueType.Formula))),
      );
      expect(workbook.getWorksheet('人员')?.getCell(2, 2).value).toBe('=钱二');
      const csv = await (await hr('GET', `${path}.csv?sheet=people`)).text();
      expect(csv.split('\r\n')[1]).toMatch(/^qian,"'=钱二",/);
    });
  });
}
