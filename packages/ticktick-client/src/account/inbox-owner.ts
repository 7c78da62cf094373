import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import type { TickTickCall } from '../operations.ts';
import type { ProjectMember } from '../projects/project.ts';
import { MEMBER } from '../projects/projects.ts';
import { rowsOf } from '../rows.ts';
import { openTasksOf } from '../tasks/project-tasks.ts';
import type { AccountInfo } from './account.ts';

/** Whose inbox it is, by its members and its tasks. */
export async function inboxOwner(call: TickTickCall): Promise<AccountInfo> {
  const [{ username, displayName }, id] = await Promise.all([memberSelf(call), userId(call)]);
  return { username, ...omitUndefined({ id, displayName }) };
}

async function memberSelf(call: TickTickCall): Promise<ProjectMember> {
  const response = await call.send('projects.members', { params: { projectId: 'inbox' } });
  const members = rowsOf<ProjectMember>(response, MEMBER, call);
  const self = members.find((member) => member.self === true);
  if (self === undefined) throw errors.unexpected('names no member of the inbox as the user', 'self');
  return self;
}

/** The inbox's real id is `inbox` and the user's number; only its tasks show it. */
async function userId(call: TickTickCall): Promise<string | undefined> {
  const tasks = (await openTasksOf('inbox', call)) ?? [];
  const inboxId = tasks.find(({ projectId }) => /^inbox\d+$/.test(projectId))?.projectId;
  return inboxId?.slice('inbox'.length);
}
