import type { Sentences } from '../platform/sentences.ts';

/** What a verification found, in words; by the codes of `Finding`. */
export const receiptWords: Sentences = {
  'receipt.unreadable': {
    zh: '这个文件不是账本的回执，或者已经残缺。',
    en: 'This file is no receipt of a ledger, or it is damaged.',
  },
  'receipt.included': {
    zh: '回执里的内容就是账本 {origin} 的第 {index} 条（共 {size} 条），一个字没有改。',
    en: 'What the receipt says is entry {index} of {size} of the ledger {origin}, to the letter.',
  },
  'receipt.altered': {
    zh: '回执里的内容与账本记下的不同：内容、盐或证明被改过。',
    en: 'What the receipt says is not what the ledger holds: its text, its salt or its proof was altered.',
  },
  'receipt.signed': {
    zh: '账本由您给出的钥匙签名（{keyId}）。',
    en: 'The ledger is signed by the key that you gave ({keyId}).',
  },
  'receipt.signedByCarried': {
    zh: '账本的签名有效，钥匙是回执自带的（{keyId}）。请与您自己早先抄下的公钥比对：{key}',
    en: 'The signature is valid, by the key that comes with the receipt ({keyId}). Compare it with the public key that you noted down yourself: {key}',
  },
  'receipt.unsigned': {
    zh: '账本 {origin} 的签名无效。',
    en: 'The ledger {origin} is not validly signed.',
  },
  'receipt.otherKey': {
    zh: '不是由您给出的钥匙签名，也没有它签过字的换钥匙记录。如果钥匙曾经丢失，请当面核对新的公钥。',
    en: 'It is not signed by the key that you gave, nor by one that this key handed over to. If the key was lost once, compare the new one in person.',
  },
  'receipt.cosigned': {
    zh: '见证方 {name} 在 {at} 也签了名。',
    en: 'The witness {name} signed it as well, at {at}.',
  },
  'receipt.notCosigned': { zh: '没有见证方 {name} 的签名。', en: 'There is no signature of the witness {name}.' },
  'receipt.recordUnreadable': {
    zh: '条目的内容读不懂，可能来自更新的版本。',
    en: 'What the entry says cannot be understood; it may be of a later version.',
  },
  'receipt.contents': {
    zh: '随附的方案与口径就是条目所指的那一份。',
    en: 'The plan and definitions that come along are those the entry names.',
  },
  'receipt.contentsAltered': {
    zh: '随附的方案或口径不是条目所指的那一份。',
    en: 'The plan or the definitions that come along are not those the entry names.',
  },
  'receipt.computed': {
    zh: '按随附的方案和数据重新算了一遍：总分 {total}，等级 {gradeZh}，与记下的一致。',
    en: 'Computed again from the plan and the figures that come along: total {total}, grade {gradeEn}, as it says.',
  },
  'receipt.computedUnrated': {
    zh: '按随附的方案和数据重新算了一遍：数据不足，不评分，与记下的一致。',
    en: 'Computed again from the plan and the figures that come along: too little data to be rated, as it says.',
  },
  'receipt.computedOtherwise': {
    zh: '重新算出来不一样：记的是总分 {total}、等级 {gradeZh}，算出来是总分 {is}、等级 {isZh}。',
    en: 'Computed again it is something else: it says total {total}, grade {gradeEn}; it comes to total {is}, grade {isEn}.',
  },
  'receipt.notComputable': {
    zh: '随附的方案或数据读不懂，无法重新计算。',
    en: 'The plan or the figures that come along cannot be understood, so nothing can be computed again.',
  },
  'receipt.ranked': {
    zh: '在 {n} 人的总分里重新排了名：等级 {gradeZh}，第 {level} 档，与记下的一致。',
    en: 'Ranked again among {n} totals: grade {gradeEn}, level {level}, as it says.',
  },
  'receipt.rankStays': {
    zh: '等级 {gradeZh}（第 {level} 档）是修订前按总分 {was} 在 {n} 人里排名得来的，重新排过，一致；修订后保留。',
    en: 'The grade {gradeEn} (level {level}) was ranked among {n} totals before the revision, for a total of {was}; ranked again, it is as it says, and it stays.',
  },
  'receipt.notRanked': {
    zh: '因红线不参加排名，等级 {gradeZh}，与记下的一致。',
    en: 'Not ranked because of a red line: grade {gradeEn}, as it says.',
  },
  'receipt.rankedOtherwise': {
    zh: '重新排名不一样：记的是等级 {gradeZh}（第 {level} 档），排出来是 {isZh}。',
    en: 'Ranked again it is something else: it says grade {gradeEn} (level {level}), it comes to {isEn}.',
  },
  'receipt.rankUnknown': {
    zh: '等级 {gradeZh}（第 {level} 档）是排名得来的，回执里没有那些总分，无法核对。',
    en: 'The grade {gradeEn} (level {level}) is one by rank; the totals are not in the receipt, so it cannot be checked.',
  },
  'receipt.rankAltered': {
    zh: '等级 {gradeZh}（第 {level} 档）所依据的总分不在同一本账里，或与方案对不上。',
    en: 'The totals behind the grade {gradeEn} (level {level}) are not in the same ledger, or not those of the plan.',
  },
  'receipt.meeting': {
    zh: '按算术是{gradeZh}；校准会决定为{isZh}，由 {by} 作出。这一步是人的决定，不是算出来的；理由只记了哈希。',
    en: 'The arithmetic gives {gradeEn}; the meeting decided {isEn}, by {by}. That step is a person’s decision and follows from no arithmetic; of its reason only the hash is kept.',
  },
  'receipt.meetingOtherwise': {
    zh: '按算术是{gradeZh}；记的是校准会决定为{isZh}，但方案里没有这个等级或级别，或系数不是方案所定，或这张卡本来不评级。',
    en: 'The arithmetic gives {gradeEn}; it says that the meeting decided {isEn}, which is no grade or level of the plan, is not paid as the plan says, or is of a card that is unrated.',
  },
};

/** What all of it proves, and what it does not. */
export const verdictWords: Record<'holds' | 'open' | 'fails', { readonly zh: string; readonly en: string }> = {
  holds: {
    zh: '核对无误：自记入以来没有改动，算术正确。',
    en: 'It holds: nothing was altered since it was entered, and the arithmetic is right.',
  },
  open: {
    zh: '就文件本身而言没有问题；还有上面标出的几点要您自己核对。',
    en: 'As far as the file alone can tell it holds; what is marked above is left for you to compare.',
  },
  fails: { zh: '核对不通过：上面标出的地方不对。', en: 'It does not hold: see what is marked above.' },
};

export const proves = {
  zh: '这能证明：记入之后没有改动，分数是按写明的方案算对的。这不能证明：数据本身是真的。',
  en: 'This proves that nothing was altered after it was entered, and that the score follows from the plan by right arithmetic. It does not prove that the figures themselves are true.',
} as const;
