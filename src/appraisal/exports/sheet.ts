import type { Bilingual, Language } from '../../platform/language.ts';
import { type Cell, number, text, whole } from '../../scores/cardTable.ts';
import type { SheetName } from './sheetNames.ts';

/** What a file calls each of its sheets. */
export const sheetTitles: Readonly<Record<SheetName, Bilingual>> = {
  people: { zh: '人员', en: 'People' },
  figures: { zh: '逐项数值', en: 'Figures' },
  changes: { zh: '扣分、红线与联动', en: 'Deductions and couplings' },
  outcomes: { zh: '结果与激励', en: 'Results and pay' },
  definitions: { zh: '口径与版本', en: 'Definitions' },
};

/** One column: `key` names it in JSON, the title in tables. */
export interface Column<Row> {
  readonly key: string;
  readonly title: Bilingual;
  readonly cell: (row: Row, language: Language) => Cell;
  readonly width?: number;
}

/** A sheet of an export: rows come as they are read, and are never held together. */
export interface Sheet {
  readonly name: SheetName;
  readonly columns: readonly Pick<Column<never>, 'key' | 'title' | 'width'>[];
  readonly rows: () => AsyncIterable<readonly Cell[]>;
}

export function sheetOf<Row>(
  name: SheetName,
  columns: readonly Column<Row>[],
  language: Language,
  rows: () => Iterable<Row> | AsyncIterable<Row>,
): Sheet {
  return {
    name,
    columns,
    async *rows() {
      for await (const row of rows()) yield columns.map(({ cell }) => cell(row, language));
    },
  };
}

type Value<Row, Kind> = (row: Row, language: Language) => Kind;

export const textColumn = <Row>(
  key: string,
  title: Bilingual,
  value: Value<Row, string | null>,
  width = 14,
): Column<Row> => ({ key, title, width, cell: (row, language) => text(value(row, language)) });

export const numberColumn = <Row>(key: string, title: Bilingual, value: Value<Row, string | null>): Column<Row> => ({
  ...{ key, title },
  cell: (row, language) => number(value(row, language)),
});

export const countColumn = <Row>(key: string, title: Bilingual, value: Value<Row, number | null>): Column<Row> => ({
  ...{ key, title },
  cell: (row, language) => whole(value(row, language)),
});
