/** Something that is not as it must be, or worth knowing; named as its sentence. */
export interface Told {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}
