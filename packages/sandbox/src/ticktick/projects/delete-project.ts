import type { AccountData } from '../account-data.ts';
import { deleteTask } from '../tasks/delete-task.ts';

/** Deletes a project and its tasks; one that is not there is no error. */
export function deleteProject(data: AccountData, projectId: string): void {
  if (!data.projects.delete(projectId)) return;
  data.deletedProjects.add(projectId);
  for (const task of data.listedTasks()) if (task.projectId === projectId) deleteTask(data, task);
}
