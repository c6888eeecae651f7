/** What a line stop asks of people: help while it stands, action items of its review (domain.md §2). */
import { text } from '../language.ts';
import { ackWithin } from './common.ts';

export const escalationTasks = {
  help: {
    label: text('支援', 'Help'),
    from: 'help_requested',
    roles: {
      expert: ['PE', 'RD'],
      material: ['LOG'],
      air_freight: ['LOG', 'PUR'],
      sorters: ['QE'],
      management: ['LEAD', 'DM'],
    },
    leads: ['LEAD', 'DM'],
    while: ['open', 'acknowledged', 'on_site'],
    ends: ['restored', 'reviewed', 'closed', 'cancelled'],
    settledBefore: [],
    answer: ackWithin,
    due: 'time',
    droppedBy: ['asker', 'LEAD'],
  },
  action: {
    label: text('行动项', 'Action item'),
    leads: ['LEAD', 'DM'],
    while: ['restored', 'reviewed'],
    ends: ['cancelled'],
    settledBefore: ['closed'],
    due: 'date',
    types: {
      short_term: text('短期', 'Short term'),
      long_term: text('长期', 'Long term'),
    },
    verifiedBy: ['QE', 'LEAD', 'DM'],
    droppedBy: ['LEAD'],
  },
} as const;
