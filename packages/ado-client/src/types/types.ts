import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import type { FieldProblem } from '../errors.ts';
import { checkedName, requiredProject } from '../input.ts';
import type { NewWorkItem } from '../patches/work-item-input.ts';
import { type AdoContext, PROJECT_OPTIONS, type ProjectOptions, sendByLibrary } from '../wire.ts';
import { checkNewItem } from './check-new-item.ts';
import { typeFields, type WorkItemTypeField } from './type-fields.ts';

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

/** Types of work items: their fields, states and transitions. Scope `vso.work`. */
export class Types {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** The types of a project. */
  async list(options?: ProjectOptions): Promise<WorkItemType[]> {
    const { service, project: ofClient } = this.#context;
    const project = requiredProject(options?.project, ofClient);
    const response = await sendByLibrary(service.call(options, PROJECT_OPTIONS), 'types.list', [project]);
    return response.member('value').list<WorkItemType>({ name: 'string' });
  }

  /** The states of a type, for example `Bug`. Throws {@link NotFoundError} for an unknown one. */
  async states(type: string, options?: ProjectOptions): Promise<WorkItemState[]> {
    const { service, project: ofClient } = this.#context;
    const project = requiredProject(options?.project, ofClient);
    checkedName(type, 'type');
    const response = await sendByLibrary(service.call(options, PROJECT_OPTIONS), 'types.states', [
      project,
      type,
    ]);
    return response.member('value').list<WorkItemState>({ name: 'string', category: 'string' });
  }

  /** One type with its states and transitions. Throws {@link NotFoundError}. */
  async get(type: string, options?: ProjectOptions): Promise<WorkItemType> {
    return (await this.#read(type, options)).object<WorkItemType>({ name: 'string' });
  }

  /** The fields of a type, with what is required, allowed and the default. Throws {@link NotFoundError}. */
  async fields(type: string, options?: ProjectOptions): Promise<WorkItemTypeField[]> {
    const [project] = this.#place(type, options);
    return await typeFields(this.#context.service.call(options, PROJECT_OPTIONS), project, type);
  }

  /** The states that may follow a state, or those that a new item may have. Throws {@link NotFoundError} for an unknown type. */
  async nextStates(type: string, state?: string, options?: ProjectOptions): Promise<string[]> {
    const transitions = (await this.#read(type, options)).member('transitions');
    const byState: Record<string, unknown> = isObject(transitions.value) ? transitions.value : {};
    const from = Object.keys(byState).find((name) => name.toLowerCase() === (state ?? '').toLowerCase());
    if (from === undefined || !Array.isArray(byState[from])) return [];
    const next = transitions.part(from, byState[from]);
    return next.list<{ to: string }>({ to: 'string' }).map(({ to }) => to);
  }

  /**
   * What the service would refuse of a new item, field by field, without sending it: unknown and read-only fields, values
   * that are not allowed or of another type, what is required, a wrong area or iteration with the right one. Reads the
   * type, its fields and, if they are given, the trees.
   */
  async check(input: NewWorkItem, options?: ProjectOptions): Promise<FieldProblem[]> {
    const project = requiredProject(input?.project ?? options?.project, this.#context.project);
    return await checkNewItem(
      this.#context.service.call(options, PROJECT_OPTIONS),
      this.#context.organizationUrl,
      project,
      input,
    );
  }

  async #read(type: string, options: ProjectOptions | undefined): Promise<ServiceResponse> {
    const args = this.#place(type, options);
    return await sendByLibrary(this.#context.service.call(options, PROJECT_OPTIONS), 'types.get', args);
  }

  #place(type: string, options: ProjectOptions | undefined): [project: string, type: string] {
    return [requiredProject(options?.project, this.#context.project), checkedName(type, 'type')];
  }
}
