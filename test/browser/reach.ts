export interface Chunk {
  readonly file: string;
  readonly imports: readonly string[];
}

/** The files that the entries load, following static imports; each once. Throws where the manifest lacks an entry. */
export function reach(manifest: Readonly<Record<string, Chunk>>, entries: readonly string[]): string[] {
  const files = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the manifest`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports.forEach(visit);
  };
  entries.forEach(visit);
  return [...files];
}
