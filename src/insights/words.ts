/** Words that the text signals look for; in plain text, part of a message is enough. */
export const claimWords = ['投诉', '12315', '索赔', '赔偿', '赔我', '退款', '退钱', '退货', '差价退', '乱收费', '骗'];
export const negativeWords = [
  ...[
    '投诉',
    '差评',
    '骗',
    '垃圾',
    '敷衍',
    '没用',
    '没解决',
    '不解决',
    '解决不了',
    '处理不了',
    '失望',
    '气死',
    '生气',
    '烦死',
  ],
  ...['太差', '很差', '态度差', '踢皮球', '等于没说', '无语', '没人管', '再也不', '白等', '乱收费', '不满意', '算了'],
];
export const positiveWords = ['谢谢', '感谢', '多谢', '辛苦', '很满意', '挺好', '点赞'];
export const beggingWords = ['五星', '5星', '好评', '返现', '红包', '晒图'];
