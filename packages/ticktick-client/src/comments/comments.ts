import type { CallOptions } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { checkFields, checkText } from '../input.ts';
import type { TickTickService } from '../operations.ts';
import { listRows, rowOf, type RowShape } from '../rows.ts';
import type { ListOptions } from '../skipped.ts';

/** A comment on a task. Also has the fields that are not listed here. */
export interface Comment {
  id: string;
  userId?: number;
  /** The text of the comment. */
  title: string;
  /** Epoch milliseconds in recordings, text (`2026-04-07T09:00:00+0000`) in the documentation. */
  createdTime?: string | number;
  /** As `createdTime`. */
  modifiedTime?: string | number;
  replyCommentId?: string;
  replyUserId?: number;
}

/** A comment to write. */
export interface CommentInput {
  /** The text of the comment. */
  title: string;
}

const COMMENT: RowShape<Comment> = {
  text: 'title',
  fields: { string: 'replyCommentId', number: 'userId replyUserId', time: 'createdTime modifiedTime' },
};

type CommentedTask = { id: string; projectId: string };

function paramsOf(task: CommentedTask): CommentedTask {
  return { projectId: task?.projectId, id: task?.id };
}

/** Comments on tasks. */
export class Comments {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /** Every comment on a task. Scope `tasks:read`. */
  async list(task: CommentedTask, options?: ListOptions): Promise<Comment[]> {
    return await listRows(this.#service, 'comments.list', { params: paramsOf(task) }, COMMENT, options);
  }

  /**
   * Writes a comment. Not retried if the response is lost: it may be there then, and another call would write it a second time.
   * Scope `tasks:write`.
   */
  async create(task: CommentedTask, input: CommentInput, options?: CallOptions): Promise<Comment> {
    checkFields(input, 'comment');
    checkText(input.title, 'title');
    const request = { params: paramsOf(task), json: input };
    const response = await this.#service.call(options).send('comments.create', request);
    return rowOf(response, COMMENT);
  }

  /** Deletes a comment. Succeeds if it is already deleted. Scope `tasks:write`. */
  async delete(task: CommentedTask, commentId: string, options?: CallOptions): Promise<void> {
    const params = { ...paramsOf(task), commentId };
    await unlessNotFound(this.#service.call(options).send('comments.delete', { params }));
  }
}
