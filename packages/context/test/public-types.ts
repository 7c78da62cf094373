/** Compiled by `npm run types`, never run: what the public types promise. */
import type { Context, PendingApproval, ToolActions, User } from '@context-sdk/context';

/** Under `exactOptionalPropertyTypes`, too, what is undefined counts as left out. */
export async function ofAForm(user: User, { text, at }: { text?: string; at?: number }): Promise<void> {
  const task = { id: 'a', projectId: 'b', title: 'x', dueDate: text, timeZone: text, repeatFlag: text };
  const within = { from: new Date(), to: new Date() };
  await user.blockTime(task, { durationMinutes: 30, within });
  await user.plan({ tasks: [{ ...task, durationMinutes: at }], within });
  await user.draftEmail({ ...task, content: text, items: undefined }, { to: 'ada@example.com' });
  await user.followTask({ id: 'a', projectId: text, isDeleted: undefined });
  await user.connections.import('google', {
    accessToken: 'x',
    refreshToken: text,
    expiresAt: at,
    obtainedAt: Date.now(),
    scopes: [],
  });
}

/** What `declaration` has to name, by the module that is imported here. */
export const actionsOf = (context: Context): ToolActions => context.actions;
export const pendingOf = async (context: Context): Promise<PendingApproval[]> =>
  await context.actions.pending('ada');
