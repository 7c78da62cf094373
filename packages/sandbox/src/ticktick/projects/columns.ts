import type { AccountData } from '../account-data.ts';
import type { Column } from '../project.ts';

export function columnsOf(data: AccountData, projectId: string): Column[] {
  return [...data.columns.values()].filter((column) => column.projectId === projectId);
}
