import type { AzureDevOpsPerson } from './person.ts';

/** Days on which nobody works, both included, at midnight UTC. */
export interface DaysOff {
  readonly start: string;
  readonly end: string;
}

/** What a member can do in an iteration. */
export interface Capacity {
  readonly activities: readonly { readonly name: string; readonly capacityPerDay: number }[];
  readonly daysOff: readonly DaysOff[];
}

/** A team of a project, with what it set up. */
export interface Team {
  readonly id: string;
  name: string;
  description: string;
  readonly members: readonly AzureDevOpsPerson[];
  /** Identifiers of the iterations that it takes part in, in their order. */
  readonly iterations: string[];
  /** By iteration, then by the member's id. */
  readonly capacities: Map<string, Map<string, Capacity>>;
  readonly daysOff: Map<string, readonly DaysOff[]>;
  readonly templates: Map<string, TeamTemplate>;
}

/** A template for new work items. */
export interface TeamTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly workItemTypeName: string;
  readonly fields: Readonly<Record<string, string>>;
}

export function newTeam(parts: Pick<Team, 'id' | 'name' | 'members' | 'iterations'>): Team {
  return {
    description: `The team ${parts.name}.`,
    capacities: new Map(),
    daysOff: new Map(),
    templates: new Map(),
    ...parts,
  };
}
