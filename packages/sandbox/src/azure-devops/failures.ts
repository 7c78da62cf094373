import { ApiFailure } from './api-failure.ts';

/*
 * Refusals by docs/facts/azure-devops.md#status-codes-and-error-codes. Where that gives no text, the
 * words are the sandbox's.
 */

/** Missing and no permission look the same. */
export function workItemNotFound(id: number | string): ApiFailure {
  return new ApiFailure(
    404,
    'WorkItemUnauthorizedAccessException',
    `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`,
  );
}

export function linkEndNotFound(id: number | string): ApiFailure {
  return new ApiFailure(
    404,
    'WorkItemLinkEndUnauthorizedAccessException',
    `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`,
  );
}

export function projectNotFound(name: string): ApiFailure {
  return new ApiFailure(
    404,
    'ProjectDoesNotExistWithNameException',
    `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
    { area: 'framework' },
  );
}

export function teamNotFound(name: string): ApiFailure {
  return new ApiFailure(
    404,
    'TeamNotFoundException',
    `VS402849: The team with the id or name ${name} does not exist, or you do not have permission to access it.`,
    { area: 'framework' },
  );
}

export function iterationNotFound(id: string): ApiFailure {
  return new ApiFailure(404, 'IterationNotFoundException', `VS401332: The iteration ${id} does not exist.`);
}

export function typeNotFound(project: string, type: string): ApiFailure {
  return new ApiFailure(
    404,
    'WorkItemTypeNotFoundException',
    `VS402323: Work item type ${type} does not exist in project ${project} or you do not have permission to access it.`,
  );
}

export function attachmentNotFound(id: string): ApiFailure {
  return new ApiFailure(404, 'AttachmentNotFoundException', `The attachment ${id} does not exist.`);
}

export function commentNotFound(id: number | string): ApiFailure {
  return new ApiFailure(404, 'CommentNotFoundException', `The comment ${id} does not exist.`);
}

export function resourceNotFound(what: string): ApiFailure {
  return new ApiFailure(404, 'VssResourceNotFoundException', `${what} does not exist.`, { area: 'common' });
}

export function fieldNotFound(name: string): ApiFailure {
  return new ApiFailure(
    400,
    'WorkItemTrackingFieldDefinitionNotFoundException',
    `TF51535: Cannot find field ${name}.`,
  );
}

export function invalidTreeName(id: number, field: string): ApiFailure {
  return new ApiFailure(
    400,
    'WorkItemFieldInvalidTreeNameException',
    `TF401347: Invalid tree name given for work item ${id}, field '${field}'.`,
  );
}

/** A body or parameter that the service cannot use. */
export function invalidValue(message: string): ApiFailure {
  return new ApiFailure(400, 'VssPropertyValidationException', message, { area: 'common' });
}

/** An export begins at a time or goes on at a token (Swagger 7.1, `startDateTime`; that both are refused is assumed). */
export function startsTwice(): ApiFailure {
  return invalidValue('The startDateTime cannot be used together with a continuationToken.');
}

export function conflictingParameters(): ApiFailure {
  return new ApiFailure(
    400,
    'ConflictingParametersException',
    'The expand parameter can not be used with the fields parameter.',
  );
}

export function patchFailed(message: string): ApiFailure {
  return new ApiFailure(400, 'PatchOperationFailedException', message, { area: 'patch' });
}

export function testFailed(path: string): ApiFailure {
  return new ApiFailure(
    412,
    'TestPatchOperationFailedException',
    `VS403351: Test Operation for path ${path} failed.`,
    { area: 'patch' },
  );
}

export function permissionDenied(message: string): ApiFailure {
  return new ApiFailure(403, 'PermissionDeniedException', message);
}

export function unauthorized(status: 401 | 403, user: string): ApiFailure {
  return new ApiFailure(
    status,
    'UnauthorizedRequestException',
    `TF400813: The user '${user}' is not authorized to access this resource.`,
    { area: 'framework' },
  );
}

export function unsupportedMediaType(method: string, sent: string, wanted: string): ApiFailure {
  return new ApiFailure(
    415,
    'VssRequestContentTypeNotSupportedException',
    `The request indicated a Content-Type of "${sent}" for method type "${method}" which is not supported. Valid content types for this method are: ${wanted}.`,
    { area: 'common' },
  );
}
