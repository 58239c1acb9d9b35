import { fileURLToPath } from 'node:url';

/** Where the project is. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
