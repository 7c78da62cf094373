import type { Seed } from '../../seed.ts';
import type { SeedClock } from '../../time/clock.ts';
import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';
import { createPlainItem } from '../work-items/plain-changes.ts';
import { AGILE_PLAN, SCRUM_PLAN } from './demo-plan.ts';
import { readPlan } from './read-plan.ts';
import { seedDetails } from './seed-details.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

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
