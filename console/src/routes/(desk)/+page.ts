import { DashboardPage } from '#lib/dashboard/dashboard-page.ts';

/** The figures of today and of the last 24 hours. */
export function load(): { dashboard: DashboardPage } {
  return { dashboard: new DashboardPage(Date.now()) };
}
