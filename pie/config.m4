dnl For phpize and PIE: `phpize && ./configure && make && make install` in this folder. cargo builds the module.

PHP_ARG_ENABLE([swoole-process],
  [whether to build swoole_process],
  [AS_HELP_STRING([--enable-swoole-process], [Build swoole_process (default)])],
  [yes])

PHP_ARG_ENABLE([swoole-process-tls],
  [whether swoole_process has TLS],
  [AS_HELP_STRING([--enable-swoole-process-tls],
    [TLS for sockets: needs the headers of OpenSSL (default: if pkg-config finds them)])],
  [auto],
  [no])

if test "$PHP_SWOOLE_PROCESS" != no; then
  dnl What is missing is said in one line, before anything is built.
  AC_MSG_CHECKING([for Linux])
  case $host_os in
    *linux*[)] AC_MSG_RESULT([yes]) ;;
    *[)] AC_MSG_ERROR([swoole_process runs on Linux only, not on $host_os]) ;;
  esac

  AC_MSG_CHECKING([for PHP 8.1 or newer])
  swoole_process_found=`$PHP_CONFIG --version`
  test `$PHP_CONFIG --vernum` -ge 80100 || AC_MSG_ERROR([PHP 8.1 or newer is needed, not $swoole_process_found])
  AC_MSG_RESULT([$swoole_process_found])

  dnl The build asks it for its version. Some php-config name no binary.
  test -x "$PHP_EXECUTABLE" || PHP_EXECUTABLE=`command -v php`
  test -x "$PHP_EXECUTABLE" || AC_MSG_ERROR([$PHP_CONFIG names no php that can be run: install PHP for the command line])

  dnl rustup's folder is missing in the PATH of a shell that is no login shell, and in that of sudo.
  PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  export PATH
  AC_MSG_CHECKING([for Rust])
  if swoole_process_missing=`sh "$abs_srcdir/../scripts/toolchain" rust`; then
    CARGO=`command -v cargo`
    swoole_process_found=`rustc --version`
    AC_MSG_RESULT([$swoole_process_found])
  else
    AC_MSG_ERROR([$swoole_process_missing])
  fi

  AC_MSG_CHECKING([for libclang])
  if swoole_process_missing=`sh "$abs_srcdir/../scripts/toolchain" clang`; then
    AC_MSG_RESULT([yes])
  else
    AC_MSG_ERROR([$swoole_process_missing])
  fi

  AC_MSG_CHECKING([for OpenSSL])
  swoole_process_openssl=no
  if test "$PHP_SWOOLE_PROCESS_TLS" != no; then
    if test -n "$PKG_CONFIG" && $PKG_CONFIG --exists openssl; then
      swoole_process_openssl=yes
    elif test "$PHP_SWOOLE_PROCESS_TLS" = yes; then
      AC_MSG_ERROR([pkg-config finds no openssl: install libssl-dev and pkg-config, or leave out --enable-swoole-process-tls])
    fi
  fi
  AC_MSG_RESULT([$swoole_process_openssl])
  dnl The words of scripts/build.
  CARGO_FEATURES=
  test "$swoole_process_openssl" = yes || CARGO_FEATURES="--no-default-features --features php"

  dnl A module is a shared library: Rust's own target for musl links all statically unless told otherwise.
  CARGO_FLAGS=
  case `rustc -vV` in
    *host:*unknown-linux-musl*[)] CARGO_FLAGS="-C target-feature=-crt-static" ;;
  esac
  AC_PATH_PROG([OBJCOPY], [objcopy], [])

  dnl cargo builds again when one of these two variables changes: what is first in PATH goes without.
  SWOOLE_PROCESS_ENV=
  case $PHP_CONFIG in
    */*[)] swoole_process_config=$PHP_CONFIG ;;
    *[)] swoole_process_config=`command -v $PHP_CONFIG` ;;
  esac
  case $swoole_process_config in
    /*[)] ;;
    *[)] swoole_process_config=$abs_builddir/$swoole_process_config ;;
  esac
  if test "$swoole_process_config" != "`command -v php-config`" ||
    test "`readlink -f "$PHP_EXECUTABLE"`" != "`readlink -f "\`command -v php\`"`"; then
    SWOOLE_PROCESS_ENV="PHP_CONFIG=\"$swoole_process_config\" PHP=\"$PHP_EXECUTABLE\""
  fi

  dnl No C source: what PHP_NEW_EXTENSION would do for one, and a module that Makefile.frag makes.
  ext_srcdir=$abs_srcdir
  ext_builddir=.
  PHP_ADD_BUILD_DIR([modules])
  PHP_MODULES="$PHP_MODULES \$(phplibdir)/swoole_process.so"
  PHP_SUBST([CARGO])
  PHP_SUBST([CARGO_FEATURES])
  PHP_SUBST([CARGO_FLAGS])
  PHP_SUBST([OBJCOPY])
  PHP_SUBST([SWOOLE_PROCESS_ENV])
  PHP_ADD_MAKEFILE_FRAGMENT
fi
