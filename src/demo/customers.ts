import { surname } from './company.ts';
import { dateOf, day } from './demoTime.ts';
import { type Random, seededRandom } from './random.ts';
import type { Product } from './scenarios.ts';

export interface Customer {
  readonly id: string;
  readonly calledBy: string;
  readonly phone: string;
  readonly address: string;
  readonly email: string;
  readonly device: string;
  readonly impatient: number;
}

export interface Appliance {
  readonly product: Product;
  readonly model: string;
  readonly serial: string;
}

const cities = [
  '杭州市滨江区',
  '苏州市吴中区',
  '成都市武侯区',
  '武汉市洪山区',
  '青岛市市北区',
  '长沙市雨花区',
  '郑州市金水区',
  '合肥市蜀山区',
  '佛山市南海区',
  '天津市南开区',
];
const roads = ['青屿路', '望潮街', '听松大道', '南苑东路', '新禾街', '云栖北路', '科源三路', '杏林街', '兴屿二路'];
const estates = ['云锦花园', '湖畔新村', '阳光里', '金桂苑', '翠堤湾', '时代公馆', '东郊小区'];
const prefix: Readonly<Record<Product, string>> = { 空调: 'QK', 洗衣机: 'QX', 冰箱: 'QB', 热水器: 'QR' };

/** Everything about a customer follows from the number, so nothing has to be remembered. Telephone numbers use 154, a prefix not given out. */
export function customer(seed: number, number: number): Customer {
  const random = seededRandom(`${seed}/customer/${number}`);
  return {
    id: `C${String(number).padStart(7, '0')}`,
    calledBy: surname(random) + random.pick(['先生', '女士']),
    phone: `154${String(random.int(0, 99_999_999)).padStart(8, '0')}`,
    address: `${random.pick(cities)}${random.pick(roads)}${random.int(1, 399)}号${random.pick(estates)}${random.int(1, 28)}幢${random.int(1, 3)}单元${random.int(1, 26)}0${random.int(1, 4)}室`,
    email: `qy${random.int(10_000, 99_999)}@example.com`,
    device: `d${random.int(0, 0xffffff).toString(16).padStart(6, '0')}`,
    impatient: random.next(),
  };
}

export function newAppliance(random: Random, product: Product, atMs: number): Appliance {
  const made = dateOf(atMs - random.int(5, 1400) * day)
    .replaceAll('-', '')
    .slice(2, 6);
  const model = `${prefix[product]}-${random.pick(['26', '35', '50', '72', '100'])}${random.pick(['GW', 'L', 'S', 'T'])}/${random.pick(['A1', 'B2', 'H3', 'Y5'])}`;
  return { product, model, serial: `${prefix[product]}${made}${String(random.int(0, 99_999)).padStart(5, '0')}` };
}
