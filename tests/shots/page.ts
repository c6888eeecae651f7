/** The page that a card is drawn on: the adaptivecards renderer, dressed as Teams dresses it. */

type Mode = 'light' | 'dark';

const palettes = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    good: '#237b4b',
    warning: '#8f4e00',
    attention: '#c4314b',
    emphasis: '#f0f0f0',
    goodBack: '#e7f2da',
    warningBack: '#fbf0dc',
    attentionBack: '#fcf4f6',
    accentBack: '#eef0fb',
    line: '#d1d1d1',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#9299f7',
    good: '#92c353',
    warning: '#f2ab4d',
    attention: '#f9526b',
    emphasis: '#333333',
    goodBack: '#0d2e0d',
    warningBack: '#463100',
    attentionBack: '#3e1f25',
    accentBack: '#2f3058',
    line: '#525252',
  },
} as const;

function hostConfig(mode: Mode) {
  const p = palettes[mode];
  const tone = (color: string) => ({ default: color, subtle: color });
  const foregroundColors = {
    default: { default: p.text, subtle: p.subtle },
    accent: tone(p.accent),
    good: tone(p.good),
    warning: tone(p.warning),
    attention: tone(p.attention),
    dark: tone(p.text),
    light: tone(p.subtle),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    fontFamily: '"Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 28 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 14 },
    separator: { lineThickness: 1, lineColor: p.line },
    supportsInteractivity: true,
    containerStyles: {
      default: style(p.card),
      emphasis: style(p.emphasis),
      good: style(p.goodBack),
      warning: style(p.warningBack),
      attention: style(p.attentionBack),
      accent: style(p.accentBack),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    inputs: {
      label: { inputSpacing: 'none', requiredInputs: { suffix: ' *', suffixColor: 'attention' } },
      errorMessage: { weight: 'default' },
    },
    factSet: {
      title: { weight: 'bolder', maxWidth: 130, wrap: true },
      value: { wrap: true },
      spacing: 12,
    },
  };
}

const css = (mode: Mode, width: number) => {
  const p = palettes[mode];
  return `
  body { margin: 0; padding: 10px; background: ${p.page}; width: ${width - 20}px; font-family: "Segoe UI", "Noto Sans CJK SC", sans-serif; }
  .ac-adaptiveCard { border: 1px solid ${p.line}; border-radius: 6px; overflow: hidden; }
  .ac-pushButton { min-height: 32px; padding: 5px 12px; border: 1px solid ${p.line}; border-radius: 4px; background: ${p.card}; color: ${p.text}; font: 600 14px "Segoe UI", "Noto Sans CJK SC"; margin-bottom: 6px; }
  .ac-pushButton.primary, .ac-pushButton.style-positive { background: #5b5fc7; color: #fff; border-color: #5b5fc7; }
  .ac-pushButton.style-destructive { color: ${p.attention}; }
  .ac-actionSet { flex-wrap: wrap !important; }
  .ac-input, .ac-multichoiceInput { box-sizing: border-box; max-width: 100%; font: 14px "Segoe UI", "Noto Sans CJK SC"; color: ${p.text}; }
  input.ac-input, textarea.ac-input, select.ac-input { width: 100%; padding: 6px 8px; border: 1px solid ${p.line}; border-radius: 4px; background: ${p.card}; }
  .ac-container.ac-selectable, .ac-columnSet.ac-selectable { cursor: pointer; }
  .ac-textBlock p { margin: 0; }
  .mention { color: ${p.accent}; }`;
};

/** Runs in the page: the markdown that Teams knows, and mentions. */
const script = `
  const html = (s) => s.replace(/&(?![a-z]+;|#\\d+;)/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = html(text)
      .replace(/&lt;at&gt;(.*?)&lt;\\/at&gt;/g, '<span class="mention">$1</span>')
      .replace(/\\*\\*(.+?)\\*\\*/g, '<b>$1</b>')
      .replace(/\\*(.+?)\\*/g, '<i>$1</i>')
      .replace(/\\[([^\\]]*)\\]\\(([^)]*)\\)/g, '<a href="$2">$1</a>')
      .split(/\\n+/).map((line) => '<p>' + line + '</p>').join('');
    result.didProcess = true;
  };
  window.draw = (payload, config) => {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(config);
    const context = new AdaptiveCards.SerializationContext();
    card.parse(payload, context);
    const log = [];
    for (let i = 0; i < context.eventCount; i++) log.push(context.getEventAt(i).message);
    for (const failure of card.validateProperties().validationEvents) log.push(failure.message);
    document.body.replaceChildren(card.render());
    return log;
  };`;

export const page = (renderer: string, mode: Mode, width: number): string =>
  `<!doctype html><html><head><meta charset="utf-8"><style>${css(mode, width)}</style></head><body><script>${renderer}</script><script>${script}</script></body></html>`;

export { hostConfig };
export type { Mode };
