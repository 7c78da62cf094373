import type { JsonValue } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';
import { changePlainItem } from '../work-items/plain-changes.ts';
import type { WorkItem } from '../work-items/work-item.ts';
import type { PlannedItem } from './read-plan.ts';

/** What happened to an item after it was created: somebody took it, estimated it, said something. */
export function seedDetails(
  organization: Organization,
  project: Project,
  item: WorkItem,
  planned: PlannedItem,
): void {
  const { random, people } = organization;
  const fields: Record<string, JsonValue> = {
    'System.AreaPath': random.pick(project.areas),
    'System.IterationPath': random.pick(project.iterations),
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
