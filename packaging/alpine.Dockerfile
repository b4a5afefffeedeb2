# The same on Alpine: docker build -f packaging/alpine.Dockerfile --build-arg PHP=8.4 -t my-php .
ARG PHP=8.4
FROM php:${PHP}-cli-alpine AS build
RUN apk add --no-cache $PHPIZE_DEPS clang-dev curl linux-headers openssl-dev \
 && curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
WORKDIR /src
COPY . .
RUN cd pie && phpize && ./configure && make && cp modules/swoole_process.so /

FROM php:${PHP}-cli-alpine
RUN apk add --no-cache libgcc
COPY --from=build /swoole_process.so /usr/local/lib/php/swoole_process.so
COPY --from=build /src/packaging/docker.ini /usr/local/etc/php/conf.d/swoole_process.ini
COPY --from=build /src/bin /usr/local/bin
COPY --from=build /src/lib /usr/local/lib
