/**
 * Traditional characters that trade messages from Taiwan and Hong Kong use, and their simplified forms, in step. A
 * small table of what such messages hold, not a converter of the language.
 */
const traditional =
  '線裝總斷門車東開間關後來個時號鐘點達運貨單質檢驗劃傷損壞變動轉換圖紙標準規訂減顏顆條燈護' +
  '墊殼鎖鋼鐵鏽銹壓縮氣電機設備製產業務應廠倉庫邊離選報廢計數層兩萬幾從為與將還沒無對錯異響' +
  '過週這請問題確認簽說話郵採購經長員專協會議補發現給約見結構術參軟體徑側樑輪雜膠銷釘絲儀錶' +
  '臺復緊調輸載遲實測際僅餘夠夾塗鉚銲彎鬆脫貼籤盤棧樣讓賠償費幣評滿讚謝區組級種類廂顯許況啟' +
  '連續徵漿鑽鏈銜縫漬髒舊輛輕較適優據擋攔濾艙觸處創淨潔濕熱燒爐煙靜該誰課責貴賬趕進遠遙遞邏' +
  '鄰釋鈑鋁鉤鍍閥陣陸險隨難頂項頭顧飾飛駛駐驅驟麗黃齊齒龍寬內螢遺碼揚聲攝櫃樁槓蓋稱穩窩範糾' +
  '納終絕統絞綁維編緩繼罰聯聽職腳臨艦節華衛裡褲複訊訴診詢試詳語誤談論證譯財貫資賴贊趨跡踐軌' +
  '軸輔辦農迴遷鄉醫鈕鉛鉻銅鋅錄鍵鎂鎳鏡鑄閃閉閘陰陽隱雙靈預領頻願飯駕魚麼黨齡';
const simplified =
  '线装总断门车东开间关后来个时号钟点达运货单质检验划伤损坏变动转换图纸标准规订减颜颗条灯护' +
  '垫壳锁钢铁锈锈压缩气电机设备制产业务应厂仓库边离选报废计数层两万几从为与将还没无对错异响' +
  '过周这请问题确认签说话邮采购经长员专协会议补发现给约见结构术参软体径侧梁轮杂胶销钉丝仪表' +
  '台复紧调输载迟实测际仅余够夹涂铆焊弯松脱贴签盘栈样让赔偿费币评满赞谢区组级种类厢显许况启' +
  '连续征浆钻链衔缝渍脏旧辆轻较适优据挡拦滤舱触处创净洁湿热烧炉烟静该谁课责贵账赶进远遥递逻' +
  '邻释钣铝钩镀阀阵陆险随难顶项头顾饰飞驶驻驱骤丽黄齐齿龙宽内萤遗码扬声摄柜桩杠盖称稳窝范纠' +
  '纳终绝统绞绑维编缓继罚联听职脚临舰节华卫里裤复讯诉诊询试详语误谈论证译财贯资赖赞趋迹践轨' +
  '轴辅办农回迁乡医钮铅铬铜锌录键镁镍镜铸闪闭闸阴阳隐双灵预领频愿饭驾鱼么党龄';

const forms = new Map([...traditional].map((char, index) => [char, simplified[index]!]));
const any = new RegExp(`[${traditional}]`, 'g');

/** Words that Taiwan and Hong Kong call otherwise. */
const words: readonly (readonly [RegExp, string])[] = [
  [/异音/g, '异响'],
  [/软体/g, '软件'],
  [/螺丝起子/g, '螺丝刀'],
  [/供货商/g, '供应商'],
  [/公厘/g, 'mm'],
];

/** The text in simplified characters; most texts are, and cost one test. */
export function simplify(text: string): string {
  if (text.search(any) < 0) return text;
  let out = text.replace(any, (char) => forms.get(char) ?? char);
  for (const [theirs, ours] of words) out = out.replace(theirs, ours);
  return out;
}
