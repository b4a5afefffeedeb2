# An image of PHP with swoole_process: docker build -f packaging/debian.Dockerfile --build-arg PHP=8.4 -t my-php .
# The first stage builds the module, the second one copies it: no compiler remains in the image.
ARG PHP=8.4
FROM php:${PHP}-cli AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl libclang-dev libssl-dev pkg-config \
 && curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
WORKDIR /src
COPY . .
RUN cd pie && phpize && ./configure && make && cp modules/swoole_process.so /

FROM php:${PHP}-cli
COPY --from=build /swoole_process.so /usr/local/lib/php/swoole_process.so
COPY --from=build /src/packaging/docker.ini /usr/local/etc/php/conf.d/swoole_process.ini
COPY --from=build /src/bin /usr/local/bin
COPY --from=build /src/lib /usr/local/lib
