import { createRandom, type Random, uuidFrom } from '../random.ts';
import type { Seed } from '../seed.ts';
import { type Clock, DAY_MS, SeedClock } from '../time/clock.ts';
import { Attachments } from './organization/attachments.ts';
import { ClassificationTree } from './organization/classification-tree.ts';
import { Organization } from './organization/organization.ts';
import { DEMO_PEOPLE, DEMO_SERVICE_PRINCIPAL } from './organization/person.ts';
import type { ProcessName, Project } from './organization/project.ts';
import { newTeam } from './organization/team.ts';
import { seedOrganization } from './seed/seed-organization.ts';
import { wireDate } from './work-items/wire.ts';

/** An organization with its projects and what the seed says; the same for the same name and seed. */
export function createOrganization(name: string, seed: Seed, clock: Clock): Organization {
  const random = createRandom(`azure-devops/${name}`);
  // A random of its own: what is added later changes no id of the seed.
  const ids = createRandom(`azure-devops/ids/${name}`);
  const seedClock = new SeedClock(clock);
  const projects = [createProject('Fabrikam', 'Agile', random, clock)];
  if (seed !== 'empty') projects.push(createProject('Tailwind', 'Scrum', random, clock));
  const organization = new Organization({
    name,
    id: uuidFrom(random),
    projects,
    people: [...DEMO_PEOPLE, DEMO_SERVICE_PRINCIPAL],
    attachments: new Attachments(ids),
    ids,
    clock: seedClock,
    random,
  });
  seedOrganization(organization, seed, seedClock);
  return organization;
}

function createProject(name: string, process: ProcessName, random: Random, clock: Clock): Project {
  const under = (...paths: readonly string[]): readonly string[] => [
    name,
    ...paths.map((path) => `${name}\\${path}`),
  ];
  const id = uuidFrom(random);
  // A random of its own: what is added here changes no other id.
  const ownRandom = createRandom(`azure-devops/projects/${name}`);
  const firstId = process === 'Agile' ? 3570 : 3670;
  const areas = under('Web', 'Mobile', 'Mobile\\Offline');
  const iterations = under('Release 1', 'Release 1\\Sprint 1', 'Release 1\\Sprint 2', 'Release 2');
  const tree = new ClassificationTree('iteration', iterations, { firstId: firstId + 50, random: ownRandom });
  const sprints = scheduleSprints(tree, clock);
  return {
    id,
    name,
    process,
    description: `The ${process} project of the sandbox.`,
    areas: new ClassificationTree('area', areas, { firstId, random: ownRandom }),
    iterations: tree,
    teams: [`${name} Team`, 'Mobile'].map((team) =>
      newTeam({ id: uuidFrom(ownRandom), name: team, members: DEMO_PEOPLE, iterations: [...sprints] }),
    ),
  };
}

const SPRINT_DAYS = 14;

/** Sprints of two weeks; the first has begun a week ago. */
function scheduleSprints(tree: ClassificationTree, clock: Clock): readonly string[] {
  const today = Math.floor(clock.now() / DAY_MS);
  const sprints = tree.nodes.filter(({ path }) => /\\Sprint \d$/.test(path));
  for (const [index, sprint] of sprints.entries()) {
    const first = today - 7 + index * SPRINT_DAYS;
    sprint.startDate = wireDate(first * DAY_MS);
    sprint.finishDate = wireDate((first + SPRINT_DAYS - 1) * DAY_MS);
  }
  return sprints.map(({ identifier }) => identifier);
}
