import type { Cues } from './cues.ts';

/** English cues of each topic. */
export const en: Cues = {
  risk: [
    [
      /\b(?:typhoon|storm|hurricane|snow(?:storm)?|flood(?:ing)?|earthquake|strike|power (?:cut|outage) (?:announced|planned|expected))\b/gi,
      4,
    ],
    [/\brisk\b|\bearly warning\b|\bheads[- ]up\b/gi, 3],
    [
      /\b(?:may|might|could|will probably|is likely to|likely) (?:be )?(?:delay|affect|impact|stop|run out|miss|slip|short|block|late|not make)\w*/gi,
      3,
    ],
    [
      /\b(?:supplier|sub-?supplier|tier[- ]?2|upstream|vendor|resin|steel mill)\b[^.\n]{0,40}\b(?:late|delay(?:ed|s)?|short|slip(?:s|ped)?|fire|bankrupt\w*|behind|allocation)\b/gi,
      4,
    ],
    [
      /\b(?:if|unless)\b[^.;!?\n]{0,60}\b(?:will|would|may|might|could) (?:stop|run out|go down|be down|be short)\b|\bstop expected\b/gi,
      4,
    ],
    [/\bcapacity (?:gap|shortfall|issue)\b/gi, 3],
  ],
  production_report: [
    [
      /\b(?:shift|daily|weekly|monthly|production|day|night) report\b|\bshift (?:summary|handover)\b|\bEOS report\b/gi,
      5,
    ],
    [/\bplan(?:ned)?\s?[:=]?\s?\d+[^.\n]{0,8}\b(?:actual|act|built|made|done|output)\s?[:=]?\s?\d+/gi, 5],
    [/\bFPY\b|\bFTQ\b|\bOEE\b|\bfirst[- ]pass\b|\bok first\b/gi, 3],
    [
      /\b(?:this|last) (?:month|week|quarter)\b[^.\n]{0,20}\b(?:total|stops|downtime|ppm)\b|\btotal (?:downtime|stops)\b/gi,
      3,
    ],
  ],
  material: [
    [
      /\bETA\b|\bin transit\b|\bon (?:its|the) way\b|\btrucks? (?:left|departed|is late|(?:is |was |got )?(?:delayed|pushed|moved|late)|arrives?|arrived|stuck|no\.?)|\bdelivery note\b|\bunload(?:ed|ing)\b|\blicen[cs]e plate\b|\bASN\b|\bstuck (?:in|at) (?:traffic|customs|the border)\b/gi,
      3,
    ],
    [
      /\bstock (?:is|left|only|covers|lasts|at)\b|\b(?:only )?\d+ (?:\w+ ){0,2}left\b|\bcover(?:age|s)?\b[^.\n]{0,12}\b(?:h|hours?|shift)\b|\bper hour\b|\bpcs?\/h\b|\/h\b|\bsafety stock\b|\bhours? of stock\b|\bon hand\b/gi,
      4,
    ],
    [/\b(?:received|delivered|arrived|shipped|short delivered|short shipped)\b[^.\n]{0,20}\d+/gi, 3],
    [/\bmilk ?run\b|\bpremium freight\b|\b(?:running|arrived|is) \d+ ?(?:min|minutes|h|hours) late\b/gi, 3],
  ],
  technical_question: [
    [
      /\b(?:how (?:does|do|to|should|can)|why (?:does|do|is|are)|what (?:is|are|does)|which (?:parameter|setting|version)|can (?:you|someone) (?:explain|clarify)|question (?:about|on|regarding))\b/gi,
      2,
    ],
    [
      /\bflash(?:ing|ed)?\b(?! on)|\bcalibrat\w+|\bDTC\b|\bNRC\b|\bfault code\b|\bCAN (?:bus|message|trace)\b|\bsoftware (?:update|version|release)\b|\bECU (?:update|coding)\b|\bdiagnostic\w*/gi,
      4,
    ],
    [
      /\bwhat(?:'s| is| are) the (?:(?:max\w*|min\w*|right|correct|nominal|target|allowed) )?(?:torque|gap|spec\w*|limit|pressure|tolerance|setting|parameter|value)s?\b/gi,
      3,
    ],
    [
      /\bworking principle\b|\bdatasheet\b|\bparameter(?:s)? (?:for|of)\b|\bcommissioning\b|\btech(?:nical)? support\b/gi,
      3,
    ],
  ],
  improvement: [
    [
      /\b(?:suggest(?:s|ed|ion)?|propos(?:e|es|ed|al)|recommend(?:s|ed|ation)?|improvement idea|kaizen|idea:)\b/gi,
      5,
    ],
    [
      /\b(?:we (?:should|could)|why not|how about|maybe we|would be (?:nice|good|better)|could we (?:add|use|have)|it would help|would (?:prevent|avoid|reduce|save))\b/gi,
      3,
    ],
  ],
  satisfaction: [
    [
      /\bsatisf\w+|\brat(?:ed|ing|es) (?:us|our)|\bscore[ds]? (?:us|our)|\b[1-5]\s?\/\s?5\b|\b[1-5] (?:stars?|out of 5)\b|\bscorecard\b|\bsurvey\b/gi,
      4,
    ],
    [
      /\bprais\w+|\bhappy with\b|\bcompliment\w*|\bwell done\b|\bkudos\b|\bgood job\b|\bgreat job\b|\bpleased with\b|\bimpressed\b/gi,
      4,
    ],
    [/\bunhappy\b|\bnot happy\b|\bdisappointed\b/gi, 3],
  ],
  market: [
    [/\bcompetitors?\b|\brival\b/gi, 4],
    [/\b(?:heard|rumou?r|reportedly|word is|press says|trade fair|auto show|motor show)\b/gi, 3],
    [
      /\bprice (?:cut|drop|increase|war)\b|\bSOP (?:in|for) (?:Q\d|20\d\d)|\bnew program\b|\bsourcing\b|\bRFQ\b|\btender\b|\bmarket share\b/gi,
      3,
    ],
  ],
  visit: [
    [/\b(?:meeting|agenda|workshop|review (?:meeting|call)|conference|standup|invite[ds]?|minutes)\b/gi, 4],
    [/\b(?:visit(?:s|ing|ors?)?|plant tour|tour|audit(?:s|or|ors|ed)?|come by|coming over)\b/gi, 3],
    [/\b(?:training|drill|discuss(?:ion|ed)?|lessons? learned|talk about|on the table)\b/gi, 3],
  ],
  document: [
    [/\b(?:archive|upload(?:ed)?|file it|for the records?|on file)\b/gi, 4],
    [
      /\b(?:quality agreement|minutes of|control plan|p?fmea|ppap (?:file|package|docs?)|valid (?:until|till|to)|8D report|inspection report|NDA|contract)\b/gi,
      3,
    ],
    [
      /\b(?:send|share|forward|resend)\b[^.\n]{0,30}\b(?:report|8D|photos?|pictures?|drawing|template|file|data|minutes|record)s?\b/gi,
      4,
    ],
  ],
  confirmation_letter: [
    [/\bconfirmation letter\b|\bcountersign\w*|\bsigned by both\b|\bboth sides sign\b/gi, 3],
  ],
  claim: [
    [
      /\b(?:charg(?:e|es|ed|ing)|debit(?:ed|s|ing)?(?: note)?|claim(?:s|ed|ing)?(?! that)|invoic(?:e|es|ed|ing)|penalt(?:y|ies)|chargeback|back-?charge|bill(?:ed|ing)? us|deduct\w*|compensation)\b/gi,
      4,
    ],
  ],
  talk: [
    [
      /\b(?:lunch|dinner|breakfast|coffee|beer|pizza|burger|(?<!third[- ]|3rd[- ])party|birthday|football|soccer|match tonight|game|gym|movie|netflix|karaoke|bbq|drinks|snacks?|cake|canteen|cafeteria|restaurant|pub)\b/gi,
      4,
    ],
    [/\b(?:lol|haha+|lmao|rofl|just kidding|jk|joke)\b/gi, 3],
    [
      /\b(?:wifi|password|parking|badge|holiday|vacation|day off|sick leave|taxi|hotel|flight|train ticket|commute|kids|wife|husband|weather (?:is|today)|printer|laptop|phone line|on the line with|waiting line|online|deadline for (?:expenses|timesheet))\b/gi,
      4,
    ],
    [/\b(?:happy (?:birthday|new year|friday)|merry christmas|have a (?:nice|good|great) )/gi, 4],
  ],
  command: [
    [
      /\bhow (?:do|can|should) (?:i|we|you) (?:log|create|open|list|see|close|record|enter|file|report|edit|delete|change|cancel|export|search|find|use|raise|register|submit)\b|\bhow to (?:log|create|list|close|record|report|edit|cancel|export|use|raise|register|submit)\b|\bwhere (?:do|can) (?:i|we) (?:log|see|find|report|enter|raise)\b/gi,
      5,
    ],
    [/\b(?:bot|help menu|command)\b|^\s*help\b|\b(?:show|list|display) (?:me )?(?:all |my |the |open )/gi, 4],
    [/\b(?:testing|this is a test|ignore (?:this|my)|wrong (?:chat|group|channel))\b/gi, 4],
  ],
};
