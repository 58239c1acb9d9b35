import { describe, expect, test } from 'vitest';
import { CsvRows } from './csvRows.ts';
import { Framer, recordBytesMax } from './frame.ts';

const comma = 44;

function frame(chunks: readonly Buffer[], columns: number): string[][] {
  const framer = new Framer({ delimiter: comma, columns, firstLine: 2 });
  const out = Buffer.concat([...chunks.map((chunk) => Buffer.from(framer.push(chunk))), framer.end()]);
  const rows = new CsvRows(',').push(out.toString('utf8'));
  expect(framer.records).toBe(rows.length);
  return rows;
}

const chunked = (text: string, size: number): Buffer[] => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) => bytes.subarray(k * size, (k + 1) * size));
};

describe('framing', () => {
  const text = [
    'a,b,c',
    '"x, y","two',
    'lines",z',
    '',
    '你好,"引""号""",',
    'one,two',
    '"stray,b,c',
    'd,e,f',
    'g,"h"i,j',
    'k,l\rm,n\r',
    '"",,"',
    '"',
    'last,one,',
  ].join('\n');

  test('does not depend on where chunks end', () => {
    const whole = frame([Buffer.from(text)], 3);
    for (const size of [1, 2, 3, 5, 7, 11, 64])
      expect(frame(chunked(text, size), 3), `chunks of ${size}`).toEqual(whole);
  });

  test('gives every record its physical line, and a stray quotation mark costs its own line only', () => {
    expect(frame([Buffer.from(text)], 3).map(([line, fault, , ...fields]) => [line, fault, ...fields])).toEqual([
      ['2', '', 'a', 'b', 'c'],
      ['3', '', 'x, y', 'two\nlines', 'z'],
      ['6', '', '你好', '引"号"', ''],
      ['7', 'columnCount', 'one', 'two', ''],
      ['8', 'badQuotes', '"stray', 'b', 'c'],
      ['9', '', 'd', 'e', 'f'],
      ['10', 'badQuotes', 'g', '"h"i', 'j'],
      ['11', '', 'k', 'l\rm', 'n'],
      ['12', '', '', '', '\n'],
      ['14', '', 'last', 'one', ''],
    ]);
  });

  test('rejects a last line that stops before its last column, and takes one that lacks the line end only', () => {
    expect(frame([Buffer.from('a,b\nc')], 2).map(([, fault]) => fault)).toEqual(['', 'halfWritten']);
    expect(frame([Buffer.from('a,b\nc,d')], 2).map(([, fault]) => fault)).toEqual(['', '']);
    expect(frame([Buffer.from('a,b\nc,"d')], 2).map(([, fault]) => fault)).toEqual(['', 'halfWritten']);
  });

  test('tells a last line that has no end, which may have been cut within its last field', () => {
    const endsOpen = (...chunks: string[]) => {
      const framer = new Framer({ delimiter: comma, columns: 2, firstLine: 2 });
      for (const chunk of chunks) framer.push(Buffer.from(chunk));
      framer.end();
      return framer.endsOpen;
    };
    expect([endsOpen('a,b\nc,d'), endsOpen('a,b\nc', ',d'), endsOpen('a,"b\n"')]).toEqual([true, true, true]);
    expect([endsOpen('a,b\nc,d\n'), endsOpen('a,b\r\n', ''), endsOpen(''), endsOpen('a,b\nc')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('a line of 2 GB is one reject and is not held in memory', () => {
    const framer = new Framer({ delimiter: comma, columns: 2, firstLine: 2 });
    const part = Buffer.alloc(1 << 20, 'x');
    framer.push(Buffer.from('a,b\n'));
    const before = process.memoryUsage();
    let largest = 0;
    for (let n = 0; n < 2048; n++) {
      framer.push(part);
      if (n % 256 === 0) {
        const { rss } = process.memoryUsage();
        largest = Math.max(largest, rss - before.rss);
      }
    }
    const rest = Buffer.concat([framer.push(Buffer.from('\nc,d\n')), framer.end()]).toString();
    const rows = new CsvRows(',').push(rest);
    expect(rows.map(([line, fault]) => [line, fault])).toEqual([
      ['3', 'lineTooLong'],
      ['4', ''],
    ]);
    expect(largest).toBeLessThan(200e6);
  });

  test('a record just within the limit passes', () => {
    const field = 'y'.repeat(recordBytesMax - 2);
    expect(frame(chunked(`${field},z\n`, 1 << 16), 2)[0]?.slice(3)).toEqual([field, 'z']);
  });
});
