import { parse } from 'yaml';
import { BadInput, Invalid } from '../platform/errors.ts';
import { shapeProblems } from '../platform/yamlShape.ts';
import { type Mapping, mappingIssues, mappingSchema } from './mapping.ts';
import { mappingIssue } from './mappingIssues.ts';

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
  const read = mappingSchema.safeParse(value, { reportInput: true });
  if (!read.success) {
    throw new Invalid(
      'mapping.invalid',
      read.error.issues.flatMap(shapeProblems).map(({ path, code, params }) => mappingIssue(path, code, params)),
    );
  }
  const issues = mappingIssues(read.data);
  if (issues.length > 0) throw new Invalid('mapping.invalid', issues);
  return read.data;
}
