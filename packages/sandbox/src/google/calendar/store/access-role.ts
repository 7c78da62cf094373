/** What a user may do with a calendar, from little to everything. */
export const ACCESS_ROLES = [
  'freeBusyReader',
  'reader',
  'writerWithoutPrivateAccess',
  'writer',
  'owner',
] as const;

/** What a user may do with a calendar. */
export type AccessRole = (typeof ACCESS_ROLES)[number];

export function isAtLeast(role: AccessRole, minimum: AccessRole): boolean {
  return ACCESS_ROLES.indexOf(role) >= ACCESS_ROLES.indexOf(minimum);
}
