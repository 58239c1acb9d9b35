import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './platform/root.ts';

/** As package.json has it. */
export function versionOf(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error('package.json names no version');
}
