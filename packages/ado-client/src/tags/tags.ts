import { checkText, requiredProject } from '../input.ts';
import { type AdoContext, PROJECT_OPTIONS, type ProjectOptions, sendByLibrary } from '../wire.ts';

/** A tag of a project. It stays when no item has it any more. */
export interface WorkItemTag {
  id: string;
  name: string;
  url?: string;
  [more: string]: unknown;
}

/** WorkItemTags of a project; those of an item are its field (see `tagsOf`). */
export class WorkItemTags {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** Every tag of the project. Scope `vso.work`. */
  async list(options?: ProjectOptions): Promise<WorkItemTag[]> {
    const { service } = this.#context;
    const args = [this.#projectOf(options)] as const;
    const response = await sendByLibrary(service.call(options, PROJECT_OPTIONS), 'tags.list', [...args]);
    return response.member('value').list<WorkItemTag>({ name: 'string' });
  }

  /**
   * Renames a tag, by its name or id, on every item that has it. Throws {@link NotFoundError}, and
   * {@link InvalidRequestError} if there is a tag of that name. Scope `vso.work_write`.
   */
  async rename(tag: string, name: string, options?: ProjectOptions): Promise<WorkItemTag> {
    checkText(tag, 'tag');
    checkText(name, 'name');
    const { service } = this.#context;
    const args = [{ name }, this.#projectOf(options), tag] as const;
    const response = await sendByLibrary(service.call(options, PROJECT_OPTIONS), 'tags.rename', [...args]);
    return response.object<WorkItemTag>({ name: 'string' });
  }

  /** Deletes a tag, by its name or id, and takes it from every item. Throws {@link NotFoundError}. Scope `vso.work_write`. */
  async delete(tag: string, options?: ProjectOptions): Promise<void> {
    checkText(tag, 'tag');
    const args = [this.#projectOf(options), tag] as const;
    await sendByLibrary(this.#context.service.call(options, PROJECT_OPTIONS), 'tags.delete', [...args]);
  }

  #projectOf(options: ProjectOptions | undefined): string {
    return requiredProject(options?.project, this.#context.project);
  }
}
