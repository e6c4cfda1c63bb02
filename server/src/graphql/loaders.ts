/**
 * The DataLoaders of one request: `context.loaders.user` and so on. Each room exports the interface
 * of its own and a function that makes them; this type joins them, and app.ts joins the functions.
 */
export type Loaders = object;
