import type { JsonObject } from '../../json.ts';
import { aboutPeople, type ApiCall, type ApiRoute, forAnyToken, inPreview, listOf } from '../api/api-call.ts';
import { invalidValue } from '../failures.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';

export const CONNECTION_ROUTES: readonly ApiRoute[] = [
  inPreview(forAnyToken('connection.get', 'GET connectiondata', connectionData)),
  forAnyToken('profile.get', 'GET profile/profiles/{id}', ({ caller }) => profileOf(caller.person)),
  aboutPeople('identity.find', 'GET identities', (call) => listOf(foundPeople(call).map(identityToWire))),
];

function profileOf({ id, displayName, uniqueName }: AzureDevOpsPerson): JsonObject {
  return { id, displayName, publicAlias: id, emailAddress: uniqueName, coreRevision: 1, revision: 1 };
}

/** By ids, or by a text that a name or address begins with. */
function foundPeople({ organization, request: { query } }: ApiCall): readonly AzureDevOpsPerson[] {
  const ids = query.get('identityIds')?.toLowerCase().split(',');
  if (ids) return organization.people.filter(({ id }) => ids.includes(id));
  const wanted = query.get('filterValue')?.toLowerCase() ?? '';
  if (wanted === '') throw invalidValue('A search for identities needs a filterValue.');
  return organization.people.filter(({ displayName, uniqueName }) =>
    [displayName, uniqueName].some((name) => name.toLowerCase().startsWith(wanted)),
  );
}

function identityToWire({ id, descriptor, displayName, uniqueName }: AzureDevOpsPerson): JsonObject {
  return {
    id,
    descriptor: `Microsoft.IdentityModel.Claims.ClaimsIdentity;${uniqueName}`,
    subjectDescriptor: descriptor,
    providerDisplayName: displayName,
    isActive: true,
    members: [],
    memberOf: [],
    memberIds: [],
    properties: {
      Account: { $type: 'System.String', $value: uniqueName },
      Mail: { $type: 'System.String', $value: uniqueName },
    },
    resourceVersion: 2,
    metaTypeId: 0,
  };
}

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
