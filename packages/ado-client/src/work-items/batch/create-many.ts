import { type BulkOptions, path } from '@context-sdk/oauth-core/client-kit';
import { checkedName, requiredProject } from '../../input.ts';
import { BULK_WRITE_OPTIONS, checkedExpand, type WorkItemWriteOptions } from '../../model/options.ts';
import { creationPatch } from '../../patches/creation-patch.ts';
import type { NewWorkItem } from '../../patches/work-item-input.ts';
import { plainFields, refusePlain } from '../../requests/check-formats.ts';
import type { AdoContext } from '../../wire.ts';
import type { WorkItemOutcome } from './batch-outcome.ts';
import { type BatchRequest, batchRequest, sendBatch } from './batch-request.ts';
import { runBatches } from './run-batches.ts';
import { suggestedOutcomes } from './suggested-outcomes.ts';

/** Creates items, as `WorkItems.createMany` promises. */
export async function createMany(
  context: AdoContext,
  inputs: readonly NewWorkItem[],
  options: WorkItemWriteOptions & BulkOptions,
): Promise<WorkItemOutcome[]> {
  const { service, organizationUrl, project: ofClient } = context;
  checkedExpand(options.expand);
  const call = service.call(options, BULK_WRITE_OPTIONS);
  const plain = await plainFields(call, context, Array.from(inputs ?? []));
  const check = (input: NewWorkItem, at: string): BatchRequest => {
    refusePlain(input, plain, at);
    const patch = creationPatch(input, organizationUrl, at);
    const project = requiredProject(input.project, ofClient, `${at}project`);
    const type = checkedName(input.type, `${at}type`);
    return batchRequest(path`/${project}/_apis/wit/workitems/$${type}`, patch, options);
  };
  return await runBatches(call, inputs, check, options, async (chunk) => {
    const requests = chunk.map(({ item }) => item);
    return await suggestedOutcomes(call, requests, await sendBatch(call, 'workItems.createMany', requests));
  });
}
