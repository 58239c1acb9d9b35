/** What may be attached, told by the first bytes of the file, never by its name. Nothing of it is ever opened here. */
export const attachable = ['image/png', 'image/jpeg', 'image/webp', 'application/pdf', 'text/plain'] as const;
export type Attachable = (typeof attachable)[number];

/** Bytes of one file, and files of one appeal. */
export const fileBytesMax = 5 * 1024 * 1024;
export const filesMax = 5;

const startsWith = (bytes: Uint8Array, ...head: readonly number[]) => head.every((byte, i) => bytes[i] === byte);
const isAscii = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

/** The type, or null for what is none of these. Text is UTF-8 without control characters other than tabs and line ends. */
export function fileType(bytes: Uint8Array): Attachable | null {
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (isAscii(bytes, 0, 'RIFF') && isAscii(bytes, 8, 'WEBP')) return 'image/webp';
  if (isAscii(bytes, 0, '%PDF-')) return 'application/pdf';
  return isText(bytes) ? 'text/plain' : null;
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  const text = new TextDecoder('utf-8').decode(bytes);
  return !/\ufffd|[^\P{Cc}\t\r\n]/u.test(text);
}

const endings: Readonly<Record<Attachable, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

/** A name without folders, control characters or quotes, ending as its type does. */
export function safeName(name: string, type: Attachable): string {
  const base = name
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}"'<>:|?*]/gu, ' ')
    .replace(/\.[^.]{1,8}$/u, '')
    .replace(/^[.\s]+/u, '')
    .trim()
    .slice(0, 80);
  return `${base === '' ? 'file' : base}.${endings[type]}`;
}
