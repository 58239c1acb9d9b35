/** A table for a terminal: a Chinese character takes two places. Columns named in `right` are aligned to the right. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((cells) => placesOf(cells[i] ?? ''))));
  const line = (cells: readonly string[]) =>
    widths
      .map((width, i) => {
        const cell = cells[i] ?? '';
        const blanks = ' '.repeat(width - placesOf(cell));
        return right.includes(i) ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd();
  return [line(header), widths.map((width) => '─'.repeat(width)).join('──'), ...rows.map(line)].join('\n');
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

function placesOf(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

/** Without control and direction characters: a name must not move the cursor of whoever reads the table. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '');
