import { createRandom, type Random, uuidFrom } from '../random.ts';
import type { Seed } from '../seed.ts';
import { type Clock, SeedClock } from '../time/clock.ts';
import { Attachments } from './organization/attachments.ts';
import { Organization } from './organization/organization.ts';
import { DEMO_PEOPLE, DEMO_SERVICE_PRINCIPAL } from './organization/person.ts';
import type { ProcessName, Project } from './organization/project.ts';
import { seedOrganization } from './seed/seed-organization.ts';

/** An organization with its projects and what the seed says; the same for the same name and seed. */
export function createOrganization(name: string, seed: Seed, clock: Clock): Organization {
  const random = createRandom(`azure-devops/${name}`);
  const seedClock = new SeedClock(clock);
  const projects = [createProject('Fabrikam', 'Agile', random)];
  if (seed !== 'empty') projects.push(createProject('Tailwind', 'Scrum', random));
  const organization = new Organization({
    name,
    id: uuidFrom(random),
    projects,
    people: [...DEMO_PEOPLE, DEMO_SERVICE_PRINCIPAL],
    attachments: new Attachments(),
    clock: seedClock,
    random,
  });
  seedOrganization(organization, seed, seedClock);
  return organization;
}

function createProject(name: string, process: ProcessName, random: Random): Project {
  const under = (...paths: readonly string[]): readonly string[] => [
    name,
    ...paths.map((path) => `${name}\\${path}`),
  ];
  return {
    id: uuidFrom(random),
    name,
    process,
    description: `The ${process} project of the sandbox.`,
    areas: under('Web', 'Mobile', 'Mobile\\Offline'),
    iterations: under('Release 1', 'Release 1\\Sprint 1', 'Release 1\\Sprint 2', 'Release 2'),
  };
}
