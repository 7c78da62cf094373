import { type CallOptions, type Listing, listing, oneDeadline } from '@context-sdk/oauth-core';
import { checkedName } from '../input/checked-name.ts';
import type { Transport } from '../requests/transport.ts';

/** A project of the organization. */
export interface Project {
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

/** The organization's projects. Scope `vso.project`; a personal access token: Project and Team (read). */
export class Projects {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every project that the user may see, 100 to a request. */
  list(options?: CallOptions): Listing<Project> {
    const transport = this.#transport;
    return listing(async function* () {
      const call = oneDeadline(options, 'azure-devops');
      let continuationToken: string | undefined;
      do {
        const query = { $top: PAGE, continuationToken };
        const request = { method: 'GET', path: '_apis/projects', apiVersion: '7.1', query } as const;
        const answer = await transport.direct({ name: 'projects.list', safety: 'safe' }, request, call);
        yield* answer.list<Project>({ id: 'string', name: 'string' });
        continuationToken = answer.headers.get('x-ms-continuationtoken') ?? undefined;
      } while (continuationToken !== undefined);
    });
  }

  /** One project, by its name or id. Throws {@link NotFoundError}. */
  async get(project: string, options?: CallOptions): Promise<Project> {
    const path = `_apis/projects/${encodeURIComponent(checkedName(project, 'project'))}`;
    const request = { method: 'GET', path, apiVersion: '7.1' } as const;
    const answer = await this.#transport.direct({ name: 'projects.get', safety: 'safe' }, request, options);
    return answer.object<Project>({ id: 'string', name: 'string' });
  }
}
