import { describe, expect, it } from 'vitest';
import { findPersonalData, maskPersonalData, passesLuhn } from './mask.ts';

describe('maskPersonalData', () => {
  it.each([
    ['我的电话13812345678，谢谢', '我的电话138****5678，谢谢'],
    ['138 1234 5678', '138****5678'],
    ['138-1234-5678', '138****5678'],
    ['138.1234.5678', '138****5678'],
    ['138 12345678', '138****5678'],
    ['1381234 5678', '138****5678'],
    ['1 3 8 1 2 3 4 5 6 7 8', '138****5678'],
    ['+86 138 1234 5678', '+86138****5678'],
    ['+8613812345678', '+86138****5678'],
    ['(+86)13812345678', '+86138****5678'],
    ['0086-138-1234-5678', '0086138****5678'],
    ['8613812345678 打这个', '86138****5678 打这个'],
    ['tel13812345678', 'tel138****5678'],
    ['vx13812345678同号', 'vx138****5678同号'],
    ['一三八一二三四五六七八', '一三八****五六七八'],
    ['１３８１２３４５６７８', '１３８****５６７８'],
    ['打0571-88886666', '打0571****6666'],
    ['(010) 6234 1234', '010****1234'],
    ['13812345678,13912345678', '138****5678,139****5678'],
  ])('masks the phone in %j', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each([
    ['身份证11010519491231002X', '身份证1****************X'],
    ['11010519491231002x。', '1****************x。'],
    ['110105 19491231 002X', '1****************X'],
    ['440524188001010014', '4****************4'],
    ['卡号6222 0212 3456 7894', '卡号**** **** **** 7894'],
    ['卡号 4111-1111-1111-1111', '卡号 **** **** **** 1111'],
    ['6228480402564890018', '**** **** **** 0018'],
    ['订单尾款打到6228480402564890018', '订单尾款打到**** **** **** 0018'],
    ['邮箱 zhang.san+x@mail.example.com.cn 谢谢', '邮箱 z***@mail.example.com.cn 谢谢'],
    ['zhangsan＠qq．com', 'z***＠qq．com'],
  ])('masks the number or mailbox in %j', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each([
    ['我家在浙江省杭州市西湖区文三路100号', '我家在浙江省杭州市西湖区***'],
    ['浙江省杭州市西湖区文三路100号阳光花园3栋2单元501室，请送货上门', '浙江省杭州市西湖区***，请送货上门'],
    ['麻烦寄到文三路100号', '麻烦寄到***'],
    ['地址是中山北路1258弄12号', '地址是***'],
    ['上海市浦东新区张江镇科苑路88号3号楼1201', '上海市浦东新区张江镇***'],
    ['朝阳区阳光花园3栋2单元501', '朝阳区***'],
    ['青山县柳河镇李家村三组12号', '青山县柳河镇***'],
    ['深圳市南山区科技大道一号', '深圳市南山区***'],
    ['天津市南开区阳光里', '天津市南开区***'],
    ['寄天津市南开区阳光里3号楼2门501，谢谢', '寄天津市南开区***，谢谢'],
    ['和平区永安里12号', '和平区***'],
    ['上海市杨浦区鞍山新村', '上海市杨浦区***'],
    ['上海静安区景华弄5号', '上海静安区***'],
    ['江苏省昆山市绿地家园，周末在家', '江苏省昆山市***，周末在家'],
    ['杭州市余杭区良渚街道紫荆苑，到了打电话', '杭州市余杭区良渚街道***，到了打电话'],
  ])('masks the address in %j', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each([
    '订单号 2024100512345678901 还没发货',
    '订单号：13812345678',
    '工单号15512345678请跟进',
    'JD13812345678901',
    'SF1381234567890',
    '京东订单 293847561023',
    '快递单号773012345678901',
    '2024-10-05 12:30:45',
    '20241005123045',
    '2024/10/05 到 2024/10/11',
    '时间戳1728104400000',
    '付了13800.00元，退1350.5',
    '￥13812345678',
    '1350 2024-10-5',
    '1500 2000 300元',
    '¥13,812,345,678',
    '10月3号到货，5号线',
    '我们小区里面没有电梯',
    '在天津市南开区里面能送吗',
    '北京市朝阳区的小区都可以送',
    '上海市徐汇区能送到小区吗',
    '广州市天河区附近小区可以自提',
    '县城里3天能到吗',
    '我知道3号发货，这里3号才收到',
    '4008123123 转 8',
    '400-812-3123',
    '型号 KFR-35GW/A1，序列号 3111111111111112',
    '11010519491231002',
    '110105194912310021',
    '110105199902300022',
    '版本1.38.12345678',
    '你好，请问还有货吗',
    '',
  ])('leaves %j as it is', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });

  it('leaves numbers of 12 to 24 digits alone that are neither card nor identity card: 20,000 of them', () => {
    const random = mulberry32(20261122);
    let kept = 0;
    while (kept < 20_000) {
      const length = 12 + Math.floor(random() * 13);
      let number = String(1 + Math.floor(random() * 9));
      while (number.length < length) number += Math.floor(random() * 10);
      const isCardLike = length >= 16 && length <= 19 && passesLuhn(number);
      const isIdentityLike = length === 18 && /^\d{6}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/.test(number);
      const hasCountryCode = length === 13 && /^861[3-9]/.test(number);
      if (isCardLike || isIdentityLike || hasCountryCode) continue;
      kept++;
      if (maskPersonalData(`单 ${number} 元`) !== `单 ${number} 元`) throw new Error(`masked ${number}`);
    }
  });

  it('masks every number of an issuer that passes Luhn, plain or in groups of four', () => {
    const random = mulberry32(7);
    for (let round = 0; round < 20_000; round++) {
      let number = '62';
      const length = 16 + Math.floor(random() * 4);
      while (number.length < length - 1) number += Math.floor(random() * 10);
      const card = [...'0123456789'].map((last) => number + last).find(passesLuhn) ?? '';
      const shown = round % 2 === 0 ? card : card.replace(/(\d{4})(?=\d)/g, '$1 ');
      expect(maskPersonalData(`卡${shown}，`)).toBe(`卡**** **** **** ${shown.slice(-4)}，`);
    }
  });

  it('finds nothing more in what it has masked', () => {
    const text = '13812345678 zs@qq.com 11010519491231002X 6228480402564890018 杭州市西湖区文三路100号';
    expect(findPersonalData(text).map((span) => span.kind)).toEqual([
      'phone',
      'email',
      'identityCard',
      'bankCard',
      'address',
    ]);
    const masked = maskPersonalData(text);
    expect(masked).not.toMatch(/1234567|zs@|194912|6228|文三路/);
  });

  it('takes time that grows with the text, not faster', () => {
    const started = performance.now();
    for (const piece of ['市', '1', '路', '1 ', 'a@', '省市区路1号', '号', '一', 'a.', '栋1', '13812345678，'])
      maskPersonalData(piece.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

/** A small seeded generator, so that a failure can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
