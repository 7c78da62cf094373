import { checkedGuid, checkObject } from '../input.ts';
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

/** What a template says about a new item: give it to `workItems.create`, with what is to differ. */
export function fromTemplate(template: WorkItemTemplate): Pick<NewWorkItem, 'type' | 'title' | 'fields'> {
  checkObject(template, 'template');
  const { workItemTypeName, fields = {} } = template;
  checkObject(fields, 'template.fields');
  const { 'System.Title': title = '', ...others } = fields;
  return { type: workItemTypeName, title, fields: others };
}
