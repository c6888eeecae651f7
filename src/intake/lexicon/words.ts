/** Words of the trade that classification and extraction share, in both languages at once. All patterns have `g`. */

export const stop =
  /停线|停产|停拉|停摆|趴窝|停机|(?:线|产线|流水线|生产线|总装|焊装|涂装|内饰|底盘)(?:都|又|也|已经?|现在|刚|全|就|给)?停(?:了|住|下|掉|着|过(?!电|水))|停了(?=[!!,,。\s]|$|\d|半|快|有|一|二|两|三|十)|(?<=[\d点分半刻整])停(?=[,,。!;]|$)|停到(?=现在|目前|今|\s?\d)|停的(?=[,,。!]|$)|开始停|停着(?=呢|[,,。!]|$)|开不起来|(?:\b(?:L\d{1,2}|line(?:\s?#?\d{1,2})?|production|assembly|conveyor)\b[^.;,\n]{0,24}?\b(?:(?<!slow(?:ed|ing|s)? )down(?! to \d)|stop(?=\s?(?:[!,.:@]|\d|at\b|since\b|$))|stopped|halted|standing(?: still)?|dead|idle|stuck|not (?:running|moving)|at a standstill|came to a stop)\b)|\b(?:line|production)[ -](?:stop(?:page|ped)?|down|halt|standstill)\b|\b(?:stopped|halted|shut down|brought down|stopping) (?:the )?(?:\w+ )?(?:line|production)\b|\bstoppage\b|\b(?:line|production)\b[^.;,\n]{0,16}\bhad (?:a|an|one|another) (?:\d+ ?)?(?:\w+[ -]){0,3}stop(?:page)?\b|\bstop(?:page)? (?:on|at|of) (?:the )?(?:[\w-]+ )?line\b|\bdown since\b|\bstopped\b(?=\s?(?:!|$))|\bstopped (?:since|at|from|due|because|again)\b/gi;

export const slow =
  /降速|减速运行|慢速|半速|线速(?:降|下降|放慢)|节拍(?:放慢|变慢|拉长|降|掉|下降|减慢|慢)|降节拍|速度(?:降|掉|放慢)|跑不快|提不起速|开得很?慢|慢线|\brunning (?:very )?(?:slow(?:ly|er)?|at (?:half|reduced|\d+ ?%))|\b(?:line|takt|production|speed)\b[^.;,\n]{0,20}\b(?:slowed|slow|slower|reduced)\b|\bhalf speed\b|\bdown to \d+ ?%|\breduced (?:speed|takt|rate)\b|\bslowed (?:down )?(?:line|to)\b/gi;

export const shortage =
  /断料|缺料|缺货|断供|没料|没货|料没了|断货|等料|待料|空料|无料|料断|断了料|没有料|料(?:已经?)?用(?:完|光)|供不上|接不上|断顿|缺件|缺(?=\s?了?\s?(?:\d|[一二两三四五六七八九十百]+[件套个台根]))|[都也](?:没有|没)了|\bshortage\b|\bout of (?!tol|spec|round|order|scope|office|position|range|line|control|the|service|date|sequence|\d)|\bran out\b|\brun out of\b|\bno (?:more )?(?:[\w-]+ ){0,3}(?:left|parts|material|stock|at (?:the )?(?:station|line)|on (?:the )?line)\b|\bmissing (?=JIS|JIT|parts|material|sequence|deliver|\d)|\bstarv(?:ed|ing)\b|\bstock-?out\b|\bshort of\b|\bwaiting for (?:parts|material|(?:\w+ ){0,2}(?:truck|delivery))|\bempty racks?\b|\bnot (?:been )?delivered\b/gi;

export const restored =
  /已(?:经)?解决|解决了|处理好了|(?:就|已经?)(?:修|弄|搞)?好了|修好了|搞定了|没事了|(?:现在|已经?|又)正常(?:生产|运行|开线|了)|恢复(?:生产|正常|运行|开线|了|供料|节拍)?|开线了|已开线|(?<=[\d分点半就])\s?开线|开起来了|又开了|跑起来|重新(?:启动|开线|跑)|复线|复产|重启了|线(?:又)?(?:通|动)了|\b(?:running|up|producing|moving|working) (?:again|now)\b|\b(?:running|producing) since\b|\bback (?:up|on(?:line)?|to normal|in operation|in production|running)\b|\brestart(?:ed)?\b|\bresum(?:ed|es)\b|\brecovered\b|\brestored\b|\bback to normal\b|\bis back\b|\ball (?:good|fine|ok|clear) (?:now|again)\b/gi;

export const special =
  /\bCS[- ]?[12]\b|受控发运|受控发货|一级受控|二级受控|controlled shipping|new business hold|business hold|暂停新业务|level [12] controlled/gi;
export const complaint =
  /投诉|客诉到|告状|发(?:了)?(?:正式)?抱怨|发飙|发火|拍桌子|\bcomplain(?:t|ts|ed|s|ing)\b|\bfurious\b|\bescalated to (?:our|the) (?:ceo|vp|gm|director|management)\b/gi;
export const harm =
  /工伤|受伤|撞(?:到|了|伤)?人|撞伤|起火|着火|失火|冒烟|爆炸|触电|伤人|烫伤|砸伤|压伤|夹伤|夹手|救护车|安全事故|中毒|\binjur(?:ed|y|ies)\b|\bon fire\b|\bcaught fire\b|\bfire (?:in|at|broke)\b|\bsmoke (?:from|coming)\b|\bambulance\b|\belectric shock\b|\b(?:got|was|were) (?:hurt|injured|burned|burnt)\b|\bran over (?:a|an|the|his|her|someone|somebody)\b[^.,\n]{0,16}\b(?:foot|feet|leg|hand|toe|arm)\b|\b(?:hit|struck|crushed|pinched|trapped) (?:a|an|his|her|the|someone|somebody)\b[^.,\n]{0,16}\b(?:foot|leg|hand|finger|arm|worker|operator|person|head)s?\b|\b(?:finger|hand|foot|arm|leg)s? (?:got )?(?:caught|trapped|crushed|pinched)\b|\bsafety (?:incident|accident)\b/gi;
export const transport =
  /物流中断|运输中断|侧翻|翻车|车祸|追尾|扣车|被扣|\b(?:truck|lorry|trailer)\b[^.;,\n]{0,40}\b(?:overturned|crashed|rolled over|accident|hijacked|impounded|seized)\b|\blogistics (?:interrupted|interruption|disrupted)\b|\btransport interrupted\b/gi;
export const batch =
  /批量(?:性)?(?:质量|不良|问题|事故|NG|缺陷|报废|异常)|批次性(?:质量|不良|问题)|整批(?:不良|NG|有问题|不合格|报废|可疑)|\bbatch (?:quality )?(?:issue|problem|incident|defect|failure)\b|\bwhole (?:batch|lot)\b|\bentire (?:batch|lot)\b|\bquality spill\b/gi;

/** How modes of §2.2 are said; the first that holds wins, so narrow ones stand before wide ones. */
export const modes: readonly (readonly [string, RegExp])[] = [
  [
    'label',
    /标签(?:贴?[错反漏]|缺失|没贴|不清|不符|脱落|模糊|打印错|信息错|和实物|与实物)|[贴打]错标签|错标签|条码(?:扫不|不清|错|模糊)|外箱写|\b(?:wrong|missing|mixed|incorrect|unreadable|swapped) (?:\w+ )?(?:labels?|barcodes?)\b|\blabels? (?:wrong|missing|unreadable|swapped|mixed|mismatch|does(?:n't| not) match|is wrong|are wrong|says|don't match)|\bmislabel/gi,
  ],
  [
    'packaging',
    /包装(?:破|坏|烂|变形|不良|受潮|松散|压坏|异常|损)|(?:纸箱|外箱|箱子|料架|托盘|周转箱)(?:破|坏|烂|压坏|受潮|变形|塌)|\bpackag(?:ing|e) (?:is )?(?:damaged|torn|broken|wet|defect)|\b(?:box(?:es)?|cartons?|pallets?|crates?) (?:\w+ )?(?:damaged|crushed|torn|wet|broken|collapsed)\b|\b(?:damaged|crushed|torn|wet) (?:packaging|box(?:es)?|cartons?|pallets?)\b/gi,
  ],
  [
    'mixed',
    /混料|混装|混放|混批|混入|混件|\bmixed (?:parts?|up|lots?|with|in|material)\b|\bmix(?:ed)?[- ]up\b|\bmixed\b/gi,
  ],
  [
    'wrong_part',
    /错件|装错|错装|发错货?|送错|来错|拿错|型号(?:不对|错|不符)|错发|配错|错料|\bwrong (?:part|variant|version|colou?r variant|type|item|side|material delivered)s?\b|\bswapped\b|\bincorrect parts?\b/gi,
  ],
  [
    'missing',
    /漏装|少(?:打|装|焊|涂|铆|放)(?!货)|缺失|漏(?:打|焊|涂|贴|铆|加工|工序)|少(?:了)?(?:\d|一|两|几|个)[^,。]{0,3}(?:卡扣|螺丝|螺栓|螺母|垫|孔|焊点|件|密封|胶)|缺(?:少)?(?:卡扣|螺丝|螺栓|螺母|垫片|密封圈|胶|孔|焊点)|没(?:装|贴|焊|打)(?=[,,。了\s]|$|螺|卡|垫)|未装|\bmissing (?:a |one |two |the )?(?:\w+[ -])?(?:clips?|screws?|bolts?|nuts?|weld(?: nut)?s?|seals?|gaskets?|o-rings?|holes?|washers?|studs?|rivets?|grease|fasteners?|foam|pads?|caps?|pins?)\b|\b(?:clips?|screws?|bolts?|nuts?|welds?|seals?|gaskets?|washers?|fasteners?|foam) (?:is |are |was |were )?missing\b|\bwithout (?:clips?|screws?|bolts?|nuts?|seals?)\b|\bnot (?:installed|assembled|welded)\b/gi,
  ],
  [
    'function.electrical',
    /短路|断路|开路|接触不良|虚接|退针|端子(?:退|歪|弯|脱)|针脚(?:歪|弯)|不导通|(?:插接件|插接|接插件|插头|插件|连接器|端子|线束|接头|针脚)[^,,。;\d]{0,3}(?:松脱|松动|脱落|松了|掉了|接触不良)|\b(?:connector|plug|terminal|harness|wire)s? (?:\w+ ){0,2}(?:loose|disconnected|unplugged|came off|fell off|not (?:fully )?(?:seated|latched|plugged))\b|\b(?:loose|disconnected|unplugged) (?:\w+ )?(?:connector|plug|terminal|wire)s?\b|漏电|绝缘(?:不良|低|故障)|电压(?:异常|低|高|不稳)|\bshort[- ]circuit(?:ed)?\b|\bopen circuit\b|\bno continuity\b|\bbent pins?\b|\bpins? (?:bent|pushed back|backed out|loose)\b|\bpin push-?(?:out|back)\b|\bbad contact\b|\bpoor contact\b|\bvoltage (?:drop|too|out|issue)\b|\binsulation (?:fault|failure)\b|\belectrical (?:fault|failure|issue)\b/gi,
  ],
  [
    'dimension.deform',
    /变形|翘曲|翘起|弯曲|扭曲|压扁|歪了|\bdeform(?:ed|ation)?\b|\bwarp(?:ed|age)?\b|\bbent\b|\bdistort(?:ed|ion)\b|\btwisted\b/gi,
  ],
  [
    'dimension.misfit',
    /干涉|装不上|装不进|装配不上|装配不进|装不了|对不上|对不齐|卡不进|卡不上|卡不住|插不进|插不上|插不到位|错位|孔位?偏(?![大小])|(?:位置|定位)(?:偏|不准|不良)|不匹配|配合不上|匹配不良|装配困难|难装|\bmisfit\b|\b(?:does|do|did|will|would|could)(?:n't| not) fit\b|\bnot fit(?:ting)?\b|\bwon't (?:fit|go in|snap)\b|\bcan(?:'t|not| not) (?:be )?(?:assembled?|install(?:ed)?|fit(?:ted)?|mount(?:ed)?|insert(?:ed)?)\b|\bmisalign(?:ed|ment)\b|\binterfer(?:e|es|ence|ing)\b|\bfit (?:issue|problem)\b/gi,
  ],
  [
    'dimension.out_of_tolerance',
    /超差|超公差|超上限|超下限|尺寸(?:超|NG|不合格|不良|偏差|不对|异常|偏|不稳)|偏[大小长短厚薄高低宽窄](?![心])|(?:间隙|面差|段差)(?:过?大|过?小|超|不均|不良|NG)|孔径(?:大|小|超)|扭矩(?:不足|不够|偏|超)|\bout of (?:tol(?:erance)?|spec(?:ification)?|round)\b|\bOOT\b|\bover ?size[d]?\b|\bunder ?size[d]?\b|\btoo (?:long|short|big|small|large|wide|narrow|thick|thin|tight)\b|\bdimension(?:al)? (?:ng|nok|issue|deviation|error)\b|\bgap (?:too|issue)|\bexceed(?:s|ed|ing)? (?:the )?(?:tolerance|spec|limit)\b/gi,
  ],
  [
    'function.leak',
    /漏水|漏油|漏液|漏气|漏冷却液|漏电解液|渗油|渗水|渗漏|泄漏|进水|起雾|\bleak(?:s|ed|ing|age|y)?\b|\bseep(?:s|ing|age)?\b|\bwater ingress\b|\bcondensation\b|\bfogging\b/gi,
  ],
  [
    'function.noise',
    /异响|噪音|噪声|嘎吱|咯吱|吱吱|咔哒|哒哒响|啸叫|\bnois(?:e|y)\b|\brattl(?:e|es|ing)\b|\bsqueak(?:s|ing)?\b|\bbuzz(?:es|ing)?\b|\bwhin(?:e|ing)\b|\bclunk\b/gi,
  ],
  [
    'function.software',
    /软件(?:bug|故障|错误|不对|异常|版本(?:错|不对|不符))|程序错|黑屏|花屏|卡死|\bsoftware (?:bug|error|fault|issue|version mismatch)\b|\bwrong software\b|\bblack screen\b|\bscreen (?:freezes|frozen|black)\b/gi,
  ],
  [
    'function.no_function',
    /不亮|不工作|失效|没反应|无反应|不动作|不转|不启动|无法(?:折叠|加热|充电|连接|回位|弹出|旋转|切换|启动|工作|打开|关闭|升降|调节|点亮|识别|通讯|锁止|解锁)|打不开|关不上|锁不上|升不起来|降不下来|功能(?:失效|不良|NG|异常|故障)|点不亮|卡滞|不升降|\b(?:does|do|did|is|are|will|can)(?:n't| ?not) (?:fold(?:ing)?|retract|move|adjust|heat|switch|charg(?:e|ing)|engage|latch(?:ing)?|release|rotate|spin|operat(?:e|ing)|trigger|deploy|detect|connect|communicate|power(?: up)?|work(?:ing)?|light(?:ing)? up|turn(?:ing)? on|respond(?:ing)?|open(?:ing)?|clos(?:e|ing)|start(?:ing)?|function(?:ing)?|lock(?:ing)?)\b|\bnot (?:closing|opening|latching|locking|working|functioning|responding|starting|charging|folding|rotating|engaging|retracting|moving freely)\b|\bno function\b|\bnot working\b|\binop(?:erative)?\b|\bwon't (?:open|close|start|turn on|light up|lock|work)\b|\bfunction(?:al)? (?:failure|fault|ng|nok|test failed)\b|\bfail(?:s|ed)? (?:the )?(?:function(?:al)?|EOL|leak) test\b|\bdead\b(?! ?(?:line|end|weight|stock))|\bjammed\b/gi,
  ],
  [
    'appearance.scratch',
    /划伤|刮伤|划痕|刮痕|擦伤|刮花|划花|拉伤|蹭伤|刮蹭|\bscratch(?:ed|es|ing)?\b|\bscuff(?:ed|s)?\b|\bscrap(?:e|ed) marks?\b/gi,
  ],
  [
    'appearance.dent',
    /磕碰|碰伤|磕伤|碰凹|凹坑|凹陷|压痕|压伤|砸坑|碰坏|撞伤|\bdent(?:ed|s)?\b|\bding(?:s|ed)\b|\bsink mark/gi,
  ],
  [
    'appearance.stain',
    /脏污|污渍|油污|污染|脏了|有脏|异物|\bstain(?:s|ed)?\b|\bdirt(?:y)?\b|\boil marks?\b|\bcontaminat(?:ed|ion)\b|\bgreas[ey]\b/gi,
  ],
  [
    'appearance.color',
    /色差|颜色[^,,。;]{0,8}(?:不一致|不同|不符|对不上|有差异)|颜色(?:不一致|不对|偏|不良|不均)|发黄|偏色|掉色|\bcolou?r (?:difference|mismatch|deviation|shade|off|is off|doesn't match|variation|deviates)\b|\bdiscolou?r(?:ed|ation)\b|\bwrong (?:colou?r|shade)\b|\bshade (?:difference|mismatch)\b/gi,
  ],
  ['appearance.burr', /毛刺|飞边|披锋|\bburrs?\b|\bsharp edges?\b|\bflash on\b/gi],
  ['appearance.rust', /生锈|锈蚀|锈斑|锈迹|锈了|返锈|有锈|\brust(?:y|ed|ing)?\b|\bcorro(?:ded|sion)\b/gi],
  [
    'material',
    /材质(?:不符|错|不对|不良)|(?:硬度|强度|韧性|拉力)(?:不对|不合格|不达标|NG|偏?软|偏?硬)|材料(?:不符|错|不对|不良|不合格)|硬度(?:不足|不够|偏|不合格|低|超)|开裂|断裂|裂纹|裂痕|裂了|断了(?!料|网|电)|断(?=\s?[\d一二两三四五六七八九十]+\s?[个件根只处台])|断的(?=[,,。]|$)|折断|发脆|脆断|砂眼|气孔|脱胶|开胶|破损|撕裂|破裂|强度(?:不足|不够)|\bcrack(?:s|ed|ing)?\b|\bbroken\b|\bbrittle\b|\bfractur(?:e|ed)\b|\bsnapped\b|\btorn\b|\bripped\b|\bsheared\b|\bporosity\b|\bblow ?holes?\b|\btoo (?:soft|hard|brittle)\b|\bhardness (?:too|low|out|below)\b|\bwrong material\b|\bmaterial (?:ng|nok|defect|failure)\b|\bdelaminat/gi,
  ],
  [
    'appearance',
    /外观(?:不良|NG|缺陷|问题|不合格|差|有问题)|橘皮|流挂|起泡|气泡|缩水|缩孔|流痕|熔接痕|掉漆|漆面|起皱|褶皱|麻点|颗粒|针孔|\bblister(?:s|ing)?\b|\borange peel\b|\bpaint (?:defect|chip|run|peel)\w*\b|\bpeeling\b|\bwrinkl(?:e|es|ed)\b|\b(?:cosmetic|appearance|visual) (?:defect|issue|ng)s?\b/gi,
  ],
];

/** Something is bad, whatever it is. */
export const bad =
  /不良|不合格|\bNG\b|(?<![A-Za-z])NG(?=[,,\d\s件]|$)|缺陷|质量问题|有问题|坏件|坏的|坏了|瑕疵|松动|松脱|脱落|掉了|虚焊|脱焊|不到位|异常(?!天气|情况说明)|\bn\.?o\.?k\b|\bdefect(?:s|ive)?\b|\bnon-?conform\w*|\breject(?:s|ed)?\b|\bfaulty\b|\bbad (?:parts?|pieces?|ones?|pcs)\b|\bloose\b|\bfailed\b|\bdamaged?\b|\bquality (?:issue|problem)s?\b|\bpoor (?:quality|weld)\b/gi;
