import ExcelJS from 'exceljs';
import type { Records } from './records.ts';
import { RowWriter } from './rowWriter.ts';
import { Refused, type Source } from './source.ts';

export function xlsxRecords(_source: Source, _sheet?: string): Promise<Records> {
  void ExcelJS;
  void RowWriter;
  throw new Refused('unknownFormat');
}
