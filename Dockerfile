# Builds the site as an image: `docker build -t site .`. It reads all settings from its environment
# (docs/deploy.md). `--target pool` builds the local user pool, which compose.yaml uses.
#
# The default tag follows Node's security releases. For reproducible builds, pin the image by digest:
# --build-arg NODE_IMAGE=node@sha256:...
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY lib/local-pool/package.json lib/local-pool/
RUN npm ci --ignore-scripts

# `npm run test:all` runs the steps of this file without Docker. # template-only
FROM packages AS build
ENV BUILD_STANDALONE=1 NEXT_TELEMETRY_DISABLED=1
COPY . .
RUN npm run build

# Needs the development packages. Refuses NODE_ENV=production and any address except loopback.
FROM packages AS pool
COPY . .
USER node
STOPSIGNAL SIGTERM
CMD ["node", "--import", "tsx", "lib/local-pool/src/cli.ts"]

FROM ${NODE_IMAGE} AS site
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
# This user owns no files here: root does, and the server writes none.
USER node
EXPOSE 3000
# Next finishes the requests in progress, then exits.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((response) => process.exit(response.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
