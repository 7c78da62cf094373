import { textOf } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import { fieldNotFound, patchFailed } from '../failures.ts';
import { findField } from '../fields/fields.ts';
import type { Draft } from '../work-items/draft.ts';
import type { PatchOperation } from './patch-operation.ts';

/**
 * Applies `/multilineFieldsFormat/…`: only with a value for the same field in the same document, only for long text,
 * and Markdown stays Markdown (whether the service goes back to HTML is not known).
 */
export function applyFormats(draft: Draft, patch: readonly PatchOperation[]): void {
  for (const { op, path, value } of patch) {
    const [, name] = /^\/multilineFieldsFormat\/(.+)$/i.exec(path) ?? [];
    if (name === undefined) continue;
    const field = findField(name);
    if (!field) throw fieldNotFound(name);
    if (field.type !== 'html') {
      throw valueTypeFailure(
        `Operation of changing value type is not supported for the field ${field.referenceName}.`,
      );
    }
    if (op !== 'add' && op !== 'replace')
      throw patchFailed(`The operation ${op} is not supported for the path ${path}.`);
    const format = textOf(value).toLowerCase();
    const isMarkdown = draft.markdown.has(field.referenceName);
    if (format !== 'markdown' && (format !== 'html' || isMarkdown)) {
      throw valueTypeFailure(
        `The format '${textOf(value)}' is not supported for the field ${field.referenceName}.`,
      );
    }
    if (!draft.touched.has(field.referenceName))
      throw valueTypeFailure('VS403319: The type changed without a value.');
    if (format === 'markdown' && draft.fields[field.referenceName] !== undefined)
      draft.markdown.add(field.referenceName);
  }
}

function valueTypeFailure(message: string): ApiFailure {
  return new ApiFailure(400, 'InvalidPatchFieldNameException', message);
}
