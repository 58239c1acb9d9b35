/**
 * What customers of an appliance company write about and what agents ask and answer. Slots in braces are filled from
 * the customer, the case and the shop (conversation.ts). All of it is invented; none is taken from a real chat.
 */
export const products = ['空调', '洗衣机', '冰箱', '热水器'] as const;
export type Product = (typeof products)[number];

export interface Scenario {
  readonly issue: string;
  readonly queue: '售前' | '安装' | '维修' | '退换' | '综合';
  readonly weight: number;
  readonly products?: readonly Product[];
  /** The kind of ticket the case leads to, and how often. */
  readonly ticket?: {
    readonly kind: 'consult' | 'complaint' | 'install' | 'repair' | 'return';
    readonly chance: number;
  };
  readonly opens: readonly string[];
  readonly asks: readonly (readonly [agent: string, customer: readonly string[]])[];
  readonly solves: readonly string[];
}

const askPhone: Scenario['asks'][number] = [
  '麻烦您提供一下下单时预留的手机号',
  ['{phone}', '我手机号{phone}', '{phone} 这个', '电话{phone}，{who}'],
];
const askAddress: Scenario['asks'][number] = [
  '请您核对一下上门地址，省市区和门牌号都发我一下',
  ['{address}', '地址是{address}', '{address}，有电梯', '还是上次那个 {address}'],
];
const askWhen: Scenario['asks'][number] = [
  '您看哪天方便师傅上门呢？',
  ['{day}{slot}吧', '{day}可以，{slot}在家', '越快越好', '周末都行，平时上班没人', '{day}{slot}，来之前打个电话'],
];
const askOrder: Scenario['asks'][number] = [
  '方便发一下订单号吗？我这边帮您核实',
  ['{order}', '订单号{order}', '就最近那单 {order}', '我找找……{order}'],
];
const askModel: Scenario['asks'][number] = [
  '请问您的机器型号是多少？机身侧面标签上可以看到',
  ['{model}', '上面写的{model}', '好像是{model}', '我看看啊 {model}'],
];
const askSerial: Scenario['asks'][number] = [
  '再麻烦您拍一下机身条码，或者把条码数字发我',
  ['{serial}', '条码 {serial}', '等下，{serial}，对吗'],
];

export const scenarios: readonly Scenario[] = [
  {
    issue: '安装预约',
    queue: '安装',
    weight: 13,
    ticket: { kind: 'install', chance: 0.72 },
    opens: [
      '{product}到货了，什么时候能来装？',
      '你好，我昨天收到的{product}，怎么预约安装',
      '货到了两天了，也没人联系我安装',
      '想约一下安装时间',
      '{product}已签收，麻烦安排师傅',
      '我们小区{day}停电，能不能提前装',
      '装{product}要自己准备什么吗？顺便约个时间',
    ],
    asks: [
      askPhone,
      askAddress,
      askWhen,
      [
        '安装位置需要打孔吗？墙体是什么材质的',
        ['混凝土的，要打一个孔', '之前留好孔了', '不清楚，老房子砖墙', '需要，客厅那面墙'],
      ],
    ],
    solves: [
      '已经为您登记安装，{day}{slot}师傅{worker}会联系您',
      '安装单已提交，服务网点会在2小时内来电确认时间',
      '基础安装免费，如需加长铜管按米收费，师傅上门先报价您同意了再装',
      '帮您加急了，师傅最快{day}可以上门',
      '您这个地址属于城区网点，约好后会给您发短信，里面有师傅工号',
    ],
  },
  {
    issue: '移机拆装',
    queue: '安装',
    weight: 3,
    products: ['空调', '热水器'],
    ticket: { kind: 'install', chance: 0.6 },
    opens: [
      '搬家了，{product}要移机',
      '拆一台{product}多少钱',
      '{product}想从卧室挪到客厅',
      '房东让我把{product}拆走，你们上门吗',
    ],
    asks: [
      askAddress,
      askWhen,
      ['是同一套房内移位，还是搬到新地址呢？', ['新地址，隔三公里', '同一套房里', '新家在{address}']],
      ['室外机在几楼？需要高空作业吗', ['6楼，挂外墙', '一楼，平台上', '有空调位，不用挂人']],
    ],
    solves: [
      '移机收费是拆机{price}元加装机{price}元，铜管另计，已为您登记',
      '高空作业需另收{price}元，师傅现场确认后再收取',
      '已为您派单，师傅会提前一天联系您',
      '移机前请先把冷媒收回，师傅会处理，您不用自己动手',
    ],
  },
  {
    issue: '不制冷',
    queue: '维修',
    weight: 9,
    products: ['空调', '冰箱'],
    ticket: { kind: 'repair', chance: 0.66 },
    opens: [
      '{product}不制冷了',
      '开了半小时还是热风，{product}才买一年',
      '{product}制冷效果特别差，是不是缺氟',
      '你好，{product}外机在转就是不凉',
      '{product}里面的菜都坏了，冷藏一点不冷',
      '晚上睡一半{product}就不冷了，什么情况',
    ],
    asks: [
      askModel,
      askSerial,
      ['面板上有没有故障代码？', ['显示{code}', '没有代码', '有，{code}一直闪', '看不懂，写的{code}']],
      ['温度设定是多少度呢？过滤网最近清洗过吗', ['26度，上周刚洗', '没洗过', '16度都没用', '设的冷藏4度']],
      askAddress,
      askWhen,
    ],
    solves: [
      '您先断电10分钟再重启试试，如果还不制冷我给您派师傅',
      '这种情况一般是缺氟或者压缩机保护，需要上门检测',
      '已为您建维修单，{day}{slot}师傅上门',
      '您的机器还在保修期，检测和配件都不收费',
      '{code}是传感器故障，师傅会带配件过去',
      '麻烦您先把冷冻的食物转移一下，我这边按紧急单处理',
    ],
  },
  {
    issue: '漏水',
    queue: '维修',
    weight: 7,
    products: ['空调', '洗衣机', '热水器'],
    ticket: { kind: 'repair', chance: 0.68 },
    opens: [
      '{product}漏水，地板都泡了',
      '{product}下面一直滴水',
      '洗一次漏一地水，烦死了',
      '{product}接口处渗水，装的时候就没弄好吧',
      '墙上都是水印，{product}滴了一晚上',
    ],
    asks: [
      ['请问是哪个位置漏水？方便拍张照片吗', ['{image}', '进水口那里', '底下，看不清楚', '内机右边一直滴']],
      ['漏水的时候是开机状态还是关机也漏？', ['开机才漏', '关了也漏', '脱水的时候漏得最厉害']],
      askSerial,
      askAddress,
      askWhen,
    ],
    solves: [
      '您先关闭进水阀并拔掉电源，注意安全',
      '可能是排水管堵塞或者密封圈老化，师傅上门检查一下',
      '已加急派单，师傅今天会联系您',
      '地板损失的情况我帮您备注了，会由专人与您核实',
      '安装一年内因安装造成的漏水免费处理',
    ],
  },
  {
    issue: '噪音大',
    queue: '维修',
    weight: 5,
    ticket: { kind: 'repair', chance: 0.55 },
    opens: [
      '{product}声音特别大，邻居都投诉了',
      '{product}一启动就嗡嗡响',
      '脱水的时候跟拖拉机一样',
      '晚上{product}咔咔响睡不着',
      '新{product}噪音正常吗',
    ],
    asks: [
      ['是持续的声音还是间歇的呢？', ['一直响', '隔几分钟响一下', '启动那一下特别响']],
      ['机器底脚是否放平？可以用手轻轻晃一下看看', ['平的', '有点晃', '不知道怎么看', '{image}']],
      askModel,
      askAddress,
      askWhen,
    ],
    solves: [
      '建议先调整底脚，让机器保持水平，再观察一下',
      '间歇性的咔咔声多是热胀冷缩，属于正常现象',
      '为您安排师傅上门检测分贝，若超标可以换机',
      '运输螺栓没拆也会这样，您看下背后是不是有四颗螺栓',
    ],
  },
  {
    issue: '不启动',
    queue: '维修',
    weight: 5,
    ticket: { kind: 'repair', chance: 0.64 },
    opens: [
      '{product}插上电没反应',
      '{product}按什么键都不动',
      '遥控器按了没用，{product}开不了机',
      '用着用着突然断电，{product}再也开不了',
      '{product}通电就跳闸',
    ],
    asks: [
      ['您换个插座试一下有反应吗？', ['换了，一样', '别的电器能用', '试了不行', '换了插座好像亮了一下']],
      askModel,
      askSerial,
      ['家里的空气开关有没有跳闸呢', ['跳了，推上去又跳', '没有跳', '没注意看']],
      askAddress,
      askWhen,
    ],
    solves: [
      '通电就跳闸请先不要再使用，存在漏电风险，已为您加急',
      '您把遥控器电池换一下，红外口对着手机摄像头看有没有亮光',
      '初步判断是电源板的问题，师傅会带板子上门',
      '已登记报修，网点会在30分钟内联系您',
    ],
  },
  {
    issue: '故障代码',
    queue: '维修',
    weight: 5,
    ticket: { kind: 'repair', chance: 0.6 },
    opens: [
      '{product}显示{code}是什么意思',
      '面板一直报{code}',
      '{product}报警，屏幕上{code}',
      '{code}怎么消除？说明书丢了',
    ],
    asks: [
      askModel,
      askSerial,
      ['报警之后机器还能运行吗？', ['完全停了', '能转但是一直滴滴叫', '重启好一会又报']],
      askAddress,
      askWhen,
    ],
    solves: [
      '{code}代表通讯异常，断电5分钟可以恢复',
      '{code}是排水超时，请先清理一下排水泵过滤器',
      '重启后还报的话需要换主板，已为您建单',
      '把说明书电子版发您了，第18页有代码表',
    ],
  },
  {
    issue: '不脱水',
    queue: '维修',
    weight: 4,
    products: ['洗衣机'],
    ticket: { kind: 'repair', chance: 0.62 },
    opens: ['洗衣机不脱水', '衣服洗完还是湿的，根本没甩', '洗到脱水就停住了，一直转圈', '洗衣机脱水时撞桶'],
    asks: [
      ['单独选脱水程序试过吗？', ['试了，还是不行', '单脱可以', '没有，我试试']],
      ['一次洗多少衣服？被子之类的大件容易偏心', ['就几件T恤', '一床被套', '满满一桶']],
      askModel,
      askAddress,
      askWhen,
    ],
    solves: [
      '偏心保护会停止脱水，您把衣服抖散再试一下',
      '可能是排水泵堵了，右下角小门打开可以清理',
      '已报修，师傅会检查门锁和排水泵',
      '单脱可以说明电机没问题，建议减少一次洗涤量',
    ],
  },
  {
    issue: '不出热水',
    queue: '维修',
    weight: 5,
    products: ['热水器'],
    ticket: { kind: 'repair', chance: 0.66 },
    opens: [
      '热水器不出热水了',
      '打不着火，换了电池也没用',
      '洗到一半变冷水',
      '烧了两小时水还是温的',
      '热水器水忽冷忽热',
    ],
    asks: [
      ['是燃气的还是电热水器呢？', ['燃气的', '电的，60升', '空气能']],
      ['水压正常吗？进水口滤网有没有清洗过', ['水压不大', '正常', '滤网在哪儿？']],
      askModel,
      askSerial,
      askAddress,
      askWhen,
    ],
    solves: [
      '清洗一下进水滤网，大部分忽冷忽热是水压低引起的',
      '加热管可能结垢了，师傅上门检测',
      '燃气机打不着火请先确认燃气阀已打开，注意通风',
      '维修单已建好，{day}{slot}上门',
    ],
  },
  {
    issue: '结冰结霜',
    queue: '维修',
    weight: 3,
    products: ['冰箱'],
    ticket: { kind: 'repair', chance: 0.5 },
    opens: ['冰箱冷藏室后壁结冰', '冷冻室全是霜，抽屉拉不开', '冰箱不停机，电费好高', '冷藏室积水，底下一滩'],
    asks: [
      ['门封条有没有变形？夹一张纸能不能轻松抽出来', ['很松，能抽出来', '挺紧的', '下面那道门松']],
      askModel,
      askAddress,
      askWhen,
    ],
    solves: [
      '门封漏冷会结冰，我给您安排更换门封条',
      '建议先断电化霜，排水孔用热水冲一下',
      '冬天冷藏设到2档，夏天4档就可以',
      '这款有自动化霜，结霜说明化霜传感器要检查，已派单',
    ],
  },
  {
    issue: '退货',
    queue: '退换',
    weight: 6,
    ticket: { kind: 'return', chance: 0.62 },
    opens: [
      '我要退货',
      '不想要了怎么退',
      '{product}太大放不下，能退吗',
      '七天无理由还能退吗，已经拆箱了',
      '退货申请怎么被驳回了？',
      '用了三天就坏了，我要退款',
    ],
    asks: [
      askOrder,
      [
        '请问退货原因是什么呢？包装和配件都还在吗',
        ['都在，没用过', '包装扔了', '质量不好', '尺寸不合适', '家里人不喜欢'],
      ],
      ['是否已经安装使用了？', ['没装', '装了用了两天', '只拆了箱子']],
      askAddress,
    ],
    solves: [
      '符合七天无理由，退货申请已为您通过，快递{day}上门取件',
      '已安装使用的需要质检鉴定，鉴定单出来后可以退',
      '退款会在收到货后1到3个工作日原路返回',
      '大件取件需要您把配件一起交给师傅',
      '运费我们承担，您不用垫付',
    ],
  },
  {
    issue: '换货',
    queue: '退换',
    weight: 4,
    ticket: { kind: 'return', chance: 0.6 },
    opens: [
      '收到的{product}外壳有磕碰',
      '{product}右侧凹了一块，要求换新',
      '发错型号了，我买的不是这个',
      '少了遥控器，能补发吗',
      '颜色发错了',
    ],
    asks: [['麻烦拍一下外箱和破损的位置', ['{image}', '拍了，{image}', '箱子也破的，{image}']], askOrder, askAddress],
    solves: [
      '确认是运输破损，给您安排换新，旧机师傅上门取走',
      '配件已登记补发，预计{day}送达',
      '很抱歉给您带来不便，换货单{order}已生效',
      '如果您愿意保留，可以申请{price}元补偿',
    ],
  },
  {
    issue: '以旧换新',
    queue: '售前',
    weight: 5,
    ticket: { kind: 'consult', chance: 0.25 },
    opens: [
      '以旧换新怎么参加',
      '旧{product}能抵多少钱',
      '以旧换新补贴到账了吗',
      '国家补贴还能叠加以旧换新吗',
      '下单时忘了选以旧换新，能补吗',
    ],
    asks: [
      ['旧机是什么品牌、用了几年？还能开机吗', ['用了八年，能开', '老牌子，不制冷了', '十年的双缸']],
      ['旧机在几楼？有电梯吗', ['3楼没电梯', '有电梯', '一楼']],
      askOrder,
      askAddress,
    ],
    solves: [
      '能正常开机的旧{product}可抵{price}元，师傅送新机时一起拉走',
      '补贴资格每人每类一台，用支付时的账号领取',
      '以旧换新需要和新机同一地址，已帮您备注',
      '补贴审核一般7个工作日，到账会有短信',
      '付款后不能补选，您可以取消后重新下单',
    ],
  },
  {
    issue: '发票',
    queue: '综合',
    weight: 6,
    ticket: { kind: 'consult', chance: 0.22 },
    opens: [
      '发票怎么开',
      '电子发票没收到',
      '发票抬头开错了，能重开吗',
      '要开专票',
      '发票发我邮箱吧',
      '公司报销，需要纸质发票',
    ],
    asks: [
      askOrder,
      ['请提供一下抬头和税号', ['个人就行', '抬头是晨曜商贸有限公司', '和上次一样']],
      ['发到哪个邮箱呢？', ['{email}', '邮箱{email}', '发这个 {email}']],
    ],
    solves: [
      '电子发票已重新推送到您的邮箱，请注意查收垃圾箱',
      '开错的发票先红冲，24小时内重开',
      '专票需要签收后申请，资料我发您',
      '电子发票和纸质发票效力一样，可以直接报销',
      '在订单详情里点「查看发票」也能下载',
    ],
  },
  {
    issue: '配送',
    queue: '综合',
    weight: 6,
    ticket: { kind: 'consult', chance: 0.25 },
    opens: [
      '什么时候发货',
      '物流三天没动了',
      '{product}到哪了',
      '能不能改个送货地址',
      '送货师傅让我自己去站点拿',
      '说好今天送，等了一天没来',
      '可以送货上楼吗',
    ],
    asks: [askOrder, askAddress, ['希望哪天送到呢？', ['{day}', '{day}{slot}', '尽快']]],
    solves: [
      '您的订单已到本地仓，{day}配送',
      '已为您催促物流，站点会联系您',
      '大件免费送货上楼，没有电梯的六楼以上另收搬运费',
      '地址已修改，请保持电话畅通',
      '非常抱歉，站点今天爆仓，已改约{day}优先派送',
    ],
  },
  {
    issue: '价保',
    queue: '综合',
    weight: 4,
    ticket: { kind: 'consult', chance: 0.12 },
    opens: [
      '刚买完就降价了',
      '价保怎么申请',
      '昨天买的今天便宜{price}',
      '活动价比我买的低，退差价',
      '直播间比旗舰店便宜？',
    ],
    asks: [askOrder, ['请问您看到的是哪个页面的价格？方便截图吗', ['{image}', '首页活动', '直播间']]],
    solves: [
      '已为您提交价保，差价{price}元1到3天原路退回',
      '直播间价格含专属券，不在价保范围内，请您谅解',
      '价保期是下单起30天，您这单符合',
      '活动期间每单可以价保一次',
    ],
  },
  {
    issue: '保修政策',
    queue: '综合',
    weight: 5,
    ticket: { kind: 'consult', chance: 0.1 },
    opens: ['{product}保修几年', '延保怎么买', '发票丢了还能保修吗', '压缩机保几年？', '过保了修一次大概多少钱'],
    asks: [askModel, ['请问是什么时候购买的呢？', ['去年{day}', '三年前', '今年刚买', '记不清了']]],
    solves: [
      '整机保修6年，压缩机10年，凭电子发票即可',
      '发票遗失可以用订单记录证明，不影响保修',
      '过保上门费{price}元，配件按价目表',
      '延保在签收30天内购买，每年{price}元',
      '三包期内同一故障修两次还不好可以换机',
    ],
  },
  {
    issue: '清洗保养',
    queue: '综合',
    weight: 3,
    ticket: { kind: 'install', chance: 0.3 },
    opens: ['{product}怎么清洗', '预约深度清洗', '{product}有异味', '滤网多久洗一次', '清洗送的券怎么用'],
    asks: [askWhen, askAddress, askModel],
    solves: [
      '滤网两周洗一次，清水冲净晾干再装回',
      '深度清洗{price}元一台，已为您预约',
      '异味可以用自清洁功能跑一遍，再通风半小时',
      '券在会员中心，约单时自动抵扣',
    ],
  },
  {
    issue: '收费异议',
    queue: '综合',
    weight: 4,
    ticket: { kind: 'complaint', chance: 0.55 },
    opens: [
      '师傅乱收费！装个{product}收我{price}',
      '说好免费安装，结果要{price}材料费',
      '打孔一个{price}是不是太贵了',
      '收费没有单子，你们是不是骗人',
      '维修费{price}明细能给我看看吗',
    ],
    asks: [['请问师傅有给您收费单吗？', ['没有，直接要的现金', '有，{image}', '让我扫的个人码']], askOrder, askPhone],
    solves: [
      '收费标准我发您，超出的部分我们核实后退还',
      '这个情况我登记为投诉，24小时内专人回访',
      '个人收款码是违规的，非常抱歉，会严肃处理',
      '核实后多收的{price}元已申请退回',
    ],
  },
  {
    issue: '师傅爽约',
    queue: '综合',
    weight: 4,
    ticket: { kind: 'complaint', chance: 0.6 },
    opens: [
      '约好{slot}来，人呢？',
      '请假在家等了一天，师傅电话都打不通',
      '第二次放鸽子了',
      '师傅态度很差，打电话还挂我',
      '说今天来修，又改{day}，有没有准信',
    ],
    asks: [askPhone, ['请问原来约的是什么时间？', ['{day}{slot}', '昨天{slot}', '上午九点']], askWhen],
    solves: [
      '非常抱歉耽误您时间，我马上联系网点负责人',
      '已升级处理，主管{worker}会在1小时内给您回电',
      '给您重新约了{day}{slot}，并申请了{price}元补偿券',
      '爽约的师傅已按规定处理，换一位师傅上门',
    ],
  },
  {
    issue: '配件购买',
    queue: '综合',
    weight: 3,
    ticket: { kind: 'consult', chance: 0.18 },
    opens: ['遥控器丢了哪里买', '滤芯多少钱一个', '想买个{part}', '{part}坏了能单独换吗'],
    asks: [askModel, askAddress],
    solves: [
      '{part}有现货，{price}元包邮，链接发您',
      '这个型号通用{part}，放心买',
      '{part}属于保修配件，可以免费换一个',
      '已帮您查到库存，{day}发出',
    ],
  },
  {
    issue: '选购咨询',
    queue: '售前',
    weight: 8,
    opens: [
      '20平的客厅用多大的{product}',
      '两款有什么区别',
      '{model}有现货吗',
      '现在买有什么活动',
      '一级能效和三级差多少电费',
      '家里三口人，{product}选多大合适',
      '包安装吗？还要额外花钱吗',
    ],
    asks: [
      ['请问房间多大，朝向怎么样呢？', ['20平左右，朝西', '15平卧室', '客厅连餐厅快40平']],
      ['您的预算大概是多少？', ['三千以内', '五千左右', '贵点没关系，要静音']],
      ['是自住还是出租用呢？', ['自住', '出租', '给爸妈买的']],
    ],
    solves: [
      '推荐{model}，一级能效，静音效果好',
      '今天下单立减{price}元，还送延保一年',
      '这款评价很好，24小时内发货，包基础安装',
      '两款主要差在能效和智能功能，出租用基础款就够',
      '尺寸您量一下预留位，左右各留10厘米散热',
    ],
  },
];
