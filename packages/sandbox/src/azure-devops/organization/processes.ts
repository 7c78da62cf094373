import type { StateCategory, WorkItemState, WorkItemType } from './work-item-type.ts';

/** A project's process template. */
export type ProcessName = 'Agile' | 'Scrum';

const COLORS: Readonly<Record<StateCategory, string>> = {
  Proposed: 'b2b2b2',
  InProgress: '007acc',
  Resolved: 'ff9d00',
  Completed: '339933',
  Removed: 'ffffff',
};

const AGILE_STATES = states(
  'New:Proposed Active:InProgress Resolved:Resolved Closed:Completed Removed:Removed',
);
const TASK_STATES = states('New:Proposed Active:InProgress Closed:Completed Removed:Removed');
const BUG_STATES = states('New:Proposed Active:InProgress Resolved:Resolved Closed:Completed');
const SCRUM_STATES = states(
  'New:Proposed Approved:Proposed Committed:InProgress Done:Completed Removed:Removed',
);
const SCRUM_EPIC_STATES = states('New:Proposed|In Progress:InProgress|Done:Completed|Removed:Removed', '|');
const SCRUM_TASK_STATES = states('To Do:Proposed|In Progress:InProgress|Done:Completed|Removed:Removed', '|');

const PRIORITY = { 'Microsoft.VSTS.Common.Priority': 2 };
const VALUE_AREA = { 'Microsoft.VSTS.Common.ValueArea': 'Business' };
const SEVERITY = { 'Microsoft.VSTS.Common.Severity': '3 - Medium' };

/** The types of each process, as far as the sandbox needs them. */
export const PROCESSES: Readonly<Record<ProcessName, readonly WorkItemType[]>> = {
  Agile: [
    type('Epic', 'ff7b00', 'icon_crown', AGILE_STATES, 'Added to backlog', { ...PRIORITY, ...VALUE_AREA }),
    type('Feature', '773b93', 'icon_trophy', AGILE_STATES, 'New feature', { ...PRIORITY, ...VALUE_AREA }),
    type('User Story', '009ccc', 'icon_book', AGILE_STATES, 'New', { ...PRIORITY, ...VALUE_AREA }),
    type('Task', 'f2cb1d', 'icon_clipboard', TASK_STATES, 'New', PRIORITY),
    type('Bug', 'cc293d', 'icon_insect', BUG_STATES, 'New', { ...PRIORITY, ...VALUE_AREA, ...SEVERITY }),
  ],
  Scrum: [
    type('Epic', 'ff7b00', 'icon_crown', SCRUM_EPIC_STATES, 'New epic', { ...PRIORITY, ...VALUE_AREA }),
    type('Feature', '773b93', 'icon_trophy', SCRUM_EPIC_STATES, 'New feature', {
      ...PRIORITY,
      ...VALUE_AREA,
    }),
    type('Product Backlog Item', '009ccc', 'icon_book', SCRUM_STATES, 'New backlog item', {
      ...PRIORITY,
      ...VALUE_AREA,
    }),
    type('Task', 'f2cb1d', 'icon_clipboard', SCRUM_TASK_STATES, 'New task', PRIORITY),
    type('Bug', 'cc293d', 'icon_insect', SCRUM_STATES, 'New defect reported', {
      ...PRIORITY,
      ...VALUE_AREA,
      ...SEVERITY,
    }),
  ],
};

function type(
  name: string,
  color: string,
  icon: string,
  typeStates: readonly WorkItemState[],
  firstReason: string,
  defaults: Record<string, string | number>,
): WorkItemType {
  return {
    name,
    referenceName: `Microsoft.VSTS.WorkItemTypes.${name.replaceAll(' ', '')}`,
    description: `A ${name.toLowerCase()} of the sandbox.`,
    color,
    icon,
    states: typeStates,
    firstReason,
    defaults,
    allowedValues: {
      'Microsoft.VSTS.Common.Priority': [1, 2, 3, 4],
      'Microsoft.VSTS.Common.ValueArea': ['Architectural', 'Business'],
      'Microsoft.VSTS.Common.Severity': ['1 - Critical', '2 - High', '3 - Medium', '4 - Low'],
      'Custom.ReleaseTrain': ['2026-Q4', '2027-Q1', '2027-Q2'],
    },
  };
}

function states(text: string, separator = ' '): readonly WorkItemState[] {
  return text.split(separator).map((pair) => {
    const [name = '', category = ''] = pair.split(':');
    return { name, color: COLORS[category as StateCategory], category: category as StateCategory };
  });
}
