/**
 * Names of car parts. The tables hold nouns; positions (left, front, 前, 右) join them by rule, and several nouns in a
 * row are one name (线束护套). A missing noun costs little: a name before P/N, a shortage or a defect is also found by
 * its place in the sentence.
 */
export const partPositionsZh =
  '车门|尾门|侧围|前舱|机舱|车身|前排|后排|前桥|后桥|塑料|金属|橡胶|高压|低压|电动|加热|冷却|制动|转向|燃油|排气|进气|防撞|固定|安装|连接|装饰|隔音|左侧|右侧|左前|右前|左后|右后|前左|前右|后左|后右|驾驶员侧|驾驶侧|主驾|副驾驶|副驾|左|右|前|后|上|下|内|外|中央|中|主|副|门|新款|新|高配|低配|顶|侧';

export const partNounsZh: readonly string[] =
  `仪表板横梁 仪表台 仪表板 仪表盘 仪表 组合仪表 中控屏 中控台 中控 副仪表板 手套箱 杯架 储物盒 扶手箱 扶手 出风口 空调面板 空调箱 空调压缩机 压缩机 空调管 空调滤芯
  保险杠 前保 后保 前杠 后杠 防撞梁 吸能盒 格栅 翼子板 机盖 引擎盖 发动机盖 行李箱盖 后备箱 尾门 背门 车门 门板 门护板 护板 门槛 门槛板 门把手 把手 门锁 锁体 锁扣 门铰链 铰链 限位器 玻璃升降器 升降器 车窗 玻璃 天窗 车顶 顶棚 顶盖 地毯 遮阳板
  后视镜 内后视镜 外后视镜 雨刮电机 雨刮臂 雨刮 喷嘴 洗涤壶
  大灯 前照灯 头灯 尾灯 雾灯 转向灯 日行灯 贯穿灯 氛围灯 阅读灯 高位制动灯 车灯 灯罩 灯具 灯条 灯
  座椅骨架 座椅 座垫 坐垫 靠背 头枕 滑轨 安全带 带扣 安全气囊 气囊盖板 气囊 气帘 方向盘 转向管柱 转向柱 转向机 转向节 转向器
  线束 主线束 接插件 插接件 连接器 插接器 插头 插件 端子 保险丝盒 保险盒 继电器 蓄电池 电瓶 电池包 电池 电芯 电机 电机控制器 控制器 逆变器 充电口 充电枪 充电机 传感器 雷达 毫米波雷达 摄像头 天线 喇叭 扬声器 音响 开关 按键 旋钮 域控制器 显示屏 屏幕 线圈 点火线圈 火花塞 模组
  横梁 纵梁 副车架 车架 支架 托架 悬置 发动机悬置 悬架 控制臂 摆臂 稳定杆 拉杆 球头 减振器 减震器 弹簧 轮毂 轮辋 轮胎 轮罩 轮眉 前桥 后桥 车桥 驱动桥 半轴 传动轴 驱动轴 轴承 衬套 制动盘 刹车盘 制动器 制动钳 卡钳 刹车片 制动片 制动硬管 制动软管 制动管 刹车管 制动踏板 刹车踏板 油门踏板 加速踏板 离合踏板 踏板 手刹 拉索
  散热器 水箱 冷凝器 冷却风扇 风扇 水泵 油泵 燃油泵 机油泵 真空泵 水管 油管 软管 硬管 管路 管接头 油箱 燃油箱 油底壳 节温器 中冷器 增压器 涡轮增压器 排气管 消声器 消音器 催化器 进气歧管 歧管 空滤 滤清器 滤芯 缸盖 缸体 曲轴 凸轮轴 活塞 连杆 气门 喷油嘴 喷油器 节气门 皮带轮 皮带 链条 张紧轮 飞轮 离合器 变速箱 变速器 阀体 齿轮 齿圈 差速器 换挡器 换挡机构 壳体
  密封条 密封圈 密封垫 密封件 胶条 水切 压条 亮条 饰条 饰板 饰件 装饰条 装饰件 装饰盖 立柱 A柱 B柱 C柱 盖板 面板 背板 隔板 挡板 底板 底护板 隔音垫 隔热垫 隔热板 隔热罩 隔音棉 泡棉 垫片 垫圈 垫块 护套 护罩 护盖 堵盖 堵头 罩盖 外壳 卡扣 卡子 卡箍 卡夹 管夹 扎带 螺栓 螺丝 螺钉 螺母 铆钉 销轴 销子 定位销 标牌 铭牌 车标 标识 胶塞 胶套 防尘套 防尘罩 防撞块 限位块 缓冲块 滤网 尾喉 行李架 踏步 备胎 工具包 拖车钩 导轨 导流板 扰流板 尾翼 扩散器 牌照板 充电盖 加油口盖 油箱盖 TCU ECU VCU BCM ESP ABS EPS
  面套 护面 蒙皮 风挡 风挡玻璃 内饰板 顶衬 导槽 钣金 侧围 螺柱 支座 托臂 拉手 电子扇 线缆 电缆 门槛条 电路板 冲压件 注塑件 铸件 锻件 电磁阀 阀芯 油封 转子 定子 进气管 水室 膨胀水箱 膨胀壶 顶篷 衣帽架 遮物帘 迎宾踏板 门框 锁块 气弹簧 撑杆 铜排 汇流排 液冷板 前地板 后地板 方向机 中通道 轮速传感器 氧传感器 温度传感器 压力传感器 位置传感器 倒车雷达 箱体 加强板 加强件 加强筋 前端框架 前端模块 流水槽 导水槽 挡泥板 轮罩衬板 踏板支架 电池托盘 电池壳体 下护板 防擦条 字标 油封 拉带 安装座`
    .split(/\s+/)
    .filter(Boolean);

/** After a noun: still its name (座椅总成). */
export const partTailsZh =
  '总成|分总成|拼焊件|焊接件|焊合件|冲压件|注塑件|组件|骨架|支架|线束|模块|盖板|护套|螺栓|螺母|卡扣|本体|托盘|控制器|传感器|面罩|电机|总泵|轮|架|件';

/** Words in front of an English part noun that belong to its name. */
export const partModifiersEn =
  'front|rear|left|right|upper|lower|inner|outer|centre|center|side|middle|LH|RH|FR|RR|FL|RL|LHS|RHS|door|seat|roof|main|engine|fuel|oil|water|brake|steering|wheel|hub|parking|air|airbag|wire|wiring|battery|headlight|headlamp|tail|fog|dash|instrument|glove|hood|trunk|bumper|window|mirror|interior|exterior|trim|sill|pillar|A-pillar|B-pillar|C-pillar|tailgate|cable|sensor|radar|camera|ABS|ECU|TCU|HVAC|AC|A\\/C|radiator|cooling|exhaust|intake|control|stabilizer|suspension|shock|coolant|charge|charging|rocker|weather|cross|tank|cluster|display|blower|driver|passenger|sun|liftgate|grille|console|bracket|harness|clip|fender|lamp|light|heat|splash|wiper|washer|lock|latch|hinge|panel|belt|pump|motor|gear|rubber|plastic|steel|mounting|heater|turbo|EV|high-voltage|HV|new';

export const partNounsEn: readonly string[] =
  `bumper beam|bumper|bracket|harness|loom|headlamp|headlight|head lamp|taillamp|tail lamp|taillight|tail light|foglamp|fog lamp|lamp|light|mirror|seal|door seal|weatherstrip|gasket|o-ring|grommet|grille|grill|fender|hood|bonnet|trunk lid|tailgate|liftgate|door panel|door handle|door module|door trim|handle|lock|latch|striker|hinge|window regulator|regulator|glass|windshield|windscreen|sunroof|headliner|carpet|floor mat|sun visor|visor
  |dashboard|instrument panel|instrument cluster|cluster|IP carrier|cockpit|cross car beam|crossmember|cross member|cross beam|crossbeam|beam|rail|subframe|frame|console|glovebox|glove box|cup holder|armrest|vent|air vent|blower|HVAC unit|HVAC|compressor|condenser|radiator|cooling fan|fan|water pump|fuel pump|oil pump|vacuum pump|pump|hose|pipe|brake line|steering rack boot|rack boot|brake hose|tube|fuel tank|tank|oil pan|thermostat|intercooler|turbocharger|turbo|muffler|exhaust|catalyst|manifold|air filter|oil filter|filter
  |seat frame|seat cover|seat|cushion|backrest|headrest|seat belt|seatbelt|belt buckle|buckle|airbag cover|airbag|steering wheel|steering column|steering gear|steering rack|knuckle|control arm|stabilizer bar|tie rod|ball joint|shock absorber|damper|spring|strut|wheel hub|hub|wheel|rim|tire|tyre|wheel arch liner|fender liner|wheel liner|side member|driveshaft|drive shaft|half shaft|shaft|bearing|bushing|brake disc|brake disk|brake caliper|caliper|brake pad|brake pedal|pedal|cable|connector|terminal|plug|fuse box|fuse|relay|battery pack|battery tray|battery|cell|module|e-motor|motor|inverter|charger|charge port|sensor|radar|camera|antenna|horn|speaker|switch|button|knob|display|screen|ECU|TCU|BCM
  |clip|fastener|stud|bolt|screw|nut|washer|rivet|pin|dowel|clamp|cable tie|cap|cover|shield|heat shield|splash shield|undertray|skid plate|panel|trim panel|wheel arch trim|arch trim|grab handle|fuel flap|filler flap|charging flap|trim|molding|moulding|garnish|pillar trim|spoiler|diffuser|sill|side sill|roof rack|emblem|badge|label holder|insulator|insulation|foam|pad|plate|tray|carrier|holder|housing|casing|gearbox|transmission|clutch|flywheel|gear|valve body|valve|injector|piston|crankshaft|camshaft|cylinder head|shifter|wiper arm|wiper motor|wiper|wiper blade|nozzle|reservoir|sleeve|boot|bellows|duct|air duct|retainer|spacer|stamping|casting|carpet|decor strip|strip|ring|knob|hook`
    .split('|')
    .map((noun) => noun.trim())
    .filter(Boolean);

/** Parts whose failure may hurt people, so that a fault of theirs is safety-related (§5: S1). */
export const safetyPartZh =
  /气囊|气帘|安全带|制动|刹车|方向机|转向(?:机|节|柱|管柱|器|拉杆)|方向盘|燃油(?:管|箱|泵)|高压线束|安全件/;
export const safetyPartEn =
  /\b(?:airbags?|air bags?|seat ?belts?|brakes?|braking|steering (?!wheel (?:cover|button))|knuckle|fuel (?:line|tank|leak)|high[- ]voltage|safety (?:part|item|critical|related))/i;

/** Whether people or the law depend on the part, by its name. */
export const isSafetyPart = (name: string): boolean => safetyPartZh.test(name) || safetyPartEn.test(name);
