import { parse } from 'yaml';
import { BadInput, Invalid } from '../platform/errors.ts';
import { type Mapping, mappingIssues, mappingSchema } from './mapping.ts';

/** Reads a mapping file. @throws Invalid with every issue, or BadInput when it is no YAML. */
export function readMapping(text: string): Mapping {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 20 });
  } catch (cause) {
    throw new BadInput('mapping.notYaml', {}, { cause });
  }
  return checkMapping(value);
}

export function checkMapping(value: unknown): Mapping {
  const read = mappingSchema.safeParse(value);
  if (!read.success) {
    const issues = read.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code }));
    throw new Invalid('mapping.invalid', issues);
  }
  const issues = mappingIssues(read.data);
  if (issues.length > 0) throw new Invalid('mapping.invalid', issues);
  return read.data;
}
