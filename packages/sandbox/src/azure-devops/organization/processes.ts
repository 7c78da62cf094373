import type { StateCategory, WorkItemState, WorkItemType } from './work-item-type.ts';

/** A project's process template. */
export type ProcessName = 'Agile' | 'Scrum';

const colors: Readonly<Record<StateCategory, string>> = {
  Proposed: 'b2b2b2',
  InProgress: '007acc',
  Resolved: 'ff9d00',
  Completed: '339933',
  Removed: 'ffffff',
};

const agileStates = states(
  'New:Proposed Active:InProgress Resolved:Resolved Closed:Completed Removed:Removed',
);
const taskStates = states('New:Proposed Active:InProgress Closed:Completed Removed:Removed');
const bugStates = states('New:Proposed Active:InProgress Resolved:Resolved Closed:Completed');
const scrumStates = states(
  'New:Proposed Approved:Proposed Committed:InProgress Done:Completed Removed:Removed',
);
const scrumEpicStates = states('New:Proposed|In Progress:InProgress|Done:Completed|Removed:Removed', '|');
const scrumTaskStates = states('To Do:Proposed|In Progress:InProgress|Done:Completed|Removed:Removed', '|');

const priority = { 'Microsoft.VSTS.Common.Priority': 2 };
const valueArea = { 'Microsoft.VSTS.Common.ValueArea': 'Business' };
const severity = { 'Microsoft.VSTS.Common.Severity': '3 - Medium' };

/** The types of each process, as far as the sandbox needs them. */
export const processes: Readonly<Record<ProcessName, readonly WorkItemType[]>> = {
  Agile: [
    type('Epic', 'ff7b00', 'icon_crown', agileStates, 'Added to backlog', { ...priority, ...valueArea }),
    type('Feature', '773b93', 'icon_trophy', agileStates, 'New feature', { ...priority, ...valueArea }),
    type('User Story', '009ccc', 'icon_book', agileStates, 'New', { ...priority, ...valueArea }),
    type('Task', 'f2cb1d', 'icon_clipboard', taskStates, 'New', priority),
    type('Bug', 'cc293d', 'icon_insect', bugStates, 'New', { ...priority, ...valueArea, ...severity }),
  ],
  Scrum: [
    type('Epic', 'ff7b00', 'icon_crown', scrumEpicStates, 'New epic', { ...priority, ...valueArea }),
    type('Feature', '773b93', 'icon_trophy', scrumEpicStates, 'New feature', { ...priority, ...valueArea }),
    type('Product Backlog Item', '009ccc', 'icon_book', scrumStates, 'New backlog item', {
      ...priority,
      ...valueArea,
    }),
    type('Task', 'f2cb1d', 'icon_clipboard', scrumTaskStates, 'New task', priority),
    type('Bug', 'cc293d', 'icon_insect', scrumStates, 'New defect reported', {
      ...priority,
      ...valueArea,
      ...severity,
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
    return { name, color: colors[category as StateCategory], category: category as StateCategory };
  });
}
