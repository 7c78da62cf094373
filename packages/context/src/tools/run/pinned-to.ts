import { UserClients } from '../../connections/user-clients.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ToolCall } from '../definitions/definition.ts';

/** The call with its requests pinned to the grant that the user has at the provider now. */
export async function pinnedTo(provider: ProviderId, tool: ToolCall): Promise<ToolCall> {
  const grantId = await UserClients.grantIdAt(tool.user, provider, tool.call.signal);
  return { ...tool, call: { ...tool.call, grantId } };
}
