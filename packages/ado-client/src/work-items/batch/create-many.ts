import { type CallOptions, oneDeadline } from '@context-sdk/oauth-core';
import { inChunks } from '../../bulk/in-chunks.ts';
import type { BulkOptions } from '../../bulk/outcome.ts';
import { checkedName } from '../../input/checked-name.ts';
import { neededProject } from '../../input/needed-project.ts';
import type { Transport } from '../../requests/transport.ts';
import { checkedExpand } from '../checked-reads.ts';
import { creationPatch } from '../creation-patch.ts';
import type { NewWorkItem } from '../new-work-item.ts';
import type { WriteOptions } from '../options.ts';
import { MOST_IN_BATCH } from '../work-item-routes.ts';
import type { WorkItemOutcome } from './batch-outcome.ts';
import { type BatchRequest, batchRequest } from './batch-request.ts';
import { sendBatch } from './send-batch.ts';

export async function createMany(
  transport: Transport,
  project: string | undefined,
  inputs: readonly NewWorkItem[],
  given: WriteOptions & BulkOptions,
): Promise<WorkItemOutcome[]> {
  const options: CallOptions & BulkOptions & WriteOptions = oneDeadline(given, 'azure-devops') ?? given;
  checkedExpand(options.expand);
  const check = (input: NewWorkItem, at: string): BatchRequest => {
    const patch = creationPatch(input, transport.organizationUrl, at);
    const place = encodeURIComponent(neededProject(input.project, project, `${at}project`));
    const type = encodeURIComponent(checkedName(input.type, `${at}type`));
    return batchRequest(`${place}/_apis/wit/workitems/$${type}`, patch, options);
  };
  return await inChunks(inputs, MOST_IN_BATCH, check, options, (chunk) =>
    sendBatch(
      transport,
      'workItems.createMany',
      chunk.map(({ item }) => item),
      options,
    ),
  );
}
