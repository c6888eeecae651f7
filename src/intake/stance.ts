import { clauseAt } from './passage.ts';

/** How a sentence holds what it says: as a fact, as not so, or as something that may or should be. */
export type Stance = 'asserted' | 'negated' | 'possible';

const notBeforeZh =
  /(?:没有?|未|无|不会|不是|并非|别|不要|不用|不能|勿|避免|防止|杜绝|预防|以免|免得|从没|从未|零|不至于|差点|险些|不存在|不需要?|不算|不|非)(?:再|有|造成|导致|发生|出现|发现|引起|产生|见到?|影响|任何|因此|让|客户|产线|线上|明显|其他|什么|过|一次|批量|新的?|再次|客诉|质量)*$/;
const notBeforeEn =
  /(?:\b(?:no|nobody|no one|not|never|without|zero|0|nothing|nor|neither|none of|free of|instead of|avoid(?:ing|s)?|prevent(?:ing|s)?|hardly)|n't)\s(?:[\w-]+\s){0,3}$/i;
const notAfter = /^\s?(?:[::]\s?)?(?:0|零|无|none|nil|zero|没有)(?![.\d:点])/i;
const maybeBeforeZh =
  /(?:可能|会(?![议客员])|将(?![^,]{0,6}(?:停线|恢复)了)|要(?![求了是])|快(?!速)|否则|不然|如果|要是|万一|一旦|有?风险|预计|恐怕|担心|怕|面临|眼看|估计|说不定|随时|搞不好|避免|防止|预防|杜绝|减少|降低|免得|以防|再不|罚|假如|若|能否|是否|要不要|有没有|就(?=停))[^,,。;]{0,14}$/;
const maybeBeforeEn =
  /\b(?:will|would|could|may|might|if|unless|otherwise|else|risk(?:s|ing)? (?:of|a)?|about to|going to|gonna|soon|in case|afraid|worried|should|potential(?:ly)?|expect(?:ed)?|likely|possible|possibly|threatens?|close to|whether|to avoid|prevent|reduce|before (?:the|we|it|line))\b[^.;,\n]{0,50}$|['’]ll\b[^.;,\n]{0,40}$/i;
/** Opening a sentence, these make all of it a condition. */
const condition =
  /(?:^|[。!?\n])[^。!?\n]{0,40}(?:如果|要是|万一|一旦|假如|再不)[^。!?\n]{0,60}$|(?:^|[.!?\n])\s*(?:if|unless|in case)\b[^.!?\n]{0,100}$/i;

export function stanceOf(text: string, start: number, end: number): Stance {
  const clause = clauseAt(text, start);
  const before = text.slice(clause.start, start);
  const own = text.slice(start, end);
  if (
    /[没未]/.test(own) &&
    !/没料|没货|没有料|料没|没反应|没法|未(?:装|焊|打|安装|贴)|没(?:装|贴|焊|打|有货)/.test(own)
  )
    return 'negated';
  if (/\b(?:without|never|hardly)\b/i.test(own)) return 'negated';
  if (
    /\bnot\b(?! (?:running|moving|fit|work|light|respond|open|clos|start|function|lock|installed|assembled|welded|been|delivered|fold|be |match))/i.test(
      own,
    )
  )
    return 'negated';
  if (notBeforeZh.test(before) || notBeforeEn.test(before) || notAfter.test(text.slice(end, end + 6)))
    return 'negated';
  const after = text.slice(end, end + 6);
  if (/^(?:了|的|过)?(?:吗|么|没有?(?=[?,,。]|$)|\s?\?)/.test(after)) return 'possible';
  if (/^\s?的?(?:预警|风险|隐患|谣言|传言|传闻|说法)/.test(text.slice(end, end + 6))) return 'possible';
  if (maybeBeforeZh.test(before) || maybeBeforeEn.test(before)) return 'possible';
  if (condition.test(text.slice(Math.max(0, start - 160), start))) return 'possible';
  return 'asserted';
}

/** The first place where a pattern holds as a fact (or as a wish, where `also` says so). The pattern must have the flag `g`. */
export function assertedMatch(text: string, pattern: RegExp, also?: 'possible'): RegExpExecArray | undefined {
  pattern.lastIndex = 0;
  for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
    if (m[0] === '') {
      pattern.lastIndex++;
      continue;
    }
    const stance = stanceOf(text, m.index, m.index + m[0].length);
    if (stance === 'asserted' || stance === also) {
      pattern.lastIndex = 0;
      return m;
    }
  }
  return undefined;
}
