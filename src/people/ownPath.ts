/**
 * Where to go after signing in: only a path of this site. An address elsewhere must not be followed, and browsers take tabs and line
 * ends out of an address before they read it, so that `/⇥/evil.example` is one.
 */
export const ownPath = (next: string | undefined): string => (next && /^\/(?![/\\])\P{Cc}*$/u.test(next) ? next : '/');
