import { DashboardPage } from '#lib/dashboard/dashboard-page.ts';

/** The figures of today and of the last 24 hours; which ones depends on who has signed in. */
export async function load({
  parent,
}: {
  parent: () => Promise<unknown>;
}): Promise<{ dashboard: DashboardPage }> {
  await parent();
  return { dashboard: new DashboardPage(Date.now()) };
}
