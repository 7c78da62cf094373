import { type ApiRoute, listOf, pathParam, reading } from '../api/api-call.ts';

const WORK_ITEM_LOCATIONS = `
e07b5fa4-1499-494d-a496-64b860fd64ff attachments {project}/_apis/wit/attachments/{id} 3
608aac0a-32e1-4493-a863-b9cf4566d257 comments {project}/_apis/wit/workItems/{workItemId}/comments/{commentId} 4
b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94 fields {project}/_apis/wit/fields/{fieldNameOrRefName} 3
b70d8d39-926c-465e-b927-b1bf0e5ca0e0 recyclebin {project}/_apis/wit/recyclebin/{id} 2
a00c85a5-80fa-4565-99c3-bcd2181434bb revisions {project}/_apis/wit/workItems/{id}/revisions/{revisionNumber} 3
6570bf97-d02c-4a91-8d93-3abe9895b1a9 updates {project}/_apis/wit/workItems/{id}/updates/{updateNumber} 4
1a9c53f7-f243-4447-b110-35ef023636e4 wiql {project}/{team}/_apis/wit/wiql 2
f5d33bc9-5b49-4a3c-a9bd-f3cd46dd2165 workItemRelationTypes _apis/wit/workItemRelationTypes/{relation} 2
62d3d110-0047-428c-ad3c-4fe872c91c74 workItems {project}/_apis/wit/workItems/\${type} 3
72c7ddf8-2cdc-4f60-90cd-ab71c14a399b workItems {project}/_apis/wit/workItems/{id} 3
908509b6-4248-4475-a1cd-829139ba419f workItemsBatch {project}/_apis/wit/workItemsBatch 1
7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa workItemTypes {project}/_apis/wit/workItemTypes/{type} 2
7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa workItemTypeStates {project}/_apis/wit/workitemtypes/{type}/states 1
`;

/** What azure-devops-node-api asks before its first call: where everything is. */
export const LOCATION_ROUTES: readonly ApiRoute[] = [
  reading('location.areas', 'GET resourceareas', () => listOf([])),
  reading('location.options', 'OPTIONS {area}', (call) => {
    switch (pathParam(call, 'area')) {
      case 'location':
        return listOf([
          locationOf(
            'e81700f7-3be2-46de-8624-2eb35882fcaa ResourceAreas _apis/{resource}/{areaId} 1',
            'Location',
          ),
        ]);
      case 'wit':
        return listOf(
          WORK_ITEM_LOCATIONS.trim()
            .split('\n')
            .map((line) => locationOf(line, 'wit')),
        );
      default:
        return listOf([]);
    }
  }),
];

function locationOf(line: string, area: string): object {
  const [id, resourceName, routeTemplate, resourceVersion] = line.split(' ');
  return {
    id,
    area,
    resourceName,
    routeTemplate,
    resourceVersion: Number(resourceVersion),
    minVersion: '1.0',
    maxVersion: '7.2',
    releasedVersion: '7.1',
  };
}
