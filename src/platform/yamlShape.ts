import { type Document, isAlias, isCollection, isPair, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { ShapeProblem } from './shapeSentences.ts';

const commentMax = 10_000;

/**
 * What a YAML text says (JSON is YAML too), or what is wrong with it. Never throws. With `numbers: 'asWritten'` they stay text,
 * so that 1.20 or 0.1 does not pass through binary floating point.
 */
export function readYaml(
  text: string,
  { lengthMax, numbers }: { readonly lengthMax: number; readonly numbers: 'asWritten' | 'numbers' },
): { readonly content: unknown } | { readonly problems: ShapeProblem[] } {
  const failed = (code: ShapeProblem['code'], params: ShapeProblem['params']) => ({ path: '', code, params });
  if (text.length > lengthMax) return { problems: [failed('text.tooLong', { max: lengthMax })] };
  const lines = new LineCounter();
  const document = parsed(text, lines);
  if (!document) return { problems: [failed('text.tooDeep', {})] };
  if (document.errors.length > 0) {
    const line = (at: number) => lines.linePos(at).line;
    return { problems: document.errors.map(({ pos, code }) => failed('text.notYaml', { line: line(pos[0]), code })) };
  }
  const long = longComment(document);
  if (long !== null) {
    const line = lines.linePos(long).line;
    return { problems: [failed('text.commentTooLong', { line, max: commentMax })] };
  }
  if (numbers === 'asWritten')
    visit(document, {
      Scalar(_, node) {
        if (typeof node.value === 'number' || typeof node.value === 'bigint')
          node.value = node.source ?? String(node.value);
      },
    });
  const anchor = firstAnchor(document);
  if (anchor !== null) return { problems: [failed('text.aliases', { line: lines.linePos(anchor).line })] };
  return { content: document.toJS({ maxAliasCount: 0 }) };
}

/** Null where brackets lie in brackets until the parser's stack is at its end. */
function parsed(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> | null {
  try {
    const document = parseDocument(text, { lineCounter, uniqueKeys: true, merge: false, prettyErrors: false });
    return deepest(document.contents) > nestingMax ? null : document;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const nestingMax = 50;

function deepest(node: unknown): number {
  if (isPair(node)) return Math.max(deepest(node.key), deepest(node.value));
  if (!isCollection(node)) return 0;
  return 1 + node.items.reduce((most: number, item) => Math.max(most, deepest(item)), 0);
}

/** Where something is named to be repeated elsewhere: a few lines could stand for gigabytes. */
function firstAnchor(document: Document): number | null {
  let found: number | null = null;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node) && !('anchor' in node && node.anchor)) return undefined;
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Where a comment begins that nobody reads to its end; comments are kept as they are, so their length has a limit. */
function longComment(document: Document): number | null {
  const isLong = (comment: string | null | undefined) => (comment?.length ?? 0) > commentMax;
  if (isLong(document.commentBefore)) return 0;
  let found: number | null = isLong(document.comment) ? (document.range?.[1] ?? 0) : null;
  visit(document, {
    Node(_, node) {
      if (isLong(node.commentBefore) || isLong(node.comment)) found ??= node.range?.[0] ?? 0;
    },
  });
  return found;
}

/** Every place at which a content has another shape than its schema. */
export function shapeProblems(found: z.core.$ZodIssue): ShapeProblem[] {
  const path = pathText(found.path);
  const one = (code: ShapeProblem['code'], params: ShapeProblem['params'] = {}) => [{ path, code, params }];
  switch (found.code) {
    case 'unrecognized_keys':
      return found.keys.map((key) => ({
        path: path === '' ? key : `${path}.${key}`,
        code: 'shape.unknownKey',
        params: { key: key.slice(0, 60) },
      }));
    case 'invalid_type':
      return found.input === undefined ? one('shape.missing') : one('shape.type', { expected: found.expected });
    case 'invalid_value':
      return one('shape.choice', { choices: found.values.map(String).join(', ') });
    case 'custom':
      return one('shape.amount');
    case 'not_multiple_of':
      return one('shape.step', { step: found.divisor });
    case 'too_big':
      return one('shape.tooLong', { max: Number(found.maximum) });
    case 'too_small':
      return one('shape.tooShort', { min: Number(found.minimum) });
    case 'invalid_union': {
      if ('options' in found && Array.isArray(found.options))
        return one('shape.choice', { choices: found.options.map(String).join(', ') });
      // The branch that got furthest says what is wrong: the others only say that it is another form.
      const nearest =
        found.errors.find((branch) => !branch.some(isOtherForm)) ??
        found.errors.find((branch) => branch.some((inner) => inner.code !== 'invalid_type' || inner.path.length > 0));
      return (
        nearest?.flatMap((inner) => shapeProblems({ ...inner, path: [...found.path, ...inner.path] })) ??
        one('shape.other', { code: found.code })
      );
    }
    default:
      return one('shape.other', { code: found.code });
  }
}

const isOtherForm = ({ code, path }: z.core.$ZodIssue): boolean =>
  path.length === 0 && (code === 'invalid_type' || code === 'unrecognized_keys' || code === 'invalid_union');

export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : text === '' ? String(step) : `.${String(step)}`;
  return text;
}
