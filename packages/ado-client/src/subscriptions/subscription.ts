/** What a service hook can tell of work items. */
export type AdoHookEvent =
  'workitem.created' | 'workitem.updated' | 'workitem.deleted' | 'workitem.restored' | 'workitem.commented';

/** A service hook, as Azure DevOps answers it. Secrets in it are masked. */
export interface AdoSubscription {
  id: string;
  /** On probation only probes are sent, when disabled nothing (docs/facts/azure-devops.md#delivery-and-probation). */
  status?: 'enabled' | 'onProbation' | 'disabledByUser' | 'disabledBySystem' | 'disabledByInactiveIdentity';
  publisherId: string;
  eventType: string;
  resourceVersion?: string | null;
  consumerId: string;
  consumerActionId: string;
  publisherInputs: Record<string, string>;
  consumerInputs: Record<string, string>;
  [more: string]: unknown;
}

/** Which events are wanted, and where they go. */
export interface SubscriptionInput {
  /** Name or id. Default: the client's project. */
  project?: string | undefined;
  event: AdoHookEvent;
  /** https. Azure DevOps delivers to no address of this machine or of a private network. */
  url: string;
  /** The proof that a delivery is one: see `verifyAdoWebhook`. */
  basicAuth?: { username: string; password: string } | undefined;
  /** Sent with every delivery, for example a random secret under a name of your own. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Only items of this area and below. */
  areaPath?: string | undefined;
  /** Only items of this type. */
  workItemType?: string | undefined;
  /** Only updates of this field, by its reference name. */
  changedField?: string | undefined;
  /** Only items with this tag. */
  tag?: string | undefined;
  /** Only updates that add or remove links. Default: false. */
  linksChanged?: boolean | undefined;
  /** Only comments that hold this. */
  commentPattern?: string | undefined;
  /** How much of the item is sent. Default: `all`. `none` does not even say which item it was. */
  resourceDetails?: 'all' | 'minimal' | 'none' | undefined;
}

/** What {@link Subscriptions.ensure} found or did. */
export interface EnsuredSubscription {
  subscription: AdoSubscription;
  outcome: 'found' | 'replaced' | 'created';
}
