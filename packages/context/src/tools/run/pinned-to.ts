import { UserClients } from '../../connections/user-clients.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ToolCall } from '../definitions/definition.ts';

/** The same call, all of whose requests go with the grant that the user has at the provider now. */
export async function pinnedTo(provider: ProviderId, tool: ToolCall): Promise<ToolCall> {
  const grantId = await UserClients.grantIdAt(tool.user, provider);
  return { ...tool, call: { ...tool.call, grantId } };
}
