# Muster in a container: built in one image, run in another that has no compiler, no package manager's cache and no root.
#   docker build -t muster .
#   docker run --init -p 127.0.0.1:4000:4000 -v muster-data:/data -e MUSTER_PUBLIC_URL=http://localhost:4000 -e MUSTER_ALLOW_PLAIN_HTTP=yes muster

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The packages node-linux-* are for machines with an older Node; this image is one with Node 24.
RUN npm ci --ignore-scripts --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/.bin/node
COPY tsconfig.json tsconfig.api.json tsconfig.build.json tsconfig.web.json ./
COPY setup setup
COPY api api
COPY web web
RUN npm run build

FROM node:24-bookworm-slim
RUN useradd --system --uid 10001 --home-dir /data --no-create-home --shell /bin/sh muster \
  && install -d -o muster -g muster -m 700 /data /range
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/web/dist web/dist
COPY runbooks runbooks
ENV NODE_ENV=production MUSTER_HOST=0.0.0.0 MUSTER_PORT=4000 MUSTER_DATA=/data MUSTER_RUNBOOKS=/app/runbooks
USER muster
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MUSTER_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=4", "dist/api/main.js"]
