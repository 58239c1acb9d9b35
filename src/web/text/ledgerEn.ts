/** Words of the ledger in English; ledgerZh.ts has the same keys. */
export const ledgerEn = {
  title: 'Ledger',
  lead: 'Plans, definitions, scorecards, appeals and outcomes are entered here in order, and signed, once they are settled. Whoever alters a letter afterwards is found out, by anybody.',
  proves: {
    yes: 'What it proves',
    yesText:
      'Nothing was altered after it was entered, and scores follow from the plan and the figures by right arithmetic. Anybody can compute them again and need not trust us.',
    no: 'What it does not prove',
    noText:
      'That the figures are true. Whether conversations, tickets and ratings were imported as they were, the ledger cannot know; evidence, appeals and people are for that.',
  },
  standing: {
    title: 'As it stands',
    origin: 'Name',
    size: 'Entries',
    signed: 'Last signed',
    notSigned: 'Nothing was signed yet',
    key: 'Public key',
    keySince: 'from entry {{since}}',
    keyHint: 'Note this key down and keep it yourself: you will need it to verify receipts later.',
    note: 'Text that was signed',
    open: 'In the open format',
    openText:
      'Anybody gets signatures, keys and all hashes without sign-in, to verify them with other tools (C2SP tlog-tiles).',
    checkpoint: 'signature',
    keys: 'public keys',
  },
  trouble: {
    keyLost:
      'The private key is gone: entries go on, but nothing is signed. An administrator should restore ledger.key in the data directory; if it is really lost, run heng ledger rotate-key --lost.',
    otherKey:
      'The private key on this server is not the one the ledger signs with: entries go on, but nothing is signed here. An administrator should put the right key back.',
    truncated:
      'The ledger is shorter than one that was signed; the database may come from an older backup. Nothing is signed that would contradict it. An administrator should restore a newer backup.',
    forked:
      'The ledger does not begin as one that was signed: entries were altered. Nothing is signed that would contradict it. An administrator should restore a backup that was not altered.',
  },
  verify: {
    title: 'Verify a receipt',
    lead: 'Drop a receipt here. It is verified in your browser alone; the file goes nowhere.',
    drop: 'Drop a receipt here, or choose one',
    formats: 'Its name ends in .tlog-proof',
    key: 'The public key that you noted down (optional)',
    keyBad: 'This is no public key of a ledger; one looks like name+id+base64.',
    tooLarge: 'The file is larger than {{mb}} MB and does not look like a receipt.',
    says: 'The entry says',
    states: { holds: 'holds', open: 'for you to compare', fails: 'wrong' },
  },
  entries: {
    title: 'Entries',
    any: 'Any kind',
    kind: 'Kind',
    number: 'Number',
    at: 'Time',
    hash: 'Hash',
    about: 'About',
    erased: 'contents erased',
    receipt: 'Receipt',
    more: 'Earlier ones',
    empty: 'No entries yet',
    emptyText: 'The first plan that is published appears here.',
    kinds: {
      planPublished: 'plan published',
      definitionChanged: 'definition changed',
      scorecard: 'scorecard',
      distribution: 'totals without names',
      appealDecided: 'appeal decided',
      outcomeApproved: 'outcome approved',
      keyRotated: 'key changed',
    },
  },
  compare: {
    title: 'Does one signature continue another',
    lead: 'Choose two, or paste one that you kept. Your browser verifies that the later ledger continues the earlier one.',
    earlier: 'The earlier',
    later: 'The later',
    option: '{{size}} entries · {{at}}',
    own: 'paste one I kept',
    paste: 'Text of the earlier signature',
    check: 'Compare',
    fewer: 'There must be two signatures to compare.',
    result: {
      continues:
        'It does: all that was there at {{from}} entries is unaltered within the {{to}}, and things were only added.',
      contradicts:
        'It does not: the ledger of {{to}} entries does not continue the one of {{from}}; something was altered or removed.',
      unsigned: 'One of the two has no valid signature by a key of the ledger.',
      otherLog: 'The two are not of the same ledger.',
      unreadable: 'What was pasted is not the text of a signature.',
    },
  },
  witnesses: {
    title: 'Who else signed and keeps copies',
    lead: 'With outside witnesses that sign, or places that keep every signature, an alteration is harder still to hide.',
    none: 'There are no witnesses yet.',
    cosigned: '{{name}} witnessed {{size}} entries at {{at}}',
    notYet: '{{name}} has not witnessed anything yet',
    add: 'Add a witness',
    key: 'The witness’s public key',
    cosign: 'Take a witness’s signature',
    note: 'Text that the witness signed',
    taken: 'Taken: {{names}}',
    anchors: 'Copies go to',
    anchor: '{{target}}: up to {{size}} entries',
    anchorFailed: '{{target}}: up to {{size}} entries; not reached at {{at}} ({{failure}}), will be tried again',
    noAnchors: 'No copies. The environment variable HENG_LEDGER_ANCHOR names a folder, a Git tree or an address.',
  },
};
