import type { ApiRoute } from './api-call.ts';

/**
 * Where Microsoft's libraries look for what they call: an id for each place (microsoft/azure-devops-node-api and
 * azure-devops-extension-api have both, ids and templates). A place is told only if one of our routes answers there.
 */
const PLACES = `
79134c72-4a58-4b42-976c-04e7115f32bf _apis/hooks/subscriptions/{subscriptionId}
603fe2ac-9723-48b9-88ad-09305aa6c6e1 _apis/projects/{*projectId}
d30a3dd1-f8ba-442a-b86a-bd0c0c383e59 _apis/projects/{projectId}/teams/{*teamId}
7a4d9ee9-3433-4347-b47a-7a80f1cf307e _apis/teams/{teamId}
294c494c-2600-4d7e-b76c-3dd50c3c95be _apis/projects/{projectId}/teams/{teamId}/members
e07b5fa4-1499-494d-a496-64b860fd64ff {project}/_apis/wit/attachments/{id}
608aac0a-32e1-4493-a863-b9cf4566d257 {project}/_apis/wit/workItems/{workItemId}/comments/{commentId}
b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94 {project}/_apis/wit/fields/{fieldNameOrRefName}
b70d8d39-926c-465e-b927-b1bf0e5ca0e0 {project}/_apis/wit/recyclebin/{id}
a00c85a5-80fa-4565-99c3-bcd2181434bb {project}/_apis/wit/workItems/{id}/revisions/{revisionNumber}
6570bf97-d02c-4a91-8d93-3abe9895b1a9 {project}/_apis/wit/workItems/{id}/updates/{updateNumber}
1a9c53f7-f243-4447-b110-35ef023636e4 {project}/{team}/_apis/wit/wiql
a02355f5-5f8a-4671-8e32-369d23aac83d {project}/{team}/_apis/wit/wiql/{id}
f5d33bc9-5b49-4a3c-a9bd-f3cd46dd2165 _apis/wit/workItemRelationTypes/{relation}
62d3d110-0047-428c-ad3c-4fe872c91c74 {project}/_apis/wit/workItems/\${type}
72c7ddf8-2cdc-4f60-90cd-ab71c14a399b {project}/_apis/wit/workItems/{id}
908509b6-4248-4475-a1cd-829139ba419f {project}/_apis/wit/workItemsBatch
7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa {project}/_apis/wit/workItemTypes/{type}
7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa {project}/_apis/wit/workitemtypes/{type}/states
bd293ce5-3d25-4192-8e67-e8092e879efb {project}/_apis/wit/workitemtypes/{type}/fields/{field}
9b9f5734-36c8-415e-ba67-f83b45c31408 {project}/_apis/wit/workItemTypeCategories/{category}
4e1eb4a5-1970-4228-a682-ec48eb2dca30 _apis/wit/workItemIcons/{icon}
a70579d1-f53a-48ee-a5be-7be8659023b9 {project}/_apis/wit/classificationNodes
5a172953-1b41-49d3-840a-33f79c3ce89f {project}/_apis/wit/classificationNodes/{structureGroup}/{*path}
a67d190c-c41f-424b-814d-0e906f659301 {project}/_apis/wit/queries/{*query}
bc15bc60-e7a8-43cb-ab01-2106be3983a1 {project}/_apis/wit/tags/{tagIdOrName}
6a90345f-a676-4969-afce-8e163e1d5642 {project}/{team}/_apis/wit/templates
fb10264a-8836-48a0-8033-1b0ccd2748d5 {project}/{team}/_apis/wit/templates/{templateId}
f828fe59-dd87-495d-a17c-7a8d6211ca6c {project}/_apis/wit/reporting/workItemRevisions
c3c1012b-bea7-49d7-b45e-1664e566f84c {project}/{team}/_apis/work/teamsettings
07ced576-58ed-49e6-9c1e-5cb53ab8bf2a {project}/{team}/_apis/work/teamsettings/teamfieldvalues
c9175577-28a1-4b06-9197-8636af9f64ad {project}/{team}/_apis/work/teamsettings/iterations/{id}
5b3ef1a6-d3ab-44cd-bafd-c7f45db850fa {project}/{team}/_apis/work/teamsettings/iterations/{iterationId}/workitems
74412d15-8c1a-4352-a48d-ef1ed5587d57 {project}/{team}/_apis/work/teamsettings/iterations/{iterationId}/capacities/{teamMemberId}
2d4faa2e-9150-4cbf-a47a-932b1b4a0773 {project}/{team}/_apis/work/teamsettings/iterations/{iterationId}/teamdaysoff
23ad19fc-3b8e-4877-8462-b3f92bc06b40 {project}/{team}/_apis/work/boards/{id}
c555d7ff-84e1-47df-9923-a3fe0cd8751b {project}/{team}/_apis/work/boards/{board}/columns
0863355d-aefd-4d63-8669-984c9b7b0e78 {project}/{team}/_apis/work/boards/{board}/rows
a93726f9-7867-4e38-b4f2-0bfafc2f6a94 {project}/{team}/_apis/work/backlogs/{id}
7c468d96-ab1d-4294-a360-92f07e9ccd98 {project}/{team}/_apis/work/backlogs/{backlogId}/workItems
1c22b714-e7e4-41b9-85e0-56ee13ef55ed {project}/{team}/_apis/work/workitemsorder
47755db2-d7eb-405a-8c25-675401525fc9 {project}/{team}/_apis/work/iterations/{iterationId}/workitemsorder
1e385ce0-396b-4273-8171-d64562c18d37 {project}/_apis/work/iterations/{iterationId}/iterationcapacities
9cbba37c-6cc6-4f70-b903-709be86acbf0 {project}/_apis/work/predefinedqueries/{id}
7799f497-3cb5-4f16-ad4f-5cd06012db64 {project}/{team}/_apis/work/backlogconfiguration
b30d9f58-1891-4b0a-b168-c46408f919b0 {project}/{team}/_apis/work/boards/{board}/boardusersettings
07c3b467-bc60-4f05-8e34-599ce288fafc {project}/{team}/_apis/work/boards/{board}/cardsettings
b044a3d9-02ea-49c7-91a1-b730949cc896 {project}/{team}/_apis/work/boards/{board}/cardrulesettings
45fe888c-239e-49fd-958c-df1a1ab21d97 {project}/{team}/_apis/work/boards/{board}/charts/{name}
49e03b34-3be0-42e3-8a5d-e8dfb88ac954 {project}/_apis/wit/workItems/{workItemId}/comments/{commentId}/versions/{version}
f6cb3f27-1028-4851-af96-887e570dc21f {project}/_apis/wit/workItems/{workItemId}/comments/{commentId}/reactions/{reactionType}
e33ca5e0-2349-4285-af3d-d72d86781c35 {project}/_apis/wit/workItems/{workItemId}/comments/{commentId}/reactions/{reactionType}/users
549816f9-09b0-4e75-9e81-01fbfcd07426 {project}/_apis/wit/queriesBatch
1a31de40-e318-41cd-a6c6-881077df52e3 _apis/wit/artifactLinkTypes
a9a9aa7a-8c09-44d3-ad1b-46e855c1e3d3 {project}/_apis/wit/artifactUriQuery
b5b5b6d0-0308-40a1-b3f4-b9bb3c66878f {project}/_apis/wit/reporting/workItemLinks
4a644469-90c5-4fcc-9a9f-be0827d369ec {project}/_apis/wit/reporting/workItemRevisions/discussions
afae844b-e2f6-44c2-8053-17b3bb936a40 _apis/wit/workItemTransitions
f0f8dc62-3975-48ce-8051-f636b68b52e3 _apis/wit/workItemTypeColorAndIcon
958fde80-115e-43fb-bd65-749c48057faf _apis/work/workitemTypeColor
0b83df8a-3496-4ddb-ba44-63634f4cda61 _apis/work/workitemStateColor
def3d688-ddf5-4096-9024-69beea15cdbd _apis/work/accountMyWork
1bc988f4-c15f-4072-ad35-497c87e3a909 _apis/work/accountMyWorkRecentActivity
d60eeb6e-e18c-4478-9e94-a0094e28f41c _apis/work/accountRecentMentions
4976a71a-4487-49aa-8aab-a1eda469037a _apis/projects/{projectId}/properties
93878975-88c5-4e6a-8abb-7ddd77a8a7d8 _apis/process/processes/{processId}
`;

/** A place as `OPTIONS` tells it. */
export interface Location {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  readonly routeTemplate: string;
}

const isParameter = (segment: string): boolean => segment.includes('{');

/** Lower case, without what precedes `_apis`, and `{}` for every parameter. */
function patternOf(template: string): readonly string[] {
  const [, path = ''] = template.toLowerCase().split('_apis/');
  return path.split('/').flatMap((segment) => {
    if (segment === '${type}') return ['$', '{}'];
    return isParameter(segment) ? '{}' : segment;
  });
}

/** Whether a route answers at a place; what the place has at its end may be left out. */
function answersAt(route: ApiRoute, template: string): boolean {
  const place = patternOf(template);
  const own = route.path.split('/').map((segment) => (isParameter(segment) ? '{}' : segment));
  const isShort = place.at(-1) === '{}' && own.length === place.length - 1;
  return (own.length === place.length || isShort) && own.every((segment, index) => segment === place[index]);
}

/** Of all areas `wit` has these places, although their paths begin with another. */
const WIT_PATHS: readonly string[] = [
  'accountMyWork',
  'accountRecent',
  'workitemTypeColor',
  'workitemStateColor',
];

function areaOf([first = '', second = '']: readonly string[]): string {
  if (['projects', 'teams', 'process'].includes(first)) return 'core';
  return first === 'work' && WIT_PATHS.some((path) => second.startsWith(path)) ? 'wit' : first;
}

const ALL: readonly Location[] = PLACES.trim()
  .split('\n')
  .map((line) => {
    const [id = '', routeTemplate = ''] = line.split(' ');
    const names = routeTemplate.split('_apis/')[1]?.split('/') ?? [];
    const area = areaOf(names);
    const resourceName = names.findLast((name) => !isParameter(name)) ?? '';
    return { id, area, resourceName, routeTemplate };
  });

/** The places of an area at which one of these routes answers. */
export function locationsOf(area: string, routes: readonly ApiRoute[]): readonly Location[] {
  return ALL.filter(
    (place) => place.area === area && routes.some((route) => answersAt(route, place.routeTemplate)),
  );
}
