import type { TextTables } from './text/inspectText.ts';
export function loadTextTables(): TextTables {
  const none = new Uint8Array();
  return { characters: none, ordinary: none, subjectivity: none, polarity: none, abuse: none };
}
