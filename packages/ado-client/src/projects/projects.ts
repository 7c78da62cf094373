import type { CallOptions } from '@context-sdk/oauth-core';
import { type Listing, listing, pages } from '@context-sdk/oauth-core/client-kit';
import { SERVICE } from '../errors.ts';
import { checkedName } from '../input.ts';
import type { AdoCall, AdoContext } from '../wire.ts';

/** A project of the organization. */
export interface TeamProject {
  /** A GUID, which service hooks want. */
  id: string;
  name: string;
  description?: string;
  state?: string;
  visibility?: string;
  lastUpdateTime?: string;
  url?: string;
  [more: string]: unknown;
}

const PAGE = 100;

/** One project, by its name or id. */
export async function getProject(call: AdoCall, project: string): Promise<TeamProject> {
  const params = { project: checkedName(project, 'project') };
  const response = await call.send('projects.get', { params });
  return response.object<TeamProject>({ id: 'string', name: 'string' });
}

/** The organization's projects. Scope `vso.project`; a personal access token: Project and Team (read). */
export class TeamProjects {
  readonly #service: AdoContext['service'];

  constructor({ service }: AdoContext) {
    this.#service = service;
  }

  /** Every project that the user may see, 100 to a request. */
  list(options?: CallOptions): Listing<TeamProject> {
    const service = this.#service;
    return listing(async function* () {
      const call = service.call(options);
      const read = (continuationToken: string | undefined) =>
        call.send('projects.list', { query: { $top: PAGE, continuationToken } });
      const next = pages(SERVICE, read, ({ headers }) => headers.get('x-ms-continuationtoken') || undefined);
      for await (const page of next)
        yield* page.member('value').list<TeamProject>({ id: 'string', name: 'string' });
    });
  }

  /** One project, by its name or id. Throws {@link NotFoundError}. */
  async get(project: string, options?: CallOptions): Promise<TeamProject> {
    return await getProject(this.#service.call(options), project);
  }
}
