/** Emoji that people type for a character's sound or meaning. */
export const emojiReadings =
  '🐶狗 🐕狗 🐎马 🐴马 🐔鸡 🐓鸡 🐷猪 🐖猪 🐮牛 🐂牛 🐄牛 🐑羊 🐏羊 🐐羊 🐱猫 🐈猫 🐭鼠 🐀鼠 🐍蛇 🐉龙 🐲龙 🐢龟 🐰兔 🐇兔 🐒猴 🐵猴 🐯虎 🐅虎 🐟鱼 🐠鱼 🐦鸟 🦆鸭 🐛虫 🐜蚁 🐝蜂 🦐虾 🦀蟹 🐻熊 🐘象 🦌鹿 🐺狼 🐸蛙 ' +
  '🔪刀 🗡剑 ⚔剑 🔫枪 💣弹 🧨炮 💊药 💉针 🍵茶 🍺酒 🍷酒 🍶酒 🥛奶 🍼奶 🍚饭 🍞包 🥚蛋 🍎苹 🍑桃 🌶辣 🧂盐 🍬糖 🍉瓜 🍐梨 🥒瓜 🍆茄 🌰栗 🍖肉 🥩肉 🍜面 🥟饺 🍰糕 ' +
  '💰钱 💵钱 💴钱 💶钱 💷钱 🧧包 💳卡 📱机 ☎话 📞话 💻脑 📧邮 ✉信 📩信 📨信 📦包 🚗车 🚕车 🚌车 🚄车 🚲车 ✈机 🚀箭 🚢船 🏠家 🏡家 🏥院 🏫校 🏦行 🏪店 🏨店 🏮灯 💡灯 🔥火 💧水 🌊浪 ☀日 🌞日 🌙月 🌛月 ⭐星 🌟星 ☁云 ⛅云 🌧雨 ❄雪 ⚡电 🌈虹 💨风 ⛰山 🌳树 🌲树 🌱草 🌿草 🍀草 🌹花 🌸花 🌺花 🌻花 🍃叶 🪵木 🪨石 ' +
  '❤心 💗心 💓心 💔心 👄嘴 👅舌 👃鼻 👂耳 👀眼 👁眼 👋手 ✋手 🖐手 🦶脚 🦵腿 🧠脑 🦷牙 💩屎 👻鬼 👼天 👶婴 👦男 👧女 👨男 👩女 👴爷 👵奶 👮警 👑王 👸后 🤴王 🐾爪 💀死 ☠死 🩸血 ' +
  '➕加 ✚加 ➖减 ✖叉 ❌错 ✅对 ⭕圈 💯百 🔞禁 🚫禁 📈涨 📉跌 📖书 📚书 📕书 ✏笔 🖊笔 🖋笔 📷相 📺视 🎬影 🎵乐 🎶乐 🎤唱 🎲赌 🃏牌 🀄中 🎰赌 ⚽球 🏀球 🎾球 🏐球 🎁礼 🎂糕 🎉庆 👗裙 👖裤 👕衣 👔衣 👠鞋 👟鞋 👜包 👓镜 💄红 💍戒 👌好 👍赞 👎差 👊打 ✊拳 🤝握 🙏求 👏掌 💪力 🈚无 🈶有 🉐得 🈲禁 🈷月 🈯指 🈹割 🉑可 🈸申 🈴合 🈳空 🈺营 🈵满 🔑钥 🔒锁 🔔铃 🔋池 🧲磁 🕯烛 🚪门 🛏床 🪑椅 🚿澡 🛁浴 🚽厕 🗑箱 🧹扫 🧼皂 ⏰钟 ⌚表 📅日 📍点 🧭南 🗺图 🏁终 🚩旗 🎌旗 🧱砖 🪙币 💎钻 🔨锤 🔧修 ⚙轮 🔗链 ✂剪 📎夹 📌钉 🧵线 🪡针 🥇金 🥈银 🥉铜 🆗好 🆙上 🆕新 🆒酷 🆓免 🔝顶 🔚完 🔙返 ➡右 ⬅左 ⬆上 ⬇下 ';

/** Other writings of whole words, common in chats: "word=writing writing". The writings are found wherever the word is listed. */
export const wordAliases =
  '微信=vx wx v信 vxin weix 薇信 威信 维信 徽信 嶶信 微芯 绿泡泡 绿色软件\n加微信=加v 加vx 加wx 加薇 加威 加徽 加微 加个v 家v 嘉v jiav\n扣扣=qq 企鹅 球球 抠抠 叩叩 蔻蔻 秋秋 q号\n支付宝=zfb 支fu宝 吱付宝 z付宝 芝麻付\n淘宝=tb 桃宝 某宝 淘bao\n京东=jd 狗东\n拼多多=pdd 拼夕夕 并夕夕\n抖音=dy 斗音\n小红书=xhs 小红薯\n转账=zz 转帐\n刷单=sd s单\n返现=fx 返xian fan现\n好评=hp 五星 five星\n二维码=2维码 二wei码 ewm qr码\n银行卡=yhk 银hang卡\n电话=tel dh 电hua\n他妈的=tmd td马的 他m的 特么的\n你妈的=nmd 尼玛的 泥马的\n傻逼=sb 煞笔 傻b 沙比 傻x 2b\n操你妈=cnm 草泥马 艹尼玛 c你妈\n';

/** Look-alikes that Unicode's compatibility forms do not name: "looked=meant". */
export const lookAlikes =
  'аa аa вb сc ԁd еe ѐe ёe ғf ɡg һh нh іi їi јj кk қk ӏl мm пn оo рp ԛq гr ѕs тt цu ѵv ԝw хx уy ўy зz ' +
  'АA ВB СC ЕE ԌG НH ІI ЈJ КK ӀL МM ОO РP ԚQ ЅS ТT ѴV ԜW ХX УY ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ' +
  'αa βb γy δd εe ηn ιi κk μu νv οo πn ρp σo τt υu χx ωw ςc ϲc ϳj ' +
  'ɑa ɐa ɓb ɔc ɖd ɘe əe ɛe ɜe ɢg ɦh ɨi ɪi ʝj ʟl ɭl ɱm ɲn ɳn ɴn ɵo øo ǫq ɾr ʀr ʂs ʃs ʈt ʉu ʊu ʋv ʌv ɯw ʍw ʏy ʎy ʐz ʒz ıi łl đd ħh ŧt ' +
  'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ʜh ᴊj ᴋk ᴍm ᴏo ᴘp ꜱs ᴛt ᴜu ᴠv ᴡw ᴢz ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓲI ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ ߀0 ০0 ';

/** Characters that look like another and are read as that one too: "seen=meant". */
export const hanLookAlikes =
  '徽微 嶶微 溦微 薇微 末未 未末 曰日 侍待 待侍 洒酒 酒洒 已己 己已 巳己 戊戌 戍戌 拔拨 拨拔 士土 土士 千干 干千 于干 天夭 夭天 犬太 人入 入人 夫天 午牛 牛午 刀刁 刁刀 力刀 免兔 兔免 鸟乌 乌鸟 今令 令今 东车 车东 买卖 卖买 贝见 见贝 住往 往住 请清 清请 晴睛 睛晴 账帐 帐账 钱线 线钱 找我 我找 扣扫 扫扣 她他 地他 赔陪 陪赔 货贷 贷货 赌睹 睹赌 博搏 搏博 傅博 毒每 每毒 妓技 技妓 嫖漂 漂嫖 操澡 澡操 噪操 骗编 编骗 脏赃 赃脏 假暇 暇假 枪抢 抢枪 炸诈 诈炸 裸棵 棵裸 杀刹 药约 逼副 狗拘 猪诸 诸猪';

/** Frequent characters of which only the first reading is in use; their others are dictionary lore and only cost time. */
export const oneReading =
  '的么不这哪数能说给呢会思信女那谁单和家提亲哦戏些屏无解价见内合度其红句频期南适读被难核员广助奥底弟赚份似坏愉旁识般洗摄万她约厂景咱呗兑食陆休港羊跳育填谜详毒摩汤券盖谷脚';
