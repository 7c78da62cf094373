import type { CallOptions } from '@context-sdk/oauth-core';
import { checkedInstant, type Instant, type OwnOptions, pages } from '@context-sdk/oauth-core/client-kit';
import { invalid, SERVICE } from '../errors.ts';
import { checkList, optionalProject } from '../input.ts';
import { WORK_ITEM, type WorkItem } from '../model/work-item.ts';
import type { AdoContext } from '../wire.ts';

/** Which revisions to export. */
export interface RevisionExportOptions extends CallOptions {
  /** Name or id. Default: all projects that the user may see. */
  project?: string | undefined;
  /** Only these fields, by reference name. */
  fields?: readonly string[] | undefined;
  /** Only items of these types. */
  types?: readonly string[] | undefined;
  /** Only revisions since then. Says nothing beside `after`. */
  since?: Instant | undefined;
  /** Goes on after an earlier export: the `position` of its last page. */
  after?: string | undefined;
  /** Also of items in the recycle bin. Default: false. */
  includeDeleted?: boolean | undefined;
  /** Only the newest revision of each item. Default: false. */
  latestOnly?: boolean | undefined;
}

const OPTIONS: OwnOptions<RevisionExportOptions> = {
  project: 'string',
  fields: 'list',
  types: 'list',
  since: 'string|object',
  after: 'string',
  includeDeleted: 'boolean',
  latestOnly: 'boolean',
};

/** Some revisions, in the order in which they were made. */
export interface RevisionPage {
  revisions: WorkItem[];
  /** Where the next export goes on: keep it once the page is processed. */
  position: string;
}

/** Exports for reports: every revision of every item, many to a request. Scope `vso.work`. */
export class Reporting {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** All revisions, page by page, with a position from which a later export goes on. */
  async *revisions(options?: RevisionExportOptions): AsyncGenerator<RevisionPage, void, undefined> {
    const { fields, types, since, after, includeDeleted, latestOnly } = options ?? {};
    for (const [name, list] of Object.entries({ fields, types }))
      if (list !== undefined) checkList(list, name);
    if (after?.isWellFormed?.() === false) throw invalid('after', 'is not well-formed text');
    const project = optionalProject(options?.project);
    const startDateTime =
      since === undefined ? undefined : new Date(checkedInstant(since, 'since', invalid).at).toISOString();
    const call = this.#context.service.call(options, OPTIONS);
    const read = (continuationToken = after) =>
      call.send('reporting.revisions', {
        params: project === undefined ? {} : { project },
        // A token says where to go on, so it is not sent with a time (Swagger 7.1, startDateTime).
        query: continuationToken === undefined ? { startDateTime } : { continuationToken },
        json: { fields, types, includeDeleted, includeLatestOnly: latestOnly },
      });
    const isLast = (value: { isLastBatch?: unknown }): boolean => value.isLastBatch !== false;
    const next = pages(SERVICE, read, (page) =>
      isLast(page.object()) ? undefined : page.text('continuationToken'),
    );
    for await (const page of next) {
      const { continuationToken } = page.object<{ continuationToken: string }>({
        continuationToken: 'string',
      });
      yield { revisions: page.member('values').list(WORK_ITEM), position: continuationToken };
    }
  }
}
