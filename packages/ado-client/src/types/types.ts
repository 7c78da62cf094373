import { checkedName, requiredProject } from '../input.ts';
import { type AdoContext, PROJECT_OPTIONS, type ProjectOptions, sendByLibrary } from '../wire.ts';

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

/** A state of a type. Names are custom and localized; the category is always one of these. */
export interface WorkItemState {
  name: string;
  category: 'Proposed' | 'InProgress' | 'Resolved' | 'Completed' | 'Removed';
  color?: string;
  [more: string]: unknown;
}

/** Types of work items and their states. Scope `vso.work`. */
export class Types {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** The types of a project. */
  async list(options: ProjectOptions = {}): Promise<WorkItemType[]> {
    const { service, project: ofClient } = this.#context;
    const project = requiredProject(options.project, ofClient);
    const response = await sendByLibrary(service.call(options, PROJECT_OPTIONS), 'types.list', [project]);
    return response.member('value').list<WorkItemType>({ name: 'string' });
  }

  /** The states of a type, for example `Bug`. Throws {@link NotFoundError} for an unknown one. */
  async states(type: string, options: ProjectOptions = {}): Promise<WorkItemState[]> {
    const { service, project: ofClient } = this.#context;
    const project = requiredProject(options.project, ofClient);
    checkedName(type, 'type');
    const response = await sendByLibrary(service.call(options, PROJECT_OPTIONS), 'types.states', [
      project,
      type,
    ]);
    return response.member('value').list<WorkItemState>({ name: 'string', category: 'string' });
  }
}
