/** Reads sound CSV back into fields: what our own framing or the engine wrote. `text` may come in pieces. */
export class CsvRows {
  private fields: string[] = [];
  private field = '';
  private quoted = false;
  /** Inside quotes a quotation mark was the last character: it is doubled or it closes. */
  private pending = false;

  constructor(private readonly delimiter: string) {}

  push(text: string): string[][] {
    const rows: string[][] = [];
    for (const char of text) {
      if (this.pending) {
        this.pending = false;
        if (char === '"') {
          this.field += '"';
          continue;
        }
        this.quoted = false;
      }
      if (this.quoted) {
        if (char === '"') this.pending = true;
        else this.field += char;
      } else if (char === '"' && this.field === '') this.quoted = true;
      else if (char === this.delimiter) this.closeField();
      else if (char === '\n') {
        this.closeField();
        rows.push(this.fields);
        this.fields = [];
      } else if (char !== '\r') this.field += char;
    }
    return rows;
  }

  private closeField(): void {
    this.fields.push(this.field);
    this.field = '';
  }
}
