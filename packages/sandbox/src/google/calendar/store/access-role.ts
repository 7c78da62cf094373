/** What a user may do with a calendar, from little to everything. */
export const accessRoles = [
  'freeBusyReader',
  'reader',
  'writerWithoutPrivateAccess',
  'writer',
  'owner',
] as const;

/** What a user may do with a calendar. */
export type AccessRole = (typeof accessRoles)[number];

export function isAtLeast(role: AccessRole, minimum: AccessRole): boolean {
  return accessRoles.indexOf(role) >= accessRoles.indexOf(minimum);
}
