/** The console is one static page; every view is drawn in the browser. */
export const ssr = false;
export const prerender = false;
