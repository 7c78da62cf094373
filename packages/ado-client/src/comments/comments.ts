import {
  isObject,
  type Listing,
  listing,
  pages,
  type RequiredMembers,
  type ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { SERVICE } from '../errors.ts';
import { checkedId, checkText, requiredProject } from '../input.ts';
import type { IdentityRef } from '../model/identity.ts';
import { type RichText, type WireText, wireText } from '../model/rich-text.ts';
import { getWorkItem } from '../requests/work-item-requests.ts';
import { isGone, settleLost } from '../settle-lost.ts';
import { type AdoContext, PROJECT_OPTIONS, type ProjectOptions, sendByLibrary } from '../wire.ts';

/** A remark on a work item. */
export interface WorkItemComment {
  id: number;
  workItemId: number;
  version: number;
  text: string;
  /** Absent from old servers, which only know HTML. */
  format?: 'markdown' | 'html';
  createdBy?: IdentityRef;
  createdDate?: string;
  modifiedBy?: IdentityRef;
  modifiedDate?: string;
  url?: string;
  [more: string]: unknown;
}

const COMMENT: RequiredMembers<WorkItemComment & { commentId?: number }> = { text: 'string' };
const PAGE = 200;

/** Azure DevOps Server's older versions call the id `commentId`. */
function withId<T extends { id?: unknown; commentId?: unknown }>(comment: T): T {
  return comment.id === undefined && comment.commentId !== undefined
    ? { ...comment, id: comment.commentId }
    : comment;
}

function commentIn(response: ServiceResponse): WorkItemComment {
  return withId(response.object(COMMENT));
}

/** A number would be the next page, too. */
function nextPage(page: ServiceResponse): string | undefined {
  const { continuationToken } = page.object<{ continuationToken?: unknown }>();
  return typeof continuationToken === 'number' ? String(continuationToken) : page.text('continuationToken');
}

function checkedText(text: RichText): WireText {
  const wire = wireText(text, 'text');
  checkText(wire.text, 'text');
  return wire;
}

/** Remarks on work items. Their routes name a project: the item's. */
export class WorkItemComments {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** All comments of an item, newest first, 200 to a request. Scope `vso.work`. */
  list(workItemId: number, options?: ProjectOptions): Listing<WorkItemComment> {
    checkedId(workItemId, 'workItemId');
    const project = this.#projectOf(options);
    const { service } = this.#context;
    return listing(async function* () {
      const call = service.call(options, PROJECT_OPTIONS);
      const read = (token: string | undefined) =>
        sendByLibrary(call, 'comments.list', [project, workItemId, PAGE, token]);
      for await (const page of pages(SERVICE, read, nextPage)) {
        const { value } = page.member('comments');
        const comments = Array.isArray(value)
          ? value.map((one) => (isObject(one) ? withId(one) : one))
          : value;
        yield* page.part('comments', comments).list<WorkItemComment>({ id: 'number', text: 'string' });
      }
    });
  }

  /** One comment. Throws {@link NotFoundError}. Scope `vso.work`. */
  async get(workItemId: number, commentId: number, options?: ProjectOptions): Promise<WorkItemComment> {
    const args = this.#place(workItemId, commentId, options);
    return commentIn(
      await sendByLibrary(this.#context.service.call(options, PROJECT_OPTIONS), 'comments.get', args),
    );
  }

  /**
   * Adds a comment, HTML or Markdown (which only Azure DevOps Services reads). Not retried if the response is lost:
   * it may be there then, and another call would add a second one. Scope `vso.work_write`.
   */
  async add(workItemId: number, text: RichText, options?: ProjectOptions): Promise<WorkItemComment> {
    checkedId(workItemId, 'workItemId');
    const project = this.#projectOf(options);
    const { text: content, isMarkdown } = checkedText(text);
    const json = { text: content };
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    if (!isMarkdown) return commentIn(await sendByLibrary(call, 'comments.add', [json, project, workItemId]));
    const params = { project, workItemId };
    return commentIn(await call.send('comments.addMarkdown', { params, query: { format: 0 }, json }));
  }

  /**
   * Replaces the text of a comment. `{ markdown }` and `{ html }` also set its format, which only Azure DevOps Services
   * can; a plain string is sent without one. Scope `vso.work_write`.
   */
  async update(
    workItemId: number,
    commentId: number,
    text: RichText,
    options?: ProjectOptions,
  ): Promise<WorkItemComment> {
    const place = this.#place(workItemId, commentId, options);
    const { text: content, isMarkdown } = checkedText(text);
    const json = { text: content };
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    if (typeof text === 'string') {
      return commentIn(await sendByLibrary(call, 'comments.update', [json, ...place]));
    }
    const params = { project: place[0], workItemId, commentId };
    const query = { format: isMarkdown ? 0 : 1 };
    return commentIn(await call.send('comments.updateFormatted', { params, query, json }));
  }

  /** Deletes a comment. Throws {@link NotFoundError}. Scope `vso.work_write`. */
  async delete(workItemId: number, commentId: number, options?: ProjectOptions): Promise<void> {
    const place = this.#place(workItemId, commentId, options);
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    const look = async (): Promise<true | undefined> => {
      // Without its item a comment can't be found either.
      await getWorkItem(call, workItemId, { project: place[0] });
      return (await isGone(sendByLibrary(call, 'comments.get', place))) || undefined;
    };
    await settleLost<unknown>(call, () => sendByLibrary(call, 'comments.delete', place), look);
  }

  #projectOf(options: ProjectOptions | undefined): string {
    return requiredProject(options?.project, this.#context.project);
  }

  #place(
    workItemId: number,
    commentId: number,
    options: ProjectOptions | undefined,
  ): [project: string, workItemId: number, commentId: number] {
    checkedId(workItemId, 'workItemId');
    checkedId(commentId, 'commentId');
    return [this.#projectOf(options), workItemId, commentId];
  }
}
