export interface Chunk {
  readonly file: string;
  readonly imports: readonly string[];
  /** What it loads when somebody asks for it. */
  readonly dynamicImports: readonly string[];
  readonly isEntry: boolean;
}

/**
 * The files that the entries load, now or later; each once. The entry of the whole site knows every page, so that what it
 * loads later is left out. Throws where the manifest lacks an entry.
 */
export function reach(manifest: Readonly<Record<string, Chunk>>, entries: readonly string[]): string[] {
  const files = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the manifest`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports.forEach(visit);
    if (!chunk.isEntry) chunk.dynamicImports.forEach(visit);
  };
  entries.forEach(visit);
  return [...files];
}
