import type { CallOptions } from '@context-sdk/oauth-core';
import { checkFields, checkText } from '../input/checked-fields.ts';
import { checkedId } from '../input/checked-id.ts';
import type { Transport } from '../transport/transport.ts';
import type { Comment, CommentInput } from './comment.ts';

type TaskOfComment = { id: string; projectId: string };

function pathOf(task: TaskOfComment): string {
  return `/project/${checkedId(task?.projectId, 'projectId')}/task/${checkedId(task?.id, 'id')}`;
}

/** Comments on tasks. */
export class Comments {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every comment on a task. Scope `tasks:read`. */
  async list(task: TaskOfComment, options?: CallOptions): Promise<Comment[]> {
    const path = `${pathOf(task)}/comments`;
    const answer = await this.#transport.get('comments.list', path, options);
    return answer.list<Comment>('id');
  }

  /** Writes a comment. Never sent twice on a lost answer. Scope `tasks:write`. */
  async create(task: TaskOfComment, input: CommentInput, options?: CallOptions): Promise<Comment> {
    const path = `${pathOf(task)}/comment`;
    checkFields(input, 'comment');
    checkText(input.title, 'title');
    const answer = await this.#transport.post('comments.create', 'unsafe', path, input, options);
    return answer.object<Comment>('id');
  }

  /** Deletes a comment. One that is gone already is a success. Scope `tasks:write`. */
  async delete(task: TaskOfComment, commentId: string, options?: CallOptions): Promise<void> {
    const path = `${pathOf(task)}/comment/${checkedId(commentId, 'commentId')}`;
    await this.#transport.delete('comments.delete', path, options);
  }
}
