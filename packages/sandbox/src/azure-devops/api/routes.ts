import { createRouter, type Router } from '../../http/router.ts';
import { ACCOUNT_ROUTES } from '../routes/account-routes.ts';
import { ARTIFACT_LINK_ROUTES } from '../routes/artifact-link-routes.ts';
import { ARTIFACT_ROUTES } from '../routes/artifact-routes.ts';
import { ATTACHMENT_ROUTES } from '../routes/attachment-routes.ts';
import { BACKLOG_ROUTES } from '../routes/backlog-routes.ts';
import { BATCH_ROUTES } from '../routes/batch-route.ts';
import { BOARD_ROUTES } from '../routes/board-routes.ts';
import { CAPACITY_ROUTES } from '../routes/capacity-routes.ts';
import { CLASSIFICATION_ROUTES } from '../routes/classification-routes.ts';
import { COLOR_ROUTES } from '../routes/color-routes.ts';
import { COMMENT_DETAIL_ROUTES } from '../routes/comment-detail-routes.ts';
import { COMMENT_ROUTES } from '../routes/comment-routes.ts';
import { CONNECTION_ROUTES } from '../routes/connection-routes.ts';
import { DELETION_ROUTES } from '../routes/deletion-routes.ts';
import { HISTORY_ROUTES } from '../routes/history-routes.ts';
import { ITERATION_CAPACITY_ROUTES } from '../routes/iteration-capacity-routes.ts';
import { LINK_REPORTING_ROUTES } from '../routes/link-reporting-routes.ts';
import { locationRoutes } from '../routes/location-routes.ts';
import { PROJECT_ROUTES, TYPE_ROUTES } from '../routes/project-routes.ts';
import { QUERY_ROUTES } from '../routes/query-routes.ts';
import { REPORTING_ROUTES } from '../routes/reporting-routes.ts';
import { SUBSCRIPTION_ROUTES } from '../routes/subscription-routes.ts';
import { TAG_ROUTES } from '../routes/tag-routes.ts';
import { TEAM_ITERATION_ROUTES } from '../routes/team-iteration-routes.ts';
import { TEAM_ROUTES } from '../routes/team-routes.ts';
import { TEMPLATE_ROUTES } from '../routes/template-routes.ts';
import { TYPE_DETAIL_ROUTES } from '../routes/type-detail-routes.ts';
import { WORK_ITEM_READ_ROUTES } from '../routes/work-item-read-routes.ts';
import { WORK_ITEM_WRITE_ROUTES } from '../routes/work-item-write-routes.ts';
import type { ApiRoute } from './api-call.ts';

/** Everything that work is done with, below `_apis`. */
const OWN_ROUTES: readonly ApiRoute[] = [
  ...WORK_ITEM_READ_ROUTES,
  ...WORK_ITEM_WRITE_ROUTES,
  ...CONNECTION_ROUTES,
  ...DELETION_ROUTES,
  ...HISTORY_ROUTES,
  ...COMMENT_ROUTES,
  ...ATTACHMENT_ROUTES,
  ...TYPE_ROUTES,
  ...QUERY_ROUTES,
  ...SUBSCRIPTION_ROUTES,
  ...TAG_ROUTES,
  ...PROJECT_ROUTES,
  ...BATCH_ROUTES,
  ...CLASSIFICATION_ROUTES,
  ...TEAM_ROUTES,
  ...TEAM_ITERATION_ROUTES,
  ...CAPACITY_ROUTES,
  ...TYPE_DETAIL_ROUTES,
  ...BOARD_ROUTES,
  ...BACKLOG_ROUTES,
  ...TEMPLATE_ROUTES,
  ...REPORTING_ROUTES,
  ...ARTIFACT_ROUTES,
  ...LINK_REPORTING_ROUTES,
  ...ITERATION_CAPACITY_ROUTES,
  ...COMMENT_DETAIL_ROUTES,
  ...COLOR_ROUTES,
  ...ARTIFACT_LINK_ROUTES,
  ...ACCOUNT_ROUTES,
];

/** With the routes that tell where the others are. */
export const API_ROUTES: readonly ApiRoute[] = [...OWN_ROUTES, ...locationRoutes(OWN_ROUTES)];

/** Finds the route of a path below `_apis`, in lower case. */
export const findApiRoute: Router<ApiRoute> = createRouter(API_ROUTES);
