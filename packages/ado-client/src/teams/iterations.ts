import { afterCreating } from '@context-sdk/oauth-core/client-kit';
import { Classification } from '../classification/classification.ts';
import { createNode, type NewIteration } from '../classification/create-node.ts';
import type { ClassificationNode } from '../classification/node.ts';
import { unexpected } from '../errors.ts';
import { checkedGuid, checkObject } from '../input.ts';
import { checkedRead } from '../model/options.ts';
import type { WorkItem } from '../model/work-item.ts';
import { getMany } from '../requests/get-many.ts';
import { targetIds } from '../requests/target-ids.ts';
import type { AdoCall, AdoContext, ProjectOptions } from '../wire.ts';
import {
  type Capacity,
  type CapacityInput,
  readCapacities,
  readDaysOff,
  type TeamCapacity,
  wireCapacity,
} from './capacity.ts';
import { TEAM_OPTIONS, type TeamOptions, teamPlace } from './teams.ts';

/** An iteration that a team takes part in. */
export interface TeamIteration {
  id: string;
  name: string;
  /** What stands in `System.IterationPath`: `Fabrikam\Release 1\Sprint 1`. */
  path: string;
  attributes?: {
    startDate?: string | null;
    finishDate?: string | null;
    timeFrame?: 'past' | 'current' | 'future';
  };
  [more: string]: unknown;
}

/** The iterations of a team. Scope `vso.work`, to change them `vso.work_write`. */
export class Iterations {
  readonly #context: AdoContext;
  readonly #nodes: Classification<NewIteration>;

  constructor(context: AdoContext) {
    this.#context = context;
    this.#nodes = new Classification(context, 'iterations');
  }

  /** All iterations of the project as a tree, in one request, whichever teams take part in them. */
  async tree(options?: ProjectOptions): Promise<ClassificationNode> {
    return await this.#nodes.tree(options);
  }

  /** The iteration of a path such as `Fabrikam\\Sprint 1`, in any case; undefined if there is none. */
  async find(path: string, options?: ProjectOptions): Promise<ClassificationNode | undefined> {
    return await this.#nodes.find(path, options);
  }

  /** Moves an iteration, with what is below it and the items in it, below another. Wrong paths are refused with a suggestion. */
  async move(path: string, parent: string, options?: ProjectOptions): Promise<ClassificationNode> {
    return await this.#nodes.move(path, parent, options);
  }

  /** All iterations of a team, in their order. */
  async list(options?: TeamOptions): Promise<TeamIteration[]> {
    return await this.#list(options, undefined);
  }

  /** The iteration that is going on; undefined between iterations, and if none has dates. */
  async current(options?: TeamOptions): Promise<TeamIteration | undefined> {
    return (await this.#list(options, 'current'))[0];
  }

  /**
   * Creates an iteration with its dates, and lets the team take part in it: two requests. Throws {@link ConflictError} if
   * there is one of that name, and {@link InvalidRequestError} that suggests the right path if there is none above it. If the
   * second request fails, the {@link ApiError} has the iteration in `details.created`: no team has it yet, until {@link add}.
   */
  async create(input: NewIteration, options?: TeamOptions): Promise<TeamIteration> {
    checkObject(input, 'input');
    const { project, team } = teamPlace(options, this.#context.project);
    const call = this.#context.service.call(options, TEAM_OPTIONS);
    const node = await createNode(call, 'iterations', project, input);
    return await afterCreating(node, takePart(call, { project, team }, node), call);
  }

  /** Lets the team take part in an iteration that is there, given by its id: the `identifier` of a node of {@link tree}. */
  async add(iteration: string, options?: TeamOptions): Promise<TeamIteration> {
    const identifier = checkedGuid(iteration, 'iteration');
    const where = teamPlace(options, this.#context.project);
    return await takePart(this.#context.service.call(options, TEAM_OPTIONS), where, { identifier });
  }

  /** What the team can do in an iteration, member by member, and its days off: two requests. */
  async capacity(iteration: string, options?: TeamOptions): Promise<TeamCapacity> {
    const where = this.#iteration(iteration, options);
    const call = this.#context.service.call(options, TEAM_OPTIONS);
    const [members, daysOff] = await Promise.all([
      call.send('iterations.capacity', where),
      call.send('iterations.daysOff', where),
    ]);
    return { members: readCapacities(members), daysOff: readDaysOff(daysOff) };
  }

  /** Sets what a member can do in an iteration; what is left out stays. `member` is the person's id. */
  async setCapacity(
    iteration: string,
    member: string,
    input: CapacityInput,
    options?: TeamOptions,
  ): Promise<Capacity> {
    const { params } = this.#iteration(iteration, options);
    const request = {
      params: { ...params, member: checkedGuid(member, 'member') },
      json: wireCapacity(input),
    };
    const response = await this.#context.service
      .call(options, TEAM_OPTIONS)
      .send('iterations.setCapacity', request);
    return response.object<Capacity>({ teamMember: 'object' });
  }

  /** The items of an iteration that the team owns: one request, and one for each 200 items. */
  async workItems(iteration: string, options?: TeamOptions): Promise<WorkItem[]> {
    const call = this.#context.service.call(options, TEAM_OPTIONS);
    const response = await call.send('iterations.workItems', this.#iteration(iteration, options));
    const ids = [...new Set(targetIds(response.member('workItemRelations')))];
    return (await getMany(call, ids, checkedRead())).items;
  }

  async #list(options: TeamOptions | undefined, timeframe: string | undefined): Promise<TeamIteration[]> {
    const where = place(teamPlace(options, this.#context.project), { query: { $timeframe: timeframe } });
    const response = await this.#context.service.call(options, TEAM_OPTIONS).send('iterations.list', where);
    return response.member('value').list<TeamIteration>({ id: 'string', path: 'string' });
  }

  #iteration(iteration: string, options: TeamOptions | undefined): { params: Record<string, string> } {
    const { params } = place(teamPlace(options, this.#context.project), {});
    return { params: { ...params, iteration: checkedGuid(iteration, 'iteration') } };
  }
}

async function takePart(
  call: AdoCall,
  where: { project: string; team: string | undefined },
  { identifier }: Pick<ClassificationNode, 'identifier'>,
): Promise<TeamIteration> {
  if (identifier === undefined) throw unexpected('answered iterations.create without an identifier');
  const response = await call.send('iterations.add', place(where, { json: { id: identifier } }));
  return response.object<TeamIteration>({ id: 'string', path: 'string' });
}

/** The operations about teams name one in their path: without one, an id of the project stands there. */
function place<T extends object>(
  where: { project: string; team: string | undefined },
  rest: T,
): T & { params: Record<string, string> } {
  return {
    params: { project: where.project, ...(where.team !== undefined && { team: where.team }) },
    ...rest,
  };
}
