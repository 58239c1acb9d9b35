import type { accountZh } from './accountZh.ts';
import type { Words } from './zh.ts';

/** Words of the second factor in English. */
export const accountEn: Words<typeof accountZh> = {
  title: 'Second factor',
  about:
    'Signing in takes a code from an app on your phone besides the password. Somebody who learns the password still stays out.',
  off: 'It is off.',
  on: 'It is on; {{count}} recovery {{count, plural(one: code is; more: codes are)}} left.',
  few: 'Few recovery codes are left: turn it off and on again to get ten new ones.',
  password: 'Current password',
  start: 'Turn on the second factor',
  scan: 'Scan this with an authenticator app (any that does TOTP), or type the key into it:',
  picture: 'QR code for the authenticator app',
  code: 'The six digits that the app shows now',
  confirm: 'Confirm',
  codesTitle: 'Keep these ten recovery codes',
  codesText:
    'When the phone is lost or replaced, a recovery code signs you in, each once. They are shown this once: write them down or print them, and do not keep them on that phone.',
  done: 'I have kept them',
  endCode: 'Code or recovery code',
  end: 'Turn off the second factor',
  demanded: 'Your role has to have a second factor. Once it is set up, you can go on.',
  column: 'Second factor',
  has: 'on',
  hasNot: 'off',
  reset: 'Reset second factor',
  resetText:
    'Next time {{name}} signs in with the password alone, and can turn it on again. Make sure first that it is really them who ask.',
  roles: 'Roles that have to have a second factor',
  rolesNone: 'Asked of no role yet',
  rolesText:
    'People of these roles who have none can only set it up from their next request on; whoever comes by the company’s sign-in is not affected.',
};
