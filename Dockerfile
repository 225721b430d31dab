# docker build -t promwarden:0.1.0 .
# docker run --rm promwarden:0.1.0 demo

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
COPY jobs jobs
COPY src/main src/main
RUN --mount=type=cache,target=/cache/m2 \
    mvn -Dmaven.repo.local=/cache/m2 -B -q -Dmaven.test.skip=true package \
 && java -Djarmode=tools -jar target/promwarden.jar extract --layers --destination layers \
 && install -d data

FROM eclipse-temurin:25-jre
WORKDIR /opt/promwarden
# What changes least comes first: libraries, then our own code, then the examples.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY --from=build /build/jobs jobs
# The only folder that is written to, /tmp apart.
COPY --from=build --chown=10001:10001 /build/data /var/lib/promwarden
WORKDIR /var/lib/promwarden
USER 10001:10001
# Exec form: Java is process 1 and gets SIGTERM itself, so a stopped run ends in order and can go on later. Out of memory
# crashes (134) instead of exiting with 3, which would read as an incomplete run.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+CrashOnOutOfMemoryError", "-Dpromwarden.home=/opt/promwarden", "-jar", "/opt/promwarden/promwarden.jar"]
CMD ["--help"]
