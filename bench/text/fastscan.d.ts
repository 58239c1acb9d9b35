declare module 'fastscan' {
  /** Aho-Corasick over objects, one for each state. */
  export default class FastScanner {
    constructor(words: readonly string[]);
    /** Places and words, in the order of their ends. */
    search(text: string): [at: number, word: string][];
  }
}
