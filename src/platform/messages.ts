import { platformSentences, type Sentences } from './sentences.ts';

/** The sentence of every code that any part of Heng throws; a test looks for codes without one. */
export const messages: Sentences = {
  ...platformSentences,

  'file.unreadable': { zh: '读不到文件 {file}。', en: 'The file {file} cannot be read.' },

  'request.nullByte': { zh: '文字里有无法保存的空字节。', en: 'The text holds a null byte, which cannot be stored.' },

  'config.clickhouseCluster': {
    zh: 'CLICKHOUSE_CLUSTER 的值 {value} 不是可用的集群名。',
    en: 'CLICKHOUSE_CLUSTER is {value}, which names no usable cluster.',
  },
  'config.clickhouseDatabase': {
    zh: 'ClickHouse 数据库名 {value} 只能含字母、数字和下划线。',
    en: 'The ClickHouse database name {value} may hold letters, digits and underscores only.',
  },
  'config.clickhouseUrl': {
    zh: 'CLICKHOUSE_URL 不是有效的地址。',
    en: 'CLICKHOUSE_URL is not a valid address.',
  },
  'config.otlp': {
    zh: 'OTEL_EXPORTER_OTLP_ENDPOINT 要以 http:// 或 https:// 开头，例如 http://localhost:4318。',
    en: 'OTEL_EXPORTER_OTLP_ENDPOINT begins with http:// or https://, such as http://localhost:4318.',
  },
  'config.metricsToken': {
    zh: 'HENG_METRICS_TOKEN 至少 16 个字符。',
    en: 'HENG_METRICS_TOKEN has at least 16 characters.',
  },
  'metrics.token': {
    zh: '查看运行指标需要正确的令牌。',
    en: 'The figures of operation need the right token.',
  },
  'config.port': { zh: '端口 {value} 无效，应为 0 到 65535。', en: 'The port {value} is not between 0 and 65535.' },
  'config.timeZone': { zh: '没有名为 {value} 的时区。', en: 'There is no time zone named {value}.' },
  'config.url': {
    zh: 'HENG_URL 的值 {value} 不是 http(s) 地址。',
    en: 'HENG_URL is {value}, which is no http(s) address.',
  },
  'config.assistantUrl': {
    zh: 'HENG_ASSISTANT_URL 不能用：要 http(s) 地址，不带用户名和参数，不发往链路本地与云主机元数据地址。',
    en: 'HENG_ASSISTANT_URL cannot be used: an http(s) address without user or parameters, not link-local or cloud metadata.',
  },
  'config.assistantModel': {
    zh: '设了 HENG_ASSISTANT_URL，也要用 HENG_ASSISTANT_MODEL 写明模型名称。',
    en: 'HENG_ASSISTANT_URL needs HENG_ASSISTANT_MODEL, the name of the model.',
  },
  'config.ledgerAnchor': {
    zh: 'HENG_LEDGER_ANCHOR 里的 {value} 既不是已有文件夹的完整路径，也不是 https 地址（内网可用 http）。',
    en: 'HENG_LEDGER_ANCHOR has {value}, which is neither the full path of a folder that exists nor an https address (http within the network).',
  },
  'ledger.keyUnreadable': {
    zh: '账本的私钥读不懂，应为 32 字节的 base64url。请从备份恢复数据目录里的 ledger.key，或检查 HENG_LEDGER_KEY。',
    en: 'The private key of the ledger is not 32 bytes in base64url. Restore ledger.key in the data directory from a backup, or look at HENG_LEDGER_KEY.',
  },
  'ledger.keyMissing': {
    zh: '账本现用的私钥不在这里。请先从备份恢复数据目录里的 ledger.key（多台服务器时检查 HENG_LEDGER_KEY）；确实丢失时用 heng ledger rotate-key --lost 换新钥匙。',
    en: 'The private key that the ledger signs with is not here. First try to restore ledger.key in the data directory from a backup (with several servers look at HENG_LEDGER_KEY); if it is really lost, take a new one with heng ledger rotate-key --lost.',
  },
  'ledger.keyNotLost': {
    zh: '私钥就在这里，没有丢失。请不带 --lost 再试一次，新旧两把钥匙会一起签名。',
    en: 'The private key is here and not lost. Try again without --lost: then the old and the new key both sign.',
  },
  'ledger.sameKey': {
    zh: '没有新的钥匙可换。私钥由环境变量给出时，请把新的写进 HENG_LEDGER_KEY，旧的写进 HENG_LEDGER_KEY_BEFORE，再试一次。',
    en: 'There is no new key to change to. Where the environment gives the key, put the new one into HENG_LEDGER_KEY and the old one into HENG_LEDGER_KEY_BEFORE, and try again.',
  },
  'ledger.keyLost': {
    zh: '账本的私钥不见了：条目照常记入，但不能签名。请恢复数据目录里的 ledger.key；确实丢失时用 heng ledger rotate-key --lost。',
    en: 'The private key of the ledger is gone: entries go on, but nothing is signed. Restore ledger.key in the data directory; if it is really lost, use heng ledger rotate-key --lost.',
  },
  'ledger.otherKey': {
    zh: '这里的私钥不是账本现用的那一把：条目照常记入，但这台服务器不签名。请换回原来的 ledger.key 或 HENG_LEDGER_KEY。',
    en: 'The private key here is not the one the ledger signs with: entries go on, but this server signs nothing. Put the right ledger.key or HENG_LEDGER_KEY back.',
  },
  'ledger.truncated': {
    zh: '账本比已经签过名的短：数据库可能是从较早的备份恢复的。为免前后矛盾，不再签名。请恢复更新的备份。',
    en: 'The ledger is shorter than one that was signed: the database may come from an older backup. Nothing is signed that would contradict it. Restore a newer backup.',
  },
  'ledger.forked': {
    zh: '账本的开头与已经签过名的不同：有条目被改动或替换。为免前后矛盾，不再签名。请恢复没有改动过的备份。',
    en: 'The ledger does not begin as one that was signed: entries were altered or replaced. Nothing is signed that would contradict it. Restore a backup that was not altered.',
  },
  'ledger.recordAltered': {
    zh: '第 {leaf} 条的内容与记入时不同。',
    en: 'What entry {leaf} says is not what was entered.',
  },
  'ledger.entryAltered': {
    zh: '第 {leaf} 条旁边写的种类或时间，与它的内容不同。',
    en: 'Kind or time beside entry {leaf} are not those of what it says.',
  },
  'ledger.leafMissing': { zh: '第 {leaf} 条不见了。', en: 'Entry {leaf} is missing.' },
  'ledger.rowsStray': {
    zh: '有 {records} 份记录没有对应的条目，有 {entries} 个条目既没有编号也不在等待编号。',
    en: 'Records without an entry: {records}; entries that have no place and wait for none: {entries}.',
  },
  'ledger.tileAltered': {
    zh: '第 {level} 层第 {tile} 块的哈希与条目对不上。',
    en: 'The hashes of tile {tile} at level {level} do not follow from the entries.',
  },
  'ledger.checkpointOfOtherTree': {
    zh: '{size} 条时签的名，与现在的条目对不上。',
    en: 'The checkpoint of {size} entries is not of the entries that are there.',
  },
  'ledger.checkpointUnsigned': {
    zh: '{size} 条时的检查点没有账本钥匙的有效签名。',
    en: 'The checkpoint of {size} entries has no valid signature by a key of the ledger.',
  },
  'ledger.clockBack': {
    zh: '有 {count} 条写的时间早于前面的条目，第一处是第 {leaf} 条：时钟被往回拨过。次序以编号为准，不受影响。',
    en: 'Entries that tell an earlier time than one before them: {count}, the first is entry {leaf}. The clock was set back; the order is that of the numbers and not affected.',
  },
  'ledger.auditRowAltered': {
    zh: '审计日志第 {row} 行被改动过，与封存时不同。',
    en: 'Row {row} of the audit log was altered after it was sealed.',
  },
  'ledger.auditRowMissing': {
    zh: '审计日志第 {row} 行被删掉了：封存时还在。',
    en: 'Row {row} of the audit log is missing; it was there when it was sealed.',
  },
  'ledger.auditRowStray': {
    zh: '审计日志第 {row} 行不是衡写下的：有人直接写进了数据库。',
    en: 'Row {row} of the audit log was not written by Heng: somebody put it straight into the database.',
  },
  'ledger.auditSealAltered': {
    zh: '审计日志的第 {seal} 次封存，与账本里记的不同。',
    en: 'Seal {seal} of the audit log is not the one that the ledger tells of.',
  },
  'ledger.auditSealMissing': {
    zh: '审计日志的第 {seal} 次封存不见了，账本里有。',
    en: 'Seal {seal} of the audit log is missing; the ledger tells of it.',
  },
  'ledger.auditSealGap': {
    zh: '审计日志的第 {seal} 次封存不见了：后面的还在。',
    en: 'Seal {seal} of the audit log is missing; later ones are there.',
  },
  'ledger.auditSealTwice': {
    zh: '账本里审计日志的第 {seal} 次封存记了两回：以先记的为准。',
    en: 'The ledger tells twice of seal {seal} of the audit log; what it told first counts.',
  },
  'ledger.auditWaitingMissing': {
    zh: '审计日志第 {row} 行在等封存，却不在日志里：被删掉了，或有人直接写进了数据库。',
    en: 'Row {row} of the audit log waits for a seal and is not there: it was deleted, or somebody put that straight into the database.',
  },
  'ledger.auditRecordMissing': {
    zh: '账本里审计日志的一次封存没有内容了（条目 {entry}）。',
    en: 'What the ledger said of a seal of the audit log is gone (entry id {entry}).',
  },
  'ledger.auditWaiting': {
    zh: '审计日志有 {count} 行还没封存，最多等十分钟。',
    en: 'Rows of the audit log that are not sealed yet: {count}. They wait ten minutes at most.',
  },
  'ledger.noEntry': {
    zh: '账本里没有这一条，或您看不到它。',
    en: 'The ledger has no such entry, or it is not yours to see.',
  },
  'ledger.erased': {
    zh: '第 {leaf} 条的内容已按要求清除，只剩它在账本里的位置。',
    en: 'What entry {leaf} said was erased; only its place in the ledger is left.',
  },
  'ledger.notSigned': {
    zh: '第 {leaf} 条还没有签名，请稍后再取回执。',
    en: 'Entry {leaf} is not signed yet; ask for its receipt again shortly.',
  },
  'ledger.noProof': {
    zh: '账本现有 {size} 条，没有从 {from} 条到 {to} 条的证明。',
    en: 'The ledger has {size} entries: there is no proof from {from} to {to}.',
  },
  'ledger.witnessUnreadable': {
    zh: '这不是见证方的公钥，应形如 名称+编号+base64（类型 4）。',
    en: 'This is no witness’s public key; one looks like name+id+base64 (type 4).',
  },
  'ledger.noCosignature': {
    zh: '里面没有已登记见证方的有效签名，没有收下。',
    en: 'There is no valid signature of a known witness in it; nothing was taken.',
  },
  'ledger.noCheckpoint': { zh: '账本没有签过这样一个检查点。', en: 'The ledger never signed such a checkpoint.' },
  'ledger.verbMissing': {
    zh: '请说明要做什么：show、verify、receipt、check、rotate-key 或 erase。详见 heng ledger --help。',
    en: 'Say what to do: show, verify, receipt, check, rotate-key or erase. See heng ledger --help.',
  },
  'ledger.fileMissing': { zh: '读不到回执文件 {file}。', en: 'The receipt {file} cannot be read.' },
  'ledger.keyArgument': {
    zh: '--key 不是账本的公钥，应形如 名称+编号+base64。',
    en: '--key is no public key of a ledger; one looks like name+id+base64.',
  },
  'config.oidcIncomplete': {
    zh: 'HENG_OIDC_ISSUER、HENG_OIDC_CLIENT_ID、HENG_OIDC_CLIENT_SECRET 要一起设。',
    en: 'HENG_OIDC_ISSUER, HENG_OIDC_CLIENT_ID and HENG_OIDC_CLIENT_SECRET belong together.',
  },
  'config.oidcIssuer': {
    zh: 'HENG_OIDC_ISSUER 不能用：{value}。要 https 地址（内网可用 http），不带用户名和参数。',
    en: 'HENG_OIDC_ISSUER cannot be used: {value}. It has to be an https address (http in a private network) without user or parameters.',
  },
  'config.oidcUrl': {
    zh: '用公司统一登录，要设 HENG_URL：登录之后要回到这个地址。',
    en: 'The company’s sign-in needs HENG_URL: people come back to that address from it.',
  },
  'config.secret': { zh: 'HENG_SECRET 至少要 32 个字符。', en: 'HENG_SECRET needs at least 32 characters.' },

  'command.unknown': { zh: '没有 {command} 这个命令。', en: 'There is no command {command}.' },
  'command.unknownNear': {
    zh: '没有 {command} 这个命令。是不是 {near}？',
    en: 'There is no command {command}. Did you mean {near}?',
  },
  'command.missing': { zh: '请指明要执行的命令。', en: 'Name a command.' },
  'command.optionUnknown': { zh: '{command} 不认识选项 {option}。', en: '{command} has no option {option}.' },
  'command.optionNeedsValue': {
    zh: '{command} 的 {option} 后面要写它的值；值以 - 开头时，中间写等号：{option}=值。',
    en: '{command}: {option} needs a value; one that begins with - goes after an equals sign, {option}=VALUE.',
  },
  'command.optionTakesNoValue': { zh: '{command} 的 {option} 后面不写值。', en: '{command}: {option} takes no value.' },
  'bench.noCheckout': {
    zh: '{folder} 里没有测量程序：它们不随安装包发布，请在源码目录里运行 ./heng bench。',
    en: '{folder} holds no measurements: they do not ship with the package; run ./heng bench in a checkout.',
  },
  'command.tooManyWords': {
    zh: '{command} 后面多了“{word}”，什么也没有做。一个名字里有空格时请加引号。',
    en: '{command} has no use for “{word}”, and nothing was done. A name with blanks in it needs quotes.',
  },
  'start.portTaken': {
    zh: '端口 {port} 已被占用，请用 --port 另选一个。',
    en: 'Port {port} is in use; choose another with --port.',
  },
  'start.address': { zh: '无法在 {host} 上监听。', en: 'Cannot listen on {host}.' },
  'start.otherSecret': {
    zh: '这个数据库正由另一个节点使用，两边的密钥不同，登录不能通用。请给每个节点设同一个 HENG_SECRET；先启动的那个没有设时，它的密钥在其数据目录的 secret 文件里。',
    en: 'Another node is using this database with another secret, so who signs in on one would be unknown to the other. Set the same HENG_SECRET for every node; where the first was started without one, it is in the file secret of its data directory.',
  },
  'start.holdsDemo': {
    zh: '{dir} 里是示例公司的数据。自己的数据请另用一个目录：heng start --data 目录 --empty',
    en: '{dir} holds the demo company. Take another directory for your own data: heng start --data DIR --empty',
  },

  'dataDir.held': {
    zh: '{dir} 正由进程 {pid}（{command}，自 {since} 起）使用。请先停止它，或用 --data 另选目录。',
    en: '{dir} is in use by process {pid} ({command}, since {since}). Stop it first, or choose another with --data.',
  },
  'dataDir.othersAttached': {
    zh: '本命令可以退出了，但还有命令在用它启动的数据库（{commands}）：等它们做完再退出。现在就退出请按 Ctrl+C，它们会中断。',
    en: 'This command could end, but others use the engines that it started ({commands}): it waits until they have ended. Ctrl+C ends it now, and interrupts them.',
  },
  'dataDir.enginesGone': {
    zh: '本命令用的是进程 {pid}（{command}）启动的数据库，那个进程已经结束，本命令没有做完。请再运行一次：已经导入的行不会重复。',
    en: 'This command used the engines of process {pid} ({command}), which has ended, and did not finish. Run it again: rows that are in are not added twice.',
  },
  'dataDir.unwritable': {
    zh: '数据目录 {dir} 不能写（{reason}）：检查权限和磁盘是否只读，或用 --data 另选目录。',
    en: 'Nothing can be written in the data directory {dir} ({reason}): check its rights and whether the disk is read-only, or choose another with --data.',
  },
  'dataDir.restoring': {
    zh: '数据目录 {dir} 的恢复没有做完，里面的数据不完整。请再运行一次 heng restore。',
    en: 'A backup was being restored into {dir} and did not finish: what is in it is not whole. Run heng restore again.',
  },
  'erasure.usage': {
    zh: '请写明清除谁：heng erase 客户编号 --reason 文字，或 heng erase --agent 员工 --reason 文字；名单用 --list 或 --again 文件。',
    en: 'Say whom: heng erase CUSTOMER --reason TEXT, or heng erase --agent EMPLOYEE --reason TEXT; for the list --list or --again FILE.',
  },
  'erasure.reasonMissing': {
    zh: '请用 --reason 写明为什么清除，例如本人何时提出请求。',
    en: 'Say with --reason why, such as when the person asked for it.',
  },
  'erasure.customerUnknown': {
    zh: '没有这位客户的任何数据，请核对编号。',
    en: 'There is nothing of this customer; check the id.',
  },
  'erasure.employeeUnknown': {
    zh: '没有这位员工的任何数据，请核对客服编号或邮箱。',
    en: 'There is nothing of this employee; check the number or the e-mail.',
  },
  'erasure.cycleOpen': {
    zh: '这位员工参加的考核周期还没有定稿：{periods}。请先把这些周期做到定稿，再清除。',
    en: 'Cycles in which this employee is appraised are not final yet: {periods}. Bring them to their end first.',
  },
  'erasure.appealOpen': {
    zh: '有 {count} 件关于这位员工的申诉或复查还没有裁定。请先裁定，再清除。',
    en: 'Appeals or reviews about this employee that are not decided yet: {count}. Decide them first.',
  },
  'erasure.rowsClash': {
    zh: '这位员工在 {table} 表里的行，和已在代号下的行冲突，没有清除成；账号已经停用，其他人不受影响。夜里会再试；一直如此，请让维护者先删去其中一行。',
    en: 'Rows of this employee in the table {table} clash with rows that have the stand-in already, and nothing of them was erased; the account is locked, others are not affected. It is tried again by night; if it stays so, have an operator remove one of the rows.',
  },
  'erasure.onDisk': {
    zh: '数据已清除，但旧文件还有查询在用，尚未从磁盘上消失。夜里会继续。',
    en: 'The data are erased, but old files are still being read and not gone from the disk. It goes on at night.',
  },
  'erasure.listUnreadable': {
    zh: '{file} 不是清除名单。名单是数据目录里的 erased.json，或 heng erase --list 写出的。',
    en: '{file} is no list of erasures. The list is erased.json in the data directory, or what heng erase --list writes.',
  },
  'erasure.otherSalt': {
    zh: '清除名单 {file} 属于另一套数据，不能用在这里。',
    en: 'The list of erasures {file} belongs to another installation and cannot be used here.',
  },
  'erasure.retainUsage': {
    zh: '请写 --months N（1 到 600）或 --forever 之一；--preview 要和 --months 一起用。',
    en: 'Give --months N (1 to 600) or --forever, not both; --preview goes with --months.',
  },
  'backup.running': {
    zh: '另一次备份正在进行，请等它做完。',
    en: 'Another backup is being made; wait until it is done.',
  },
  'backup.erasing': {
    zh: '正在清除个人信息，其间不能备份，否则清除掉的会留在备份里。请等它做完（「数据」页看得到）。',
    en: 'Personal data are being erased; a backup made meanwhile would keep them. Wait until that is done (the page 数据 shows it).',
  },
  'backup.noMoment': {
    zh: '半小时里一直有导入、计算或检查在写数据，没有能备份的一刻。请过一会儿再试。',
    en: 'For half an hour something was being imported, derived or inspected all the time. Try again later.',
  },
  'backup.folderInUse': {
    zh: '文件夹 {folder} 里已经有东西，备份要写进空的文件夹。',
    en: 'The folder {folder} is not empty; a backup goes into an empty one.',
  },
  'backup.none': {
    zh: '{folder} 里没有 manifest.json，不是做完的备份。请指到 heng backup 写好的那个文件夹。',
    en: 'There is no manifest.json in {folder}, so it is no finished backup. Name the folder that heng backup has written.',
  },
  'backup.unreadable': {
    zh: '{file} 读不懂，不是本版能恢复的备份。',
    en: '{file} is not the manifest of a backup that this version restores.',
  },
  'backup.damaged': {
    zh: '备份有 {count} 个文件缺失或变了，没有恢复任何数据：',
    en: 'Files of the backup that are missing or altered: {count}. Nothing was restored:',
  },
  'backup.fileMissing': { zh: '缺失', en: 'missing' },
  'backup.fileAltered': { zh: '与备份时不同', en: 'not as it was written' },
  moved: {
    zh: '这一份数据已于 {at} 搬走（或正在搬），现在的数据目录是 {dir}：heng start --data {dir}。若仍要用这一份：heng move --stay',
    en: 'This installation has moved at {at}, or is moving since; its data directory now is {dir}: heng start --data {dir}. To go on with this one after all: heng move --stay',
  },
  'move.usage': {
    zh: '请写明搬到哪里：heng move --to DATABASE_URL CLICKHOUSE_URL，或 heng move NEW_FOLDER --to servers（或 embedded）。',
    en: 'Say where to: heng move --to DATABASE_URL CLICKHOUSE_URL, or heng move NEW_FOLDER --to servers (or embedded).',
  },
  'move.password': {
    zh: '命令行别人看得见，请不要把密码写在地址里：用环境变量 PGPASSWORD 和 CLICKHOUSE_PASSWORD。',
    en: 'Others see command lines: leave passwords out of the addresses and put them into PGPASSWORD and CLICKHOUSE_PASSWORD.',
  },
  'move.noServers': {
    zh: '请用环境变量 DATABASE_URL 和 CLICKHOUSE_URL 写明服务器。',
    en: 'Name the servers by the environment variables DATABASE_URL and CLICKHOUSE_URL.',
  },
  'move.sameFolder': {
    zh: '{dir} 就是现在的数据目录；请另指一个空的文件夹。',
    en: '{dir} is the present data directory; name another, empty folder.',
  },
  'move.inUse': {
    zh: '还有服务器或命令（例如导入）在使用这一份数据。请先停掉所有节点，等命令做完。',
    en: 'A server or a command (an import, say) is using this installation. Stop all nodes and let commands end first.',
  },
  'move.elsewhere': {
    zh: '这一份数据正往 {dir} 和另一处服务器搬。请用原来的参数再运行一次，或用 heng move --stay 留下。',
    en: 'This installation is on its way to {dir} and other servers. Run that again as it was, or stay with heng move --stay.',
  },
  'move.done': {
    zh: '已经搬好了：heng start --data {dir}',
    en: 'It has moved already: heng start --data {dir}',
  },
  'restore.usage': {
    zh: '请写明备份的文件夹：heng restore FOLDER；--erased 和 --without-list 只用其一。',
    en: 'Name the folder of the backup: heng restore FOLDER; of --erased and --without-list give one at most.',
  },
  'restore.otherList': {
    zh: '清除名单 {file} 属于另一套数据，还没有恢复任何东西。请用 --erased 另指一份，或用 --without-list 不用名单。',
    en: 'The list of erasures {file} belongs to another installation; nothing was restored yet. Name another with --erased, or take none with --without-list.',
  },
  'restore.notEmpty': {
    zh: '数据目录 {dir} 里已经有数据。请用 --data 指一个空的目录；原来的数据不会被覆盖。',
    en: 'The data directory {dir} is not empty. Name an empty one with --data; nothing that is there is overwritten.',
  },
  'restore.serverNotEmpty': {
    zh: 'DATABASE_URL 或 CLICKHOUSE_URL 指的库里已经有数据。请指向空的库；原来的数据不会被覆盖。',
    en: 'The database of DATABASE_URL or CLICKHOUSE_URL already holds data. Name empty ones; nothing that is there is overwritten.',
  },
  'restore.held': {
    zh: '数据目录 {dir} 正被进程 {pid}（{command}）使用。',
    en: 'The data directory {dir} is in use by process {pid} ({command}).',
  },
  'restore.differs': {
    zh: '恢复出来的与备份不一致（{count} 处），请不要使用这份数据：',
    en: 'What was restored differs from the backup (places: {count}); do not use it:',
  },
  'restore.tablesDiffer': {
    zh: '备份里没有这张表，或列不同',
    en: 'the backup lacks this table, or has other columns',
  },
  'restore.rowsDiffer': {
    zh: '备份时 {saved} 行，装入后 {loaded} 行，或内容不同',
    en: 'rows saved: {saved}, loaded: {loaded}, or other content',
  },
  'dataDir.usesServers': {
    zh: '{dir} 里的安装把数据放在服务器上，现在却没有给出 {names}，打开的会是一个空的安装。请像启动服务时那样给出（systemd 用 EnvironmentFile，cron 里也要）。',
    en: 'The installation of {dir} keeps its data on servers, but {names} is not given: an empty installation would be opened. Give it as the service gets it (EnvironmentFile of systemd, in cron as well).',
  },
  'dataDir.usesEmbedded': {
    zh: '{dir} 里的安装用自带的引擎，现在却给出了 {names}。要搬到服务器上，请用 heng move；要新的安装，请用 --data 换一个文件夹。',
    en: 'The installation of {dir} has engines of its own, but {names} is given. To move to servers use heng move; for a new installation choose another folder with --data.',
  },
  'dataDir.heldElsewhere': {
    zh: '{dir} 正被另一个容器或另一台机器上的 {command} 使用。一个数据目录同时只能有一处使用：请先停掉那一处；如果它已经不在了，20 秒后再试。',
    en: '{command} in another container or on another machine is using {dir}. A data directory is for one place at a time: stop that one first; if it is gone already, try again after 20 seconds.',
  },
  'dataDir.contended': {
    zh: '{dir} 正被几个进程同时打开，请稍后再试。',
    en: 'Several processes are opening {dir} at once; try again.',
  },
  'postgres.refused': {
    zh: '人员与方案数据库拒绝了登录：请检查 DATABASE_URL 里的用户、密码和库名。',
    en: 'The database of people and plans refused to let Heng in: check user, password and database in DATABASE_URL.',
  },
  'postgres.unreachable': {
    zh: '人员与方案数据库暂时连不上，正在恢复。',
    en: 'The database of people and plans is unreachable; it is being restored.',
  },

  'funnel.unsuited': {
    zh: '指标 {metric} 没有可比的分母，或不计到个人，不能画漏斗图。',
    en: 'The metric {metric} has no denominator to compare by, or is not counted by person: there is no funnel plot of it.',
  },
  'try.nobody': {
    zh: '这些周期里没有可以试算的客服。换几个周期，或先导入数据。',
    en: 'There is nobody to try the plan on in these periods. Choose others, or import data first.',
  },
  'try.periodFuture': {
    zh: '{period} 还没有开始，不能试算。',
    en: '{period} has not begun: a plan can be tried on past periods only.',
  },
  'try.periodsTooMany': {
    zh: '一次最多试算 {most} 个月，这里有 {count} 个。',
    en: 'At most {most} months at once; these are {count}.',
  },
  'skill.person': { zh: '没有工号为 {agent} 的在职客服。', en: 'There is no agent {agent} here today.' },
  'skill.own': { zh: '不能给自己评级或改岗位。', en: 'Nobody gives themselves a level or a job.' },
  'skill.unknown': { zh: '没有技能 {skill}。', en: 'There is no skill {skill}.' },
  'skill.jobUnknown': { zh: '没有岗位 {job}。', en: 'There is no job {job}.' },
  'skill.noEvidence': { zh: '评级要有至少一条依据。', en: 'A level needs at least one piece of evidence.' },
  'skill.noLevel': { zh: '还没有评级，没有可收回的。', en: 'There is no level to take back.' },
  'skill.evidence': {
    zh: '有 {count} 条依据不成立：记录不存在、不是本人的，或日期还没有到。',
    en: '{count} pieces of evidence do not hold: no such record, somebody else’s, or a day to come.',
  },
  'skill.noProposal': {
    zh: '事实已经变了，不再是这条建议。请刷新后再看。',
    en: 'The facts have changed and propose this no more. Read it again.',
  },
  'skill.changed': {
    zh: '别人刚改过这一项。请刷新后再改，您填写的内容还在页面上。',
    en: 'Somebody edited this meanwhile. Read it again first; what you typed is still on the page.',
  },
  'skill.job': { zh: '岗位有 {count} 处不成立。', en: '{count} things in the job cannot be.' },
  'review.unknown': { zh: '没有第 {occasion} 号复审。', en: 'There is no review {occasion}.' },
  'review.dropped': { zh: '第 {occasion} 号复审已经取消。', en: 'Review {occasion} was called off.' },
  'review.plans': { zh: '有 {count} 个方案不存在。', en: '{count} of the plans do not exist.' },
  'review.planUnknown': { zh: '这次复审不涉及方案 {plan}。', en: 'This review does not concern the plan {plan}.' },
  'review.oneLink': {
    zh: '已修改：请指明一份草稿或一个已发布的版本，二者选一。',
    en: 'Changed: name either a draft or a published version, one of the two.',
  },
  'review.versionBefore': {
    zh: '第 {version} 版在 {made} 就有了，早于 {since}，不可能由此而来。请选那天或之后的版本。',
    en: 'Version {version} dates from {made}, before {since}, so it cannot have come of this. Choose one of that day or later.',
  },
  'review.dayAhead': { zh: '{day} 还没有到。', en: '{day} has not come yet.' },
  'review.person': { zh: '那一天没有工号为 {agent} 的在职客服。', en: 'No agent {agent} worked here that day.' },
  'review.interviewUnknown': { zh: '没有第 {interview} 号访谈。', en: 'There is no interview {interview}.' },
  'review.definitionUnknown': {
    zh: '指标 {metric} 的定义没有第 {version} 版。',
    en: 'The definition of {metric} has no version {version}.',
  },
  'review.meetingUnknown': { zh: '没有第 {meeting} 号会议。', en: 'There is no meeting {meeting}.' },
  'review.departmentUnknown': {
    zh: '部门「{department}」没有参加这次会议。',
    en: 'The department “{department}” was not at this meeting.',
  },
  'review.actionUnknown': { zh: '没有第 {action} 号行动项。', en: 'There is no action {action}.' },
  'review.actionState': {
    zh: '第 {action} 号行动项的状态已经变了，请刷新后再看。',
    en: 'The state of action {action} has changed; read it again.',
  },
  'review.actionDay': { zh: '改期要写一个不同的日子。', en: 'A move needs another day.' },
  'outcome.unknown': { zh: '没有第 {proposal} 号提议。', en: 'There is no proposal {proposal}.' },
  'outcome.own': { zh: '不能为自己提议或决定。', en: 'Nobody proposes or decides for themselves.' },
  'outcome.ownEntry': {
    zh: '这是您自己提议的，要由别人批准。',
    en: 'You entered this proposal; somebody else has to approve it.',
  },
  'outcome.decided': { zh: '第 {proposal} 号提议已经有决定。', en: 'Proposal {proposal} was decided already.' },
  'outcome.replaced': {
    zh: '第 {proposal} 号提议已有更新的一版，请决定新的那一版。',
    en: 'Proposal {proposal} has a later revision; decide about that one.',
  },
  'outcome.fell': {
    zh: '第 {proposal} 号提议的依据已不成立，不能批准，可以驳回。',
    en: 'The cards no longer support proposal {proposal}: it cannot be approved, only declined.',
  },
  'outcome.incomplete': {
    zh: '有 {count} 项提议还缺要填的内容，没有保存。',
    en: '{count} proposals need something entered first; nothing was kept.',
  },
  'outcome.noSalary': { zh: '{name} 的工资未填，算不出金额。', en: 'There is no salary of {name}, so no amount.' },
  'outcome.noPerformancePay': {
    zh: '{name} 的绩效工资（performance_pay）不是金额，或高于工资，算不出金额：请更正客服名册后再导入。',
    en: 'The performance pay of {name} (performance_pay) is no amount, or above the salary, so no amount: correct the agent list and import it again.',
  },
  'outcome.noCoefficient': {
    zh: '{name} 的系数还没有：方案中这一等级的系数尚待填写。',
    en: 'There is no coefficient for {name}: the plan still waits for the one of this grade.',
  },
  'outcome.noRate': {
    zh: '{name} 的提成比例还没有：方案中尚待填写。',
    en: 'There is no rate for {name}: the plan still waits for it.',
  },
  'outcome.noFactor': {
    zh: '{name} 没有联动系数（满意度与投诉都没有数据），算不出金额。',
    en: 'There is no factor for {name}, as neither satisfaction nor complaints have data: no amount.',
  },
  'outcome.noBase': {
    zh: '{name} 没有可乘的金额，请填写。',
    en: 'Nothing tells what the rate of {name} is of; enter the amount.',
  },
  'outcome.noCard': { zh: '{agent} 在 {period} 没有记分卡。', en: '{agent} has no scorecard in {period}.' },
  'development.unknown': {
    zh: '没有第 {plan} 号培训或改进计划。',
    en: 'There is no training or improvement plan {plan}.',
  },
  'development.ended': { zh: '第 {plan} 号计划已经结束。', en: 'Plan {plan} has ended.' },
  'development.goalUnknown': { zh: '计划里没有这个目标。', en: 'The plan has no such goal.' },
  'development.day': { zh: '{day} 还没有到。', en: '{day} has not come yet.' },
  'development.endsOn': { zh: '延长后的最后一天要晚于 {day}。', en: 'An extension has to end after {day}.' },
  'outcome.budget': {
    zh: '预算太少：按保底比例，最少要 {least} 元。',
    en: 'The budget is too small: with the floor it takes at least {least} yuan.',
  },
  'outcome.unpublished': { zh: '{period} 的结果还没有公布。', en: 'The results of {period} are not published.' },
  'rubric.unknown': { zh: '没有名为 {rubric} 的质检标准。', en: 'There is no rubric named {rubric}.' },
  'rubric.invalid': {
    zh: '质检标准有 {count} 处问题，没有发布。',
    en: 'The rubric was not published; problems in it: {count}.',
  },
  'sample.unknown': { zh: '没有第 {sample} 号抽样。', en: 'There is no sample {sample}.' },
  'sample.rubricScope': {
    zh: '抽样抽的是会话，请选用评整段会话的标准。',
    en: 'A sample is of conversations: choose a rubric for conversations.',
  },
  'sample.tooFine': {
    zh: '分得太细：有 {strata} 个分层，而最多抽 {most} 条。少分几层，或多抽一些。',
    en: 'Cut too fine: {strata} strata, but {most} conversations at most. Divide by less, or draw more.',
  },
  'sample.empty': {
    zh: '{population} 段会话中没有一段会被抽到。请看看比例和范围。',
    en: 'Of {population} conversations none would be drawn. Look at the rates and the teams.',
  },
  'sample.populationTooLarge': {
    zh: '可抽的会话超过 {most} 段，请把周期或团队缩小些。',
    en: 'More than {most} conversations could be drawn: narrow the period or the teams.',
  },
  'inspection.unknown': {
    zh: '没有第 {inspection} 号质检任务，或不在您的范围。',
    en: 'There is no inspection {inspection} within your reach.',
  },
  'inspection.closed': {
    zh: '这份质检已不在可以这样做的阶段，请刷新后再看。',
    en: 'This inspection is past that; look at it again.',
  },
  'inspection.changed': {
    zh: '您在别处保存过更新的内容。这里的没有保存，也没有丢，请先看看那一份。',
    en: 'You saved something newer elsewhere. This was not saved, and nothing is lost: look at the other first.',
  },
  'inspection.taken': {
    zh: '{by} 已先提交了这份质检。您写的都还在，可以作为复评提交。',
    en: '{by} handed this in first. What you wrote is all there: hand it in as a second opinion.',
  },
  'inspection.invalid': {
    zh: '有 {count} 项评分与标准不符，没有保存。',
    en: '{count} marks do not fit the rubric; nothing was saved.',
  },
  'inspection.incomplete': { zh: '还有 {count} 项没有评。', en: '{count} items have no level yet.' },
  'inspection.nothing': { zh: '所有项都不适用，没有可评的内容。', en: 'No item applies: there is nothing to score.' },
  'inspection.notUndone': {
    zh: '不能撤回了：已过一天，或有人在此之后评过、申诉过。',
    en: 'It cannot be taken back: a day has passed, or somebody has built on it.',
  },
  'inspection.notYours': { zh: '只能申诉自己的质检结果。', en: 'You can dispute your own results only.' },
  'inspection.ownTeam': { zh: '不能质检自己或自己团队的会话。', en: 'Nobody inspects themselves or their own team.' },
  'inspection.scope': {
    zh: '标准与所选不符：评会话的标准不指定消息，评消息的标准要指定一条。',
    en: 'Rubric and choice do not fit: a rubric for conversations takes no message, one for messages takes one.',
  },
  'inspection.notAReply': {
    zh: '选的这一条不是客服写的回复。',
    en: 'This message is not a reply that an agent wrote.',
  },
  'assistant.off': {
    zh: '评分助手没有开启，或没有配置好。',
    en: 'The assistant is off or not configured.',
  },
  'assistant.url': {
    zh: '这个地址不能用：要 http 或 https，不带用户名、参数；不发往链路本地与云主机元数据地址；不加密的 http 只限本机与内网。',
    en: 'This address cannot be used: http or https without user or parameters; never link-local or cloud metadata addresses; plain http only to this machine or a private network.',
  },
  'assistant.address': {
    zh: '没有发送：这个名字指向不允许的地址（链路本地、云主机元数据，或外网的不加密 http）。',
    en: 'Nothing was sent: the name leads to an address that is not allowed (link-local, cloud metadata, or a public one without https).',
  },
  'assistant.key': { zh: '密钥里有不能发送的字符。', en: 'The key holds characters that cannot be sent.' },
  'assistant.keyLost': {
    zh: '保存的密钥已无法解开（服务器的密钥换过），请重新填写。',
    en: 'The stored key can no longer be opened, because the server’s secret changed: enter it again.',
  },
  'assistant.incomplete': {
    zh: '开启之前请填写地址和模型名称。',
    en: 'Give an address and the name of a model before turning it on.',
  },
  'assistant.hidden': {
    zh: '这里不显示评分助手的建议。',
    en: 'Suggestions of the assistant are not shown here.',
  },
  'assistant.tooLong': {
    zh: '会话太长（超过 {most} 字），没有发送。',
    en: 'The conversation is longer than {most} characters and was not sent.',
  },
  'assistant.nothing': { zh: '会话里没有可评的内容。', en: 'Nothing was said in this conversation.' },
  'assistant.budget': {
    zh: '{month} 的预算不够这一次，没有发送。',
    en: 'The budget of {month} has no room for this request; nothing was sent.',
  },
  'assistant.rate': {
    zh: '这一分钟请求已满，{retryAfterSeconds} 秒后再试。',
    en: 'This minute is full; try again in {retryAfterSeconds} s.',
  },
  'assistant.timedOut': {
    zh: '模型在限定时间内没有答复。',
    en: 'The model did not answer in time.',
  },
  'assistant.unreachable': { zh: '连不上模型的服务器。', en: 'The model’s server cannot be reached.' },
  'assistant.failed': {
    zh: '模型的服务器繁忙或出错，重试也没有成功。',
    en: 'The model’s server is busy or failing, and trying again did not help.',
  },
  'assistant.refused': {
    zh: '模型的服务器拒绝了请求（HTTP {status}），请检查地址、模型名称和密钥。',
    en: 'The model’s server refused the request (HTTP {status}): check address, model and key.',
  },
  'assistant.unreadable': {
    zh: '模型的答复不合格式，没有采用。',
    en: 'The model’s answer was not in the form asked for and was not used.',
  },
  'assessment.unknown': {
    zh: '本周期没有表 {form}（方案 {plan}）。',
    en: 'There is no form {form} (plan {plan}) in this period.',
  },
  'assessment.period': {
    zh: '评定按月或按季，{period} 不是月也不是季。',
    en: 'Assessments are by month or quarter; {period} is neither.',
  },
  'assessment.self': { zh: '不能评定自己。', en: 'Nobody assesses themselves.' },
  'assessment.notYours': {
    zh: '{agent} 不在您要评的人之中：不在您的范围内，或由别的角色评。',
    en: '{agent} is not yours to assess: out of your reach, or somebody else’s to assess.',
  },
  'assessment.changed': {
    zh: '这份评定在别处改过了。您写的还在这一页上，重新读取后再写。',
    en: 'This assessment was changed elsewhere. What you wrote is still on this page; read it again first.',
  },
  'assessment.closed': {
    zh: '{period} 已结算，不能再评；要更正请修订记分卡。',
    en: '{period} is closed and takes no more assessments; a correction is a revision of the scorecard.',
  },
  'assessment.invalid': { zh: '有 {count} 个回答不在表里。', en: '{count} answers do not fit the form.' },
  'assessment.reasonNeeded': {
    zh: '有 {count} 份已经交过，更正要写原因。',
    en: '{count} were handed in before: a correction needs a reason.',
  },
  'nomination.unknown': { zh: '没有提名 {nomination}。', en: 'There is no nomination {nomination}.' },
  'nomination.own': {
    zh: '不能决定自己提出的或关于自己的提名。',
    en: 'Nobody decides on a nomination of their own, or about themselves.',
  },
  'nomination.points': { zh: '分数须大于 0，不超过 {most}。', en: 'Points must be above 0 and at most {most}.' },
  'round.unknown': { zh: '没有互评 {round}。', en: 'There is no 360 round {round}.' },
  'round.nobody': { zh: '选中的范围里没有可以互评的人。', en: 'There is nobody to rate among those chosen.' },
  'round.noSubject': { zh: '{agent} 不在这轮互评里。', en: '{agent} is not rated in this round.' },
  'round.self': {
    zh: '自己评自己只能算自评，别的角度要由别人评。',
    en: 'Rating oneself is a self-rating; every other perspective is other people’s.',
  },
  'round.twice': { zh: '同一个人只能评一次。', en: 'Nobody rates the same person twice.' },
  'round.state': {
    zh: '这轮互评的状态是 {state}，现在不能这样做。可能别人刚刚改过，请刷新。',
    en: 'This round is {state}: that cannot be done now. Somebody else may just have changed it; reload.',
  },
  'round.elsewhere': {
    zh: '同一周期的另一轮互评里已经有：{names}。',
    en: 'Another round of the same period is about: {names}.',
  },
  'round.notReady': {
    zh: '有 {count} 处要先改：有人没有评分人，或评分人已离职。',
    en: '{count} things stand against it: people without raters, or raters who have left.',
  },
  'round.notPublished': { zh: '结果还没有公布。', en: 'The results are not published yet.' },
  'round.notClosed': {
    zh: '评分结束以后才能看评分习惯。',
    en: 'How people rate can be looked at once rating has ended.',
  },
  'rater.unknown': {
    zh: '{rater} 已离职或不存在，不能评分。',
    en: '{rater} has left or does not exist, and cannot rate.',
  },
  'rating.unknown': { zh: '没有这份评分，或不由您评。', en: 'There is no such rating, or it is not yours.' },
  'rating.notYet': { zh: '这轮互评还没有开始。', en: 'This round has not begun.' },
  'rating.changed': {
    zh: '这份评分在别处改过了。您写的还在这一页上，重新读取后再写。',
    en: 'This rating was changed elsewhere. What you wrote is still on this page; read it again first.',
  },
  'rating.closed': { zh: '已经交了，或这轮互评已结束。', en: 'It was handed in, or the round has ended.' },
  'rating.submitted': {
    zh: '已经交的评分不能去掉，也不能换角度。',
    en: 'A rating that was handed in can neither be removed nor change its perspective.',
  },
  'rating.incomplete': { zh: '还有 {count} 题没有评。', en: '{count} questions are still open.' },
  'calibration.unknown': {
    zh: '没有第 {round} 轮校准，或不在您的范围。',
    en: 'There is no calibration round {round} within your reach.',
  },
  'calibration.closed': {
    zh: '这一份已提交，或这一轮已结束，请刷新后再看。',
    en: 'It is handed in, or the round is over; look at it again.',
  },
  'calibration.raters': {
    zh: '评分人须都能质检，专家须在其中。',
    en: 'All raters must be able to inspect, and the expert must be one of them.',
  },
  'calibration.reworded': {
    zh: '第 {version} 版不是这份质检标准在这一轮之后发布的版本。',
    en: 'Version {version} is no version of this rubric that was published after the round’s.',
  },
  'case.unknown': {
    zh: '没有第 {case} 号优秀案例，或不在您的范围。',
    en: 'There is no best case {case} within your reach.',
  },
  'case.week': {
    zh: '{week} 不是可以推荐的一周：要写已经过去的一周的星期一，并且最后一天已过三天。',
    en: '{week} is no week to propose from: give the Monday of a week whose last day is three days past.',
  },
  'case.own': {
    zh: '不能给自己的会话投票，也不能把它做成模板。',
    en: 'Nobody votes for their own conversation, or makes a template of it.',
  },
  'case.closed': { zh: '它已经是模板，投票结束了。', en: 'It is a template already; the vote is over.' },
  'case.votes': {
    zh: '要有至少 {needed} 票才能做成模板，现在有 {votes} 票。',
    en: 'It takes {needed} votes to make a template; there are {votes}.',
  },
  'case.lineUnknown': {
    zh: '选的消息里有的不在这段会话里，或没有文字。请刷新后重选。',
    en: 'Some of the messages chosen are not in this conversation, or have no text. Reload and choose again.',
  },
  'case.noTemplate': { zh: '第 {case} 号案例还不是模板。', en: 'Case {case} is no template yet.' },
  'rubric.levelUnknown': {
    zh: '标准里没有 {item} 的等级 {level}。',
    en: 'The rubric has no level {level} of {item}.',
  },
  'rubric.examplesFull': { zh: '这一级已有五个例句。', en: 'This level has five examples already.' },
  'signals.invalid': {
    zh: '有 {count} 条线不能这样设，没有作任何改动。',
    en: '{count} of these thresholds cannot be set; nothing was changed.',
  },

  'rule.invalid': {
    zh: '规则有 {count} 处需要改正，没有保存。',
    en: '{count} things in the rule need correction; nothing was saved.',
  },
  'rule.unknown': { zh: '没有名为 {rule} 的规则。', en: 'There is no rule {rule}.' },
  'rule.matchesTooMuch': {
    zh: '这条规则会命中最近 {sessions} 个会话中的 {percent}%，说明不了什么，没有保存。请收窄条件；确实要用，可以选择仍然保存。',
    en: 'This rule hits {percent}% of the last {sessions} conversations, which tells little; it was not saved. Narrow it, or save it even so.',
  },
  'wordList.matchesTooMuch': {
    zh: '用上这个词表，规则「{rule}」会命中最近 {sessions} 个会话中的 {percent}%，说明不了什么，没有保存。请删去太常用的词；确实要用，可以选择仍然保存。',
    en: 'With this list the rule “{rule}” hits {percent}% of the last {sessions} conversations, which tells little; it was not saved. Take out words that are too common, or save it even so.',
  },
  'wordList.invalid': {
    zh: '词表有 {count} 处需要改正，没有保存。',
    en: '{count} things in the word list need correction; nothing was saved.',
  },
  'wordList.unknown': { zh: '没有名为 {list} 的词表。', en: 'There is no word list {list}.' },
  'trial.running': {
    zh: '正在试另一条规则，请在 {retryAfterSeconds} 秒后再试。',
    en: 'Another rule is being tried; try again in {retryAfterSeconds} seconds.',
  },
  'trial.unknown': { zh: '没有这次试用。', en: 'There is no such trial.' },
  'hit.unknown': {
    zh: '这个命中已经不在了：会话或规则有变化，请刷新。',
    en: 'This hit is no longer there: the conversation or the rule has changed. Reload the page.',
  },
  'hit.exists': { zh: '规则已经命中了这条消息。', en: 'The rule has hit this message.' },
  'hit.own': {
    zh: '这是您自己的命中，请由别人裁定。',
    en: 'This hit is about yourself; somebody else decides about it.',
  },
  'hit.ownTeam': {
    zh: '这是您自己班组的命中，请由别组的质检员裁定。',
    en: 'This hit is about your own team; an inspector of another team decides about it.',
  },
  'hit.ownRedLine': {
    zh: '推翻本组的红线要由质检员来做；您可以确认，也可以写评论。',
    en: 'A red line of your own team is overturned by an inspector; you may confirm it, or comment.',
  },
  'hit.monthClosed': {
    zh: '这个月已经结算，记下的事项不能在这里推翻；请通过申诉更正。',
    en: 'The month is closed, and the incident counts in it: correct it by an appeal.',
  },
  'hit.commentMissing': { zh: '请写下评论。', en: 'Write the comment.' },

  'cursor.unreadable': {
    zh: '翻页位置不对，请从第一页看起。',
    en: 'This page position cannot be read; begin at the first page.',
  },

  'calendar.invalid': {
    zh: '日历有 {count} 处不能这样改，没有作任何改动。',
    en: '{count} things in this change to the calendar cannot be; nothing was changed.',
  },

  'migration.changed': {
    zh: '{store} 的迁移 {file} 在执行之后被改动过：请恢复建立这个数据目录的版本里的该文件，或用 --data 另建一个数据目录。',
    en: 'The {store} migration {file} was changed after it had run: restore the file of the release that made this data directory, or start with another --data.',
  },
  'migration.late': {
    zh: '迁移 {file} 的编号小于已执行的 {last}。',
    en: 'Migration {file} has a number below {last}, which has already run.',
  },
  'migration.missing': {
    zh: '数据目录已执行过迁移 {file}，但这个版本里没有它：请用较新的版本。',
    en: 'The data have seen migration {file}, which this version lacks: use a newer version.',
  },
  'migration.name': { zh: '迁移文件 {file} 没有编号。', en: 'Migration file {file} has no number.' },
  'migration.spread': {
    zh: '迁移 {file} 没有说明表 {table} 按什么分片。',
    en: 'Migration {file} does not say how table {table} is spread over shards.',
  },
  'migration.twice': { zh: '迁移 {file} 与 {other} 编号相同。', en: 'Migrations {file} and {other} share a number.' },

  'permission.missing': {
    zh: '您的角色没有这项权限（{permission}）。',
    en: 'Your role does not include this right ({permission}).',
  },
  'scope.outside': { zh: '这不在您可查看的范围内。', en: 'This is outside what you may see.' },
  'origin.foreign': { zh: '请求来自其他网站，已拒绝。', en: 'The request came from another site and was refused.' },

  'signIn.refused': { zh: '邮箱或密码不对。', en: 'The e-mail or the password is wrong.' },
  'signIn.deactivated': {
    zh: '这个账号已停用，请联系管理员。',
    en: 'This account is deactivated; ask an administrator.',
  },
  'signIn.tooMany': {
    zh: '尝试次数过多，请在 {retryAfterSeconds} 秒后再试。',
    en: 'Too many attempts; try again in {retryAfterSeconds} seconds.',
  },
  'signIn.waiting': {
    zh: '这个邮箱连续输错了多次，请等 {minutes} 分钟再试；每再错一次，要等得更久。急用请找管理员解除。',
    en: 'This e-mail was tried wrongly several times. Wait {minutes} min before the next try; each further wrong one makes the wait longer. An administrator can end it.',
  },
  'oidc.unknown': {
    zh: '衡里没有这个邮箱的账号，请让管理员先添加。',
    en: 'Nobody in Heng has this e-mail; ask an administrator to add you first.',
  },
  'signIn.codeNeeded': {
    zh: '请再输入验证器里的 6 位代码，或一个恢复码。',
    en: 'Now enter the six digits from your authenticator app, or a recovery code.',
  },
  'code.wrong': {
    zh: '代码不对，或者已经用过：请等验证器显示下一个代码再试。',
    en: 'The code is wrong or has been used: wait for the next one in your app.',
  },
  'code.alreadyOn': {
    zh: '两步验证已经开启。要换手机，请先关闭再重新开启。',
    en: 'The second factor is on already. For another phone, turn it off first.',
  },
  'code.demanded': {
    zh: '您的角色须使用两步验证，不能关闭。要换手机，请让管理员重置。',
    en: 'Your role has to have a second factor, so it stays on. For another phone, ask an administrator to reset it.',
  },
  'password.wrong': { zh: '当前密码不对。', en: 'The current password is wrong.' },
  'password.none': {
    zh: '您的账号没有密码：您用公司统一登录。要设密码，请让管理员发一个新的一次性链接。',
    en: 'Your account has no password: you come by the company’s sign-in. To set one, ask an administrator for a new one-time link.',
  },
  'password.length': { zh: '密码须为 10 到 128 个字符。', en: 'A password has 10 to 128 characters.' },
  'password.personal': {
    zh: '密码去掉您的邮箱和姓名后所剩无几，别人猜得到。',
    en: 'Little is left of the password without your e-mail and name: others can guess it.',
  },
  'password.common': {
    zh: '这是最常见的密码之一，会最先被试到。',
    en: 'This is one of the commonest passwords, which are tried first.',
  },
  'password.simple': {
    zh: '密码只是一小段的重复或连着的字符，太好猜。',
    en: 'The password is one short piece repeated, or characters in order: too easy to guess.',
  },
  'link.void': {
    zh: '链接已失效：可能已用过、已过期或被新链接取代。请向管理员要一个新的。',
    en: 'This link no longer works: it was used, has expired or was replaced. Ask an administrator for a new one.',
  },
  'setup.done': { zh: '已经有管理员了。', en: 'There is an administrator already.' },

  'person.unknown': { zh: '没有这个人。', en: 'There is no such person.' },
  'person.invalid': { zh: '有 {count} 处需要更正。', en: '{count} things need correction.' },
  'person.agentMissing': { zh: '客服角色须关联一名客服。', en: 'The role agent needs a linked agent.' },
  'person.administratorScope': {
    zh: '管理员的范围须为全部。',
    en: 'An administrator’s scope is everything.',
  },
  'person.otherAgent': {
    zh: '本人范围须与所关联的客服一致。',
    en: 'A scope of oneself must name the linked agent.',
  },
  'field.missing': { zh: '请填写此项。', en: 'This is needed.' },
  'person.emailTaken': { zh: '邮箱 {email} 已有人使用。', en: 'Somebody already uses {email}.' },
  'person.agentTaken': {
    zh: '客服 {agentId} 已关联另一个人。',
    en: 'Agent {agentId} is already linked to somebody.',
  },
  'person.agentErased': {
    zh: '编号 {agentId} 的员工已经清除，这个编号不再用，有它的数据也不会再装入。请换一个编号。',
    en: 'The employee with the number {agentId} was erased: it is not used again, and rows that have it are not taken in. Give another number.',
  },
  'person.deactivated': { zh: '这个人已停用，请先恢复。', en: 'This person is deactivated; reactivate them first.' },
  'person.oneself': {
    zh: '不能为自己做这一步：密码和两步验证请在右上角自己的名字里改；丢了手机或忘了密码，请找另一位管理员，或在服务器上用命令行 heng people。',
    en: 'Not for oneself: password and second factor are changed under your name at the top right. If you lost phone or password, ask another administrator, or use the command line heng people on the server.',
  },
  'person.lastAdministrator': {
    zh: '这是最后一位管理员：请先另设一位。',
    en: 'This is the last administrator: appoint another first.',
  },
  'people.usage': {
    zh: '请写 heng people import 文件、heng people reset-second-factor 邮箱，或 heng people end-wait 邮箱。',
    en: 'Write heng people import FILE, heng people reset-second-factor EMAIL, or heng people end-wait EMAIL.',
  },
  'people.columns': { zh: '文件里缺少这些列：{missing}。', en: 'The file lacks these columns: {missing}.' },
  'people.unknown': { zh: '没有邮箱为 {email} 的人。', en: 'Nobody has the e-mail {email}.' },
  'people.linksUnwritable': { zh: '写不进文件 {file}。', en: 'The file {file} cannot be written.' },
  'table.unreadable': { zh: '读不了文件 {file}（{reason}）。', en: 'The file {file} cannot be read ({reason}).' },
  'table.tooLarge': {
    zh: '文件 {file} 太大：至多 {rows} 行、5 MB。',
    en: 'The file {file} is too large: at most {rows} rows and 5 MB.',
  },
  'key.unknown': { zh: 'API 密钥无效或已撤销。', en: 'The API key is unknown or revoked.' },
  'key.expired': {
    zh: '这个 API 密钥已在 {day} 到期。请让管理员在“数据”页建一个新的，再换到系统里。',
    en: 'This API key ended on {day}. Ask an administrator to make a new one on the page Data, and put it into the system.',
  },
  'key.kind': {
    zh: '这个 API 密钥只能按行送这些种类的数据：{kinds}。',
    en: 'This API key may send rows of these kinds only: {kinds}.',
  },
  'key.notFound': { zh: '没有这个密钥。', en: 'There is no such key.' },

  'period.unreadable': {
    zh: '周期 {period} 无法识别：请写 2026-10、2026-Q4、2026 或 2026-10-01..2026-10-07。',
    en: 'The period {period} cannot be read: write 2026-10, 2026-Q4, 2026 or 2026-10-01..2026-10-07.',
  },
  'period.future': {
    zh: '周期 {period} 还没有开始，没有可以计算的数据。',
    en: 'The period {period} has not begun: there is nothing to measure yet.',
  },
  'period.missing': {
    zh: '请用 --period 指明周期，例如 2026-10。',
    en: 'Name a period with --period, such as 2026-10.',
  },
  'metric.unknown': { zh: '没有指标 {metric}。', en: 'There is no metric {metric}.' },
  'metric.optionUnknown': {
    zh: '指标 {metric} 没有选项 {option}。',
    en: 'The metric {metric} has no option {option}.',
  },
  'metric.presetUnknown': {
    zh: '没有平台口径 {preset}；可用：{known}。',
    en: 'There is no platform preset {preset}; there are {known}.',
  },
  'metric.presetLacks': {
    zh: '平台口径 {preset} 没有指标 {metric}；有：{known}。',
    en: 'The preset {preset} does not count {metric}; it counts {known}.',
  },
  'metric.dimensionUnknown': {
    zh: '不能按 {dimension} 拆分；可用：{known}。',
    en: 'Figures cannot be split by {dimension}; they can by {known}.',
  },
  'metric.invalid': { zh: '指标有 {count} 处问题。', en: 'Problems in the metric: {count}.' },
  'metric.tooManyOwn': {
    zh: '自建指标最多 {max} 个。',
    en: 'There can be at most {max} metrics of one’s own.',
  },
  'metric.retired': {
    zh: '指标 {metric} 自 {month} 起停用。',
    en: 'The metric {metric} is retired from {month} on.',
  },
  'metric.notOwn': {
    zh: '{metric} 不是自建指标，不能停用或恢复。',
    en: '{metric} is no metric of your own: it cannot be retired or restored.',
  },
  'metric.notRetired': { zh: '指标 {metric} 没有停用。', en: 'The metric {metric} is not retired.' },
  'metric.usedByPlans': {
    zh: '{month} 起仍有方案用指标 {metric}：{plans}（方案和版本）。请先发布不用它的版本。',
    en: 'In {month} or later plans still count by {metric}: {plans} (plan and version). Publish versions without it first.',
  },
  'definition.invalid': { zh: '定义有 {count} 处问题。', en: 'Problems in the definition: {count}.' },
  'definition.unchanged': {
    zh: '指标 {metric} 在那个月已经是这个定义。',
    en: 'In that month {metric} already has this definition.',
  },
  'definition.unitChanged': {
    zh: '指标 {metric} 的单位和是否有分母不能变，否则前后无法比较：请另建一个指标。',
    en: 'The unit of {metric} and whether it has a denominator cannot change, or months could not be compared: compose another metric.',
  },
  'definition.monthOver': {
    zh: '{month} 已经过去，定义只能从本月或之后的月份起变更。',
    en: '{month} is over: a definition changes from the running month or a later one.',
  },
  'definition.nothingToCompare': {
    zh: '指标 {metric} 是新建的，没有可以比较的定义：请用预览。',
    en: 'The metric {metric} is new: there is no definition to compare with. Preview it instead.',
  },
  'definition.monthUnreadable': {
    zh: '{month} 不是月份（例如 2026-12）。',
    en: '{month} is no month (such as 2026-12).',
  },
  'metrics.actionUnknown': {
    zh: '不认识的动作 {action}；可用：try、define、change、retire、restore、history，或用 --period 查询。',
    en: 'Unknown action {action}; there are try, define, change, retire, restore and history, or --period for figures.',
  },
  'metrics.argumentMissing': { zh: '还需要 {what}。', en: '{what} is missing.' },
  'metrics.minNUnreadable': {
    zh: '--min-n 须为 1 到 999999 的整数；{given} 不是。',
    en: '--min-n takes a whole number from 1 to 999999; {given} is none.',
  },
  'definition.changesWithin': {
    zh: '指标 {metric} 的定义在 {month} 变更：请分开查看变更前后的周期。',
    en: 'The definition of {metric} changes in {month}: open the periods before and after it one at a time.',
  },
  'cycle.periodUnsuited': {
    zh: '{period} 不能作为考核周期：请用月、季或年，如 2026-10、2026-Q4、2026。',
    en: '{period} is no appraisal period: name a month, a quarter or a year, as 2026-10, 2026-Q4 or 2026.',
  },
  'cycle.actionUnknown': {
    zh: '不认识的动作 {action}；可用：list、show、open、close、publish、finalise、export。',
    en: 'Unknown action {action}; there are list, show, open, close, publish, finalise and export.',
  },
  'cycle.notClosed': {
    zh: '{period} 还没有结算：导出的只是冻结的记分卡，结算后再导出。',
    en: '{period} is not closed: only frozen scorecards are exported, so close it first.',
  },
  'cycle.exportFormat': {
    zh: '{file} 不是能导出的文件：请用 .xlsx、.csv 或 .json 结尾；CSV 用 --sheet 指明 {sheets} 之一。',
    en: '{file} cannot be exported to: end it in .xlsx, .csv or .json; for CSV --sheet names one of {sheets}.',
  },
  'cycle.exportUnwritable': {
    zh: '写不进 {file}：请检查文件夹是否存在、能否写入。',
    en: '{file} cannot be written: see whether its folder is there and may be written to.',
  },
  'cycle.busy': {
    zh: '{by} 正在结算或公布一个周期，完成后再试。',
    en: '{by} is closing or publishing a period; try again when that is done.',
  },
  'cycle.busyOtherwise': {
    zh: '正在备份，或有一个周期正在结算或公布；完成后再处理 {period}。',
    en: 'A backup is being made, or a period closed or published; come back to {period} when that is done.',
  },
  'cycle.busyErasing': {
    zh: '正在清除个人信息，其间不能结算或公布；做完后再处理 {period}（「数据」页看得到）。',
    en: 'Personal data are being erased, and no period is closed or published meanwhile; come back to {period} when that is done (the page 数据 shows it).',
  },
  'cycle.wrongState': {
    zh: '{period} 的状态已经变了，这一步现在不能做：请刷新后再看。',
    en: '{period} has moved on meanwhile, and this step cannot be taken now: reload the page.',
  },
  'cycle.notBegun': {
    zh: '{period} 从 {until} 开始，到时再开始考核。',
    en: '{period} begins on {until}; open it then.',
  },
  'cycle.notOver': {
    zh: '{period} 还没有结束，{until} 之后才能结算。',
    en: '{period} is not over; close it after {until}.',
  },
  'cycle.tooEarly': {
    zh: '{period} 刚结束，还要等迟到的数据：{until} 起可以结算。',
    en: '{period} has just ended, and late records are waited for: close it from {until} on.',
  },
  'cycle.partsOpen': {
    zh: '{period} 由更短的周期合成：先公布它们。',
    en: '{period} is made from shorter periods: publish those first.',
  },
  'cycle.nothingThere': {
    zh: '{period} 没有会话也没有工单，没有可结算的：先导入数据。',
    en: 'There are no sessions and no tickets in {period}, so there is nothing to close: import some first.',
  },
  'cycle.appealsRunning': {
    zh: '{period} 的申诉期还没有结束：{until} 起可以定案。',
    en: 'Appeals about {period} may still come in: make it final from {until} on.',
  },
  'cycle.partsNotFinal': {
    zh: '{period} 由更短的周期合成：先把它们定案。',
    en: '{period} is made from shorter periods: make those final first.',
  },
  'cycle.openReviews': {
    zh: '{period} 还有别人身上的同一处命中没有复核，复核后才能定案。',
    en: 'The same hit on other people in {period} is not reviewed yet; make it final once it is.',
  },
  'cycle.openAppeals': {
    zh: '{period} 还有申诉没有裁定，裁定后才能定案。',
    en: 'Appeals about {period} are not decided yet; make it final once they are.',
  },
  'cycle.reasonNeeded': {
    zh: '还缺 {count} 项：补齐，或写明为什么现在就进入下一步。',
    en: '{count} things are missing: supply them, or say why the step is taken all the same.',
  },
  'cycle.nobodyRated': {
    zh: '{period} 没有一个人能评级，没有结算：请检查数据是否已导入、方案是否合适。',
    en: 'Nobody can be rated in {period}, so it was not closed: see whether the data are in and the plan fits.',
  },
  'cycle.longerFinal': {
    zh: '{period} 由 {part} 合成，已经定案，不再改动；{part} 的结果也就不能再更正。',
    en: '{period} is made from {part} and is final: the result of {part} can no longer be corrected.',
  },
  'cycle.reviseMonths': {
    zh: '{period} 由月份合成：请更正其中的月份。',
    en: '{period} is made from its months: revise one of those.',
  },
  'cycle.appealed': {
    zh: '{agent} 的记分卡已按申诉更正；按今天的数据重算会丢掉申诉的结论，请通过新的申诉更正。',
    en: 'The card of {agent} was corrected by an appeal, which today’s facts would undo: correct it by another appeal.',
  },
  'cycle.revisedMeanwhile': {
    zh: '{agent} 的记分卡刚被别人更正过：请刷新，看过新的一版再决定。',
    en: 'Somebody else has just corrected the card of {agent}: reload, and decide again on its new version.',
  },
  'cycle.nothingRevised': {
    zh: '按今天的数据重新计算，{agent} 的记分卡没有变化，没有另存一版。',
    en: 'By today’s facts the card of {agent} is the same; no version was added.',
  },
  'evidence.byMonth': {
    zh: '{month} 已结算，依据按结算时的数据逐月列出：请选其中一个月。',
    en: '{month} is closed and its rows are listed as they were then: open one month at a time.',
  },
  'evidence.cursorUnreadable': {
    zh: '翻页位置无法识别，请从第一页重新打开。',
    en: 'The page mark cannot be read; open the list again.',
  },
  'session.unknown': { zh: '没有会话 {session}。', en: 'There is no session {session}.' },
  'order.unknown': { zh: '没有订单 {order}。', en: 'There is no order {order}.' },
  'order.cursorUnreadable': { zh: '翻页位置无法识别。', en: 'The cursor cannot be read.' },
  'ticket.unknown': { zh: '没有工单 {ticket}。', en: 'There is no ticket {ticket}.' },
  'scorecard.agentUnknown': {
    zh: '{period} 没有客服 {agent} 的记分卡。',
    en: 'There is no scorecard of agent {agent} for {period}.',
  },
  'ingest.noFile': { zh: '没有文件 {path}。', en: 'There is no file {path}.' },
  'ingest.nothingFound': {
    zh: '{path} 里没有可以导入的文件：可读取 CSV、TSV、JSONL、Parquet、xlsx，文本也可以是 .gz 或 .zst。',
    en: 'There is no file to import in {path}: Heng reads CSV, TSV, JSONL, Parquet and xlsx, text also as .gz or .zst.',
  },
  'ingest.noTable': { zh: '没有名为 {table} 的数据种类。', en: 'There is no kind of data named {table}.' },
  'ingest.noPath': { zh: '请指明要导入的文件或文件夹。', en: 'Name the files or folders to import.' },
  'ingest.unknownKind': {
    zh: '没有数据种类 {kind}；可用：{known}。',
    en: 'There is no kind of data {kind}; there are {known}.',
  },
  'ingest.unknownTimeZone': { zh: '没有名为 {timeZone} 的时区。', en: 'There is no time zone named {timeZone}.' },
  'ingest.tooManyRows': {
    zh: '等待写入的数据太多，请稍后重发这一批。',
    en: 'Too many rows are waiting to be written; send this batch again shortly.',
  },
  'ingest.tooManyRequests': {
    zh: '同时接收的请求太多，请稍后重发。',
    en: 'Too many requests are being taken in; send this one again shortly.',
  },
  'ingest.unknownEncoding': {
    zh: '不支持 {encoding} 压缩；可用 gzip。',
    en: 'The encoding {encoding} is not known; gzip is.',
  },
  'ingest.damaged': { zh: '压缩内容已损坏或不完整。', en: 'The compressed body is damaged or incomplete.' },
  'ingest.badEncoding': {
    zh: '请求里有字节不是有效的 UTF-8，没有收入任何一行；请改正编码后重发。',
    en: 'The request holds bytes that are not valid UTF-8, and none of its rows was taken in: correct the encoding and send it again.',
  },
  'ingest.noRows': {
    zh: '请求里没有数据行：应为 JSON 数组、{"rows": […]} 或逐行 JSON。',
    en: 'The request holds no rows: send a JSON array, {"rows": […]} or one JSON object per line.',
  },
  'ingest.batchTooLarge': {
    zh: '一批最多 {rowsMax} 行，请分批发送。',
    en: 'A batch has at most {rowsMax} rows; send several.',
  },
  'ingest.noBody': { zh: '请求没有内容。', en: 'The request has no body.' },
  'ingest.refused': {
    zh: '文件无法导入，什么也没有收入。',
    en: 'The file cannot be imported, and nothing of it was taken in.',
  },
  'upload.unknown': {
    zh: '没有这个上传文件，可能已过期：请重新上传。',
    en: 'There is no such upload; it may have expired: upload the file again.',
  },
  'import.unknown': { zh: '没有这次导入。', en: 'There is no such import.' },
  'import.noRejects': { zh: '这次导入没有退回行。', en: 'This import rejected nothing.' },
  'mapping.name': { zh: '列映射的名称须为 1 到 100 个字符。', en: 'The name of a mapping has 1 to 100 characters.' },
  'mapping.unknown': { zh: '没有名为 {name} 的列映射。', en: 'There is no mapping named {name}.' },
  'mapping.notYaml': { zh: '列映射不是有效的 YAML。', en: 'The mapping is not valid YAML.' },
  'mapping.invalid': { zh: '列映射有 {count} 处问题。', en: 'Problems in the mapping: {count}.' },
  'score.planMissing': {
    zh: '请用 --plan 指明方案（heng plan list 列出全部）。',
    en: 'Name a plan with --plan (heng plan list names them).',
  },
  'plan.versionUnreadable': { zh: '{version} 不是版本号。', en: '{version} is no version number.' },
  'plan.actionUnknown': {
    zh: '不认识的动作 {action}；可用：list、show、validate、publish、diff。',
    en: 'Unknown action {action}; there are list, show, validate, publish and diff.',
  },
  'plan.argumentMissing': { zh: '还需要 {what}。', en: '{what} is missing.' },
  'plan.monthUnreadable': { zh: '{month} 不是月份（例如 2026-12）。', en: '{month} is no month (such as 2026-12).' },
  'plan.unknown': { zh: '没有方案 {plan}。', en: 'There is no plan {plan}.' },
  'plan.noVersion': { zh: '方案 {plan} 没有版本 {version}。', en: 'The plan {plan} has no version {version}.' },
  'plan.unchanged': {
    zh: '方案 {plan} 与最新版本相同，没有新版本可发布。',
    en: 'The plan {plan} equals its latest version; there is nothing to publish.',
  },
  'plan.newerVersion': {
    zh: '方案 {plan} 已经有更新的版本 {version}，请在那一版上填写。',
    en: 'The plan {plan} has a newer version, {version}: give the values there.',
  },
  'plan.periodOpen': {
    zh: '{month} 已经开始，该月用的版本已锁定。方案 {plan} 的新版本最早从 {first} 起生效。',
    en: '{month} has begun and its version is locked; a new version of {plan} takes effect from {first} at the earliest.',
  },
  'plan.periodClosed': {
    zh: '{closed} 已经结算，那时用的版本不再改变，{month} 不能再换。方案 {plan} 的新版本最早从 {first} 起生效。',
    en: '{closed} is closed, and what it was closed with stays: {month} is too early. A new version of {plan} takes effect from {first} at the earliest.',
  },
  'plan.monthTooFar': {
    zh: '{month} 太远了，最晚从 {last} 起生效。',
    en: '{month} is too far away; the latest month to begin with is {last}.',
  },
  'plan.idTaken': { zh: '已经有标识为 {plan} 的方案，请另取一个。', en: 'The id {plan} is taken; choose another.' },
  'draft.unknown': {
    zh: '没有这份草稿，可能已发布或删除。',
    en: 'There is no such draft; it may have been published or deleted.',
  },
  'draft.changed': {
    zh: '{by} 刚刚保存过这份草稿。您的改动没有保存，请先看看对方改了什么。',
    en: '{by} has saved this draft meanwhile. Your change was not saved; look at theirs first.',
  },
  'draft.nameless': {
    zh: '文件里读不到方案的标识（id），不知道是哪个方案。',
    en: 'The file does not say which plan it is: its id cannot be read.',
  },
  'inspection.monthClosed': {
    zh: '{month} 已经关账，这里不再改动；结果公布后可以申诉。',
    en: '{month} is closed and nothing changes here any more; once it is published you can appeal.',
  },
  'appeal.unknown': { zh: '没有编号为 {appeal} 的申诉。', en: 'There is no appeal {appeal}.' },
  'appeal.reviewUnknown': { zh: '没有这个复核。', en: 'There is no such case to look at again.' },
  'appeal.noCard': {
    zh: '{period} 没有 {agent} 的已关账记分卡。',
    en: 'There is no closed scorecard of {agent} for {period}.',
  },
  'appeal.notYours': { zh: '只能就自己的结果申诉。', en: 'You can appeal against your own results only.' },
  'appeal.notPublished': {
    zh: '{period} 的结果还没有公布，公布后才能申诉。',
    en: 'The results of {period} are not published yet; one can appeal once they are.',
  },
  'appeal.tooLate': {
    zh: '申诉期已过：最后一天是 {lastDay}，到当天 24 点为止。',
    en: 'The time to appeal is over: the last day was {lastDay}, until midnight.',
  },
  'appeal.ofParts': {
    zh: '{period} 的结果由各月合成，请就有疑问的那个月申诉。',
    en: '{period} is made from its months: appeal against the month in question.',
  },
  'appeal.again': {
    zh: '这一项已经申诉过：同一个结果只能申诉一次。还没有决定的，请把补充材料加在原来的申诉里。',
    en: 'This has been appealed against already, which one result can be once. While it is not decided, add what is new to that appeal.',
  },
  'appeal.subjectUnknown': {
    zh: '您的这张记分卡上没有这一项。',
    en: 'Your scorecard has nothing of the kind.',
  },
  'appeal.decided': { zh: '已经有人决定了，请刷新后再看。', en: 'This has been decided already; look at it again.' },
  'appeal.cycleFinal': {
    zh: '{period} 已经定案，不再改动。',
    en: '{period} is final and changes no more.',
  },
  'appeal.ownCase': { zh: '不能决定自己的申诉。', en: 'Nobody decides their own case.' },
  'appeal.ownFinding': {
    zh: '这个结果是您判的，须由另一个人决定。',
    en: 'You judged what is disputed; another person has to decide.',
  },
  'appeal.sameDecider': {
    zh: '主管这一步是您决定的，人事这一步须由另一个人决定。',
    en: 'You decided the first step; another person has to decide the second.',
  },
  'appeal.supervisorFirst': {
    zh: '先由主管给意见：有主管可以看这件申诉，且与争议的结果无关。',
    en: 'A supervisor gives the first word: there is one who can see this appeal and had no hand in what is disputed.',
  },
  'appeal.lowers': {
    zh: '这样改，总分会比申诉前低。申诉不会让结果变差；确需更正请走更正流程。',
    en: 'This would lower the total. An appeal never makes a result worse; a correction is another procedure.',
  },
  'appeal.nothingCorrected': {
    zh: '请选择要改正什么，再决定成立。',
    en: 'Choose what is to be put right before upholding it.',
  },
  'appeal.recordUnknown': {
    zh: '选中的记录没有计入这张记分卡。',
    en: 'The records chosen did not count on this scorecard.',
  },
  'appeal.corrections': {
    zh: '有 {count} 处改正不在这次申诉的范围内。',
    en: '{count} of the corrections are not within this appeal.',
  },
  'appeal.fileType': {
    zh: '只收图片（PNG、JPEG、WebP）、PDF 和纯文本文件。',
    en: 'Images (PNG, JPEG, WebP), PDF and plain text are taken, nothing else.',
  },
  'appeal.fileTooLarge': { zh: '一个文件最多 {most} MB。', en: 'A file has at most {most} MB.' },
  'appeal.tooManyFiles': { zh: '一个申诉最多附 {most} 个文件。', en: 'An appeal takes at most {most} files.' },
  'appeal.fileUnknown': { zh: '没有这个文件。', en: 'There is no such file.' },
  'meeting.unrated': { zh: '没有评级的人不能调整等级。', en: 'Whoever is unrated has no grade to be moved from.' },
  'meeting.redLine': {
    zh: '触及红线的等级不能在校准会上调整；有疑问走申诉。',
    en: 'A grade by a red line is not moved in a meeting; where it is wrong there is the appeal.',
  },
  'meeting.sameGrade': { zh: '已经是这个等级了。', en: 'That is the grade already.' },
  'meeting.gradeUnknown': {
    zh: '方案里没有这个等级，或它只因红线而得。',
    en: 'The plan has no such grade, or gives it for red lines only.',
  },
  'meeting.ownGrade': { zh: '不能调整自己的等级。', en: 'Nobody moves their own grade.' },
  'meeting.moveUnknown': { zh: '没有这次调整。', en: 'There is no such move.' },
  'meeting.notLast': {
    zh: '这次调整已撤销，或之后又调整过；请先撤销最后一次。',
    en: 'This move was undone, or another followed; undo the last one first.',
  },
  'meeting.overtaken': {
    zh: '这次调整之后，这张卡按最新数据重算过，调整前的等级已经不成立，不能撤销；要改请重新调整。',
    en: 'After this move the card was made again from newer data, and the grade before it no longer holds, so it cannot be undone; move the person again instead.',
  },
  'exemption.unknown': { zh: '豁免登记里没有这一条。', en: 'The exemption register has no such entry.' },
  'exemption.decided': {
    zh: '这一条已经有人处理过了，请刷新后再看。',
    en: 'Somebody has decided on this entry already; look at it again.',
  },
  'exemption.ownEntry': {
    zh: '自己登记的豁免须由另一个人批准。',
    en: 'Whoever entered an exemption cannot approve it; another person has to.',
  },
  'exemption.invalid': {
    zh: '这条豁免有 {count} 处不对，没有登记。',
    en: 'This exemption was not entered; problems in it: {count}.',
  },
  'assignment.nobody': { zh: '这条规则没有涵盖任何人，没有保存。', en: 'This rule covers nobody and was not kept.' },
  'assignment.periodOpen': {
    zh: '{month} 已经开始，这些人该月用的方案已锁定，最早从 {first} 起更换。',
    en: '{month} has begun and the plan of these people is locked; it changes from {first} at the earliest.',
  },
  'assignment.periodClosed': {
    zh: '{closed} 已经结算，那时用的方案不再改变，{month} 不能再换；最早从 {first} 起更换。',
    en: '{closed} is closed, and the plans it was closed with stay: {month} is too early. People change plan from {first} at the earliest.',
  },
  'acknowledgement.notDue': {
    zh: '方案 {plan} 第 {version} 版不需要您确认。',
    en: 'Version {version} of {plan} is not yours to acknowledge.',
  },
  'plan.invalid': { zh: '方案有 {count} 处问题。', en: 'Problems in the plan: {count}.' },

  'demo.dateUnreadable': { zh: '{option} 不是日期（YYYY-MM-DD）。', en: '{option} is not a date (YYYY-MM-DD).' },
  'demo.numberOutOfRange': {
    zh: '{option} 须为 {low} 到 {high} 的整数。',
    en: '{option} must be a whole number from {low} to {high}.',
  },
  'demo.outMissing': { zh: '请用 --out 指明写到哪个目录。', en: 'Say with --out which directory to write to.' },
};
