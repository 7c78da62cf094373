import type { JsonObject } from '../../json.ts';
import {
  type ApiCall,
  type ApiRoute,
  idParam,
  inPreview,
  listOf,
  pathParam,
  reading,
  writing,
} from '../api/api-call.ts';
import { commentNotFound, invalidValue } from '../failures.ts';
import { wireDate } from '../work-items/wire.ts';
import type { Comment, CommentVersion } from '../work-items/work-item.ts';
import { commentUrl, findComment } from './comment-routes.ts';

const COMMENT = 'wit/workitems/{id}/comments/{comment}';

/** Their place in this list is the number that libraries send. */
const REACTIONS: readonly string[] = ['like', 'dislike', 'heart', 'hooray', 'smile', 'confused'];

/** Earlier texts of a comment, and who reacted to it. */
export const COMMENT_DETAIL_ROUTES: readonly ApiRoute[] = [
  reading('commentVersion.list', `GET ${COMMENT}/versions`, (call) =>
    listOf(versionsOf(findComment(call)).map((version) => versionToWire(call, version))),
  ),
  reading('commentVersion.get', `GET ${COMMENT}/versions/{version}`, (call) => {
    const wanted = idParam(call, 'version');
    const version = versionsOf(findComment(call)).find((one) => one.version === wanted);
    if (!version) throw commentNotFound(`${pathParam(call, 'comment')}, version ${wanted},`);
    return versionToWire(call, version);
  }),
  reading('commentReaction.list', `GET ${COMMENT}/reactions`, (call) => {
    const used = [...findComment(call).reactions].filter(([, people]) => people.size > 0);
    return listOf(used.map(([type]) => reactionToWire(call, type)));
  }),
  writing('commentReaction.create', `PUT ${COMMENT}/reactions/{type}`, (call) => {
    engaged(call, reactionType(call)).add(call.caller.person);
    return reactionToWire(call, reactionType(call));
  }),
  writing('commentReaction.delete', `DELETE ${COMMENT}/reactions/{type}`, (call) => {
    engaged(call, reactionType(call)).delete(call.caller.person);
    return reactionToWire(call, reactionType(call));
  }),
  reading('commentReaction.users', `GET ${COMMENT}/reactions/{type}/users`, (call) =>
    listOf([...engaged(call, reactionType(call))].map((person) => call.organization.identityOf(person))),
  ),
].map(inPreview);

function versionsOf(comment: Comment): readonly CommentVersion[] {
  return [...comment.earlier, comment];
}

function versionToWire(call: ApiCall, version: CommentVersion): JsonObject {
  const { id, createdBy, createdAt } = findComment(call);
  return {
    id,
    version: version.version,
    text: version.text,
    createdBy,
    createdDate: wireDate(createdAt),
    modifiedBy: version.modifiedBy,
    modifiedDate: wireDate(version.modifiedAt),
    isDeleted: version.deleted,
    url: `${commentUrl(call)}/versions/${version.version}`,
  };
}

function reactionType(call: ApiCall): string {
  const wanted = pathParam(call, 'type');
  const type = REACTIONS[Number(wanted)] ?? REACTIONS.find((one) => one === wanted);
  if (type === undefined)
    throw invalidValue(`The value '${wanted}' is not valid for the parameter 'reactionType'.`);
  return type;
}

function engaged(call: ApiCall, type: string): Set<ApiCall['caller']['person']> {
  const { reactions } = findComment(call);
  const people = reactions.get(type) ?? new Set();
  reactions.set(type, people);
  return people;
}

function reactionToWire(call: ApiCall, type: string): JsonObject {
  const people = engaged(call, type);
  return {
    commentId: idParam(call, 'comment'),
    type,
    count: people.size,
    isCurrentUserEngaged: people.has(call.caller.person),
    url: `${commentUrl(call)}/reactions/${type}`,
  };
}
