import type { Random } from '../../random.ts';
import type { Clock } from '../../time/clock.ts';
import { workItemNotFound } from '../failures.ts';
import { current, textField, type WorkItem, type WorkItemChange } from '../work-items/work-item.ts';
import type { Artifact } from './artifacts.ts';
import type { Attachments } from './attachments.ts';
import { type AzureDevOpsPerson, DEMO_PEOPLE, type IdentityRef, identityRef } from './person.ts';
import type { Project } from './project.ts';
import { SavedQueries } from './saved-queries.ts';
import { TagDefinitions } from './tag-definitions.ts';

/** What an organization is made of. */
export interface OrganizationParts {
  readonly name: string;
  readonly id: string;
  readonly projects: readonly Project[];
  readonly people: readonly AzureDevOpsPerson[];
  readonly attachments: Attachments;
  readonly clock: Clock;
  readonly random: Random;
  /** For the ids of what users add. */
  readonly ids: Random;
}

/** An organization with everything in it. */
export class Organization {
  readonly name: string;
  readonly id: string;
  readonly projects: readonly Project[];
  readonly people: readonly AzureDevOpsPerson[];
  readonly attachments: Attachments;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Random;
  readonly items: Map<number, WorkItem> = new Map();
  readonly tags: TagDefinitions;
  readonly queries: SavedQueries;
  readonly artifacts: Artifact[] = [];
  /** The policy "Third-party application access via OAuth". */
  allowsOAuth = true;
  /** Whether people may create tags: a permission of its own. */
  allowsNewTags = true;
  /** Called after every change of a work item. */
  onChange: (change: WorkItemChange) => void = () => undefined;
  #lastId = 0;
  #watermark = 0;
  #lastRelationId = 1000;

  constructor(parts: OrganizationParts) {
    this.name = parts.name;
    this.id = parts.id;
    this.projects = parts.projects;
    this.people = parts.people;
    this.attachments = parts.attachments;
    this.clock = parts.clock;
    this.random = parts.random;
    this.ids = parts.ids;
    this.tags = new TagDefinitions(parts.ids);
    this.queries = new SavedQueries(identityRef(parts.people[0] ?? DEMO_PEOPLE[0], parts.name), parts.ids);
  }

  /** `https://dev.azure.com/fabrikam`, without a slash at its end. */
  get url(): string {
    return `https://dev.azure.com/${encodeURIComponent(this.name)}`;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  nextWatermark(): number {
    this.#watermark += 1;
    return this.#watermark;
  }

  nextRelationId(): number {
    this.#lastRelationId += 1;
    return this.#lastRelationId;
  }

  /** A work item that is not in the recycle bin. */
  find(id: number): WorkItem | undefined {
    const item = this.items.get(id);
    return item?.deletion ? undefined : item;
  }

  /** The same; throws a 404 if there is none. */
  get(id: number): WorkItem {
    const item = this.find(id);
    if (!item) throw workItemNotFound(id);
    return item;
  }

  /** By name or id, in any case. */
  findProject(nameOrId: string): Project | undefined {
    const wanted = nameOrId.toLowerCase();
    return this.projects.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  }

  projectOf(item: WorkItem): Project {
    const project = this.findProject(textField(current(item).fields, 'System.TeamProject'));
    if (!project) throw new Error(`Work item ${item.id} is in no project`);
    return project;
  }

  identityOf(person: AzureDevOpsPerson): IdentityRef {
    return identityRef(person, this.name);
  }
}
