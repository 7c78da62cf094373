import type { JsonObject } from '../../json.ts';
import {
  type ApiCall,
  type ApiRoute,
  flag,
  idParam,
  inPreview,
  numberOf,
  reading,
  requiredProject,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { commentNotFound, invalidValue, workItemNotFound } from '../failures.ts';
import { commentToWire, knowsFormat } from '../work-items/comment-to-wire.ts';
import { draftOf } from '../work-items/draft.ts';
import { save } from '../work-items/save.ts';
import { projectUrl } from '../work-items/wire.ts';
import type { Comment, WorkItem } from '../work-items/work-item.ts';

const COMMENTS_PATH = 'wit/workitems/{id}/comments';

export const COMMENT_ROUTES: readonly ApiRoute[] = [
  reading('comment.list', `GET ${COMMENTS_PATH}`, list),
  writing('comment.create', `POST ${COMMENTS_PATH}`, create),
  reading('comment.get', `GET ${COMMENTS_PATH}/{comment}`, (call) =>
    show(call, findItem(call), findComment(call)),
  ),
  writing('comment.update', `PATCH ${COMMENTS_PATH}/{comment}`, update),
  writing('comment.delete', `DELETE ${COMMENTS_PATH}/{comment}`, (call) => {
    const comment = findComment(call);
    beginEdit(call, comment);
    comment.deleted = true;
    return show(call, findItem(call), comment);
  }),
].map(inPreview);

/** The newest first, unless `order=asc`; a continuation token counts from the start. */
function list(call: ApiCall): JsonObject {
  const item = findItem(call);
  const { query } = call.request;
  const ids = query.get('ids')?.split(',').map(Number);
  const comments = item.comments.filter(
    ({ id, deleted }) => (!deleted || flag(call, 'includeDeleted')) && (ids?.includes(id) ?? true),
  );
  const sorted = query.get('order')?.toLowerCase() === 'asc' ? comments : comments.toReversed();
  const start = numberOf(call, 'continuationToken', 0);
  const end = start + numberOf(call, '$top', 200);
  const page = sorted.slice(start, end);
  return {
    totalCount: comments.length,
    count: page.length,
    comments: page.map((comment) => show(call, item, comment)),
    ...(end < sorted.length && { continuationToken: String(end), nextPage: nextPage(call, end) }),
  };
}

function nextPage({ request }: ApiCall, end: number): string {
  const query = new URLSearchParams(request.query);
  query.set('continuationToken', String(end));
  return `https://${request.host}${request.path}?${query.toString()}`;
}

/** Saying something is a change of the item, with a revision of its own. */
function create(call: ApiCall): JsonObject {
  const item = findItem(call);
  const { organization } = call;
  const draft = draftOf(item, organization.projectOf(item));
  draft.fields['System.History'] = readText(call);
  if (isMarkdown(call)) draft.markdown.add('System.History');
  save(organization, draft, { by: organization.identityOf(call.caller.person), notify: true });
  const comment = item.comments.at(-1);
  if (!comment) throw commentNotFound('');
  return show(call, item, comment);
}

function update(call: ApiCall): JsonObject {
  const comment = findComment(call);
  const text = readText(call);
  beginEdit(call, comment);
  comment.text = text;
  // Without a format it stays what it was.
  if (call.request.query.has('format') && knowsFormat(call.version)) {
    comment.format = isMarkdown(call) ? 'markdown' : 'html';
  }
  return show(call, findItem(call), comment);
}

/** Keeps what a comment was, before it is changed. */
function beginEdit({ organization, caller }: ApiCall, comment: Comment): void {
  const { version, text, modifiedBy, modifiedAt, deleted } = comment;
  comment.earlier.push({ version, text, modifiedBy, modifiedAt, deleted });
  comment.version += 1;
  comment.modifiedBy = organization.identityOf(caller.person);
  comment.modifiedAt = organization.clock.now();
}

function readText(call: ApiCall): string {
  const text = property(readObject(call.request), 'text');
  if (typeof text !== 'string' || text === '')
    throw invalidValue('The text of the comment must not be empty.');
  return text;
}

/** `format=0` or `markdown`; older versions do not know the parameter and pass over it. */
function isMarkdown({ request, version }: ApiCall): boolean {
  const format = request.query.get('format')?.toLowerCase();
  if (format === undefined || !knowsFormat(version)) return false;
  if (!['0', '1', 'markdown', 'html'].includes(format)) {
    throw invalidValue(`The value '${format}' is not valid for the parameter 'format'.`);
  }
  return format === '0' || format === 'markdown';
}

export function commentUrl(call: ApiCall): string {
  const { organization } = call;
  return `${projectUrl(organization, requiredProject(call))}/workItems/${findItem(call).id}/comments/${findComment(call).id}`;
}

function show({ organization, version }: ApiCall, item: WorkItem, comment: Comment): JsonObject {
  return commentToWire(organization, item, comment, version);
}

function findItem(call: ApiCall): WorkItem {
  const project = requiredProject(call);
  const item = call.organization.get(idParam(call, 'id'));
  if (call.organization.projectOf(item) !== project) throw workItemNotFound(item.id);
  return item;
}

export function findComment(call: ApiCall): Comment {
  const id = idParam(call, 'comment');
  const comment = findItem(call).comments.find((candidate) => candidate.id === id);
  if (!comment || (comment.deleted && !flag(call, 'includeDeleted'))) throw commentNotFound(id);
  return comment;
}
