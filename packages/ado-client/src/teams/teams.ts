import {
  type Listing,
  listing,
  type OwnOptions,
  type ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { checkedName, requiredProject } from '../input.ts';
import type { IdentityRef } from '../model/identity.ts';
import { type AdoCall, type AdoContext, PROJECT_OPTIONS, type ProjectOptions } from '../wire.ts';

/** A team of a project. */
export interface Team {
  id: string;
  name: string;
  description?: string;
  projectName?: string;
  projectId?: string;
  [more: string]: unknown;
}

/** A member of a team. */
export interface TeamMember {
  identity: IdentityRef;
  isTeamAdmin?: boolean;
  [more: string]: unknown;
}

/** The options of a call that is about a team. */
export interface TeamOptions extends ProjectOptions {
  /** Name or id. Default: the project's own team. */
  team?: string | undefined;
}

export const TEAM_OPTIONS: OwnOptions<TeamOptions> = { project: 'string', team: 'string' };

/** Where a call about a team goes: the project's own team is left out of the path. */
export function teamPlace(
  options: TeamOptions | undefined,
  ofClient: string | undefined,
): { project: string; team: string | undefined } {
  const { team, project } = options ?? {};
  return {
    project: requiredProject(project, ofClient),
    team: team === undefined ? undefined : checkedName(team, 'team'),
  };
}

const PAGE = 100;

/** Without `$top` the service gives the first 100, and does not say that there are more. */
async function* pagesOf(
  call: AdoCall,
  name: 'teams.list' | 'teams.members',
  params: Record<string, string>,
): AsyncGenerator<ServiceResponse> {
  for (let skip = 0; ; skip += PAGE) {
    const response = await call.send(name, { params, query: { $top: PAGE, $skip: skip } });
    const page = response.member('value');
    yield page;
    if (!Array.isArray(page.value) || page.value.length < PAGE) return;
  }
}

/** Teams. Scope `vso.project`; a personal access token: Project and Team (read). */
export class Teams {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** The teams of a project, 100 to a request. */
  list(options?: ProjectOptions): Listing<Team> {
    const { service, project: ofClient } = this.#context;
    const params = { project: requiredProject(options?.project, ofClient) };
    return listing(async function* () {
      const call = service.call(options, PROJECT_OPTIONS);
      for await (const page of pagesOf(call, 'teams.list', params))
        yield* page.list<Team>({ id: 'string', name: 'string' });
    });
  }

  /** One team, by its name or id. Throws {@link NotFoundError}. */
  async get(team: string, options?: ProjectOptions): Promise<Team> {
    const params = this.#params(team, options);
    const response = await this.#context.service.call(options, PROJECT_OPTIONS).send('teams.get', { params });
    return response.object<Team>({ id: 'string', name: 'string' });
  }

  /** Who is in a team, 100 to a request. Throws {@link NotFoundError}. */
  async members(team: string, options?: ProjectOptions): Promise<TeamMember[]> {
    const params = this.#params(team, options);
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    const members: TeamMember[] = [];
    for await (const page of pagesOf(call, 'teams.members', params))
      members.push(...page.list<TeamMember>({ identity: 'object' }));
    return members;
  }

  #params(team: string, options: ProjectOptions | undefined): { project: string; team: string } {
    return {
      project: requiredProject(options?.project, this.#context.project),
      team: checkedName(team, 'team'),
    };
  }
}
