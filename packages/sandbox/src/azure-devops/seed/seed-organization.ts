import type { JsonValue } from '../../json.ts';
import type { Seed } from '../../seed.ts';
import { DAY_MS, HOUR_MS, type SeedClock } from '../../time/clock.ts';
import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';
import { changePlainItem, createPlainItem } from '../work-items/plain-changes.ts';
import type { WorkItem } from '../work-items/work-item.ts';
import { AGILE_PLAN, SCRUM_PLAN } from './demo-plan.ts';

/**
 * Fills an organization. `demo`: two projects with 60 epics, features, stories, tasks and bugs. A number: that many tasks
 * in the first project. `empty`: one project without a work item.
 */
export function seedOrganization(organization: Organization, seed: Seed, clock: SeedClock): void {
  const [first, second] = organization.projects;
  clock.setBack(90 * DAY_MS);
  if (typeof seed === 'number' && first) seedTasks(organization, first, seed);
  if (seed === 'demo' && first) seedPlan(organization, first, AGILE_PLAN, clock, 90);
  if (seed === 'demo' && second) seedPlan(organization, second, SCRUM_PLAN, clock, 60);
  clock.setBack(0);
}

function seedTasks(organization: Organization, project: Project, count: number): void {
  for (let number = 1; number <= count; number += 1) {
    createPlainItem(organization, project, { type: 'Task', fields: { 'System.Title': `Task ${number}` } });
  }
}

/** Items in the order of the plan, a day or less apart, each below the last one that is a level higher. */
function seedPlan(
  organization: Organization,
  project: Project,
  plan: string,
  clock: SeedClock,
  daysAgo: number,
): void {
  const parents: number[] = [];
  for (const [index, planned] of readPlan(plan).entries()) {
    clock.setBack(daysAgo * DAY_MS - index * 30 * HOUR_MS);
    const parent = parents[planned.depth - 1];
    const item = createPlainItem(organization, project, {
      type: planned.type,
      fields: { 'System.Title': planned.title, 'System.Tags': planned.tags.join('; ') },
      ...(parent !== undefined && { parent }),
    });
    parents[planned.depth] = item.id;
    clock.setBack(daysAgo * DAY_MS - index * 30 * HOUR_MS - 5 * HOUR_MS);
    seedDetails(organization, project, item, planned);
  }
}

/** A work item to create. */
export interface PlannedItem {
  readonly depth: number;
  readonly type: string;
  readonly state: string;
  readonly title: string;
  readonly tags: readonly string[];
}

function readPlan(plan: string): readonly PlannedItem[] {
  return plan
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [type = '', state = '', rest = ''] = line.split('|').map((part) => part.trim());
      const [title = '', ...tags] = rest.split(' #');
      return { depth: (line.length - line.trimStart().length) / 2, type, state, title, tags };
    });
}

/** What happened to an item after it was created: it was assigned, estimated, commented on. */
function seedDetails(
  organization: Organization,
  project: Project,
  item: WorkItem,
  planned: PlannedItem,
): void {
  const { random, people } = organization;
  const fields: Record<string, JsonValue> = {
    'System.AreaPath': random.pick(project.areas.paths),
    'System.IterationPath': random.pick(project.iterations.paths),
    'Microsoft.VSTS.Common.Priority': 1 + random.integer(3),
    'System.State': planned.state,
    ...details(planned, random.integer(8) + 1),
  };
  if (random.chance(0.7)) fields['System.AssignedTo'] = random.pick(people).uniqueName;
  if (random.chance(0.25)) fields['System.History'] = 'Talked about this in the planning meeting.';
  changePlainItem(organization, item, fields, random.pick(people).uniqueName);
}

function details({ type, title }: PlannedItem, effort: number): Record<string, JsonValue> {
  switch (type) {
    case 'Task':
      return {
        'Microsoft.VSTS.Scheduling.OriginalEstimate': effort,
        'Microsoft.VSTS.Scheduling.RemainingWork': effort / 2,
      };
    case 'Bug':
      return { 'Microsoft.VSTS.TCM.ReproSteps': `<div>${title}: happens every time.</div>` };
    case 'User Story':
      return { 'Microsoft.VSTS.Scheduling.StoryPoints': effort };
    case 'Product Backlog Item':
      return { 'Microsoft.VSTS.Scheduling.Effort': effort };
    default:
      return { 'System.Description': `<div>${title}, and why it matters.</div>` };
  }
}
