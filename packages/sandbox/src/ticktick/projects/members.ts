import type { AccountData } from '../account-data.ts';
import type { Member } from '../project.ts';

/** The account itself and whoever else is in the project. */
export function membersOf(data: AccountData, projectId: string): Member[] {
  const { username, displayName } = data.account;
  return [{ username, displayName, self: true }, ...(data.teammates.get(projectId) ?? [])];
}
