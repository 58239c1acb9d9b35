import { z } from 'zod';

/** What a backup is: files beside a manifest that names each with its size and hash. Without a manifest it is none. */
export const manifestFile = 'manifest.json';

const part = {
  /** Below the backup's folder: whoever wrote the manifest may be anybody. */
  file: z.string().regex(/^(?![A-Za-z]:)(?!(?:.*\/)?\.\.(?:\/|$))(?!\/)[^\\\p{Cc}]+$/u),
  bytes: z.number().int(),
  /** Of the file as it lies there, in hex. */
  sha256: z.string(),
};

const applied = z.object({ number: z.number().int(), file: z.string(), checksum: z.string() });

/** Rows and a sum over the hashes of all rows, whatever their order: the same in the store that was saved and in the restored one. */
const content = z.object({ rows: z.string(), hash: z.string() });
export type Content = z.infer<typeof content>;

export const manifestSchema = z.object({
  format: z.literal(1),
  heng: z.string(),
  madeAt: z.string(),
  /** Every migration that had run, by which a newer Heng knows where to go on. */
  schema: z.object({ postgres: z.array(applied), clickhouse: z.array(applied) }),
  postgres: z.array(z.object({ table: z.string(), columns: z.array(z.string()), ...part, content })),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
  /** `copy` is empty for the tables themselves, else the facts of a closed period. */
  clickhouse: z.array(
    z.object({ copy: z.string(), table: z.string(), columns: z.array(z.string()), ...part, content }),
  ),
  /** Keys, the last checkpoint seen, files of rejected rows: what lies beside the stores. */
  files: z.array(z.object({ path: z.string(), ...part })),
  /** The ledger's size, so that whoever restores sees where it stands. */
  ledgerSize: z.number().int(),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Part = Pick<Manifest['files'][number], 'file' | 'bytes' | 'sha256'>;

/** Every file that the manifest names. */
export const partsOf = ({ postgres, clickhouse, files }: Manifest): readonly Part[] => [
  ...postgres,
  ...clickhouse,
  ...files,
];

/** Whether a ledger was saved without the key that signs it: it lies beside the data of another node, or nowhere but in the environment. */
export const lacksLedgerKey = ({ ledgerSize, files }: Manifest): boolean =>
  ledgerSize > 0 && !files.some(({ path }) => path === 'ledger.key');
