# shellcheck shell=bash
# The shared part of the scripts: paths, and the PHP to use. Sourced, never run.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# cargo's folder, another one for each PHP beside the system's (scripts/engine).
target=${CARGO_TARGET_DIR:-$top/target}
[[ $target == /* ]] || target=$PWD/$target
# shellcheck disable=SC2034 # used by the scripts that source this file
module=$target/release/swoole_process.so

# The features of the crate: of the module, and of its Rust tests without PHP. TLS needs the headers of OpenSSL.
# shellcheck disable=SC2034 # used by the scripts that source this file
if pkg-config --exists openssl 2>/dev/null; then
    module_features=() test_features='fault-injection tls'
else
    module_features=(--no-default-features --features php) test_features=fault-injection
fi

say() { printf '%s\n' "$*"; }
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# rustup's folder is missing in the PATH of a shell that is no login shell.
command -v cargo >/dev/null || PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

# Sets $php_config and $php. What the user chose reaches cargo as PHP_CONFIG and PHP; what we found ourselves does
# not, because each change of these two makes cargo build again.
find_php() {
    php_config=$(command -v "${PHP_CONFIG:-php-config}") || die "no ${PHP_CONFIG:-php-config}: run \`make setup\`"
    [[ $php_config == /* ]] || php_config=$PWD/$php_config
    php=${PHP:-$("$php_config" --php-binary)}
    php=$(command -v "${php:-php}") || die "$php_config names no php that can be run; set PHP"
    if [[ -n ${PHP_CONFIG:-} ]]; then
        export PHP_CONFIG=$php_config PHP=$php
    fi
}

need_module() {
    [[ -f $module ]] || die "${module#"$top"/} is missing: run \`make build\`"
}

# Sets $php_args, with which $php reads no configuration of the system: an installed copy of this module, or Swoole,
# would meet the one under test. The extensions that tests use are loaded by hand where they are not built in.
#
# PHP_EXTENSIONS names further ones, by their paths, separated by spaces.
#
# OPCACHE=on switches the optimizer on; function and tracing, the names of its two compilers, that one too.
isolate_php() {
    local dir loaded extension name jit
    dir=$("$php_config" --extension-dir)
    loaded=$("$php" -n -m)
    php_args=(-n)
    for extension in ctype pcntl posix sockets sysvmsg; do
        if ! grep -qix "$extension" <<<"$loaded" && [[ -f $dir/$extension.so ]]; then
            php_args+=(-d "extension=$dir/$extension.so")
        fi
    done
    for extension in ${PHP_EXTENSIONS:-}; do
        name=${extension##*/}
        grep -qix "${name%.so}" <<<"$loaded" || php_args+=(-d "extension=$extension")
    done
    [[ ${OPCACHE:-off} != off ]] || return 0
    case $OPCACHE in
    on) jit=disable ;;
    function | tracing) jit=$OPCACHE ;;
    *) die "OPCACHE is off, on, function or tracing, not $OPCACHE" ;;
    esac
    # Since 8.5 it is a part of PHP.
    grep -qix 'Zend OPcache' <<<"$loaded" || php_args+=(-d "zend_extension=$dir/opcache.so")
    # A file is cached, and a function compiled, as soon as it can be.
    php_args+=(-d opcache.enable_cli=1 -d opcache.file_update_protection=0 -d "opcache.jit=$jit")
    [[ $jit == disable ]] || php_args+=(-d opcache.jit_buffer_size=64M -d opcache.jit_hot_func=1 -d opcache.jit_hot_loop=1)
    "$php" "${php_args[@]}" -r '
        $state = opcache_get_status(false);
        exit($state["opcache_enabled"] && $state["jit"]["on"] === ($argv[1] !== "disable") ? 0 : 1);' "$jit" ||
        die "$php does not do what OPCACHE=$OPCACHE asks for"
}

# Copies the built module to a file, stripped, with its debug information in FILE.debug; as it is without binutils.
strip_module() {
    if command -v objcopy >/dev/null; then
        objcopy --only-keep-debug "$module" "$1.debug"
        objcopy --strip-unneeded --add-gnu-debuglink="$1.debug" "$module" "$1"
    else
        cp "$module" "$1"
    fi
}

# apt-get as root, asking nothing.
apt() {
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || return 1
        as_root=(sudo)
        [[ -t 0 ]] || as_root=(sudo -n)
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null
}

# Installs packages; false where there is no apt-get or no right to use it.
apt_install() {
    command -v apt-get >/dev/null || return 1
    apt -q update && apt -q -y --no-install-recommends install "$@"
}
