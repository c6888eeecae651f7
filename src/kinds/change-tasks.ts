/** What a change request asks of people: whether it can be done, department by department (domain.md §2.1). */
import { text } from '../language.ts';

export const changeTasks = {
  feasibility: {
    label: text('可行性', 'Feasibility'),
    ofDepartments: true,
    leads: ['LEAD', 'DM'],
    while: ['in_review'],
    ends: [
      'feasible',
      'negotiating',
      'confirmed',
      'implementing',
      'verified',
      'closed',
      'rejected',
      'cancelled',
    ],
    settledBefore: [],
    // Reminded after half of the time that the change's own clock gives for feasibility; at its end the lead is told.
    answer: { S1: '2h', S2: '2h', S3: '4h', S4: '4h' },
    due: 'time',
    answers: {
      feasible: { label: text('可行', 'Feasible'), tone: 'good', needs: [] },
      partly: {
        label: text('部分可行', 'Partly'),
        tone: 'warning',
        needs: ['task_can'],
        oneOf: ['task_qty', 'task_by'],
      },
      not: {
        label: text('不可行', 'Not feasible'),
        tone: 'attention',
        needs: ['task_reason', 'task_instead'],
      },
    },
    answeredTo: ['DM'],
    droppedBy: ['LEAD', 'DM'],
  },
} as const;
