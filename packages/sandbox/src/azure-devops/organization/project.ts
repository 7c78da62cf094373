import type { ClassificationTree } from './classification-tree.ts';
import type { Team } from './team.ts';

/** What a state stands for; names are custom and localized, categories are not. */
export type StateCategory = 'Proposed' | 'InProgress' | 'Resolved' | 'Completed' | 'Removed';

export interface WorkItemState {
  readonly name: string;
  readonly color: string;
  readonly category: StateCategory;
}

/** A kind of work item. */
export interface WorkItemType {
  readonly name: string;
  readonly referenceName: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  /** In the order of the board; a new item has the first. */
  readonly states: readonly WorkItemState[];
  /** Why a new item is in its first state. */
  readonly firstReason: string;
  /** Fields with a value from the start. */
  readonly defaults: Readonly<Record<string, string | number>>;
  /** Fields that take only these values. */
  readonly allowedValues: Readonly<Record<string, readonly (string | number)[]>>;
}

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
const BACKLOG = { ...PRIORITY, 'Microsoft.VSTS.Common.ValueArea': 'Business' };
const BUG = { ...BACKLOG, 'Microsoft.VSTS.Common.Severity': '3 - Medium' };

/** The types of each process, as far as the sandbox needs them. */
const PROCESSES: Readonly<Record<ProcessName, readonly WorkItemType[]>> = {
  Agile: [
    type('Epic', 'ff7b00', 'icon_crown', AGILE_STATES, 'Added to backlog', BACKLOG),
    type('Feature', '773b93', 'icon_trophy', AGILE_STATES, 'New feature', BACKLOG),
    type('User Story', '009ccc', 'icon_book', AGILE_STATES, 'New', BACKLOG),
    type('Task', 'f2cb1d', 'icon_clipboard', TASK_STATES, 'New', PRIORITY),
    type('Bug', 'cc293d', 'icon_insect', BUG_STATES, 'New', BUG),
  ],
  Scrum: [
    type('Epic', 'ff7b00', 'icon_crown', SCRUM_EPIC_STATES, 'New epic', BACKLOG),
    type('Feature', '773b93', 'icon_trophy', SCRUM_EPIC_STATES, 'New feature', BACKLOG),
    type('Product Backlog Item', '009ccc', 'icon_book', SCRUM_STATES, 'New backlog item', BACKLOG),
    type('Task', 'f2cb1d', 'icon_clipboard', SCRUM_TASK_STATES, 'New task', PRIORITY),
    type('Bug', 'cc293d', 'icon_insect', SCRUM_STATES, 'New defect reported', BUG),
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

/** A team project, as tests see it. */
export interface AzureDevOpsProject {
  readonly id: string;
  readonly name: string;
  readonly process: ProcessName;
}

/** A team project with its areas and iterations: backslash paths that start with the project's name. */
export interface Project extends AzureDevOpsProject {
  readonly description: string;
  readonly areas: ClassificationTree;
  readonly iterations: ClassificationTree;
  /** The project's own first. */
  readonly teams: Team[];
}

export function typesOf({ process }: AzureDevOpsProject): readonly WorkItemType[] {
  return PROCESSES[process];
}

export function findType(project: AzureDevOpsProject, name: string): WorkItemType | undefined {
  return typesOf(project).find((one) => one.name.toLowerCase() === name.toLowerCase());
}
