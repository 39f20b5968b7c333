# Every image of FerryPay. SERVICE names the module; the target is `service` for all but the gateway, which also has the web apps.
#   docker build --build-arg SERVICE=notify-service --target service -t ferrypay/notify-service .
# docker-compose.yml builds them all. docs/operating.md tells how they are run.

ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25-noble
ARG NODE_IMAGE=node:20-bookworm-slim
ARG JRE_IMAGE=eclipse-temurin:25-jre-noble

# All jars, once for all images. Checked they were before they came here.
FROM ${MAVEN_IMAGE} AS java
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY platform platform
COPY registry-service registry-service
COPY gateway-service gateway-service
COPY merchant-service merchant-service
COPY payment-channel-service payment-channel-service
COPY notify-service notify-service
COPY reconcile-service reconcile-service
COPY job-service job-service
COPY trade-admin-service trade-admin-service
COPY channel-sandbox channel-sandbox
COPY local-runner local-runner
COPY bench bench
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -B package -P unchecked -Dproject.build.outputTimestamp=2026-01-01T00:00:00Z -Dmaven.test.skip=true -Dspotless.check.skip=true -Dstyle.color=never --no-transfer-progress

# The web apps as the gateway serves them.
FROM ${NODE_IMAGE} AS web
WORKDIR /src/web
COPY web .
# Not npm ci: it fails where a registry lacks one platform's build of an optional package.
RUN --mount=type=cache,target=/root/.npm,sharing=locked \
    npm install --no-save --no-audit --no-fund --loglevel=error && npm run build
RUN mkdir /pages && cp -r apps/checkout/dist/. apps/spotpay/dist/. /pages/ \
    && cp -r apps/portal/dist /pages/portal && cp -r apps/console/dist /pages/console

# A jar taken apart: libraries change seldom, so they are layers of their own.
FROM ${JRE_IMAGE} AS layers
ARG SERVICE
COPY --from=java /src/${SERVICE}/target/${SERVICE}-*.jar /tmp/app.jar
RUN java -Djarmode=tools -jar /tmp/app.jar extract --layers --destination /layers \
    && mkdir -p /layers/dependencies /layers/snapshot-dependencies

FROM ${JRE_IMAGE} AS app
ARG SERVICE
# ECS: https://www.elastic.co/docs/reference/ecs
ENV FERRY_SERVICE=${SERVICE} \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    SPRING_CONFIG_IMPORT=optional:configtree:/run/secrets/ \
    SPRING_MAIN_BANNERMODE=off
RUN groupadd --gid 10001 ferrypay && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin ferrypay \
    && install -d -o 10001 -g 10001 /data /data/channels /data/demo /data/documents /data/mailbox /data/staff /data/statements
WORKDIR /app
COPY deploy/image/jvm.options ./
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./

# One start that ends when the application context stands, against a database of its own: what the JVM loaded and linked is kept.
# Without it (TRAINED=false, such as when building for another processor) a service starts all the same, only slower.
FROM app AS trained
ARG TRAINED=true
COPY --from=java /src/local-runner/target/lib /tools/lib
COPY --from=java /src/local-runner/target/classes /tools/classes
RUN install -d -o 10001 -g 10001 /trained
USER 10001:10001
RUN if [ "$TRAINED" = true ]; then \
        HOME=/trained java -cp '/tools/classes:/tools/lib/*' io.ferrypay.local.container.TrainStartUp "$FERRY_SERVICE" /app /trained/app.aot; \
    else : >/trained/app.aot; fi

FROM app AS service
COPY --from=trained /trained/app.aot ./
COPY --chmod=755 deploy/image/start deploy/image/healthy /usr/local/bin/
USER 10001:10001
HEALTHCHECK --interval=3s --timeout=3s --start-period=300s --retries=5 CMD ["healthy"]
ENTRYPOINT ["start"]

FROM service AS gateway
COPY --from=web /pages /app/web
ENV FERRY_GATEWAY_WEBROOT=/app/web

# Prepares a database and the pretend companies' keys, and plays a shop. SERVICE=channel-sandbox.
FROM service AS tools
COPY --from=java /src/local-runner/target/lib /tools/lib
COPY --from=java /src/local-runner/target/classes /tools/classes
COPY --chmod=755 deploy/image/setup deploy/image/demo /usr/local/bin/
HEALTHCHECK NONE
ENTRYPOINT []
CMD ["setup"]
