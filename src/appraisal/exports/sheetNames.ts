/** The sheets of a cycle's export, in their order. */
export const sheetNames = ['people', 'figures', 'changes', 'outcomes', 'definitions'] as const;
export type SheetName = (typeof sheetNames)[number];
export const isSheetName = (name: unknown): name is SheetName => sheetNames.some((each) => each === name);
