/** People at the customer, as they are called: 王经理, 质量总监, 刘工, Mr. Weber. */

const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳唐罗薛伍余米贝姚孟顾尹江钟高林徐胡郭梁宋邓傅曾萧田董程邱夏蔡丁石叶阎刘黄谭廖熊陆郝龚邵万覃武戴莫白盛文易乔赖龙史黎贺常聂樊兰殷洪翟安颜倪牛温芦季岳齐向路欧阳申付焦邢左甘涂耿关翁裴祁温辛';
const titled = new RegExp(
  `(?:客户(?:的|方)?|[,,。\\s]|^)((?:[${surnames}][\\u4e00-\\u9fff]?)?(?:质量|生产|采购|物流|工厂|副)?(?:总监|厂长|经理|部长|主任|科长|总经理|总裁|工程师|副总))`,
);

/** Who at the customer speaks: 王经理, 质量总监, Mr. Weber. */
export function contactOf(text: string): string | undefined {
  const zh = titled.exec(text);
  if (zh) return zh[1];
  return (
    /\b((?:Mr|Ms|Mrs|Dr)\.? [A-Z][a-z]+)\b/.exec(text)?.[1] ??
    /\b((?:plant|quality|production|purchasing|logistics) (?:manager|director|head))\b/i
      .exec(text)?.[1]
      ?.toLowerCase()
  );
}

const saysZh =
  '(?:刚刚?|刚才|又|也|今天|早上|上午|下午|昨天)?(?:在)?(?:电话|来电|打电话|说|通知|要求|邮件|发邮件|反馈|微信|提出|口头|确认|讲|表示|希望|想|那边|临时|发来)';
const speakerZh = new RegExp(
  `(?:客户|主机厂)?(?:质量|品质|生产|采购|物流|计划|工艺|技术)?(?:部|科|课)?的?((?!施工|金工|白工)(?:[${surnames}][\\u4e00-\\u9fff]?(?:工(?!程|位|厂|艺|序|装|人|时)|总(?!装|成|部|共|计|线|数)|经理|主任|部长|科长|课长|总监|厂长|班长|组长))|(?:质量|采购|物流|生产|计划)(?:经理|总监|主任|部长|科长))${saysZh}`,
);
const speakerEn =
  /\b((?:Mr|Ms|Mrs|Dr)\.? [A-Z][a-zé-ü]+)\b|\b(?:their|the|customer(?:'s)?) ((?:plant|quality|production|purchasing|logistics) (?:manager|director|head))(?= (?:called|phoned|asks?|asked|wants?|says?|said|mailed|wrote|requests?|requested|told))/;

/** Who at the customer asks for something, where a message names the person with what they said. */
export function speakerOf(text: string): string | undefined {
  const zh = speakerZh.exec(text)?.[1];
  if (zh) return zh;
  const m = speakerEn.exec(text);
  return m?.[1] ?? m?.[2];
}
