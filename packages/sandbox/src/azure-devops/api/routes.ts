import { createRouter, type Router } from '../../http/router.ts';
import { ATTACHMENT_ROUTES } from '../routes/attachment-routes.ts';
import { BATCH_ROUTES } from '../routes/batch-route.ts';
import { COMMENT_ROUTES } from '../routes/comment-routes.ts';
import { CONNECTION_ROUTES } from '../routes/connection-routes.ts';
import { DELETION_ROUTES } from '../routes/deletion-routes.ts';
import { HISTORY_ROUTES } from '../routes/history-routes.ts';
import { LOCATION_ROUTES } from '../routes/location-routes.ts';
import { PROJECT_ROUTES, TYPE_ROUTES } from '../routes/project-routes.ts';
import { SUBSCRIPTION_ROUTES } from '../routes/subscription-routes.ts';
import { TAG_ROUTES } from '../routes/tag-routes.ts';
import { WIQL_ROUTES, WORK_ITEM_READ_ROUTES } from '../routes/work-item-read-routes.ts';
import { WORK_ITEM_WRITE_ROUTES } from '../routes/work-item-write-routes.ts';
import type { ApiRoute } from './api-call.ts';

/** Finds the route of a path below `_apis`, in lower case. */
export const findApiRoute: Router<ApiRoute> = createRouter([
  ...WORK_ITEM_READ_ROUTES,
  ...WORK_ITEM_WRITE_ROUTES,
  ...CONNECTION_ROUTES,
  ...DELETION_ROUTES,
  ...HISTORY_ROUTES,
  ...COMMENT_ROUTES,
  ...ATTACHMENT_ROUTES,
  ...TYPE_ROUTES,
  ...WIQL_ROUTES,
  ...SUBSCRIPTION_ROUTES,
  ...TAG_ROUTES,
  ...PROJECT_ROUTES,
  ...BATCH_ROUTES,
  ...LOCATION_ROUTES,
]);
