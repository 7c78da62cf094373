import type { Update, WorkItem } from './work-item.ts';

/** Something that happened to a work item, for service hooks. */
export type WorkItemChange =
  | { readonly kind: 'created' | 'deleted' | 'restored'; readonly item: WorkItem }
  | { readonly kind: 'updated'; readonly item: WorkItem; readonly update: Update }
  | {
      readonly kind: 'commented';
      readonly item: WorkItem;
      readonly text: string;
      readonly commentId: number;
    };
