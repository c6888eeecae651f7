/** Cities with car plants, and makers. A plant is also found by its form (襄阳厂), a customer by its verb (Norvik wants). */
export const citiesZh =
  '北京|上海|天津|重庆|广州|深圳|武汉|合肥|襄阳|十堰|长春|沈阳|大连|哈尔滨|济南|青岛|烟台|潍坊|郑州|开封|洛阳|长沙|株洲|湘潭|南昌|九江|赣州|杭州|宁波|台州|湖州|嘉兴|绍兴|金华|义乌|温州|南京|苏州|无锡|常州|镇江|扬州|盐城|南通|徐州|泰州|芜湖|安庆|滁州|马鞍山|蚌埠|成都|绵阳|贵阳|昆明|西安|宝鸡|太原|晋中|石家庄|保定|沧州|唐山|廊坊|福州|厦门|宁德|漳州|泉州|东莞|佛山|惠州|珠海|肇庆|中山|南宁|柳州|桂林|海口|兰州|银川|乌鲁木齐|呼和浩特|鄂尔多斯|临港|嘉定|安亭|金桥|顺义|亦庄|大兴|花都|增城|南沙|番禺|江北|两江|慈溪|余姚|杭州湾|昆山|太仓|常熟|荆州|随州|孝感|鄂州|黄石|宜昌|瑞安|玉林|淮安|宿迁|六安|阜阳|宣城|上饶';

export const citiesEn =
  'Leuven|Ghent|Gent|Genk|Brussels|Antwerp|Born|Cologne|K(?:oe|ö)ln|Wolfsburg|Emden|Hann?over|Leipzig|Zwickau|Dresden|Munich|Dingolfing|Regensburg|Berlin|Gr(?:ue|ü)nheide|Stuttgart|Sindelfingen|Rastatt|Bremen|Ingolstadt|Neckarsulm|Eisenach|R(?:ue|ü)sselsheim|Graz|Steyr|Gy(?:ő|o)r|Kecskem(?:é|e)t|Debrecen|Bratislava|Zilina|Žilina|Trnava|Nitra|Kosice|Mlad(?:a|á) Boleslav|Kolin|Nosovice|Poznan|Gliwice|Tychy|Craiova|Mioveni|Turin|Melfi|Cassino|Barcelona|Martorell|Valencia|Vigo|Zaragoza|Palmela|Sochaux|Rennes|Douai|Mulhouse|Sunderland|Solihull|Oxford|Swindon|Ellesmere Port|Gothenburg|Torslanda|Uusikaupunki|Bursa|Izmir|Detroit|Dearborn|Flint|Lansing|Toledo|Chattanooga|Spartanburg|Tuscaloosa|Greer|Smyrna|Georgetown|Marysville|Fremont|Austin|Arlington|Oakville|Windsor|Puebla|Silao|Saltillo|Hermosillo|Aguascalientes|Curitiba|Pune|Chennai|Sanand|Rayong|Hefei|Wuhan|Shanghai|Beijing|Guangzhou|Shenyang|Changchun|Chongqing|Chengdu|Ningbo|Changsha|Xiangyang|Tianjin|Nanjing|Hangzhou|Zhengzhou|Wuhu|Liuzhou';

export const customersZh =
  '上汽通用五菱|上汽通用|上汽大众|上汽|一汽大众|一汽丰田|一汽解放|一汽|东风日产|东风本田|东风|广汽丰田|广汽本田|广汽|长安福特|长安|北京奔驰|北汽|华晨宝马|吉利|比亚迪|奇瑞|长城|蔚来|理想汽车|小鹏|小米|零跑|赛力斯|特斯拉|沃尔沃|大众|宝马|奔驰|奥迪|丰田|本田|日产(?!量|由|从|提|降|能|约|\\d)|福特|江淮|江铃|极氪|岚图|华驰|北辰';

export const customersEn =
  'Norvik|BMW|Volkswagen|VW|Audi|Mercedes|Daimler|Porsche|Volvo|Tesla|Ford|GM|Stellantis|Renault|Toyota|Honda|Nissan|Hyundai|Kia|JLR|BYD|Geely|NIO|Skoda|SEAT|Opel|Magna|Bosch|Continental|Faurecia|Forvia|Rivian';

/** Capitalised words that begin an English sentence and name no customer. */
export const notCustomerEn =
  /^(?:The|They|We|He|She|It|I|You|Customer|Customers|Client|Plant|Someone|Everyone|Everybody|Nobody|Anyone|Who|What|This|That|These|Those|Please|Pls|Line|Truck|Supplier|Quality|Logistics|Production|Purchasing|Boss|Manager|Planner|Also|And|But|Hi|Hello|Hey|Team|Update|Urgent|Today|Tomorrow|Yesterday|Buyer|Operator|Operators|Engineering|Management|PMC|QA|QE|PE|JIT|JIS|Our|Their|My|Warehouse|One|Two|Incoming|Final|Driver|Carrier|Shift|Day|Night|ECN|EOL|OEM|Torque|Drawing|If|When|Sales|Program|Project|Just|Still|Not|No|Yes|OK|Mr|Ms|Mrs)$/;
/** The same for a Chinese subject before 要求, 说, 想. */
export const notCustomerZh =
  /^(?:客户|品质|售后|市场|另外|此外|其他|其它|外观|尺寸|包装|交付|订单|数量|图纸|工程|设备|安全|环保|标准|技术|领班|线长|产线|产品|零件|大众|新|旧|原|已|现|暂|急|特|同时|下午|上午|早上|晚上|中午|昨晚|今早|刚刚|终检|来料|路试|巡检|出货|进货|检验|测试|仓管|主管|组长|厂里|厂长|总监|部长|科长|体系|法规|整车|门店|用户|我们|他们|咱们|大家|你们|对方|领导|老板|今天|明天|昨天|刚才|刚刚|现场|司机|质量|采购|物流|计划|生产|供应商|厂家|主机厂|班长|经理|主任|同事|上面|那边|这边|又|都|就|也|还|只|听|不|没|有人|研发|工艺|技术|车间|仓库|邮件|电话|会议|通知|临时|紧急|再|再次|现在|后面|项目|总部|公司|我|他|她|你|据|来电|突然|需|务必|必须|所以|因为|如果)$/;
