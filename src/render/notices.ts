/** What reaches a person in person, and their quiet hours: the card that shows and changes it. */
import type { Notices } from '../records/notices.ts';
import { quietChoices, reaches } from '../records/notices.ts';
import type { QuietHours } from '../site/quiet.ts';
import { quietOf } from '../site/quiet.ts';
import type { Card, Element, View } from './card.ts';
import { column, columns, press, words } from './elements.ts';
import { formCard } from './form.ts';
import { t } from './i18n.ts';

/** Offered where neither the person nor the site has hours. */
const example: QuietHours = { from: '22:00', to: '06:30', offDays: false };

const reachKeys = {
  all: 'notices.reach.all',
  mine: 'notices.reach.mine',
  grave: 'notices.reach.grave',
} as const;
const quietKeys = { own: 'notices.quiet.own', none: 'notices.quiet.none' } as const;

/** `saved`: the choice was made just now. */
export function renderNotices(notices: Notices, view: View, saved = false): Card {
  const { language } = view;
  const shown = notices.own ?? quietOf(view.site) ?? example;
  const title = t(language, 'notices.title');
  return formCard(
    {
      icon: '🔔',
      title,
      intro: t(language, 'notices.vital'),
      summary: title,
      sections: [
        ...(saved ? [words(`✔ ${t(language, 'notices.saved')}`, { color: 'good', weight: 'Bolder' })] : []),
        choice('reach', t(language, 'notices.reach'), notices.reach, [
          ...reaches.map((value) => ({ value, title: t(language, reachKeys[value]) })),
        ]),
        choice('quiet', t(language, 'notices.quiet'), notices.quiet, [
          ...quietChoices.map((value) => ({
            value,
            title: value === 'site' ? siteWords(view) : t(language, quietKeys[value]),
          })),
        ]),
        columns([
          column('stretch', [time('quiet_from', t(language, 'notices.from'), shown.from)]),
          column('stretch', [time('quiet_to', t(language, 'notices.to'), shown.to)]),
        ]),
        {
          type: 'Input.Toggle',
          id: 'quiet_off_days',
          label: t(language, 'notices.offDays'),
          title: t(language, 'notices.allDay'),
          value: String(shown.offDays),
          wrap: true,
        },
        words(t(language, 'notices.hint'), { size: 'Small', subtle: true }),
      ],
      actions: [press({ title: t(language, 'notices.save'), verb: 'notices', data: {}, style: 'positive' })],
    },
    view,
  );
}

function siteWords({ language, site }: View): string {
  const hours = quietOf(site);
  if (!hours) return t(language, 'notices.quiet.siteNone');
  const { from, to } = hours;
  return t(language, hours.offDays ? 'notices.quiet.siteOff' : 'notices.quiet.site', { from, to });
}

const choice = (
  id: string,
  label: string,
  value: string,
  choices: { title: string; value: string }[],
): Element => ({ type: 'Input.ChoiceSet', id, label, value, choices, style: 'expanded', wrap: true });

const time = (id: string, label: string, value: string): Element => ({
  type: 'Input.Time',
  id,
  label,
  value,
});
