import { invalid } from '../errors.ts';
import { checkMembers, checkText, requiredProject } from '../input.ts';
import type { WorkItem } from '../model/work-item.ts';
import { query as queryItems, type QueryListing, type QueryOptions } from '../queries/query.ts';
import { Wiql } from '../queries/wiql.ts';
import { isGone, settleLost } from '../settle-lost.ts';
import { type AdoCall, type AdoContext, PROJECT_OPTIONS, type ProjectOptions } from '../wire.ts';

/** A saved query, or a folder of them. */
export interface SavedQuery {
  id: string;
  name: string;
  /** `Shared Queries/Open bugs`. */
  path: string;
  isFolder?: boolean;
  hasChildren?: boolean;
  children?: SavedQuery[];
  wiql?: string;
  queryType?: 'flat' | 'tree' | 'oneHop';
  isPublic?: boolean;
  [more: string]: unknown;
}

/** A query to save. */
export interface NewSavedQuery {
  name: string;
  /** Path or id of a folder. Default: `My Queries`. */
  folder?: string | undefined;
  query: Wiql;
}

/** The service tells two levels at a time. */
const DEPTH = 2;
const SAVED: { readonly id: 'string'; readonly path: 'string' } = { id: 'string', path: 'string' };

/** The names of a path; an id is one. */
function placeOf(idOrPath: string, field: string): string[] {
  checkText(idOrPath, field);
  const names = idOrPath.split('/').filter(Boolean);
  if (names.some((name) => /^\.+$/.test(name))) throw invalid(field, "can't be the path of a query");
  return names;
}

/** A text of a query whichever way it is spelled: the service writes it anew. */
function spelled(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Queries that a project keeps. Scope `vso.work`, to change them `vso.work_write`. */
export class SavedQueries {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** The user's own and the shared ones, folder by folder: every query, without the folders. */
  async list(options?: ProjectOptions): Promise<SavedQuery[]> {
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    const params = { project: this.#projectOf(options) };
    const query = { $depth: DEPTH, $expand: 'wiql' };
    const found: SavedQuery[] = [];
    const response = await call.send('savedQueries.list', { params, query });
    const root = response.member('value');
    const open = root.list<SavedQuery>(SAVED);
    for (let one = open.shift(); one !== undefined; one = open.shift()) {
      if (one.isFolder !== true) found.push(one);
      else if (Array.isArray(one.children))
        open.push(...root.part('children', one.children).list<SavedQuery>(SAVED));
      else if (one.hasChildren === true) {
        const below = await call.send('savedQueries.get', { params, rest: [one.id], query });
        open.push(...below.member('children', []).list<SavedQuery>(SAVED));
      }
    }
    return found;
  }

  /** One query or folder with its text, by its id or path. Throws {@link NotFoundError}. */
  async get(idOrPath: string, options?: ProjectOptions): Promise<SavedQuery> {
    const project = this.#projectOf(options);
    return await getQuery(this.#context.service.call(options, PROJECT_OPTIONS), idOrPath, project);
  }

  /** The items that a saved query finds, as `workItems.query` gives them. Throws {@link NotFoundError}. */
  async run(idOrPath: string, options?: QueryOptions): Promise<QueryListing<WorkItem>> {
    const { signal, timeoutMs, deadlineMs, maxWaitMs, grantId } = options ?? {};
    const call = this.#context.service.call({ signal, timeoutMs, deadlineMs, maxWaitMs, grantId });
    const { wiql } = await getQuery(call, idOrPath, this.#projectOf(options));
    if (wiql === undefined) throw invalid('query', 'is a folder');
    // The query was written by the account that it is run for.
    return queryItems(this.#context, new Wiql(wiql), { ...options, grantId: call.grantId });
  }

  /** Saves a query. Throws {@link InvalidRequestError} if its folder has one of that name, or its text can't be run. */
  async create(input: NewSavedQuery, options?: ProjectOptions): Promise<SavedQuery> {
    checkMembers(input, { name: true, folder: true, query: true }, '', 'input');
    checkText(input.name, 'name');
    if (!(input.query instanceof Wiql)) throw invalid('query', 'is not made with wiql`…`');
    const { name, folder = 'My Queries' } = input;
    const params = { project: this.#projectOf(options) };
    const rest = placeOf(folder, 'folder');
    const { text } = input.query;
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    const create = async (): Promise<SavedQuery> =>
      (
        await call.send('savedQueries.create', { params, rest, json: { name, wiql: text } })
      ).object<SavedQuery>(SAVED);
    return await settleLost(call, create, async () => {
      const above = await call.send('savedQueries.get', {
        params,
        rest,
        query: { $depth: 1, $expand: 'wiql' },
      });
      return above
        .member('children', [])
        .list<SavedQuery>(SAVED)
        .find((one) => spelled(one.name) === spelled(name) && spelled(one.wiql) === spelled(text));
    });
  }

  /** Deletes a query, or a folder with all queries in it. Throws {@link NotFoundError}. */
  async delete(idOrPath: string, options?: ProjectOptions): Promise<void> {
    const params = { project: this.#projectOf(options) };
    const request = { params, rest: placeOf(idOrPath, 'idOrPath') };
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    await settleLost<unknown>(
      call,
      () => call.send('savedQueries.delete', request),
      async () => {
        // Without its project a query can't be found either.
        await call.send('savedQueries.list', { params });
        return (await isGone(call.send('savedQueries.get', request))) || undefined;
      },
    );
  }

  #projectOf(options: { project?: string | undefined } | undefined): string {
    return requiredProject(options?.project, this.#context.project);
  }
}

async function getQuery(call: AdoCall, idOrPath: string, project: string): Promise<SavedQuery> {
  const rest = placeOf(idOrPath, 'idOrPath');
  const query = { $depth: 1, $expand: 'wiql' };
  const response = await call.send('savedQueries.get', { params: { project }, rest, query });
  return response.object<SavedQuery>(SAVED);
}
