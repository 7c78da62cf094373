/**
 * Where the operations that this client uses are, by the location id that azure-devops-node-api has for each: without
 * this table it asks the service for them, two to four requests before the first call. From Microsoft's Swagger 7.1 and
 * azure-devops-extension-api, which has the same routes built in.
 */
export const ROUTES: Readonly<Record<string, string>> = {
  '62d3d110-0047-428c-ad3c-4fe872c91c74': '{project}/_apis/wit/workItems/${type}',
  '72c7ddf8-2cdc-4f60-90cd-ab71c14a399b': '{project}/_apis/wit/workItems/{id}',
  '608aac0a-32e1-4493-a863-b9cf4566d257': '{project}/_apis/wit/workItems/{workItemId}/comments/{commentId}',
  'e07b5fa4-1499-494d-a496-64b860fd64ff': '{project}/_apis/wit/attachments/{id}',
  '6570bf97-d02c-4a91-8d93-3abe9895b1a9': '{project}/_apis/wit/workItems/{id}/updates/{updateNumber}',
  'a00c85a5-80fa-4565-99c3-bcd2181434bb': '{project}/_apis/wit/workItems/{id}/revisions/{revisionNumber}',
  '7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa': '{project}/_apis/wit/workItemTypes/{type}',
  '7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa': '{project}/_apis/wit/workitemtypes/{type}/states',
  'b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94': '{project}/_apis/wit/fields/{fieldNameOrRefName}',
  'f5d33bc9-5b49-4a3c-a9bd-f3cd46dd2165': '_apis/wit/workItemRelationTypes/{relation}',
  'bc15bc60-e7a8-43cb-ab01-2106be3983a1': '{project}/_apis/wit/tags/{tagIdOrName}',
  'b70d8d39-926c-465e-b927-b1bf0e5ca0e0': '{project}/_apis/wit/recyclebin/{id}',
};
