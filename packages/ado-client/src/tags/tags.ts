import { invalid } from '../errors.ts';
import { checkText, requiredProject } from '../input.ts';
import { settleLost } from '../settle-lost.ts';
import {
  type AdoCall,
  type AdoContext,
  PROJECT_OPTIONS,
  type ProjectOptions,
  sendByLibrary,
} from '../wire.ts';

/** A tag of a project. It stays when no item has it any more. */
export interface WorkItemTag {
  id: string;
  name: string;
  url?: string;
  [more: string]: unknown;
}

async function listTags(call: AdoCall, project: string): Promise<WorkItemTag[]> {
  const response = await sendByLibrary(call, 'tags.list', [project]);
  return response.member('value').list<WorkItemTag>({ name: 'string' });
}

/** By its name, in any case, or by its id. */
function find(tags: readonly WorkItemTag[], nameOrId: string): WorkItemTag | undefined {
  const key = nameOrId.trim().toLowerCase();
  return tags.find(({ id, name }) => name.toLowerCase() === key || id?.toLowerCase() === key);
}

/** A name of dots leads to another route. Throws {@link InvalidRequestError}. */
function checkTag(tag: string): void {
  checkText(tag, 'tag');
  if (/^\.+$/.test(tag)) throw invalid('tag', 'can only be named by its id');
}

/** Tags of a project; those of an item are its field (see `tagsOf`). */
export class WorkItemTags {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** Every tag of the project. Scope `vso.work`. */
  async list(options?: ProjectOptions): Promise<WorkItemTag[]> {
    const project = this.#projectOf(options);
    return await listTags(this.#context.service.call(options, PROJECT_OPTIONS), project);
  }

  /**
   * Renames a tag, by its name or id, on every item that has it. Throws {@link NotFoundError}, and
   * {@link InvalidRequestError} if there is a tag of that name. Scope `vso.work_write`.
   */
  async rename(tag: string, name: string, options?: ProjectOptions): Promise<WorkItemTag> {
    checkTag(tag);
    checkText(name, 'name');
    const project = this.#projectOf(options);
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    const rename = async (): Promise<WorkItemTag> =>
      (await sendByLibrary(call, 'tags.rename', [{ name }, project, tag])).object<WorkItemTag>({
        name: 'string',
      });
    return await settleLost(call, rename, async () => {
      const tags = await listTags(call, project);
      const renamed = tags.find((one) => one.name === name.trim());
      const former = find(tags, tag);
      return former === undefined || former === renamed ? renamed : undefined;
    });
  }

  /** Deletes a tag, by its name or id, and takes it from every item. Throws {@link NotFoundError}. Scope `vso.work_write`. */
  async delete(tag: string, options?: ProjectOptions): Promise<void> {
    checkTag(tag);
    const project = this.#projectOf(options);
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    await settleLost<unknown>(
      call,
      () => sendByLibrary(call, 'tags.delete', [project, tag]),
      async () => (find(await listTags(call, project), tag) === undefined ? true : undefined),
    );
  }

  #projectOf(options: ProjectOptions | undefined): string {
    return requiredProject(options?.project, this.#context.project);
  }
}
