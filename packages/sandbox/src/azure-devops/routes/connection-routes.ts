import type { JsonObject } from '../../json.ts';
import { type ApiCall, type ApiRoute, forAnyToken, inPreview } from '../api/api-call.ts';

export const CONNECTION_ROUTES: readonly ApiRoute[] = [
  inPreview(forAnyToken('connection.get', 'GET connectiondata', connectionData)),
];

/** Whose credential it is: the first thing that every library of Microsoft's asks, whatever the token is for. */
function connectionData({ organization, caller }: ApiCall): JsonObject {
  const { id, descriptor, displayName, uniqueName } = caller.person;
  const user = {
    id,
    descriptor: `Microsoft.IdentityModel.Claims.ClaimsIdentity;${organization.id}\\${uniqueName}`,
    subjectDescriptor: descriptor,
    providerDisplayName: displayName,
    isActive: true,
    properties: { Account: { $type: 'System.String', $value: uniqueName } },
  };
  return {
    authenticatedUser: user,
    authorizedUser: user,
    instanceId: organization.id,
    deploymentType: 'hosted',
    locationServiceData: {
      serviceOwner: '00025394-6065-48ca-87d9-7f5672854ef7',
      defaultAccessMappingMoniker: 'PublicAccessMapping',
    },
  };
}
