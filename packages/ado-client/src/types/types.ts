import type { CallOptions } from '@context-sdk/oauth-core';
import { checkedName } from '../input/checked-name.ts';
import { neededProject } from '../input/needed-project.ts';
import type { Transport } from '../requests/transport.ts';

/** A type of work item, as the project's process has it. */
export interface WorkItemType {
  name: string;
  referenceName?: string;
  description?: string;
  color?: string;
  isDisabled?: boolean;
  states?: WorkItemState[];
  /** Which states follow which; `''` is before the item exists. */
  transitions?: Record<string, { to: string; actions?: string[] | null }[]>;
  [more: string]: unknown;
}

/** A state of a type. Names are custom and localised; the category is always one of these. */
export interface WorkItemState {
  name: string;
  category: 'Proposed' | 'InProgress' | 'Resolved' | 'Completed' | 'Removed';
  color?: string;
  [more: string]: unknown;
}

/** What calls on types take: their routes name a project. */
export interface TypeOptions extends CallOptions {
  /** The client's own unless given. */
  project?: string | undefined;
}

/** Types of work items and their states. Scope `vso.work`. */
export class Types {
  readonly #transport: Transport;
  readonly #project: string | undefined;

  constructor(transport: Transport, project: string | undefined) {
    this.#transport = transport;
    this.#project = project;
  }

  /** The types of a project. */
  async list(options: TypeOptions = {}): Promise<WorkItemType[]> {
    const project = neededProject(options.project, this.#project);
    const answer = await this.#transport.send({ name: 'types.list', safety: 'safe' }, options, (api) =>
      api.getWorkItemTypes(project),
    );
    return answer.list<WorkItemType>({ name: 'string' });
  }

  /** The states of a type, for example `Bug`. Throws {@link NotFoundError} for an unknown one. */
  async states(type: string, options: TypeOptions = {}): Promise<WorkItemState[]> {
    const project = neededProject(options.project, this.#project);
    checkedName(type, 'type');
    const answer = await this.#transport.send({ name: 'types.states', safety: 'safe' }, options, (api) =>
      api.getWorkItemTypeStates(project, type),
    );
    return answer.list<WorkItemState>({ name: 'string', category: 'string' });
  }
}
