import { type CallOptions, type Listing, listing, oneDeadline } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { checkText } from '../input/checked-object.ts';
import { neededProject } from '../input/needed-project.ts';
import type { Members } from '../requests/answer.ts';
import type { Transport } from '../requests/transport.ts';
import { type LongText, wireText } from '../work-items/long-text.ts';
import type { Comment } from './comment.ts';

const COMMENT: Members<Comment & { commentId?: number }> = { text: 'string' };
const PAGE = 200;

/** The first version with `format`: 0 is Markdown, 1 is HTML (docs/facts/azure-devops.md#markdown). */
const WITH_FORMAT = '7.2-preview.4';

/** What calls on comments take: their routes name a project. */
export interface CommentOptions extends CallOptions {
  /** The item's; the client's own unless given. */
  project?: string | undefined;
}

/** Recorded answers of older versions call the id `commentId`. */
function withId(comment: Comment & { commentId?: number }): Comment {
  return comment.id === undefined && comment.commentId !== undefined
    ? { ...comment, id: comment.commentId }
    : comment;
}

/** Remarks on work items. */
export class Comments {
  readonly #transport: Transport;
  readonly #project: string | undefined;

  constructor(transport: Transport, project: string | undefined) {
    this.#transport = transport;
    this.#project = project;
  }

  /** All comments of an item, newest first, 200 to a request. Scope `vso.work`. */
  list(workItemId: number, options?: CommentOptions): Listing<Comment> {
    checkedId(workItemId, 'workItemId');
    const project = this.#projectOf(options);
    return listing(() => this.#pages(workItemId, project, oneDeadline<CallOptions>(options, 'azure-devops')));
  }

  /** One comment. Throws {@link NotFoundError}. Scope `vso.work`. */
  async get(workItemId: number, commentId: number, options?: CommentOptions): Promise<Comment> {
    this.#check(workItemId, commentId);
    const project = this.#projectOf(options);
    const answer = await this.#transport.send({ name: 'comments.get', safety: 'safe' }, options, (api) =>
      api.getComment(project, workItemId, commentId),
    );
    return withId(answer.object(COMMENT));
  }

  /**
   * Adds a comment, HTML or Markdown (which Azure DevOps Services alone reads). Never sent twice on a lost answer.
   * Scope `vso.work_write`.
   */
  async add(workItemId: number, text: LongText, options?: CommentOptions): Promise<Comment> {
    checkedId(workItemId, 'workItemId');
    const project = this.#projectOf(options);
    const operation = { name: 'comments.add', safety: 'unsafe' } as const;
    const wire = this.#text(text);
    if (wire.isMarkdown) {
      const path = `${encodeURIComponent(project)}/_apis/wit/workItems/${workItemId}/comments`;
      const request = { method: 'POST', path, query: { format: 0 }, apiVersion: WITH_FORMAT } as const;
      const answer = await this.#transport.direct(
        operation,
        { ...request, json: { text: wire.text } },
        options,
      );
      return withId(answer.object(COMMENT));
    }
    const answer = await this.#transport.send(operation, options, (api) =>
      api.addComment({ text: wire.text }, project, workItemId),
    );
    return withId(answer.object(COMMENT));
  }

  /** Replaces the text of a comment; its format stays. Scope `vso.work_write`. */
  async update(
    workItemId: number,
    commentId: number,
    text: LongText,
    options?: CommentOptions,
  ): Promise<Comment> {
    this.#check(workItemId, commentId);
    const project = this.#projectOf(options);
    const body = { text: this.#text(text).text };
    const answer = await this.#transport.send(
      { name: 'comments.update', safety: 'idempotent' },
      options,
      (api) => api.updateComment(body, project, workItemId, commentId),
    );
    return withId(answer.object(COMMENT));
  }

  /** Deletes a comment. Throws {@link NotFoundError}. Scope `vso.work_write`. */
  async delete(workItemId: number, commentId: number, options?: CommentOptions): Promise<void> {
    this.#check(workItemId, commentId);
    const project = this.#projectOf(options);
    await this.#transport.send({ name: 'comments.delete', safety: 'unsafe' }, options, (api) =>
      api.deleteComment(project, workItemId, commentId),
    );
  }

  async *#pages(
    workItemId: number,
    project: string,
    options: CallOptions | undefined,
  ): AsyncGenerator<Comment> {
    let token: string | undefined;
    do {
      const at = token;
      const answer = await this.#transport.send({ name: 'comments.list', safety: 'safe' }, options, (api) =>
        api.getComments(project, workItemId, PAGE, at),
      );
      for (const comment of answer.member('comments', COMMENT)) yield withId(comment);
      const { continuationToken } = answer.object<{ continuationToken?: unknown }>();
      token =
        typeof continuationToken === 'string' && continuationToken !== '' ? continuationToken : undefined;
    } while (token !== undefined);
  }

  #projectOf(options: CommentOptions | undefined): string {
    return neededProject(options?.project, this.#project);
  }

  #check(workItemId: number, commentId: number): void {
    checkedId(workItemId, 'workItemId');
    checkedId(commentId, 'commentId');
  }

  #text(text: LongText): ReturnType<typeof wireText> {
    const wire = wireText(text, 'text');
    checkText(wire.text, 'text');
    return wire;
  }
}
