/** Words of the types of change, in both languages. */

export const more =
  /追加|加送|加产|增产|加单|加订|增订|加急|急单|急要|急需|增加|加量|增量|加购|增补|多(?:要|送|备|订|做|下|供|给|交|发)|(?:再|另外?|还)(?:要|送|来|补|加|订|下|发|供|给|交)|加(?=\s?\d|[一二两三四五六七八九十百千])|补(?:送|货|发|单|订|\s?\d)|临时要|\+\s?\d|\b(?:additional|extra|more|on top of|increase(?:s|d)?|add(?:ed|ing|s)?|top[- ]?up|urgent order|rush order|extra order|raise (?:the )?order|up (?:the )?order)\b/gi;
export const less =
  /减少|减量|减(?=\s?\d)|减单|砍(?:掉|单|了|\d)?|取消|少(?:要|送|订|做)|退订|缩减|削减|下调订单|不要了|\b(?:cut(?:s|ting)?|cancel(?:s|led|ling|ed)?|reduce(?:s|d)?|decrease(?:s|d)?|drop(?:s|ped)?|fewer|less|lower the order|take out)\b/gi;
/** An order that becomes less, in words that speak of the order and not of a rate. */
export const orderCut =
  /减量|减单|减少|减[到至为]|砍[到至为掉]?|削减|缩减|\b(?:cut(?:s|ting)?|reduc(?:e|es|ed|ing)|decreas(?:e|es|ed)|lower(?:s|ed)?|trim(?:s|med)? (?:the|our|their))\b/gi;
export const earlier =
  /提前(?!通知|说|告|沟通|准备|联系|一?下班|预警|知)|提早|往前(?:提|挪|赶|拉)|前移|\b(?:pull(?:ed|s|ing)?[- ]?(?:in|forward|ahead|up)|bring forward|brought forward|advance(?:d|s)?|expedit(?:e|ed|ing)|earlier|move(?:d|s)? (?:up|forward|ahead)|sooner)\b/gi;
export const later =
  /推迟|延后|延期|延迟(?:到|至|交|送|一周|\d)|推后|往后(?:推|挪|延|拖|放)|顺延|后移|延到|拖到|缓(?:一缓|交|送|发)|晚(?:点|些|\d天|[一二两三四五六七]天|一?周)(?:再)?(?:送|交|发|到)?|\b(?:push(?:ed|es|ing)?[- ]?(?:out|back)|postpon(?:e|ed|es|ing)|defer(?:red|s)?|delay (?:the |our |their )?(?:delivery|shipment|order|call-?off)|move(?:d|s)? (?:out|back|to a later)|hold (?:off|back)|later)\b/gi;

export const packaging =
  /包装|周转箱|料架|料盒|纸箱|托盘|器具|吸塑|内衬|木箱|围板箱|每箱|装箱(?:数|量)|\b(?:packag(?:e|ing)|packing|KLT|GLT|returnable|dunnage|racks?|totes?|pallets?|cartons?|cardboard|pack size|per box|bins?|label (?:format|layout|content))\b/gi;
export const logistics =
  /JI[TS](?:供货|排序|上线)?(?=[,,。]|$)|排序供货|改成?JI[TS]|直供|VMI|寄售|循环取货|(?:送货|配送|交货|供货|到货|发货|取货|收货|卸货|运输)(?:频次|频率|地点|地址|时间|窗口|路线|方式|点|口|批次|道口|模式|周期)|(?:改|换)(?:送|走|从.{1,8}道口|空运|专车|直送)|(?:道口|卸货口|库位|月台)|每天.{0,4}(?:趟|车次|次)|送货.{0,6}(?:趟|车次)|\b(?:delivery (?:frequency|window|location|address|point|time|slot|mode|dock)|milk ?runs?|route|unloading (?:dock|point)|(?:trips|deliveries|trucks|runs) (?:per|a) day|dock \w+ to|deliver(?:y|ies)?(?: \w+){0,2} to (?:dock|gate|warehouse)|(?:dock|gate) \w+ instead|ship-?to|delivery gate|dock change|gate \d)\b/gi;
export const quality =
  /(?:毛刺|飞边|划痕|划伤|压痕|凹坑|色差|气泡|气孔|颗粒|麻点|焊渣|缩水|漏光|异响|噪音|间隙面差|面差)(?:的)?(?:高度|长度|深度|宽度|大小|数量|限度|限值|上限|等级|标准|要求|允收)|新(?:的)?(?:质量|检验|外观|验收)?标准|限度样(?:板|件)|质量标准|检验(?:标准|要求|频次|比例|规范)|(?:外观|表面|漆面)(?:质量)?(?:标准|等级|要求)|验收标准|抽检(?:比例|频次|率|数)|AQL|[Cc][Pp][Kk]|PPM(?:目标|要求|指标)|全检|标准升级|(?:标准|要求)(?:提高|收紧|升级|加严|变严|更严|从严)|(?:盐雾|耐候|老化|清洁度|VOC|气味)(?:试验|测试)?(?:要求|标准|等级|时间)?|\b(?:quality (?:standard|requirement|level|criteria)|inspection (?:level|standard|rate|frequency|plan)|sampling (?:rate|plan|level)|AQL|Cpk|acceptance (?:criteria|standard|limit)|100 ?% (?:inspection|check)|salt spray|cleanliness|(?:burr|scratch|dent|gap|flush(?:ness)?|noise|blister|pore|porosity|gloss|roughness|colou?r|shade|leak(?:age)?) (?:limit|criteri\w+|standard|requirement|acceptance|threshold|height limit)s?|boundary samples?|limit samples?|(?:new|stricter|tighter) (?:quality|inspection|acceptance) \w+|PPM target|appearance standard)\b/gi;
export const plan =
  /(?:生产|日|周|月|排产|装车|需求|要货|滚动|上线)?计划(?!部|员)|排产|排程|日产(?:量)?|产量|产能(?:需求|要求)|班次|班产|(?:两|单|双|三|\d)班(?:制|倒)?|生产顺序|上线顺序|节拍|JPH|预测|\b(?:build (?:plan|rate)|production (?:plan|schedule|volume|rate)|schedule|call-?off|forecast|takt|volume|JPH|per (?:day|shift|week)|daily (?:rate|volume|plan)|shifts?|units\/day|cars\/day)\b/gi;
export const technical =
  /ECN|ECR|ECO|设变|工程变更|设计变更|图纸|版本|扭矩|力矩|材料|材质|牌号|颜色|色号|尺寸|公差|孔径|直径|长度|宽度|厚度|壁厚|硬度|镀层|电镀|表面处理|涂层|工艺|参数|规格|型号|螺纹|线径|胶|断点|\b(?:ECN|ECR|ECO|engineering change|drawing|torque|spec(?:ification)?|material|colou?r|dimension|tolerance|diameter|thickness|hardness|coating|plating|surface finish|rev(?:ision)? [A-Z0-9]|grade|parameter|length|width|resin)\b/gi;
export const hardship =
  /支援|(?:想|要|能否|能不能|可否|向我们|找我们)借(?!口)|借我们|借(?:调|用|\d|几|一)(?!口)|帮(?:忙|他们|客户)[^,。]{0,10}(?:派|出|顶|挑|借|垫|代)|(?:客户|他们)[^,。]{0,10}(?:人手|人员|工人|人|场地|仓库|库容|产能|资金|叉车|器具)(?:不足|不够|紧张|紧缺|爆仓|满了|短缺)|代(?:储|存|装)|爆仓|缺人|\b(?:lend|borrow|help (?:them|the customer|out)|manpower|under-?staffed|help with \d+ \w+|(?:\d+|some|a few|two|three|four|five) (?:of our )?(?:operators|sorters|people|workers|inspectors) (?:to (?:help|support)|for (?:the|their))|short[- ]?(?:of|on)? ?(?:staff|staffed|people|operators|workers|manpower)|support (?:them|the customer|with (?:people|operators|manpower))|store (?:for|parts for) them|warehouse (?:is )?full)\b/gi;
export const op =
  /改|变更|调整|调[到为成至整]|换|升级|升[到至]|提高|降[到至为低]|收紧|加严|放宽|切换|取代|替换|变[为成]|增加到|加到|减到|上调|下调|由.{1,16}到|从.{1,16}到|执行新|按新|->|\b(?:chang(?:e|es|ed|ing)|switch(?:es|ed|ing)?|replac(?:e|es|ed|ing)|rais(?:e|es|ed)|tighten(?:s|ed)?|updat(?:e|ed|es)|instead of|adjust(?:s|ed)?|mov(?:e|es|ed)|modif(?:y|ied|ies)|goes? (?:from|to|up|down)|go (?:from|to)|from .{1,30} to |supersed\w+|convert(?:s|ed)?|becomes?|lower(?:s|ed)?|revis(?:e|ed)|ramp(?:s|ed)?|bump(?:s|ed)?)\b/gi;
/** Words that make a wish an order, or show whose it is. */
export const asks =
  /客户|主机厂|要求|通知|需要|要(?!是|不)|麻烦|请|订单|合同|确认过|发函|邮件|\b(?:customer|wants?|asks?|asked|needs?|requests?|requested|requires?|please|pls|order|release|must|notice|effective|by|notified)\b/i;
/** A change of a thing that is not ours to change on request: meetings, phones, trucks under way. */
export const notAChange =
  /(?:会议|例会|评审|培训|聚餐|值班|电话(?!里|中|说|通知|要求|来|告|联系|确认|反馈)|邮箱|密码|群名|昵称|头像|航班|酒店|我(?:去|来)改|名字)[^,。]{0,10}(?:改|换|推迟|提前|取消|延)|(?:改|换|推迟|取消)[^,。]{0,6}(?:会议|例会|密码|头像|手机|群名)|(?:meeting|call|training|password|phone|flight|lunch|shift swap|my shift)\b[^.\n]{0,20}\b(?:moved?|changed?|postponed|cancel\w*|pushed|earlier|later)|改善|改进|提前下班|提前完成|按期|如期|整改/i;
