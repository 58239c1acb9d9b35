import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './root.mjs';
import { packagesOfPages, sbom, writeSbom } from './sbom.mjs';

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const made = sbom(lock, packagesOfPages());
const nameOf = ({ group, name }) => (group ? `${group}/${name}` : name);
const of = (wanted) => made.components.filter((each) => nameOf(each) === wanted);

test('the build writes down every package that ships, with the version and the hash of the lock, and those that do not ship are left out', () => {
  writeSbom();
  const written = JSON.parse(readFileSync(join(root, 'dist/sbom.cdx.json'), 'utf8'));
  expect(written).toEqual(made);
  expect([written.bomFormat, written.specVersion]).toEqual(['CycloneDX', '1.5']);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies }))
    expect([name, of(name).map((each) => each.version)]).toEqual([name, [version]]);
  // Built into the pages, though no dependency of the server.
  for (const name of ['react', 'react-dom', 'antd', 'scheduler', '@tanstack/query-core'])
    expect(of(name)).toHaveLength(1);
  for (const name of ['vite', 'vitest', 'knip', 'typescript', 'lightningcss', '@biomejs/biome'])
    expect(of(name)).toEqual([]);
  // What is needed in two versions is there twice, and everything that is named as needed is there.
  const refs = new Set([written.metadata.component['bom-ref'], ...written.components.map((each) => each['bom-ref'])]);
  expect(refs.size).toBe(written.components.length + 1);
  expect(
    written.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.has(ref)),
  ).toEqual([]);
  const [zod] = of('zod');
  const [, digest] = lock.packages['node_modules/zod'].integrity.split('-');
  expect(zod).toMatchObject({ purl: `pkg:npm/zod@${zod.version}`, licenses: [{ license: { id: 'MIT' } }] });
  expect(zod.hashes).toEqual([{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }]);
  expect(of('core').every(({ purl }) => /^pkg:npm\/%40[\w-]+\/core@/.test(purl))).toBe(true);
  expect(JSON.stringify(sbom(lock, packagesOfPages()))).toBe(JSON.stringify(made));
});

/** Whoever ships Heng gives these on without further duty than to name them. */
const permissive = new Set([
  'MIT',
  'MIT/X11',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'BlueOak-1.0.0',
  'Zlib',
  'CC0-1.0',
  'Python-2.0',
]);
const isPermissive = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((each) => permissive.has(each)));

test('every package that ships has a permissive licence', () => {
  const licenceOf = ({ licenses: [first] = [] }) =>
    first?.expression ?? first?.license.id ?? first?.license.name ?? 'none';
  const others = made.components.filter((each) => !isPermissive(licenceOf(each)));
  // buffers 0.1.1 (exceljs → unzipper → binary → buffers) states none; its author publishes all of that family under MIT/X11.
  expect(others.map((each) => [nameOf(each), licenceOf(each)])).toEqual([['buffers', 'none']]);
  expect([isPermissive('(MIT OR GPL-3.0-or-later)'), isPermissive('MIT AND GPL-3.0'), isPermissive('MPL-2.0')]).toEqual(
    [true, false, false],
  );
});
