import { checkedGuid, checkObject } from '../input.ts';
import { tagsOf } from '../model/work-item.ts';
import type { NewWorkItem } from '../patches/work-item-input.ts';
import { TEAM_OPTIONS, type TeamOptions, teamPlace } from '../teams/teams.ts';
import type { AdoContext } from '../wire.ts';

/** A template for new work items, which a team keeps. */
export interface WorkItemTemplate {
  id: string;
  name: string;
  description?: string;
  workItemTypeName: string;
  /** Values by reference name; a list leaves them out. */
  fields?: Record<string, string>;
  [more: string]: unknown;
}

const TEMPLATE: { readonly id: 'string'; readonly workItemTypeName: 'string' } = {
  id: 'string',
  workItemTypeName: 'string',
};

/** Templates of a team. Scope `vso.work`. */
export class Templates {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** The team's templates, or those for one type, without their values. */
  async list(given?: TeamOptions & { type?: string | undefined }): Promise<WorkItemTemplate[]> {
    const { type, ...options } = given ?? {};
    const request = { params: this.#params(options), query: { workitemtypename: type } };
    const response = await this.#context.service.call(options, TEAM_OPTIONS).send('templates.list', request);
    return response.member('value').list<WorkItemTemplate>(TEMPLATE);
  }

  /** A template with its values. Throws {@link NotFoundError}. */
  async get(id: string, options?: TeamOptions): Promise<WorkItemTemplate> {
    const request = { params: { ...this.#params(options), template: checkedGuid(id, 'id') } };
    const response = await this.#context.service.call(options, TEAM_OPTIONS).send('templates.get', request);
    return response.object<WorkItemTemplate>(TEMPLATE);
  }

  #params(options: TeamOptions | undefined): Record<string, string> {
    const { project, team } = teamPlace(options, this.#context.project);
    return { project, ...(team !== undefined && { team }) };
  }
}

/**
 * What a template says about a new item: give it to `workItems.create`, with what is to differ. A template says which tags it adds
 * and takes away under names that are no fields (docs/facts/azure-devops.md#tags).
 */
export function fromTemplate(
  template: WorkItemTemplate,
): Pick<NewWorkItem, 'type' | 'title' | 'fields' | 'tags'> {
  checkObject(template, 'template');
  const { workItemTypeName, fields = {} } = template;
  checkObject(fields, 'template.fields');
  const {
    'System.Title': title = '',
    'System.Tags-Add': added,
    'System.Tags-Remove': _removed,
    ...others
  } = fields;
  if (added === undefined) return { type: workItemTypeName, title, fields: others };
  const { 'System.Tags': present = '', ...withoutTags } = others;
  const tags = tagsOf({ fields: { 'System.Tags': `${present};${added}`.replaceAll(',', ';') } });
  return { type: workItemTypeName, title, fields: withoutTags, tags };
}
