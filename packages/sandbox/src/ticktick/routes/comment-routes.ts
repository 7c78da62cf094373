import { type ApiCall, type ApiRoute, pathParam, reading, writing } from '../api-call.ts';
import { readObject, readString, required } from '../read-json.ts';
import type { Comment } from '../records.ts';
import { findTask, getTask } from '../tasks/query-tasks.ts';

/** Comments on a task. */
export const COMMENT_ROUTES: readonly ApiRoute[] = [
  reading('comment.list', 'GET /project/{projectId}/task/{taskId}/comments', list),
  writing('comment.create', 'POST /project/{projectId}/task/{taskId}/comment', create),
  writing('comment.delete', 'DELETE /project/{projectId}/task/{taskId}/comment/{commentId}', remove),
];

function list(call: ApiCall): readonly Comment[] {
  const task = findTask(call.data, pathParam(call, 'projectId'), pathParam(call, 'taskId'));
  return (task && call.data.comments.get(task.id)) ?? [];
}

function create(call: ApiCall): Comment {
  const { data } = call;
  const task = getTask(data, pathParam(call, 'projectId'), pathParam(call, 'taskId'));
  const comment: Comment = {
    id: data.newId(),
    userId: data.account.id,
    title: required(readString(readObject(call.body), 'title')),
    createdTime: data.now(),
    modifiedTime: data.now(),
  };
  data.comments.set(task.id, [...(data.comments.get(task.id) ?? []), comment]);
  return comment;
}

function remove(call: ApiCall): undefined {
  const { data } = call;
  const task = findTask(data, pathParam(call, 'projectId'), pathParam(call, 'taskId'));
  if (!task) return;
  const commentId = pathParam(call, 'commentId');
  const others = (data.comments.get(task.id) ?? []).filter(({ id }) => id !== commentId);
  data.comments.set(task.id, others);
}
