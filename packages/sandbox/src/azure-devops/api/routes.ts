import { createRouter, type Router } from '../../http/router.ts';
import { attachmentRoutes } from '../routes/attachment-routes.ts';
import { batchRoutes } from '../routes/batch-route.ts';
import { commentRoutes } from '../routes/comment-routes.ts';
import { deletionRoutes } from '../routes/deletion-routes.ts';
import { historyRoutes } from '../routes/history-routes.ts';
import { locationRoutes } from '../routes/location-routes.ts';
import { projectRoutes } from '../routes/project-routes.ts';
import { subscriptionRoutes } from '../routes/subscription-routes.ts';
import { typeRoutes } from '../routes/type-routes.ts';
import { wiqlRoutes } from '../routes/wiql-routes.ts';
import { workItemReadRoutes } from '../routes/work-item-read-routes.ts';
import { workItemWriteRoutes } from '../routes/work-item-write-routes.ts';
import type { ApiRoute } from './api-call.ts';

/** Finds the route of a path below `_apis`, in lower case. */
export const findApiRoute: Router<ApiRoute> = createRouter([
  ...workItemReadRoutes,
  ...workItemWriteRoutes,
  ...deletionRoutes,
  ...historyRoutes,
  ...commentRoutes,
  ...attachmentRoutes,
  ...typeRoutes,
  ...wiqlRoutes,
  ...subscriptionRoutes,
  ...projectRoutes,
  ...batchRoutes,
  ...locationRoutes,
]);
