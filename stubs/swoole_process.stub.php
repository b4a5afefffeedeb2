<?php

// Generated from Reflection and stubs/texts by `make stubs`: do not edit.

namespace {
    /** A flag of file_put_contents() */
    const FILE_LOCK = 2;
    /** The errno of a call that was cancelled */
    const SOCKET_ECANCELED = 125;
    const SWOOLE_ASYNC = 1024;
    /** Channel::$errCode: the wait was cancelled */
    const SWOOLE_CHANNEL_CANCELED = -3;
    /** Channel::$errCode: the channel is closed */
    const SWOOLE_CHANNEL_CLOSED = -2;
    /** Channel::$errCode: success */
    const SWOOLE_CHANNEL_OK = 0;
    /** Channel::$errCode: the time is over */
    const SWOOLE_CHANNEL_TIMEOUT = -1;
    /** A state of a coroutine */
    const SWOOLE_CORO_END = 3;
    /** A state of a coroutine */
    const SWOOLE_CORO_INIT = 0;
    /** The largest max_coroutine */
    const SWOOLE_CORO_MAX_NUM_LIMIT = 9223372036854775807;
    /** A state of a coroutine */
    const SWOOLE_CORO_RUNNING = 2;
    /** A state of a coroutine */
    const SWOOLE_CORO_WAITING = 1;
    /** Whether this is a debug build */
    const SWOOLE_DEBUG = false;
    /** The default of max_coroutine */
    const SWOOLE_DEFAULT_MAX_CORO_NUM = 100000;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_AIO_BAD_REQUEST = 4001;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_AIO_CANCELED = 4002;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_AIO_TIMEOUT = 4003;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_BAD_HOST_ADDR = 722;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_BAD_IPV6_ADDRESS = 720;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_BAD_PORT = 723;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_BAD_SOCKET_TYPE = 724;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CLIENT_NO_CONNECTION = 5001;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_BLOCK_OBJECT_LOCKED = 10005;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_BLOCK_OBJECT_WAITING = 10006;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_CANCELED = 10017;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_CANNOT_CANCEL = 10015;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_DISABLED_MULTI_THREAD = 10014;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_GETCONTEXT_FAILED = 10008;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_HAS_BEEN_BOUND = 10002;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_HAS_BEEN_DISCARDED = 10003;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_IOCPINIT_FAILED = 10011;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_MAKECONTEXT_FAILED = 10010;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_MUTEX_DOUBLE_UNLOCK = 10004;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_NOT_EXISTS = 10016;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_OUT_OF_COROUTINE = 10001;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_PROTECT_STACK_FAILED = 10012;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_SOCKET_CLOSE_WAIT = 10019;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_STD_THREAD_LINK_ERROR = 10013;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_SWAPCONTEXT_FAILED = 10009;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_TIMEDOUT = 10018;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_CO_YIELD_FAILED = 10007;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE = 1203;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_DIR_NOT_EXIST = 703;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_DNSLOOKUP_DUPLICATE_REQUEST = 710;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_DNSLOOKUP_NO_SERVER = 714;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED = 711;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT = 712;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_DNSLOOKUP_UNSUPPORTED = 713;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_EVENT_ADD_FAILED = 801;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_EVENT_REMOVE_FAILED = 800;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_EVENT_UNKNOWN_DATA = 803;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_EVENT_UPDATE_FAILED = 802;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_FILE_EMPTY = 702;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_FILE_NOT_EXIST = 700;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_FILE_TOO_LARGE = 701;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_HTTP_PROXY_BAD_RESPONSE = 7104;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_HTTP_PROXY_HANDSHAKE_ERROR = 7101;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_HTTP_PROXY_HANDSHAKE_FAILED = 7103;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_INVALID_PARAMS = 505;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_MALLOC_FAIL = 501;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_NAME_TOO_LONG = 504;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_NO_PAYLOAD = 550;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_NOT_THREAD_SAFETY = 601;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_OPERATION_NOT_SUPPORT = 507;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PACKAGE_LENGTH_NOT_FOUND = 1202;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE = 1201;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PACKAGE_MALFORMED_DATA = 1204;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PHP_FATAL_ERROR = 503;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PHP_RUNTIME_NOTICE = 510;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PROTOCOL_ERROR = 508;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_QUEUE_FULL = 506;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKET_CLOSED = 6001;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKET_NOT_EXISTS = 6003;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKET_POLL_TIMEOUT = 6002;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKS5_AUTH_FAILED = 7003;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKS5_CONNECT_FAILED = 7006;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKS5_HANDSHAKE_FAILED = 7005;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKS5_SERVER_ERROR = 7004;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKS5_UNSUPPORT_METHOD = 7002;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SOCKS5_UNSUPPORT_VERSION = 7001;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_BAD_CLIENT = 1015;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_BAD_PROTOCOL = 1016;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_CANNOT_USE_SENFILE = 1012;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED = 1019;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_CREATE_SESSION_FAILED = 1020;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_EMPTY_PEER_CERTIFICATE = 1013;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_HANDSHAKE_FAILED = 1018;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_NOT_READY = 1011;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_RESET = 1017;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_VERIFY_FAILED = 1014;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SYSTEM_CALL_FAIL = 502;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_UNDEFINED_BEHAVIOR = 600;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_UNREGISTERED_SIGNAL = 721;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_WRONG_OPERATION = 509;
    /** There are data to read, or the end was reached */
    const SWOOLE_EVENT_READ = 512;
    /** There is room to write */
    const SWOOLE_EVENT_WRITE = 1024;
    /** ExitException::getFlags(): where exit() was called */
    const SWOOLE_EXIT_IN_COROUTINE = 2;
    /** ExitException::getFlags(): where exit() was called */
    const SWOOLE_EXIT_IN_SERVER = 4;
    /** A part of the version */
    const SWOOLE_EXTRA_VERSION = '';
    /** Runtime: all hooks */
    const SWOOLE_HOOK_ALL = 2143285247;
    /** Runtime: a hook */
    const SWOOLE_HOOK_CURL = 2048;
    /** Runtime: a hook */
    const SWOOLE_HOOK_FILE = 256;
    /** Runtime: a hook */
    const SWOOLE_HOOK_MONGODB = 4194304;
    /** Runtime: a hook */
    const SWOOLE_HOOK_NATIVE_CURL = 4096;
    /** Runtime: a hook */
    const SWOOLE_HOOK_NET_FUNCTION = 2097152;
    /** Runtime: a hook */
    const SWOOLE_HOOK_PROC = 1024;
    /** Runtime: sleep(), usleep(), time_nanosleep() and time_sleep_until() */
    const SWOOLE_HOOK_SLEEP = 512;
    /** Runtime: a hook */
    const SWOOLE_HOOK_SOCKETS = 16384;
    /** Runtime: a hook */
    const SWOOLE_HOOK_SSL = 32;
    /** Runtime: a hook */
    const SWOOLE_HOOK_STDIO = 32768;
    /** Runtime: a hook */
    const SWOOLE_HOOK_STREAM_FUNCTION = 128;
    /** Runtime: a hook */
    const SWOOLE_HOOK_STREAM_SELECT = 128;
    /** Runtime: a hook */
    const SWOOLE_HOOK_TCP = 2;
    /** Runtime: a hook */
    const SWOOLE_HOOK_TLS = 64;
    /** Runtime: a hook */
    const SWOOLE_HOOK_UDG = 16;
    /** Runtime: a hook */
    const SWOOLE_HOOK_UDP = 4;
    /** Runtime: a hook */
    const SWOOLE_HOOK_UNIX = 8;
    /** How many strings writeVector() sends in one call */
    const SWOOLE_IOV_MAX = 1024;
    /** How messages reach the workers of a pool */
    const SWOOLE_IPC_MSGQUEUE = 2;
    /** How messages reach the workers of a pool */
    const SWOOLE_IPC_NONE = 0;
    /** @deprecated of Swoole's servers */
    const SWOOLE_IPC_PREEMPTIVE = 3;
    /** How messages reach the workers of a pool */
    const SWOOLE_IPC_SOCKET = 3;
    /** How messages reach the workers of a pool */
    const SWOOLE_IPC_UNIXSOCK = 1;
    /** @deprecated use SWOOLE_IPC_UNIXSOCK */
    const SWOOLE_IPC_UNSOCK = 1;
    const SWOOLE_KEEP = 4096;
    const SWOOLE_LIBRARY = true;
    /** A level of the log */
    const SWOOLE_LOG_DEBUG = 0;
    /** A level of the log */
    const SWOOLE_LOG_ERROR = 5;
    /** A level of the log */
    const SWOOLE_LOG_INFO = 2;
    /** A level of the log */
    const SWOOLE_LOG_NONE = 6;
    /** A level of the log */
    const SWOOLE_LOG_NOTICE = 3;
    /** Without effect: the log is not rotated */
    const SWOOLE_LOG_ROTATION_DAILY = 2;
    /** Without effect: the log is not rotated */
    const SWOOLE_LOG_ROTATION_EVERY_MINUTE = 4;
    /** Without effect: the log is not rotated */
    const SWOOLE_LOG_ROTATION_HOURLY = 3;
    /** Without effect: the log is not rotated */
    const SWOOLE_LOG_ROTATION_MONTHLY = 1;
    /** Without effect: the log is not rotated */
    const SWOOLE_LOG_ROTATION_SINGLE = 0;
    /** A level of the log */
    const SWOOLE_LOG_TRACE = 1;
    /** A level of the log */
    const SWOOLE_LOG_WARNING = 4;
    /** A part of the version */
    const SWOOLE_MAJOR_VERSION = 6;
    /** A part of the version */
    const SWOOLE_MINOR_VERSION = 2;
    /** useQueue(): pop() takes any message */
    const SWOOLE_MSGQUEUE_BALANCE = 2;
    /** useQueue(): pop() takes only messages that were pushed through the same object */
    const SWOOLE_MSGQUEUE_ORIENT = 1;
    /** Lock: one holder */
    const SWOOLE_MUTEX = 3;
    /** A type of socket */
    const SWOOLE_RAW = 7;
    /** A type of socket */
    const SWOOLE_RAW6 = 8;
    /** A part of the version */
    const SWOOLE_RELEASE_VERSION = 2;
    /** Lock: one writer, or many readers */
    const SWOOLE_RWLOCK = 1;
    /** @deprecated clients of coroutines never block */
    const SWOOLE_SOCK_ASYNC = true;
    /** A type of socket */
    const SWOOLE_SOCK_RAW = 7;
    /** A type of socket */
    const SWOOLE_SOCK_RAW6 = 8;
    /** @deprecated clients of coroutines never block */
    const SWOOLE_SOCK_SYNC = false;
    /** A type of socket */
    const SWOOLE_SOCK_TCP = 1;
    /** A type of socket */
    const SWOOLE_SOCK_TCP6 = 3;
    /** A type of socket */
    const SWOOLE_SOCK_UDP = 2;
    /** A type of socket */
    const SWOOLE_SOCK_UDP6 = 4;
    /** A type of socket */
    const SWOOLE_SOCK_UNIX_DGRAM = 6;
    /** A type of socket */
    const SWOOLE_SOCK_UNIX_STREAM = 5;
    /** Lock: one holder; a process that waits polls before it sleeps */
    const SWOOLE_SPINLOCK = 5;
    /** Added to the type of a socket: TLS */
    const SWOOLE_SSL = 512;
    /** A version of TLS, for ssl_protocols */
    const SWOOLE_SSL_SSLv2 = 2;
    /** A version of TLS, for ssl_protocols */
    const SWOOLE_SSL_SSLv3 = 4;
    /** A version of TLS, for ssl_protocols */
    const SWOOLE_SSL_TLSv1 = 8;
    /** A version of TLS, for ssl_protocols */
    const SWOOLE_SSL_TLSv1_1 = 16;
    /** A version of TLS, for ssl_protocols */
    const SWOOLE_SSL_TLSv1_2 = 32;
    /** A version of TLS, for ssl_protocols */
    const SWOOLE_SSL_TLSv1_3 = 64;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_SSLv23_CLIENT_METHOD = 5;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_SSLv23_METHOD = 0;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_SSLv23_SERVER_METHOD = 4;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_SSLv3_CLIENT_METHOD = 3;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_SSLv3_METHOD = 1;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_SSLv3_SERVER_METHOD = 2;
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_DNS = 2;
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_GAI = 1;
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_SWOOLE = 9;
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_SYSTEM = 0;
    const SWOOLE_SYNC = 2048;
    /** A type of socket, as SWOOLE_SOCK_TCP */
    const SWOOLE_TCP = 1;
    /** A type of socket, as SWOOLE_SOCK_TCP6 */
    const SWOOLE_TCP6 = 3;
    /** The shortest and the longest time of a timer */
    const SWOOLE_TIMER_MAX_MS = 9223372036854775807;
    /** The shortest and the longest time of a timer */
    const SWOOLE_TIMER_MAX_SEC = 9223372036854776.0;
    /** The shortest and the longest time of a timer */
    const SWOOLE_TIMER_MIN_MS = 1;
    /** The shortest and the longest time of a timer */
    const SWOOLE_TIMER_MIN_SEC = 0.001;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLS_CLIENT_METHOD = 5;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLS_METHOD = 0;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLS_SERVER_METHOD = 4;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_1_CLIENT_METHOD = 11;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_1_METHOD = 9;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_1_SERVER_METHOD = 10;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_2_CLIENT_METHOD = 14;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_2_METHOD = 12;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_2_SERVER_METHOD = 13;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_CLIENT_METHOD = 8;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_METHOD = 6;
    /** Without effect: the option ssl_protocols chooses the versions of TLS */
    const SWOOLE_TLSv1_SERVER_METHOD = 7;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_AIO = 524288;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_ALL = 9223372036854775807;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_BUFFER = 8;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CARES = 1073741824;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CHANNEL = 4194304;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CLIENT = 4;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CLOSE = 16384;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_CURL = 536870912;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_FIREBIRD = 68719476736;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_HTTP_SERVER = 134217728;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_ODBC = 8589934592;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_ORACLE = 17179869184;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_PGSQL = 4294967296;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_SQLITE = 34359738368;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CO_SSH2 = 137438953472;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CONN = 16;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_CONTEXT = 67108864;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_COROUTINE = 33554432;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_EOF_PROTOCOL = 4096;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_EVENT = 32;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_HTTP = 1024;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_HTTP2 = 2048;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_HTTP_CLIENT = 262144;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_LENGTH_PROTOCOL = 8192;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_MEMORY = 128;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_MYSQL_CLIENT = 131072;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_NORMAL = 2097152;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_PHP = 512;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_REACTOR = 256;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_REDIS_CLIENT = 65536;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_SERVER = 2;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_SOCKET = 16777216;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_SSL = 1048576;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_TABLE = 268435456;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_THREAD = 1099511627776;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_TIMER = 8388608;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_WEBSOCKET = 32768;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_WORKER = 64;
    /** Without effect: a release of this extension writes no traces */
    const SWOOLE_TRACE_ZLIB = 2147483648;
    /** A type of socket, as SWOOLE_SOCK_UDP */
    const SWOOLE_UDP = 2;
    /** A type of socket, as SWOOLE_SOCK_UDP6 */
    const SWOOLE_UDP6 = 4;
    /** A type of socket */
    const SWOOLE_UNIX_DGRAM = 6;
    /** A type of socket */
    const SWOOLE_UNIX_STREAM = 5;
    /** Whether the short names exist */
    const SWOOLE_USE_SHORTNAME = true;
    /** The version of Swoole whose API this is */
    const SWOOLE_VERSION = '6.2.2';
    /** The same as a number */
    const SWOOLE_VERSION_ID = 60202;
    /** A state of a worker */
    const SWOOLE_WORKER_BUSY = 1;
    /** A state of a worker */
    const SWOOLE_WORKER_EXIT = 3;
    /** A state of a worker */
    const SWOOLE_WORKER_IDLE = 2;
    /** An option of sockets */
    const TCP_INFO = 11;

    /**
     * Creates an array object. Guide: library.md.
     *
     * @param array $array
     * @return \Swoole\ArrayObject
     */
    function _array(array $array = []): \Swoole\ArrayObject {}
    /**
     * Creates a string object that counts characters. Its methods need mbstring.
     *
     * @param string $string
     * @return \Swoole\MultibyteStringObject
     */
    function _mbstring(string $string = ''): \Swoole\MultibyteStringObject {}
    /**
     * Creates a string object. Guide: library.md.
     *
     * @param string $string
     * @return \Swoole\StringObject
     */
    function _string(string $string = ''): \Swoole\StringObject {}
    /**
     * Calls a function at the end of the coroutine; of several the last one first.
     *
     * @param callable(mixed): mixed $callback
     * @return void
     * @throws \Swoole\Error outside of a coroutine
     */
    function defer(callable $callback): void {}
    /**
     * Starts a coroutine at once, and returns when it first waits or ends.
     *
     * @param callable(mixed...): mixed $func gets $param
     * @param mixed ...$params
     * @return int|false its id
     */
    function go(callable $func, mixed ...$params): int|false {}
    /**
     * Creates an array object. Guide: library.md.
     *
     * @param array $array
     * @return \Swoole\ArrayObject
     */
    function swoole_array(array $array = []): \Swoole\ArrayObject {}
    /**
     * Returns an element of an array, or a default.
     *
     * @param array $array
     * @param int|string $key
     * @param mixed $default_value
     * @return mixed
     */
    function swoole_array_default_value(array $array, $key, $default_value = null) {}
    /**
     * Creates an array object of the arguments.
     *
     * @param mixed ...$arrray
     * @return \Swoole\ArrayObject
     */
    function swoole_array_list(...$arrray): \Swoole\ArrayObject {}
    /**
     * Does the same as gethostbyname().
     *
     * @param string $domain_name
     * @param float $timeout seconds
     * @param int $type AF_INET or AF_INET6
     * @return string|false the first address
     */
    function swoole_async_dns_lookup_coro(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false {}
    /**
     * Sets options of the process. The table of errors.md describes them.
     *
     * @param array<string, mixed> $settings
     * @return bool
     */
    function swoole_async_set(array $settings): bool {}
    /**
     * Clears the cache of host names.
     *
     * @return void
     */
    function swoole_clear_dns_cache(): void {}
    /**
     * Sets swoole_last_error() and swoole_errno() to 0.
     *
     * @return void
     */
    function swoole_clear_error(): void {}
    /**
     * Waits until one of several descriptors is ready, and blocks the whole process. Afterwards each array has only the ready
     * descriptors, with their keys.
     *
     * @param array|null $read descriptors to read from
     * @param array|null $write descriptors to write to
     * @param array|null $except descriptors with an error, or whose other side is gone
     * @param float $timeout seconds; a negative number means no limit
     * @return int|false the number of ready descriptors in all arrays; 0 after a time-out
     */
    function swoole_client_select(?array &$read, ?array &$write, ?array &$except, float $timeout = 0.5): int|false {}
    /**
     * Returns how many processors the limits of a container allow, rounded down; all of them without a limit. The environment
     * variable SWOOLE_CPU_NUM takes precedence.
     *
     * @return int
     */
    function swoole_container_cpu_num() {}
    /**
     * Starts a coroutine at once, and returns when it first waits or ends.
     *
     * @param callable(mixed...): mixed $func gets $param
     * @param mixed ...$params
     * @return int|false its id
     */
    function swoole_coroutine_create(callable $func, mixed ...$params): int|false {}
    /**
     * Calls a function at the end of the coroutine; of several the last one first.
     *
     * @param callable(mixed): mixed $callback
     * @return void
     * @throws \Swoole\Error outside of a coroutine
     */
    function swoole_coroutine_defer(callable $callback): void {}
    /**
     * Creates two connected sockets.
     *
     * @param int $domain AF_UNIX
     * @param int $type SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET
     * @param int $protocol
     * @return array{\Swoole\Coroutine\Socket, \Swoole\Coroutine\Socket}|false
     */
    function swoole_coroutine_socketpair(int $domain, int $type, int $protocol): array|false {}
    /**
     * Returns how many processors the machine has.
     *
     * @return int
     */
    function swoole_cpu_num(): int {}
    /**
     * Returns the errno of the last call that failed.
     *
     * @return int
     */
    function swoole_errno(): int {}
    /**
     * Writes a line to the log. Guide: errors.md.
     *
     * @param int $level one of SWOOLE_LOG_*
     * @param string $msg
     * @return void
     */
    function swoole_error_log(int $level, string $msg): void {}
    /**
     * Writes a line with an error code to the log, unless the code is ignored. The code becomes that of swoole_last_error().
     *
     * @param int $level one of SWOOLE_LOG_*
     * @param int $error
     * @param string $msg
     * @return void
     */
    function swoole_error_log_ex(int $level, int $error, string $msg): void {}
    /**
     * Watches a descriptor, which does not block any more.
     *
     * @template T of resource|\Socket|\Swoole\Process|int
     * @param T $fd a stream, a Socket, a process (its pipe) or the number of a descriptor
     * @param (callable(T): mixed)|null $read_callback called in every turn in which data can be read, or the end was reached
     * @param (callable(T): mixed)|null $write_callback called in every turn in which there is room to write
     * @param int $events SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE or both
     * @return int|false the number of the descriptor
     * @throws \Swoole\Exception a callback that is not callable
     */
    function swoole_event_add(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = SWOOLE_EVENT_READ): int|false {}
    /**
     * Calls a function in each turn, until it is replaced.
     *
     * @param (callable(): mixed)|null $callback null: removes it
     * @param bool $before at the beginning of the turn, not at its end
     * @return bool with null: whether there was one
     */
    function swoole_event_cycle(?callable $callback, bool $before = false): bool {}
    /**
     * Calls a function at the end of the current turn, or of the next one.
     *
     * @param callable(): mixed $callback
     * @return bool
     */
    function swoole_event_defer(callable $callback): bool {}
    /**
     * Stops watching a descriptor. Call it before the descriptor is closed.
     *
     * @param resource|\Socket|\Swoole\Process|int $fd
     * @return bool
     */
    function swoole_event_del(mixed $fd): bool {}
    /**
     * Runs one turn of the loop.
     *
     * @return bool
     */
    function swoole_event_dispatch(): bool {}
    /**
     * Ends the running loop after the current callback.
     *
     * @return void
     */
    function swoole_event_exit(): void {}
    /**
     * Returns whether a descriptor is watched.
     *
     * @param resource|\Socket|\Swoole\Process|int $fd
     * @param int $events for one of these
     * @return bool
     */
    function swoole_event_isset(mixed $fd, int $events = 1536): bool {}
    /**
     * Runs the loop at the end of a script. PHP calls it; scripts do not.
     *
     * @return void
     */
    function swoole_event_rshutdown(): void {}
    /**
     * Changes the callbacks or events of a watched descriptor.
     *
     * @template T of resource|\Socket|\Swoole\Process|int
     * @param T $fd
     * @param (callable(T): mixed)|null $read_callback null: stays
     * @param (callable(T): mixed)|null $write_callback null: stays
     * @param int $events 0: stays
     * @return bool
     */
    function swoole_event_set(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = 0): bool {}
    /**
     * Runs the loop until nothing is left to wait for, or until exit().
     *
     * @return void
     */
    function swoole_event_wait(): void {}
    /**
     * Writes to a watched descriptor without blocking. What does not fit is sent while the loop runs.
     *
     * @param resource|\Socket|\Swoole\Process|int $fd
     * @param non-empty-string $data
     * @return bool
     */
    function swoole_event_write(mixed $fd, string $data): bool {}
    /**
     * Returns the addresses of the network interfaces, without loopback interfaces.
     *
     * @param int $family AF_INET or AF_INET6
     * @return array<string, string> the addresses by the names of the interfaces
     */
    function swoole_get_local_ip(int $family = AF_INET): array|false {}
    /**
     * Returns the hardware addresses of the network interfaces, without loopback interfaces.
     *
     * @return array<string, string> the addresses by the names of the interfaces
     */
    function swoole_get_local_mac(): array|false {}
    /**
     * Returns the MIME type of a file by the suffix of its name.
     *
     * @param string $filename
     * @return string application/octet-stream for an unknown suffix
     */
    function swoole_get_mime_type(string $filename): string {}
    /**
     * Returns the object with a handle, the number of spl_object_id().
     *
     * @param int $handle
     * @return object
     */
    function swoole_get_object_by_handle(int $handle): object|false {}
    /**
     * Returns all objects of the script, in the order of their handles. A leak shows as objects that should not exist any more.
     *
     * @return list<object>
     */
    function swoole_get_objects(): array|false {}
    /**
     * Returns how many objects and resources the script has.
     *
     * @return array{object_num: int, resource_num: int}
     */
    function swoole_get_vm_status(): array {}
    /**
     * Returns a hash of a text.
     *
     * @param string $data
     * @param int $type 0: 64 bits, as PHP's arrays use it; 1: 32 bits
     * @return int
     */
    function swoole_hashcode(string $data, int $type = 0): int|false {}
    /**
     * From now on swoole_error_log_ex() writes no lines about this error code.
     *
     * @param int $error
     * @return void
     */
    function swoole_ignore_error(int $error): void {}
    /**
     * Returns whether the process runs in a container of Docker or Kubernetes, by its mounts.
     *
     * @return bool
     */
    function swoole_is_in_container() {}
    /**
     * Returns the code of the last call that failed: an errno, or one of SWOOLE_ERROR_*.
     *
     * @return int
     */
    function swoole_last_error(): int {}
    /**
     * Returns an option of the library, or null.
     *
     * @param string $key
     * @return mixed
     */
    function swoole_library_get_option(string $key): mixed {}
    /**
     * Returns the options of the library.
     *
     * @return array<string, mixed>
     */
    function swoole_library_get_options(): array {}
    /**
     * Sets an option of the library. None has an effect here.
     *
     * @param string $key
     * @param mixed $value
     * @return void
     */
    function swoole_library_set_option(string $key, mixed $value): void {}
    /**
     * Replaces the options of the library. None has an effect here.
     *
     * @param array<string, mixed> $options
     * @return void
     */
    function swoole_library_set_options(array $options): void {}
    /**
     * Creates a string object that counts characters. Its methods need mbstring.
     *
     * @param string $string
     * @return \Swoole\MultibyteStringObject
     */
    function swoole_mbstring(string $string = ''): \Swoole\MultibyteStringObject {}
    /**
     * Adds a suffix to the list of MIME types, unless the list has it.
     *
     * @param string $suffix
     * @param string $mime_type
     * @return bool whether it was added
     */
    function swoole_mime_type_add(string $suffix, string $mime_type): bool {}
    /**
     * Removes a suffix from the list of MIME types.
     *
     * @param string $suffix
     * @return bool whether it was there
     */
    function swoole_mime_type_delete(string $suffix): bool {}
    /**
     * Returns whether the list of MIME types has the suffix of a file's name.
     *
     * @param string $filename
     * @return bool
     */
    function swoole_mime_type_exists(string $filename): bool {}
    /**
     * Returns the MIME type of a file by the suffix of its name.
     *
     * @param string $filename
     * @return string application/octet-stream for an unknown suffix
     */
    function swoole_mime_type_get(string $filename): string {}
    /**
     * Returns the MIME types.
     *
     * @return list<string>
     */
    function swoole_mime_type_list(): array {}
    /**
     * Sets the MIME type of a suffix.
     *
     * @param string $suffix
     * @param string $mime_type
     * @return void
     */
    function swoole_mime_type_set(string $suffix, string $mime_type): void {}
    /**
     * Waits until one of several descriptors is ready, and blocks the whole process. Afterwards each array has only the ready
     * descriptors, with their keys.
     *
     * @param array|null $read descriptors to read from
     * @param array|null $write descriptors to write to
     * @param array|null $except descriptors with an error, or whose other side is gone
     * @param float $timeout seconds; a negative number means no limit
     * @return int|false the number of ready descriptors in all arrays; 0 after a time-out
     */
    function swoole_select(?array &$read, ?array &$write, ?array &$except, float $timeout = 0.5): int|false {}
    /**
     * Sets the title that ps(1) shows for this process.
     *
     * @param string $process_name
     * @return bool
     */
    function swoole_set_process_name(string $process_name): bool {}
    /**
     * Returns the message for a code.
     *
     * @param int $errno
     * @param int $error_type SWOOLE_STRERROR_SYSTEM, GAI, DNS or SWOOLE
     * @return string
     */
    function swoole_strerror(int $errno, int $error_type = SWOOLE_STRERROR_SYSTEM): string {}
    /**
     * Creates a string object. Guide: library.md.
     *
     * @param string $string
     * @return \Swoole\StringObject
     */
    function swoole_string(string $string = ''): \Swoole\StringObject {}
    /**
     * Decodes JSON in a part of a string.
     *
     * @param string $str
     * @param int $offset below 0: from the end
     * @param int $length 0 or less: all of the rest
     * @param bool $associative
     * @param int $depth
     * @param int $flags
     * @return mixed null, with a warning, if the offset is not within the string
     */
    function swoole_substr_json_decode(string $str, int $offset, int $length = 0, bool $associative = false, int $depth = 512, int $flags = 0): mixed {}
    /**
     * Unserializes a part of a string.
     *
     * @param string $str
     * @param int $offset below 0: from the end
     * @param int $length 0 or less: all of the rest
     * @param array $options those of unserialize()
     * @return mixed false if the offset is not within the string
     */
    function swoole_substr_unserialize(string $str, int $offset, int $length = 0, array $options = []): mixed {}
    /**
     * Creates a table from a description of its columns.
     *
     * @param int $size how many rows
     * @param string $fields name:type, separated by commas. The types are int, float and string:LENGTH
     * @return \Swoole\Table
     * @throws \RuntimeException the description is wrong, or the table cannot be created
     */
    function swoole_table(int $size, string $fields): \Swoole\Table {}
    /**
     * Calls a function once.
     *
     * @param positive-int $ms milliseconds
     * @param callable(mixed...): mixed $callback gets $params
     * @param mixed ...$params
     * @return int|false the id of the timer
     */
    function swoole_timer_after(int $ms, callable $callback, mixed ...$params): int|false {}
    /**
     * Removes a timer.
     *
     * @param int $timer_id
     * @return bool
     */
    function swoole_timer_clear(int $timer_id): bool {}
    /**
     * Removes all timers.
     *
     * @return bool
     */
    function swoole_timer_clear_all(): bool {}
    /**
     * Returns whether a timer exists.
     *
     * @param int $timer_id
     * @return bool
     */
    function swoole_timer_exists(int $timer_id): bool {}
    /**
     * Describes a timer.
     *
     * @param int $timer_id
     * @return array{exec_msec: int, exec_count: int, interval: int, round: int, removed: bool}|false|null null: no such timer
     */
    function swoole_timer_info(int $timer_id): array|false|null {}
    /**
     * Returns the ids of all timers.
     *
     * @return \Swoole\Timer\Iterator
     */
    function swoole_timer_list(): \Swoole\Timer\Iterator {}
    /**
     * Counts the timers.
     *
     * @return array{initialized: bool, num: int, round: int}
     */
    function swoole_timer_stats(): array {}
    /**
     * Calls a function again and again.
     *
     * @param positive-int $ms milliseconds
     * @param callable(int, mixed...): mixed $callback gets the id of the timer, then $params
     * @param mixed ...$params
     * @return int|false the id of the timer
     */
    function swoole_timer_tick(int $ms, callable $callback, mixed ...$params): int|false {}
    /**
     * Returns the version of Swoole whose API this is.
     *
     * @return string
     */
    function swoole_version(): string {}

    /** As in Swoole 6.2.2. */
    class SwooleLibrary
    {
        public static array $options = [];

        /**
         * As in Swoole 6.2.2.
         *
         * @param array $options
         */
        public static function setOptions(array $options): void {}
        /** As in Swoole 6.2.2. */
        public static function getOptions(): array {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $key
         * @param mixed $value
         */
        public static function setOption(string $key, mixed $value): void {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $key
         */
        public static function getOption(string $key): mixed {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $array
         * @param mixed $key
         * @param mixed $default
         */
        public static function arrayDefaultValue(array $array, mixed $key, mixed $default): mixed {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $size
         * @param string $fields
         */
        public static function table(int $size, string $fields): \Swoole\Table {}
        /** As in Swoole 6.2.2. */
        public static function isInContainer(): bool {}
        /** As in Swoole 6.2.2. */
        public static function containerCpuNum(): int {}
    }

    class_alias(\Swoole\Coroutine\Channel::class, 'chan');
    class_alias(\Swoole\Coroutine::class, 'co');
    class_alias(\Swoole\Coroutine\Channel::class, 'co\channel');
    class_alias(\Swoole\Coroutine\Client::class, 'co\client');
    class_alias(\Swoole\Coroutine\Context::class, 'co\context');
    class_alias(\Swoole\Coroutine\Iterator::class, 'co\iterator');
    class_alias(\Swoole\Coroutine\Scheduler::class, 'co\scheduler');
    class_alias(\Swoole\Coroutine\Server::class, 'co\server');
    class_alias(\Swoole\Coroutine\Server\Connection::class, 'co\server\connection');
    class_alias(\Swoole\Coroutine\Socket::class, 'co\socket');
    class_alias(\Swoole\Coroutine\Socket\Exception::class, 'co\socket\exception');
    class_alias(\Swoole\Coroutine\System::class, 'co\system');
    class_alias(\Swoole\Coroutine\WaitGroup::class, 'co\waitgroup');
    class_alias(\Swoole\Process\Manager::class, 'swoole\process\processmanager');
}

namespace Co {
    /**
     * Runs each task in a coroutine of its own, and waits for all.
     *
     * @template K of array-key
     * @template V
     * @param array<K, callable(): V> $tasks
     * @param float $timeout seconds; 0 or less: no limit
     * @return array<K, V|null> under the keys of the tasks; null: not done in time
     */
    function batch(array $tasks, float $timeout = -1.0): array {}
    /**
     * Calls a function at the end of the coroutine, as Coroutine::defer().
     *
     * @param callable(mixed): mixed $fn
     * @return void
     */
    function defer(callable $fn): void {}
    /**
     * Starts a coroutine, as Coroutine::create().
     *
     * @param callable(mixed...): mixed $fn gets $args
     * @param mixed ...$args
     * @return int|false its id
     */
    function go(callable $fn, ...$args): int|false {}
    /**
     * Calls a function for each element, each in a coroutine of its own, and waits for all.
     *
     * @template K of array-key
     * @template V
     * @template R
     * @param array<K, V> $list
     * @param callable(V, K): R $fn
     * @param float $timeout seconds; 0 or less: no limit
     * @return array<K, R|null> null: not done in time
     */
    function map(array $list, callable $fn, float $timeout = -1.0): array {}
    /**
     * Runs a function in several coroutines, and waits for all.
     *
     * @param int $n
     * @param callable(): mixed $fn
     * @return void
     */
    function parallel(int $n, callable $fn): void {}
    /**
     * Runs a function as a coroutine, and then the event loop until no work is left. Switches all hooks on.
     *
     * @param callable(mixed...): mixed $fn gets $args
     * @param mixed ...$args
     * @return bool
     */
    function run(callable $fn, ...$args): bool {}
}

namespace Swoole {
    /**
     * Returns another handle for the same open file. Guide: handles.md.
     *
     * @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle
     * @return resource|\Socket|\Swoole\Coroutine\Socket|false of the same kind; a stream for a number
     * @throws \TypeError a closed stream, or no handle at all
     */
    function dup(mixed $handle): mixed {}
    /**
     * Makes a standard descriptor a duplicate of a handle. Guide: handles.md.
     *
     * @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle
     * @param int $standard 0, 1 or 2
     * @return bool
     * @throws \ValueError $standard is another number
     * @throws \TypeError a closed stream, or no handle at all
     */
    function dup2(mixed $handle, int $standard): bool {}

    /** As in Swoole 6.2.2. */
    class ArrayObject implements \ArrayAccess, \Serializable, \Countable, \Iterator
    {
        protected $array;

        /**
         * As in Swoole 6.2.2.
         *
         * @param array $array
         */
        public function __construct(array $array = []) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $array
         */
        public static function from(array $array = []): static {}
        /** As in Swoole 6.2.2. */
        public function __toArray(): array {}
        /** As in Swoole 6.2.2. */
        public function toArray(): array {}
        /** As in Swoole 6.2.2. */
        public function __serialize(): array {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $data
         */
        public function __unserialize(array $data): void {}
        /** As in Swoole 6.2.2. */
        public function serialize(): \Swoole\StringObject {}
        /** As in Swoole 6.2.2. */
        public function unserialize($string): self {}
        /** As in Swoole 6.2.2. */
        public function isEmpty(): bool {}
        /** As in Swoole 6.2.2. */
        public function count(): int {}
        /** As in Swoole 6.2.2. */
        public function current() {}
        /** As in Swoole 6.2.2. */
        public function key() {}
        /** As in Swoole 6.2.2. */
        public function valid(): bool {}
        /** As in Swoole 6.2.2. */
        public function rewind() {}
        /** As in Swoole 6.2.2. */
        public function next() {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         */
        public function get(mixed $key) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         * @param mixed $default
         */
        public function getOr(mixed $key, mixed $default = null) {}
        /** As in Swoole 6.2.2. */
        public function first() {}
        /** As in Swoole 6.2.2. */
        public function last() {}
        /** As in Swoole 6.2.2. */
        public function firstKey() {}
        /** As in Swoole 6.2.2. */
        public function lastKey() {}
        /** As in Swoole 6.2.2. */
        public function randomGet() {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         * @param mixed $value
         */
        public function set(mixed $key, mixed $value): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         */
        public function delete(mixed $key): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         * @param bool $strict
         * @param bool $loop
         */
        public function remove(mixed $value, bool $strict = true, bool $loop = false): self {}
        /** As in Swoole 6.2.2. */
        public function clear(): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         */
        public function offsetGet(mixed $key) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         * @param mixed $value
         */
        public function offsetSet(mixed $key, mixed $value): void {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         */
        public function offsetUnset(mixed $key): void {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         */
        public function offsetExists(mixed $key) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $key
         */
        public function exists(mixed $key): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         * @param bool $strict
         */
        public function contains(mixed $value, bool $strict = true): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $needle
         * @param bool $strict
         */
        public function search(mixed $needle, bool $strict = true) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         * @param bool $strict
         */
        public function indexOf(mixed $value, bool $strict = true) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         * @param bool $strict
         */
        public function lastIndexOf(mixed $value, bool $strict = true) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $glue
         */
        public function join(string $glue = ''): \Swoole\StringObject {}
        /** As in Swoole 6.2.2. */
        public function sum() {}
        /** As in Swoole 6.2.2. */
        public function product() {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         */
        public function push(mixed $value) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         */
        public function pushBack(mixed $value) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         */
        public function pushFront(mixed $value) {}
        /** As in Swoole 6.2.2. */
        public function append(...$values): \Swoole\ArrayObject {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $offset
         * @param mixed $value
         */
        public function insert(int $offset, mixed $value): self {}
        /** As in Swoole 6.2.2. */
        public function pop() {}
        /** As in Swoole 6.2.2. */
        public function popBack() {}
        /** As in Swoole 6.2.2. */
        public function popFront() {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $offset
         * @param ?int $length
         * @param bool $preserve_keys
         */
        public function slice(int $offset, ?int $length = null, bool $preserve_keys = false): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $fn
         */
        public function each(callable $fn): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $fn
         */
        public function map(callable $fn, ...$args): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $fn
         */
        public function reduce(callable $fn, $initial = null) {}
        /** As in Swoole 6.2.2. */
        public function keys(...$args): static {}
        /** As in Swoole 6.2.2. */
        public function values(): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $column_key
         * @param mixed $index
         */
        public function column(mixed $column_key, mixed $index = null): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $sort_flags
         */
        public function unique(int $sort_flags = \SORT_STRING): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param bool $preserve_keys
         */
        public function reverse(bool $preserve_keys = false): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $size
         * @param bool $preserve_keys
         */
        public function chunk(int $size, bool $preserve_keys = false): static {}
        /** As in Swoole 6.2.2. */
        public function flip(): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $fn
         * @param int $flag
         */
        public function filter(callable $fn, int $flag = 0): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $sort_flags
         */
        public function asort(int $sort_flags = \SORT_REGULAR): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $sort_flags
         */
        public function arsort(int $sort_flags = \SORT_REGULAR): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $sort_flags
         */
        public function ksort(int $sort_flags = \SORT_REGULAR): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $sort_flags
         */
        public function krsort(int $sort_flags = \SORT_REGULAR): self {}
        /** As in Swoole 6.2.2. */
        public function natsort(): self {}
        /** As in Swoole 6.2.2. */
        public function natcasesort(): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $sort_flags
         */
        public function sort(int $sort_flags = \SORT_REGULAR): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $sort_flags
         */
        public function rsort(int $sort_flags = \SORT_REGULAR): self {}
        /** As in Swoole 6.2.2. */
        public function shuffle(): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $value_compare_func
         */
        public function usort(callable $value_compare_func): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $value_compare_func
         */
        public function uasort(callable $value_compare_func): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $value_compare_func
         */
        public function uksort(callable $value_compare_func): self {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $value
         */
        protected static function detectType(mixed $value) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $value
         */
        protected static function detectStringType(string $value): \Swoole\StringObject {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $value
         */
        protected static function detectArrayType(array $value): static {}
    }

    /** A number of 32 bits without a sign, which a process shares with its children. Guide: atomic.md. */
    class Atomic
    {
        /**
         * Creates a number. Create it before the fork: children inherit it.
         *
         * @param int $value
         */
        public function __construct(int $value = 0) {}
        /**
         * Adds to the number. Too large results wrap around.
         *
         * @param int $add_value
         * @return int the new value
         */
        public function add(int $add_value = 1): int {}
        /**
         * Subtracts from the number. Results below the range wrap around.
         *
         * @param int $sub_value
         * @return int the new value
         */
        public function sub(int $sub_value = 1): int {}
        /**
         * Returns the number.
         *
         * @return int
         */
        public function get(): int {}
        /**
         * Sets the number.
         *
         * @param int $value
         * @return void
         */
        public function set(int $value): void {}
        /**
         * Waits for a wakeup. The number must be 0 or 1.
         *
         * @param float $timeout seconds; 0 or less: no limit
         * @return bool
         */
        public function wait(float $timeout = 1.0): bool {}
        /**
         * Wakes processes that wait. If none waits, the next wait() returns at once.
         *
         * @param int $count how many at most
         * @return bool
         */
        public function wakeup(int $count = 1): bool {}
        /**
         * Sets the number if it has an expected value, in one step.
         *
         * @param int $cmp_value the expected value
         * @param int $new_value
         * @return bool
         */
        public function cmpset(int $cmp_value, int $new_value): bool {}
    }

    /** As in Swoole 6.2.2. */
    class ConnectionPool
    {
        public const DEFAULT_SIZE = 64;

        protected ?\Swoole\Coroutine\Channel $pool;
        protected $constructor;
        protected int $size;
        protected int $num = 0;
        protected ?string $proxy;

        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $constructor
         * @param int $size
         * @param ?string $proxy
         */
        public function __construct(callable $constructor, int $size = self::DEFAULT_SIZE, ?string $proxy = null) {}
        /** As in Swoole 6.2.2. */
        public function fill(): void {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param float $timeout
         */
        public function get(float $timeout = -1.0) {}
        /** As in Swoole 6.2.2. */
        public function put($connection): void {}
        /** As in Swoole 6.2.2. */
        public function close(): void {}
        /** As in Swoole 6.2.2. */
        protected function make(): void {}
    }

    /** As in Swoole 6.2.2. */
    class Constant
    {
        public const EVENT_START = 'start';
        public const EVENT_BEFORE_SHUTDOWN = 'beforeShutdown';
        public const EVENT_SHUTDOWN = 'shutdown';
        public const EVENT_WORKER_START = 'workerStart';
        public const EVENT_WORKER_STOP = 'workerStop';
        public const EVENT_BEFORE_RELOAD = 'beforeReload';
        public const EVENT_AFTER_RELOAD = 'afterReload';
        public const EVENT_TASK = 'task';
        public const EVENT_FINISH = 'finish';
        public const EVENT_WORKER_EXIT = 'workerExit';
        public const EVENT_WORKER_ERROR = 'workerError';
        public const EVENT_MANAGER_START = 'managerStart';
        public const EVENT_MANAGER_STOP = 'managerStop';
        public const EVENT_PIPE_MESSAGE = 'pipeMessage';
        public const EVENT_CONNECT = 'connect';
        public const EVENT_RECEIVE = 'receive';
        public const EVENT_CLOSE = 'close';
        public const EVENT_PACKET = 'packet';
        public const EVENT_BUFFER_FULL = 'bufferFull';
        public const EVENT_BUFFER_EMPTY = 'bufferEmpty';
        public const EVENT_REQUEST = 'request';
        public const EVENT_HANDSHAKE = 'handshake';
        public const EVENT_BEFORE_HANDSHAKE_RESPONSE = 'beforeHandshakeResponse';
        public const EVENT_OPEN = 'open';
        public const EVENT_MESSAGE = 'message';
        public const EVENT_DISCONNECT = 'disconnect';
        public const EVENT_ERROR = 'error';
        public const OPTION_DEBUG_MODE = 'debug_mode';
        public const OPTION_TRACE_FLAGS = 'trace_flags';
        public const OPTION_LOG_FILE = 'log_file';
        public const OPTION_LOG_LEVEL = 'log_level';
        public const OPTION_LOG_DATE_FORMAT = 'log_date_format';
        public const OPTION_LOG_DATE_WITH_MICROSECONDS = 'log_date_with_microseconds';
        public const OPTION_LOG_ROTATION = 'log_rotation';
        public const OPTION_DISPLAY_ERRORS = 'display_errors';
        public const OPTION_DNS_SERVER = 'dns_server';
        public const OPTION_SOCKET_DNS_TIMEOUT = 'socket_dns_timeout';
        public const OPTION_SOCKET_CONNECT_TIMEOUT = 'socket_connect_timeout';
        public const OPTION_SOCKET_WRITE_TIMEOUT = 'socket_write_timeout';
        public const OPTION_SOCKET_SEND_TIMEOUT = 'socket_send_timeout';
        public const OPTION_SOCKET_READ_TIMEOUT = 'socket_read_timeout';
        public const OPTION_SOCKET_RECV_TIMEOUT = 'socket_recv_timeout';
        public const OPTION_SOCKET_TIMEOUT = 'socket_timeout';
        public const OPTION_SOCKET_BUFFER_SIZE = 'socket_buffer_size';
        public const OPTION_HTTP2_HEADER_TABLE_SIZE = 'http2_header_table_size';
        public const OPTION_HTTP2_ENABLE_PUSH = 'http2_enable_push';
        public const OPTION_HTTP2_MAX_CONCURRENT_STREAMS = 'http2_max_concurrent_streams';
        public const OPTION_HTTP2_INIT_WINDOW_SIZE = 'http2_init_window_size';
        public const OPTION_HTTP2_MAX_FRAME_SIZE = 'http2_max_frame_size';
        public const OPTION_HTTP2_MAX_HEADER_LIST_SIZE = 'http2_max_header_list_size';
        public const OPTION_HTTP2_MAX_HEADERS = 'http2_max_headers';
        public const OPTION_AIO_CORE_WORKER_NUM = 'aio_core_worker_num';
        public const OPTION_AIO_WORKER_NUM = 'aio_worker_num';
        public const OPTION_AIO_MAX_WAIT_TIME = 'aio_max_wait_time';
        public const OPTION_AIO_MAX_IDLE_TIME = 'aio_max_idle_time';
        public const OPTION_IOURING_ENTRIES = 'iouring_entries';
        public const OPTION_IOURING_WORKERS = 'iouring_workers';
        public const OPTION_IOURING_FLAG = 'iouring_flag';
        public const OPTION_ENABLE_SIGNALFD = 'enable_signalfd';
        public const OPTION_ENABLE_KQUEUE = 'enable_kqueue';
        public const OPTION_WAIT_SIGNAL = 'wait_signal';
        public const OPTION_DNS_CACHE_REFRESH_TIME = 'dns_cache_refresh_time';
        public const OPTION_THREAD_NUM = 'thread_num';
        public const OPTION_MIN_THREAD_NUM = 'min_thread_num';
        public const OPTION_MAX_THREAD_NUM = 'max_thread_num';
        public const OPTION_SOCKET_DONTWAIT = 'socket_dontwait';
        public const OPTION_DNS_LOOKUP_RANDOM = 'dns_lookup_random';
        public const OPTION_USE_ASYNC_RESOLVER = 'use_async_resolver';
        public const OPTION_ENABLE_COROUTINE = 'enable_coroutine';
        public const OPTION_SSL_PROTOCOLS = 'ssl_protocols';
        public const OPTION_SSL_COMPRESS = 'ssl_compress';
        public const OPTION_SSL_CERT_FILE = 'ssl_cert_file';
        public const OPTION_SSL_KEY_FILE = 'ssl_key_file';
        public const OPTION_SSL_PASSPHRASE = 'ssl_passphrase';
        public const OPTION_SSL_HOST_NAME = 'ssl_host_name';
        public const OPTION_SSL_VERIFY_PEER = 'ssl_verify_peer';
        public const OPTION_SSL_ALLOW_SELF_SIGNED = 'ssl_allow_self_signed';
        public const OPTION_SSL_CAFILE = 'ssl_cafile';
        public const OPTION_SSL_CAPATH = 'ssl_capath';
        public const OPTION_SSL_VERIFY_DEPTH = 'ssl_verify_depth';
        public const OPTION_SSL_CIPHERS = 'ssl_ciphers';
        public const OPTION_OPEN_EOF_CHECK = 'open_eof_check';
        public const OPTION_OPEN_EOF_SPLIT = 'open_eof_split';
        public const OPTION_PACKAGE_EOF = 'package_eof';
        public const OPTION_OPEN_MQTT_PROTOCOL = 'open_mqtt_protocol';
        public const OPTION_OPEN_LENGTH_CHECK = 'open_length_check';
        public const OPTION_PACKAGE_LENGTH_TYPE = 'package_length_type';
        public const OPTION_PACKAGE_LENGTH_OFFSET = 'package_length_offset';
        public const OPTION_PACKAGE_BODY_OFFSET = 'package_body_offset';
        public const OPTION_PACKAGE_LENGTH_FUNC = 'package_length_func';
        public const OPTION_PACKAGE_MAX_LENGTH = 'package_max_length';
        public const OPTION_BUFFER_HIGH_WATERMARK = 'buffer_high_watermark';
        public const OPTION_BUFFER_LOW_WATERMARK = 'buffer_low_watermark';
        public const OPTION_BIND_PORT = 'bind_port';
        public const OPTION_BIND_ADDRESS = 'bind_address';
        public const OPTION_OPEN_TCP_NODELAY = 'open_tcp_nodelay';
        public const OPTION_SOCKS5_HOST = 'socks5_host';
        public const OPTION_SOCKS5_PORT = 'socks5_port';
        public const OPTION_SOCKS5_USERNAME = 'socks5_username';
        public const OPTION_SOCKS5_PASSWORD = 'socks5_password';
        public const OPTION_HTTP_PROXY_HOST = 'http_proxy_host';
        public const OPTION_HTTP_PROXY_PORT = 'http_proxy_port';
        public const OPTION_HTTP_PROXY_USERNAME = 'http_proxy_username';
        public const OPTION_HTTP_PROXY_USER = 'http_proxy_user';
        public const OPTION_HTTP_PROXY_PASSWORD = 'http_proxy_password';
        public const OPTION_MAX_CORO_NUM = 'max_coro_num';
        public const OPTION_MAX_COROUTINE = 'max_coroutine';
        public const OPTION_ENABLE_DEADLOCK_CHECK = 'enable_deadlock_check';
        public const OPTION_HOOK_FLAGS = 'hook_flags';
        public const OPTION_ENABLE_PREEMPTIVE_SCHEDULER = 'enable_preemptive_scheduler';
        public const OPTION_C_STACK_SIZE = 'c_stack_size';
        public const OPTION_STACK_SIZE = 'stack_size';
        public const OPTION_NAME_RESOLVER = 'name_resolver';
        public const OPTION_DNS_CACHE_EXPIRE = 'dns_cache_expire';
        public const OPTION_DNS_CACHE_CAPACITY = 'dns_cache_capacity';
        public const OPTION_CONNECT_TIMEOUT = 'connect_timeout';
        public const OPTION_TIMEOUT = 'timeout';
        public const OPTION_MAX_RETRIES = 'max_retries';
        public const OPTION_DEFER = 'defer';
        public const OPTION_LOWERCASE_HEADER = 'lowercase_header';
        public const OPTION_KEEP_ALIVE = 'keep_alive';
        public const OPTION_WEBSOCKET_MASK = 'websocket_mask';
        public const OPTION_HTTP_COMPRESSION = 'http_compression';
        public const OPTION_BODY_DECOMPRESSION = 'body_decompression';
        public const OPTION_WEBSOCKET_COMPRESSION = 'websocket_compression';
        public const OPTION_WRITE_FUNC = 'write_func';
        public const OPTION_HTTP_PARSE_COOKIE = 'http_parse_cookie';
        public const OPTION_HTTP_PARSE_POST = 'http_parse_post';
        public const OPTION_HTTP_PARSE_FILES = 'http_parse_files';
        public const OPTION_HTTP_COMPRESSION_LEVEL = 'http_compression_level';
        public const OPTION_COMPRESSION_LEVEL = 'compression_level';
        public const OPTION_HTTP_GZIP_LEVEL = 'http_gzip_level';
        public const OPTION_HTTP_COMPRESSION_MIN_LENGTH = 'http_compression_min_length';
        public const OPTION_COMPRESSION_MIN_LENGTH = 'compression_min_length';
        public const OPTION_HTTP_COMPRESSION_TYPES = 'http_compression_types';
        public const OPTION_COMPRESSION_TYPES = 'compression_types';
        public const OPTION_UPLOAD_TMP_DIR = 'upload_tmp_dir';
        public const OPTION_ENABLE_MESSAGE_BUS = 'enable_message_bus';
        public const OPTION_MAX_PACKAGE_SIZE = 'max_package_size';
        public const OPTION_SSL = 'ssl';
        public const OPTION_CHROOT = 'chroot';
        public const OPTION_USER = 'user';
        public const OPTION_GROUP = 'group';
        public const OPTION_DAEMONIZE = 'daemonize';
        public const OPTION_PID_FILE = 'pid_file';
        public const OPTION_REACTOR_NUM = 'reactor_num';
        public const OPTION_SINGLE_THREAD = 'single_thread';
        public const OPTION_WORKER_NUM = 'worker_num';
        public const OPTION_MAX_WAIT_TIME = 'max_wait_time';
        public const OPTION_MAX_QUEUED_BYTES = 'max_queued_bytes';
        public const OPTION_MAX_CONCURRENCY = 'max_concurrency';
        public const OPTION_WORKER_MAX_CONCURRENCY = 'worker_max_concurrency';
        public const OPTION_SEND_TIMEOUT = 'send_timeout';
        public const OPTION_DISPATCH_MODE = 'dispatch_mode';
        public const OPTION_SEND_YIELD = 'send_yield';
        public const OPTION_DISPATCH_FUNC = 'dispatch_func';
        public const OPTION_DISCARD_TIMEOUT_REQUEST = 'discard_timeout_request';
        public const OPTION_ENABLE_UNSAFE_EVENT = 'enable_unsafe_event';
        public const OPTION_ENABLE_DELAY_RECEIVE = 'enable_delay_receive';
        public const OPTION_ENABLE_REUSE_PORT = 'enable_reuse_port';
        public const OPTION_TASK_USE_OBJECT = 'task_use_object';
        public const OPTION_TASK_OBJECT = 'task_object';
        public const OPTION_EVENT_OBJECT = 'event_object';
        public const OPTION_TASK_ENABLE_COROUTINE = 'task_enable_coroutine';
        public const OPTION_TASK_WORKER_NUM = 'task_worker_num';
        public const OPTION_TASK_IPC_MODE = 'task_ipc_mode';
        public const OPTION_TASK_TMPDIR = 'task_tmpdir';
        public const OPTION_TASK_MAX_REQUEST = 'task_max_request';
        public const OPTION_TASK_MAX_REQUEST_GRACE = 'task_max_request_grace';
        public const OPTION_MAX_CONNECTION = 'max_connection';
        public const OPTION_MAX_CONN = 'max_conn';
        public const OPTION_START_SESSION_ID = 'start_session_id';
        public const OPTION_HEARTBEAT_CHECK_INTERVAL = 'heartbeat_check_interval';
        public const OPTION_HEARTBEAT_IDLE_TIME = 'heartbeat_idle_time';
        public const OPTION_MAX_REQUEST = 'max_request';
        public const OPTION_MAX_REQUEST_GRACE = 'max_request_grace';
        public const OPTION_RELOAD_ASYNC = 'reload_async';
        public const OPTION_OPEN_CPU_AFFINITY = 'open_cpu_affinity';
        public const OPTION_CPU_AFFINITY_IGNORE = 'cpu_affinity_ignore';
        public const OPTION_UPLOAD_MAX_FILESIZE = 'upload_max_filesize';
        public const OPTION_ENABLE_STATIC_HANDLER = 'enable_static_handler';
        public const OPTION_DOCUMENT_ROOT = 'document_root';
        public const OPTION_HTTP_AUTOINDEX = 'http_autoindex';
        public const OPTION_HTTP_INDEX_FILES = 'http_index_files';
        public const OPTION_STATIC_HANDLER_LOCATIONS = 'static_handler_locations';
        public const OPTION_URL_REWRITE_RULES = 'url_rewrite_rules';
        public const OPTION_INPUT_BUFFER_SIZE = 'input_buffer_size';
        public const OPTION_BUFFER_INPUT_SIZE = 'buffer_input_size';
        public const OPTION_OUTPUT_BUFFER_SIZE = 'output_buffer_size';
        public const OPTION_BUFFER_OUTPUT_SIZE = 'buffer_output_size';
        public const OPTION_MESSAGE_QUEUE_KEY = 'message_queue_key';
        public const OPTION_BOOTSTRAP = 'bootstrap';
        public const OPTION_INIT_ARGUMENTS = 'init_arguments';
        public const OPTION_BACKLOG = 'backlog';
        public const OPTION_KERNEL_SOCKET_RECV_BUFFER_SIZE = 'kernel_socket_recv_buffer_size';
        public const OPTION_KERNEL_SOCKET_SEND_BUFFER_SIZE = 'kernel_socket_send_buffer_size';
        public const OPTION_TCP_DEFER_ACCEPT = 'tcp_defer_accept';
        public const OPTION_OPEN_TCP_KEEPALIVE = 'open_tcp_keepalive';
        public const OPTION_OPEN_HTTP_PROTOCOL = 'open_http_protocol';
        public const OPTION_OPEN_WEBSOCKET_PROTOCOL = 'open_websocket_protocol';
        public const OPTION_WEBSOCKET_SUBPROTOCOL = 'websocket_subprotocol';
        public const OPTION_OPEN_WEBSOCKET_CLOSE_FRAME = 'open_websocket_close_frame';
        public const OPTION_OPEN_WEBSOCKET_PING_FRAME = 'open_websocket_ping_frame';
        public const OPTION_OPEN_WEBSOCKET_PONG_FRAME = 'open_websocket_pong_frame';
        public const OPTION_OPEN_HTTP2_PROTOCOL = 'open_http2_protocol';
        public const OPTION_OPEN_REDIS_PROTOCOL = 'open_redis_protocol';
        public const OPTION_MAX_IDLE_TIME = 'max_idle_time';
        public const OPTION_TCP_KEEPIDLE = 'tcp_keepidle';
        public const OPTION_TCP_KEEPINTERVAL = 'tcp_keepinterval';
        public const OPTION_TCP_KEEPCOUNT = 'tcp_keepcount';
        public const OPTION_TCP_USER_TIMEOUT = 'tcp_user_timeout';
        public const OPTION_TCP_FASTOPEN = 'tcp_fastopen';
        public const OPTION_PACKAGE_BODY_START = 'package_body_start';
        public const OPTION_SSL_CLIENT_CERT_FILE = 'ssl_client_cert_file';
        public const OPTION_SSL_PREFER_SERVER_CIPHERS = 'ssl_prefer_server_ciphers';
        public const OPTION_SSL_ECDH_CURVE = 'ssl_ecdh_curve';
        public const OPTION_SSL_DHPARAM = 'ssl_dhparam';
        public const OPTION_SSL_SNI_CERTS = 'ssl_sni_certs';
        public const OPTION_OPEN_SSL = 'open_ssl';
        public const OPTION_OPEN_FASTCGI_PROTOCOL = 'open_fastcgi_protocol';
        public const OPTION_READ_TIMEOUT = 'read_timeout';
        public const OPTION_WRITE_TIMEOUT = 'write_timeout';
        public const OPTION_SSL_DISABLE_COMPRESSION = 'ssl_disable_compression';
        public const OPTION_SSL_GREASE = 'ssl_grease';
        public const OPTION_EXIT_CONDITION = 'exit_condition';
        public const OPTION_DEADLOCK_CHECK_DISABLE_TRACE = 'deadlock_check_disable_trace';
        public const OPTION_DEADLOCK_CHECK_LIMIT = 'deadlock_check_limit';
        public const OPTION_DEADLOCK_CHECK_DEPTH = 'deadlock_check_depth';
        public const OPTION_STATS_FILE = 'stats_file';
        public const OPTION_STATS_TIMER_INTERVAL = 'stats_timer_interval';
        public const OPTION_ADMIN_SERVER = 'admin_server';
        public const OPTION_HTTP_CLIENT_DRIVER = 'http_client_driver';
    }

    /** Functions that run concurrently in one process. Where one waits, others run. Guide: coroutine.md. */
    class Coroutine
    {
        /**
         * Starts a coroutine at once, and returns when it first waits or ends.
         *
         * @param callable(mixed...): mixed $func gets $param
         * @param mixed ...$param
         * @return int|false its id
         */
        public static function create(callable $func, mixed ...$param): int|false {}
        /**
         * Calls a function at the end of the coroutine; of several the last one first.
         *
         * @param callable(mixed): mixed $callback
         * @return void
         * @throws \Swoole\Error outside of a coroutine
         */
        public static function defer(callable $callback): void {}
        /**
         * Sets options of coroutines. The table of coroutine.md describes them.
         *
         * @param array<string, mixed> $options
         * @return void
         */
        public static function set(array $options): void {}
        /**
         * Returns the options that were set.
         *
         * @return array<string, mixed>|null null: none
         */
        public static function getOptions(): ?array {}
        /**
         * Returns whether a coroutine exists.
         *
         * @param int $cid
         * @return bool
         */
        public static function exists(int $cid): bool {}
        /**
         * Waits for resume().
         *
         * @return bool
         * @throws \Swoole\Error outside of a coroutine
         */
        public static function yield(): bool {}
        /**
         * Ends the wait of a coroutine: the call that waits returns false.
         *
         * @param int $cid
         * @param bool $throw_exception the call that waits throws a CanceledException instead
         * @return bool
         */
        public static function cancel(int $cid, bool $throw_exception = false): bool {}
        /**
         * Waits until all these coroutines have ended.
         *
         * @param array<int> $cid_array
         * @param float $timeout seconds; 0 or less: no limit
         * @return bool
         */
        public static function join(array $cid_array, float $timeout = -1): bool {}
        /**
         * Returns whether the last wait of this coroutine was cancelled.
         *
         * @return bool
         */
        public static function isCanceled(): bool {}
        /**
         * Limits the time of this coroutine, from now. After that, a TimeoutException is thrown in it.
         *
         * @param float $timeout seconds; 0 or less removes the limit
         * @return bool
         */
        public static function setTimeLimit(float $timeout): bool {}
        /**
         * Waits for resume().
         *
         * @return bool
         * @throws \Swoole\Error outside of a coroutine
         */
        public static function suspend(): bool {}
        /**
         * Resumes a coroutine that waits in yield(). That coroutine runs at once.
         *
         * @param int $cid
         * @return bool
         */
        public static function resume(int $cid): bool {}
        /**
         * Returns the number of coroutines and other figures.
         *
         * @return array{event_num: int, signal_listener_num: int, aio_task_num: int, aio_worker_num: int, aio_queue_size: int, c_stack_size: int, coroutine_num: int, coroutine_peak_num: int, coroutine_last_cid: int, ...}
         */
        public static function stats(): array {}
        /**
         * Returns the id of this coroutine; -1 outside of coroutines.
         *
         * @return int
         */
        public static function getCid(): int {}
        /**
         * Returns the id of this coroutine; -1 outside of coroutines.
         *
         * @deprecated use getCid()
         * @return int
         */
        public static function getuid(): int {}
        /**
         * Returns the id of the coroutine that has started one.
         *
         * @param int $cid 0: this one
         * @return int|false -1: none
         */
        public static function getPcid(int $cid = 0): int|false {}
        /**
         * Returns an array object that lives as long as the coroutine.
         *
         * @param int $cid 0: this one
         * @return \Swoole\Coroutine\Context|null null: no such coroutine
         */
        public static function getContext(int $cid = 0): ?\Swoole\Coroutine\Context {}
        /**
         * Returns a backtrace of any coroutine, as debug_backtrace() does.
         *
         * @param int $cid 0: this one
         * @param int $options as of debug_backtrace()
         * @param int $limit 0: all
         * @return list<array<string, mixed>>|false
         */
        public static function getBackTrace(int $cid = 0, int $options = DEBUG_BACKTRACE_PROVIDE_OBJECT, int $limit = 0): array|false {}
        /**
         * Prints a backtrace of any coroutine, as debug_print_backtrace() does.
         *
         * @param int $cid 0: this one
         * @param int $options as of debug_print_backtrace()
         * @param int $limit 0: all
         * @return void
         */
        public static function printBackTrace(int $cid = 0, int $options = 0, int $limit = 0): void {}
        /**
         * Returns the age of a coroutine.
         *
         * @param int $cid 0: this one
         * @return int milliseconds; -1: no such coroutine
         */
        public static function getElapsed(int $cid = 0): int {}
        /**
         * Returns how much of its C stack a coroutine uses.
         *
         * @param int $cid 0: this one
         * @return int|false bytes
         */
        public static function getStackUsage(int $cid = 0): int|false {}
        /**
         * Returns the ids of all coroutines.
         *
         * @return \Swoole\Coroutine\Iterator
         */
        public static function list(): \Swoole\Coroutine\Iterator {}
        /**
         * Returns the ids of all coroutines.
         *
         * @return \Swoole\Coroutine\Iterator
         */
        public static function listCoroutines(): \Swoole\Coroutine\Iterator {}
        /**
         * Lets the scheduler interrupt this coroutine again.
         *
         * @return bool
         */
        public static function enableScheduler(): bool {}
        /**
         * Keeps the scheduler from interrupting this coroutine.
         *
         * @return bool
         */
        public static function disableScheduler(): bool {}
        /**
         * Looks up the address of a host.
         *
         * @param string $domain_name
         * @param int $type AF_INET or AF_INET6
         * @param float $timeout seconds; 0 or less: the option socket_dns_timeout
         * @return string|false the first address
         */
        public static function gethostbyname(string $domain_name, int $type = AF_INET, float $timeout = -1): string|false {}
        /**
         * Does the same as gethostbyname().
         *
         * @param string $domain_name
         * @param float $timeout seconds
         * @param int $type AF_INET or AF_INET6
         * @return string|false the first address
         */
        public static function dnsLookup(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false {}
        /**
         * Runs a command of the shell, and waits for its end.
         *
         * @param string $command
         * @param bool $get_error_stream the output includes standard error
         * @return array{code: int, signal: int, output: string}|false
         */
        public static function exec(string $command, bool $get_error_stream = false): array|false {}
        /**
         * Waits for some time.
         *
         * @param float $seconds 0.001 at least
         * @return bool
         */
        public static function sleep(float $seconds): bool {}
        /**
         * Looks up all addresses of a host, in the order in which to try them.
         *
         * @param string $domain
         * @param int $family AF_INET or AF_INET6
         * @param int $socktype
         * @param int $protocol
         * @param string|null $service the name of a service
         * @param float $timeout seconds; 0 or less: the option socket_dns_timeout
         * @return list<string>|false
         */
        public static function getaddrinfo(string $domain, int $family = AF_INET, int $socktype = SOCK_STREAM, int $protocol = STREAM_IPPROTO_TCP, ?string $service = null, float $timeout = -1): array|bool {}
        /**
         * Describes a file system, as statvfs(3).
         *
         * @param string $path
         * @return array{bsize?: int, frsize?: int, blocks?: int, bfree?: int, bavail?: int, files?: int, ffree?: int, favail?: int, fsid?: int, flag?: int, namemax?: int} empty: it failed
         */
        public static function statvfs(string $path): array {}
        /**
         * Reads a file.
         *
         * @param non-empty-string $filename
         * @param int $flag LOCK_EX: with a shared lock
         * @return string|false
         */
        public static function readFile(string $filename, int $flag = 0): string|false {}
        /**
         * Writes a file.
         *
         * @param non-empty-string $filename
         * @param string $fileContent
         * @param int $flags FILE_APPEND, LOCK_EX or both
         * @return int|false the number of bytes, which is all of them
         */
        public static function writeFile(string $filename, string $fileContent, int $flags = 0): int|false {}
        /**
         * Waits for any child, and reaps it.
         *
         * @param float $timeout seconds; 0 or less: no limit
         * @return array{pid: int, code: int, signal: int}|false
         */
        public static function wait(float $timeout = -1): array|false {}
        /**
         * Waits for one child, and reaps it.
         *
         * @param int $pid -1: any child
         * @param float $timeout seconds; 0 or less: no limit
         * @return array{pid: int, code: int, signal: int}|false
         */
        public static function waitPid(int $pid, float $timeout = -1): array|false {}
        /**
         * Waits for one of these signals.
         *
         * @param int|array<int> $signals
         * @param float $timeout seconds; 0 or less: no limit
         * @return int|false its number
         */
        public static function waitSignal(array|int $signals, float $timeout = -1): int|false {}
        /**
         * Waits until a descriptor is ready.
         *
         * @param resource|\Socket|\Swoole\Process|int $socket
         * @param int $events SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE or both
         * @param float $timeout seconds; 0: only looks; below 0: no limit
         * @return int|false the events for which it is ready
         */
        public static function waitEvent(mixed $socket, int $events = SWOOLE_EVENT_READ, float $timeout = -1): int|false {}
    }

    /** The call is not possible here, for example outside of a coroutine. */
    class Error extends \Error
    {
    }

    /** The event loop of the process. It calls back for descriptors, timers and signals. Guide: event.md. */
    class Event
    {
        /**
         * Watches a descriptor, which does not block any more.
         *
         * @template T of resource|\Socket|\Swoole\Process|int
         * @param T $fd a stream, a Socket, a process (its pipe) or the number of a descriptor
         * @param (callable(T): mixed)|null $read_callback called in every turn in which data can be read, or the end was reached
         * @param (callable(T): mixed)|null $write_callback called in every turn in which there is room to write
         * @param int $events SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE or both
         * @return int|false the number of the descriptor
         * @throws \Swoole\Exception a callback that is not callable
         */
        public static function add(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = SWOOLE_EVENT_READ): int|false {}
        /**
         * Stops watching a descriptor. Call it before the descriptor is closed.
         *
         * @param resource|\Socket|\Swoole\Process|int $fd
         * @return bool
         */
        public static function del(mixed $fd): bool {}
        /**
         * Changes the callbacks or events of a watched descriptor.
         *
         * @template T of resource|\Socket|\Swoole\Process|int
         * @param T $fd
         * @param (callable(T): mixed)|null $read_callback null: stays
         * @param (callable(T): mixed)|null $write_callback null: stays
         * @param int $events 0: stays
         * @return bool
         */
        public static function set(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = 0): bool {}
        /**
         * Returns whether a descriptor is watched.
         *
         * @param resource|\Socket|\Swoole\Process|int $fd
         * @param int $events for one of these
         * @return bool
         */
        public static function isset(mixed $fd, int $events = 1536): bool {}
        /**
         * Runs one turn of the loop.
         *
         * @return bool
         */
        public static function dispatch(): bool {}
        /**
         * Calls a function at the end of the current turn, or of the next one.
         *
         * @param callable(): mixed $callback
         * @return bool
         */
        public static function defer(callable $callback): bool {}
        /**
         * Calls a function in each turn, until it is replaced.
         *
         * @param (callable(): mixed)|null $callback null: removes it
         * @param bool $before at the beginning of the turn, not at its end
         * @return bool with null: whether there was one
         */
        public static function cycle(?callable $callback, bool $before = false): bool {}
        /**
         * Writes to a watched descriptor without blocking. What does not fit is sent while the loop runs.
         *
         * @param resource|\Socket|\Swoole\Process|int $fd
         * @param non-empty-string $data
         * @return bool
         */
        public static function write(mixed $fd, string $data): bool {}
        /**
         * Runs the loop until nothing is left to wait for, or until exit().
         *
         * @return void
         */
        public static function wait(): void {}
        /**
         * Runs the loop at the end of a script. PHP calls it; scripts do not.
         *
         * @return void
         */
        public static function rshutdown(): void {}
        /**
         * Ends the running loop after the current callback.
         *
         * @return void
         */
        public static function exit(): void {}
    }

    /** The parent of exceptions of this extension. The code is an errno, or one of SWOOLE_ERROR_*. */
    class Exception extends \Exception
    {
    }

    /** exit() inside of a coroutine throws it. */
    class ExitException extends \Swoole\Exception
    {
        private $flags = 0;
        private $status = 0;

        /**
         * Returns where exit() was called.
         *
         * @return int SWOOLE_EXIT_IN_COROUTINE
         */
        public function getFlags(): int {}
        /**
         * Returns the argument of exit().
         *
         * @return int|string|null
         */
        public function getStatus(): mixed {}
    }

    /** A lock between processes. If its holder dies, the next process gets the lock. Guide: lock.md. */
    class Lock
    {
        public const MUTEX = 3;
        public const RWLOCK = 1;
        public const SPINLOCK = 5;

        /** @var int the result of the last call: 0, or an errno. 130 (EOWNERDEAD): this process holds the lock, but the last holder died */
        public $errCode = 0;

        /**
         * Creates a lock. Create it before the fork: children inherit it.
         *
         * @param int $type SWOOLE_MUTEX, SWOOLE_RWLOCK or SWOOLE_SPINLOCK
         * @throws \Swoole\Exception another type
         */
        public function __construct(int $type = SWOOLE_MUTEX) {}
        /**
         * Takes the lock; waits while others hold it.
         *
         * @param int $operation LOCK_EX to write, LOCK_SH to read; LOCK_NB may be added: do not wait; other bits do not count
         * @param float $timeout seconds; 0 or less: no limit
         * @return bool
         */
        public function lock(int $operation = LOCK_EX, float $timeout = -1): bool {}
        /**
         * Releases the lock.
         *
         * @return bool
         */
        public function unlock(): bool {}
    }

    /** As in Swoole 6.2.2. */
    class MultibyteStringObject extends \Swoole\StringObject
    {
        /** As in Swoole 6.2.2. */
        public function length(): int {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         * @param ?string $encoding
         */
        public function pos(string $needle, int $offset = 0, ?string $encoding = null): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         * @param ?string $encoding
         */
        public function rpos(string $needle, int $offset = 0, ?string $encoding = null): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         * @param ?string $encoding
         */
        public function indexOf(string $needle, int $offset = 0, ?string $encoding = null): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         * @param ?string $encoding
         */
        public function lastIndexOf(string $needle, int $offset = 0, ?string $encoding = null): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param ?string $encoding
         */
        public function ipos(string $needle, ?string $encoding = null): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $offset
         * @param ?int $length
         * @param ?string $encoding
         */
        public function substr(int $offset, ?int $length = null, ?string $encoding = null): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $length
         */
        public function chunk(int $length = 1): \Swoole\ArrayObject {}
    }

    /** As in Swoole 6.2.2. */
    class ObjectProxy
    {
        protected $__object;

        /** As in Swoole 6.2.2. */
        public function __construct($object) {}
        /** As in Swoole 6.2.2. */
        public function __getObject() {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         */
        public function __get(string $name) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         */
        public function __set(string $name, $value): void {}
        /** As in Swoole 6.2.2. */
        public function __isset($name) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         */
        public function __unset(string $name): void {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         * @param array $arguments
         */
        public function __call(string $name, array $arguments) {}
        /** As in Swoole 6.2.2. */
        public function __invoke(...$arguments) {}
    }

    /** A child process that runs a callback, the pipe to it, and its message queue. Guide: process.md. */
    class Process
    {
        public const IPC_NOWAIT = 256;
        public const PIPE_MASTER = 1;
        public const PIPE_WORKER = 2;
        public const PIPE_READ = 3;
        public const PIPE_WRITE = 4;
        public const PIPE_TYPE_NONE = 0;
        public const PIPE_TYPE_STREAM = 1;
        public const PIPE_TYPE_DGRAM = 2;

        /** @var int|null the descriptor of this process's end of the pipe; null without a pipe */
        public $pipe;
        /** @var int|null the system's number of the queue; null before useQueue() */
        public $msgQueueId;
        /** @var int|null the key of the queue; null before useQueue() */
        public $msgQueueKey;
        /** @var int|null the child's process id; null before start() */
        public $pid;
        /** @var int the number of the object: 1 for the first of the program */
        public $id;
        private $callback;

        /**
         * Creates the object and its pipe. Nothing is forked yet.
         *
         * @param callable(\Swoole\Process): mixed $callback the child runs it; its return value is ignored
         * @param bool $redirect_stdin_and_stdout the child's end of the pipe becomes its standard input, output and error
         * @param int $pipe_type 0: no pipe; 1 (SOCK_STREAM): bytes; 2 (SOCK_DGRAM): whole messages
         * @param bool $enable_coroutine the callback runs as a coroutine, then the event loop until nothing is left to do
         * @throws \Swoole\Error PHP does not run on the command line
         * @throws \Swoole\Exception the pipe cannot be created; the code is the errno
         */
        public function __construct(callable $callback, bool $redirect_stdin_and_stdout = false, int $pipe_type = SOCK_DGRAM, bool $enable_coroutine = false) {}
        /** Closes this process's ends of the pipe. A running child continues. */
        public function __destruct() {}
        /**
         * Waits until a child of this process exits, and reaps it. Any child counts, also one of pcntl_fork() or proc_open().
         *
         * @param bool $blocking false: do not wait
         * @return array{pid: int, code: int, signal: int}|false its process id, its exit status, and the signal that killed it or 0
         */
        public static function wait(bool $blocking = true): array|false {}
        /**
         * Sets a handler that the event loop calls. It never interrupts PHP code.
         *
         * @param int $signal_no the number of the signal
         * @param (callable(int): mixed)|null $callback null: removes the handler
         * @return bool
         */
        public static function signal(int $signal_no, ?callable $callback = null): bool {}
        /**
         * Raises SIGALRM after some microseconds, and then again and again.
         *
         * @param int $usec microseconds; 0 stops the alarm
         * @param 0|1|2 $type 0: real time; 1: processor time in user mode (SIGVTALRM); 2: processor time (SIGPROF)
         * @return bool
         */
        public static function alarm(int $usec, int $type = 0): bool {}
        /**
         * Sends a signal, as kill(2) does.
         *
         * @param int $pid a process; 0: the own group; negative: a group; -1: every process
         * @param int $signal_no 0 only checks whether the process exists
         * @return bool
         */
        public static function kill(int $pid, int $signal_no = SIGTERM): bool {}
        /**
         * Makes the program a daemon: forks, and the calling process exits. The script continues in the new process.
         *
         * @param bool $nochdir false: the working directory becomes /
         * @param bool $noclose false: standard input, output and error become /dev/null
         * @param array<resource|int|null> $pipes up to three streams or descriptors that replace standard input, output and error
         * @return bool
         */
        public static function daemon(bool $nochdir = true, bool $noclose = true, array $pipes = []): bool {}
        /**
         * Sets the processors on which this process may run.
         *
         * @param array<int> $cpu_settings numbers from 0
         * @return bool
         */
        public static function setAffinity(array $cpu_settings): bool {}
        /**
         * Returns the processors on which this process may run.
         *
         * @return list<int>
         * @throws \Swoole\Exception the system call fails
         */
        public static function getAffinity(): array {}
        /**
         * Sets a nice value, as setpriority(2) does.
         *
         * @param int $which PRIO_PROCESS, PRIO_PGRP or PRIO_USER
         * @param int $priority from -20, served first, to 19
         * @param int|null $who process, group or user; 0: the caller's. Null with PRIO_PROCESS: the process of this object
         * @return bool
         */
        public function setPriority(int $which, int $priority, ?int $who = null): bool {}
        /**
         * Returns a nice value, as getpriority(2) does.
         *
         * @param int $which PRIO_PROCESS, PRIO_PGRP or PRIO_USER
         * @param int|null $who as for setPriority()
         * @return int|false
         */
        public function getPriority(int $which, ?int $who = null): int|false {}
        /**
         * Sets `enable_coroutine`, as the parameter of the constructor does, and how the child starts
         * (process.md). Further calls add to the earlier ones; null leaves an option unchanged.
         *
         * @param array{enable_coroutine?: bool, cwd?: string, env?: array<string, string>, user?: string|int, group?: string|int, groups?: list<string|int>, umask?: int, nice?: int, limits?: array<string, int|array{int, int}>, session?: bool, process_group?: bool|int, start_in_coroutine?: bool, title?: string, death_signal?: int, cgroup?: string, stdin?: mixed, stdout?: mixed, stderr?: mixed, ...} $settings an unknown key is ignored, with a line in the log
         * @return void
         * @throws \Swoole\Exception an option with a wrong value, or a key that looks like a mistyped one
         */
        public function set(array $settings): void {}
        /**
         * Limits how long each read() and write() of this process on this pipe may take.
         *
         * @param float $seconds 0, a negative number, NAN or INF: no limit
         * @return bool
         */
        public function setTimeout(float $seconds): bool {}
        /**
         * Decides whether read() waits.
         *
         * @param bool $blocking false: read() returns at once, false with EAGAIN when nothing is there
         * @return bool
         */
        public function setBlocking(bool $blocking): bool {}
        /**
         * Opens a System V message queue, or creates it. Call it before start(), so that parent and child share the queue.
         *
         * @param int $key 1 to 2^32-1; 0: a key of the script's own
         * @param int $mode SWOOLE_MSGQUEUE_BALANCE: pop() takes any message; SWOOLE_MSGQUEUE_ORIENT: those pushed through this object. Process::IPC_NOWAIT may be added
         * @param int $capacity bytes of text in the queue; -1: the limit of the kernel
         * @return bool
         */
        public function useQueue(int $key = 0, int $mode = 2, int $capacity = -1): bool {}
        /**
         * Returns the number of messages in the queue, and their size.
         *
         * @return array{queue_num: int, queue_bytes: int}|false messages, and bytes of text in them
         */
        public function statQueue(): array|false {}
        /**
         * Removes the queue from the system. Processes that wait on it get false.
         *
         * @return bool
         */
        public function freeQueue(): bool {}
        /**
         * Forks the child, which runs the callback and never returns from this call.
         *
         * @return int|false the child's process id
         * @throws \Swoole\Error called inside a coroutine, without the option start_in_coroutine
         */
        public function start(): int|bool {}
        /**
         * Writes to the other process. A message pipe sends one whole message; a byte pipe sends all bytes.
         *
         * @param non-empty-string $data
         * @return int|false the length of $data
         */
        public function write(string $data): int|false {}
        /**
         * Closes the pipe, or a part of it.
         *
         * @param 0|1|2|3|4 $which 0: both ends; or one of the constants PIPE_MASTER, PIPE_WORKER, PIPE_READ, PIPE_WRITE
         * @return bool
         */
        public function close(int $which = 0): bool {}
        /**
         * Waits for data from the other process.
         *
         * @param positive-int $size bytes; the rest of a longer message is lost, with a line in the log
         * @return string|false '' at EOF: the other side is gone, and all its data was read
         */
        public function read(int $size = 8192): string|false {}
        /**
         * Adds a message to the queue; waits while the queue is full.
         *
         * @param non-empty-string $data at most 65535 bytes, and kernel.msgmax
         * @return bool
         */
        public function push(string $data): bool {}
        /**
         * Takes a message from the queue; waits while there is none.
         *
         * @param int $size the longest message that is taken
         * @return string|false
         */
        public function pop(int $size = 65536): string|false {}
        /**
         * Ends the child at once: no shutdown functions, no destructors. A child calls it on its own object.
         *
         * @param int<0, 255> $exit_code
         * @return never outside of the child it warns, and returns
         */
        public function exit(int $exit_code = 0): void {}
        /**
         * Replaces the program of the calling process, as execv(2) does.
         *
         * @param non-empty-string $exec_file a path; PATH is not searched
         * @param array<string|int|float> $args the arguments from 1 on
         * @return bool it returns only when it fails
         * @throws \ValueError a NUL byte in the path or an argument
         */
        public function exec(string $exec_file, array $args): bool {}
        /**
         * Returns this process's end of the pipe as a coroutine socket. The same object each time, until it is closed.
         *
         * @return \Swoole\Coroutine\Socket|false
         */
        public function exportSocket(): \Swoole\Coroutine\Socket|false {}
        /**
         * Sets the title that ps(1) shows for the calling process.
         *
         * @param string $process_name
         * @return bool
         */
        public function name(string $process_name): bool {}
        /**
         * Passes an open file, pipe or socket to the other process, with data. Guide: handles.md.
         *
         * @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle
         * @param string $data
         * @return bool
         * @throws \TypeError a closed stream, or no handle at all
         */
        public function sendHandle(mixed $handle, string $data = ''): bool {}
        /**
         * Waits for a handle from the other process.
         *
         * @param-out string $data
         * @param float $timeout seconds; 0 or less: no limit
         * @param string|null $data becomes the data that came with the handle
         * @return resource|false a stream
         */
        public function receiveHandle(float $timeout = 0, mixed &$data = null): mixed {}
        /**
         * Sends a value of any type and size as one message, in either direction. The message arrives whole or not at all. Guide:
         * process.md.
         *
         * @param mixed $value what serialize() takes
         * @return bool
         * @throws \Exception a value that cannot be serialized
         */
        public function send(mixed $value): bool {}
        /**
         * Waits for a value that the other process sends.
         *
         * @param-out bool $received
         * @param float $timeout seconds; 0: does not wait; negative: the timeout of the pipe, which is none by default
         * @param bool|null $received becomes whether a value was received, which may be false as well
         * @param array{allowed_classes?: bool|list<class-string>, max_depth?: int} $options those of unserialize()
         * @return mixed the value
         * @throws \TypeError an option of a wrong type; the value stays there
         */
        public function receive(float $timeout = -1, mixed &$received = null, array $options = []): mixed {}
        /**
         * Returns whether the child of this object runs. A child that has exited does not run, even before it is reaped.
         *
         * @return bool false before a start. In a process that did not start the child, the answer is about any process with this pid
         */
        public function isAlive(): bool {}
        /**
         * Waits for the child of this object only, and reaps it. In a coroutine it yields. A further call returns the same result
         * again, also when wait() has reaped the child.
         *
         * @param float $timeout seconds; 0: do not wait; negative: no limit
         * @return array{pid: int, code: int, signal: int, core: bool, usage: array<string, int>}|false as of wait(), whether there is a core dump, and the resources that the child has used, with the keys of getrusage()
         */
        public function join(float $timeout = -1): array|false {}
        /**
         * Asks the child to exit by a signal, waits, kills it when the time is over, and reaps it. It never signals another process
         * that has got the same pid. In a coroutine it yields.
         *
         * @param float $grace seconds until SIGKILL; 0: at once; negative: never
         * @param int $signal the signal that asks the child to exit
         * @param bool $group signal the process group that the child leads; processes of the group that remain after the child's exit are killed
         * @return array{pid: int, code: int, signal: int, core: bool, usage: array<string, int>}|false as join()
         */
        public function terminate(float $grace = 10, int $signal = SIGTERM, bool $group = false): array|false {}
        /**
         * Opens a stream that becomes readable when the child exits, for stream_select(), Event::add() and other event loops. The
         * stream has no data. It does not reap the child.
         *
         * @return resource|false a new stream for each call; for a child that was reaped, a stream that is readable at once
         */
        public function exitStream(): mixed {}
        /**
         * Returns the exit status and the resource usage of the child that this process has reaped last, by wait(), join() or a
         * coroutine. Call it by the name of this class.
         *
         * @return array{pid: int, code: int, signal: int, core: bool, usage: array<string, int>}|false as join()
         */
        public static function lastUsage(): array|false {}
        /**
         * Starts a program without a callback, and returns when the program runs. The object has no message pipe. Its other methods
         * work as for any child. Call it by the name of this class.
         *
         * @param list<string> $argv the program and its arguments. A program without a slash is searched in PATH
         * @param array<string, mixed> $options options as of set(), and `descriptors`: the descriptors above 2 for the program
         * @return \Swoole\Process|false the started process
         * @throws \Swoole\Exception an unknown option, or an invalid value
         * @throws \ValueError no program, or a NUL byte
         */
        public static function command(array $argv, array $options = []): \Swoole\Process|false {}
        /**
         * Returns the parent's end of a standard descriptor that was set to a pipe, as a stream. Each call returns the same stream.
         *
         * @param int $number 0: the child's input, to write; 1 and 2: its output and errors, to read
         * @return resource|false
         */
        public function stdio(int $number): mixed {}
        /**
         * Reads a line that the child has written to standard output or standard error, where that is a pipe. In a coroutine it
         * yields. A line of more than 16 MB is returned in parts.
         *
         * @param int $number 1: standard output; 2: standard error
         * @param float $timeout seconds; 0: do not wait; negative: no limit
         * @return string|false the line with its end, which the last one may lack; '' at the end of the output
         */
        public function readLine(int $number = 1, float $timeout = -1): string|false {}
        /**
         * Adds callbacks that surround each fork: of start(), daemon(), workers of pools, and pcntl_fork(). Callbacks before a fork
         * run in the reverse order, the others in the order in which they were added. Call it by the name of this class.
         *
         * @param (callable(): mixed)|null $before in the parent, before the fork; an exception prevents it
         * @param (callable(): mixed)|null $parent in the parent, after the fork, also after one that failed
         * @param (callable(): mixed)|null $child in the child, before anything else of the script
         * @return void
         * @throws \TypeError not callable
         */
        public static function onFork(?callable $before = null, ?callable $parent = null, ?callable $child = null): void {}
        /**
         * Ends the calling process at once, as _exit(2) does: no shutdown functions, no destructors, no buffered output, no shutdown of
         * extensions. For children of pcntl_fork(). Call it by the name of this class.
         *
         * @param int $status 0 to 255
         * @return void it does not return
         * @throws \ValueError another status
         */
        public static function exitNow(int $status = 0): void {}
        /**
         * Lists the queues without a key whose pools have ended: the master was killed together with its workers and its cleaner.
         * Queues with a key are never listed. Call it by the name of this class.
         *
         * @param bool $remove whether to remove these queues from the system
         * @return list<array{id: int, pid: int, queue_num: int, queue_bytes: int, removed: bool}>|false the number of each queue, the pid that the master had, the messages and the bytes in the queue, and whether it was removed
         */
        public static function queues(bool $remove = false): array|false {}
    }

    /** Decides which functions of PHP yield to other coroutines while they wait. Guide: hooks.md. */
    class Runtime
    {
        /**
         * Hooks these functions, and no others.
         *
         * @param int $flags SWOOLE_HOOK_*
         * @return bool
         */
        public static function enableCoroutine(int $flags = SWOOLE_HOOK_ALL): bool {}
        /**
         * Returns the hooks that are in effect.
         *
         * @return int SWOOLE_HOOK_*
         */
        public static function getHookFlags(): int {}
        /**
         * Hooks these functions, and no others.
         *
         * @param int $flags SWOOLE_HOOK_*
         * @return bool
         */
        public static function setHookFlags(int $flags): bool {}
    }

    /** As in Swoole 6.2.2. */
    class StringObject implements \Stringable
    {
        protected string $string;

        /**
         * As in Swoole 6.2.2.
         *
         * @param string $string
         */
        public function __construct(string $string = '') {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $string
         */
        public static function from(string $string = ''): static {}
        /** As in Swoole 6.2.2. */
        public function __toString(): string {}
        /** As in Swoole 6.2.2. */
        public function toString(): string {}
        /** As in Swoole 6.2.2. */
        public function length(): int {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         */
        public function indexOf(string $needle, int $offset = 0): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         */
        public function lastIndexOf(string $needle, int $offset = 0): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         */
        public function pos(string $needle, int $offset = 0): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         * @param int $offset
         */
        public function rpos(string $needle, int $offset = 0): int|false {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         */
        public function ipos(string $needle): int|false {}
        /** As in Swoole 6.2.2. */
        public function reverse(): static {}
        /** As in Swoole 6.2.2. */
        public function lower(): static {}
        /** As in Swoole 6.2.2. */
        public function upper(): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $characters
         */
        public function trim(string $characters = ''): static {}
        /** As in Swoole 6.2.2. */
        public function ltrim(): static {}
        /** As in Swoole 6.2.2. */
        public function rtrim(): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $offset
         * @param ?int $length
         */
        public function substr(int $offset, ?int $length = null): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $times
         */
        public function repeat(int $times): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param mixed $str
         */
        public function append(mixed $str): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $search
         * @param string $replace
         */
        public function replace(string $search, string $replace, &$count = null): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         */
        public function startsWith(string $needle): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $needle
         */
        public function endsWith(string $needle): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $subString
         */
        public function contains(string $subString): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param bool $strict
         */
        public function equals($str, bool $strict = false): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $delimiter
         * @param int $limit
         */
        public function split(string $delimiter, int $limit = \PHP_INT_MAX): \Swoole\ArrayObject {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $index
         */
        public function char(int $index): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $length
         * @param string $separator
         */
        public function chunkSplit(int $length = 76, string $separator = '\r\n'): static {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $length
         */
        public function chunk(int $length = 1): \Swoole\ArrayObject {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $value
         */
        protected static function detectArrayType(array $value): \Swoole\ArrayObject {}
    }

    /**
     * Rows in shared memory. Each row has a key, and all rows have the same columns. Guide: table.md.
     *
     * @implements \Iterator<string, array<string, int|float|string>>
     */
    class Table implements \Iterator, \Countable
    {
        public const TYPE_INT = 1;
        public const TYPE_STRING = 3;
        public const TYPE_FLOAT = 2;

        /** @var int how many rows fit at least */
        public $size;
        /** @var int its size in bytes */
        public $memorySize;

        /**
         * Describes a table. create() makes it.
         *
         * @param positive-int $table_size how many rows fit; rounded up to a power of two, 64 at least
         * @param float $conflict_proportion the share of further rows, 0.2 to 1
         */
        public function __construct(int $table_size, float $conflict_proportion = 0.2) {}
        /**
         * Adds a column, before create().
         *
         * @param non-empty-string $name
         * @param int $type Table::TYPE_INT, Table::TYPE_FLOAT or Table::TYPE_STRING
         * @param int $size bytes, of a string
         * @return bool
         */
        public function column(string $name, int $type, int $size = 0): bool {}
        /**
         * Makes the table. Its columns are fixed then. Create it before the fork: children inherit it.
         *
         * @return bool
         */
        public function create(): bool {}
        /**
         * Frees the table in this process. Others keep it.
         *
         * @return bool
         */
        public function destroy(): bool {}
        /**
         * Sets columns of a row, and adds the row if it is absent. Other columns stay. A text that is longer than its column is cut,
         * and the log has a line about it.
         *
         * @param string $key
         * @param array<string, int|float|string|bool|null> $value
         * @return bool
         * @throws \Swoole\Error the table was not created
         */
        public function set(string $key, array $value): bool {}
        /**
         * Returns a row, or one column of it.
         *
         * @param string $key
         * @param string|null $field a column
         * @return ($field is null ? array<string, int|float|string>|false : int|float|string|false)
         */
        public function get(string $key, ?string $field = null): array|string|int|float|false {}
        /**
         * Counts the rows. Without a table there are none. As in Swoole, it takes a mode that it does not declare: with
         * COUNT_RECURSIVE it counts the values of all rows.
         *
         * @return int<0, max>
         */
        public function count(): int {}
        /**
         * Removes a row.
         *
         * @param string $key
         * @return bool
         */
        public function del(string $key): bool {}
        /**
         * Removes a row.
         *
         * @param string $key
         * @return bool
         */
        public function delete(string $key): bool {}
        /**
         * Returns whether there is such a row.
         *
         * @param string $key
         * @return bool
         */
        public function exists(string $key): bool {}
        /**
         * Returns whether there is such a row.
         *
         * @param string $key
         * @return bool
         */
        public function exist(string $key): bool {}
        /**
         * Adds to a number in a row, in one step. A row that is absent is added. Integers wrap around.
         *
         * @param string $key
         * @param string $column
         * @param int|float $incrby
         * @return int|float the new value
         */
        public function incr(string $key, string $column, int|float $incrby = 1): int|float {}
        /**
         * Subtracts from a number in a row, in one step.
         *
         * @param string $key
         * @param string $column
         * @param int|float $incrby
         * @return int|float the new value
         */
        public function decr(string $key, string $column, int|float $incrby = 1): int|float {}
        /**
         * Returns the property `size`; 0 after destroy().
         *
         * @return int
         */
        public function getSize(): int {}
        /**
         * Returns the property `memorySize`; 0 before create() and after destroy().
         *
         * @return int
         */
        public function getMemorySize(): int {}
        /**
         * Counts rows and changes.
         *
         * @return array{num: int, conflict_count: int, conflict_max_level: int, insert_count: int, update_count: int, delete_count: int, available_slice_num: int, total_slice_num: int}|false
         */
        public function stats(): array|false {}
        /**
         * Begins an iteration. foreach calls it.
         *
         * @return void
         */
        public function rewind(): void {}
        /**
         * Returns whether the iteration has a row. foreach calls it.
         *
         * @return bool
         */
        public function valid(): bool {}
        /**
         * Goes to the next row. foreach calls it.
         *
         * @return void
         */
        public function next(): void {}
        /**
         * Returns the row at which the iteration is. foreach calls it.
         *
         * @return array<string, int|float|string>|null
         */
        public function current(): mixed {}
        /**
         * Returns the key of that row. foreach calls it.
         *
         * @return string|null
         */
        public function key(): mixed {}
        /**
         * Adds a row, unless it exists.
         *
         * @param string $key
         * @param array<string, int|float|string|bool|null> $values
         * @return bool
         */
        public function add(string $key, array $values): bool {}
        /**
         * Changes a row, if it exists.
         *
         * @param string $key
         * @param array<string, int|float|string|bool|null> $values
         * @return bool
         */
        public function update(string $key, array $values): bool {}
        /**
         * Changes a row whose columns are as expected, in one step.
         *
         * @param string $key
         * @param array<string, int|float|string|bool|null> $expected
         * @param array<string, int|float|string|bool|null> $values
         * @return bool
         */
        public function cmpset(string $key, array $expected, array $values): bool {}
        /**
         * Removes a row whose columns are as expected, in one step.
         *
         * @param string $key
         * @param array<string, int|float|string|bool|null> $expected
         * @return bool
         */
        public function cmpdel(string $key, array $expected): bool {}
        /**
         * Removes a row, and returns it or one column of it, in one step.
         *
         * @param string $key
         * @param string|null $field a column
         * @return ($field is null ? array<string, int|float|string>|false : int|float|string|false)
         */
        public function getdel(string $key, ?string $field = null): array|string|int|float|false {}
    }

    /** Calls functions after some time. Timers belong to the event loop. Guide: timer.md. */
    class Timer
    {
        /**
         * Calls a function again and again.
         *
         * @param positive-int $ms milliseconds
         * @param callable(int, mixed...): mixed $callback gets the id of the timer, then $params
         * @param mixed ...$params
         * @return int|false the id of the timer
         */
        public static function tick(int $ms, callable $callback, mixed ...$params): int|false {}
        /**
         * Calls a function once.
         *
         * @param positive-int $ms milliseconds
         * @param callable(mixed...): mixed $callback gets $params
         * @param mixed ...$params
         * @return int|false the id of the timer
         */
        public static function after(int $ms, callable $callback, mixed ...$params): int|false {}
        /**
         * Returns whether a timer exists.
         *
         * @param int $timer_id
         * @return bool
         */
        public static function exists(int $timer_id): bool {}
        /**
         * Describes a timer.
         *
         * @param int $timer_id
         * @return array{exec_msec: int, exec_count: int, interval: int, round: int, removed: bool}|false|null null: no such timer
         */
        public static function info(int $timer_id): array|false|null {}
        /**
         * Counts the timers.
         *
         * @return array{initialized: bool, num: int, round: int}
         */
        public static function stats(): array {}
        /**
         * Returns the ids of all timers.
         *
         * @return \Swoole\Timer\Iterator
         */
        public static function list(): \Swoole\Timer\Iterator {}
        /**
         * Removes a timer.
         *
         * @param int $timer_id
         * @return bool
         */
        public static function clear(int $timer_id): bool {}
        /**
         * Removes all timers.
         *
         * @return bool
         */
        public static function clearAll(): bool {}
    }
}

namespace Swoole\Atomic {
    /** A number of 64 bits with a sign, which a process shares with its children. Guide: atomic.md. */
    class Long
    {
        /**
         * Creates a number. Create it before the fork: children inherit it.
         *
         * @param int $value
         */
        public function __construct(int $value = 0) {}
        /**
         * Adds to the number. Too large results wrap around.
         *
         * @param int $add_value
         * @return int the new value
         */
        public function add(int $add_value = 1): int {}
        /**
         * Subtracts from the number. Results below the range wrap around.
         *
         * @param int $sub_value
         * @return int the new value
         */
        public function sub(int $sub_value = 1): int {}
        /**
         * Returns the number.
         *
         * @return int
         */
        public function get(): int {}
        /**
         * Sets the number.
         *
         * @param int $value
         * @return void
         */
        public function set(int $value): void {}
        /**
         * Sets the number if it has an expected value, in one step.
         *
         * @param int $cmp_value the expected value
         * @param int $new_value
         * @return bool
         */
        public function cmpset(int $cmp_value, int $new_value): bool {}
    }
}

namespace Swoole\Coroutine {
    /**
     * Runs each task in a coroutine of its own, and waits for all.
     *
     * @template K of array-key
     * @template V
     * @param array<K, callable(): V> $tasks
     * @param float $timeout seconds; 0 or less: no limit
     * @return array<K, V|null> under the keys of the tasks; null: not done in time
     */
    function batch(array $tasks, float $timeout = -1.0): array {}
    /**
     * Prints the report about coroutines that still wait, with all coroutines, as the loop does at its end.
     *
     * @return void
     */
    function deadlock_check(): void {}
    /**
     * Calls a function at the end of the coroutine, as Coroutine::defer().
     *
     * @param callable(mixed): mixed $fn
     * @return void
     */
    function defer(callable $fn): void {}
    /**
     * Starts a coroutine, as Coroutine::create().
     *
     * @param callable(mixed...): mixed $fn gets $args
     * @param mixed ...$args
     * @return int|false its id
     */
    function go(callable $fn, ...$args): int|false {}
    /**
     * Calls a function for each element, each in a coroutine of its own, and waits for all.
     *
     * @template K of array-key
     * @template V
     * @template R
     * @param array<K, V> $list
     * @param callable(V, K): R $fn
     * @param float $timeout seconds; 0 or less: no limit
     * @return array<K, R|null> null: not done in time
     */
    function map(array $list, callable $fn, float $timeout = -1.0): array {}
    /**
     * Runs a function in several coroutines, and waits for all.
     *
     * @param int $n
     * @param callable(): mixed $fn
     * @return void
     */
    function parallel(int $n, callable $fn): void {}
    /**
     * Runs a function as a coroutine, and then the event loop until no work is left. Switches all hooks on.
     *
     * @param callable(mixed...): mixed $fn gets $args
     * @param mixed ...$args
     * @return bool
     */
    function run(callable $fn, ...$args): bool {}

    /** One coroutine waits until no other code holds the object. Guide: channel.md. */
    class Barrier
    {
        private $cid = -1;
        private $timer = -1;
        private static $cancel_list;

        /** Ends the wait: nothing holds the object any more. */
        public function __destruct() {}
        /**
         * Creates a barrier.
         *
         * @return self
         */
        public static function make(): self {}
        /**
         * Sets the variable to null, and waits until nothing holds the object.
         *
         * @param-out null $barrier
         * @param \Swoole\Coroutine\Barrier $barrier
         * @param float $timeout seconds; 0 or less: no limit
         * @return void
         * @throws \Swoole\Exception a second wait() for the object
         */
        public static function wait(\Swoole\Coroutine\Barrier &$barrier, float $timeout = -1.0): void {}
    }

    /** Coroutine::cancel() with `$throw_exception` throws it in the coroutine that waits. */
    final class CanceledException extends \Exception
    {
    }

    /**
     * A queue between coroutines of one process. Guide: channel.md.
     *
     * @template T
     */
    class Channel
    {
        /** @var int how many values it has room for */
        public $capacity = 0;
        /** @var int the result of the last push() or pop(): one of SWOOLE_CHANNEL_* */
        public $errCode = 0;

        /**
         * Creates a channel.
         *
         * @param int $size how many values it has room for, one at least
         */
        public function __construct(int $size = 1) {}
        /**
         * Adds a value; waits while there is no room.
         *
         * @param T $data
         * @param float $timeout seconds; 0 or less: no limit
         * @return bool
         * @throws \Swoole\Error outside of a coroutine
         */
        public function push(mixed $data, float $timeout = -1): bool {}
        /**
         * Takes the first value; waits while there is none.
         *
         * @param float $timeout seconds; 0 or less: no limit
         * @return T|false
         * @throws \Swoole\Error outside of a coroutine
         */
        public function pop(float $timeout = -1): mixed {}
        /**
         * Returns whether the channel has no value.
         *
         * @return bool
         */
        public function isEmpty(): bool {}
        /**
         * Returns whether the channel is full.
         *
         * @return bool
         */
        public function isFull(): bool {}
        /**
         * Closes the channel, and ends all waits.
         *
         * @return bool
         */
        public function close(): bool {}
        /**
         * Counts values, and coroutines that wait.
         *
         * @return array{consumer_num: int, producer_num: int, queue_num: int}
         */
        public function stats(): array {}
        /**
         * Returns the number of values.
         *
         * @return int<0, max>
         */
        public function length(): int {}
    }

    /** A client whose calls yield to other coroutines while they wait. Guide: client.md. */
    class Client
    {
        public const MSG_OOB = 1;
        public const MSG_PEEK = 2;
        public const MSG_DONTWAIT = 64;
        public const MSG_WAITALL = 256;

        /** @var int the errno of the last call, or one of Swoole's codes; 0 after a success */
        public $errCode = 0;
        /** @var string its text */
        public $errMsg = '';
        /** @var int the number of its descriptor; -1 without a connection */
        public $fd = -1;
        /** @var int the argument of the constructor */
        public $type = 1;
        /** @var array<string, mixed>|null the settings */
        public $setting;
        /** @var bool whether it is connected */
        public $connected = false;

        /**
         * Creates a client.
         *
         * @param int $type SWOOLE_SOCK_TCP, TCP6, UDP, UDP6, UNIX_STREAM or UNIX_DGRAM; SWOOLE_SSL may be added
         */
        public function __construct(int $type) {}
        /**
         * Adds settings: packets, TLS, limits of time. The tables of client.md describe them.
         *
         * @param array<string, mixed> $settings
         * @return bool
         */
        public function set(array $settings): bool {}
        /**
         * Connects. A name is looked up. The time limit is also that of later calls of recv() and send().
         *
         * @param string $host a name, an address or a path
         * @param int $port
         * @param float $timeout seconds; 0: the setting; negative: no limit
         * @param int $sock_flag not used
         * @return bool
         */
        public function connect(string $host, int $port = 0, float $timeout = 0, int $sock_flag = 0): bool {}
        /**
         * Returns the data that is there, but does not remove it.
         *
         * @param int $length bytes at most
         * @return string|false
         */
        public function peek(int $length = 65535): string|false {}
        /**
         * Waits for a packet; without packets for data.
         *
         * @param float $timeout seconds; 0: the setting; negative: no limit
         * @return string|false '' at the end
         */
        public function recv(float $timeout = 0): string|false {}
        /**
         * Sends a file, or a part of it.
         *
         * @param string $filename
         * @param int $offset
         * @param int $length 0: all that follows the offset
         * @return bool
         */
        public function sendfile(string $filename, int $offset = 0, int $length = 0): bool {}
        /**
         * Sends all data.
         *
         * @param string $data
         * @param float $timeout seconds; 0: the setting; negative: no limit
         * @return int|false the number of bytes
         */
        public function send(string $data, float $timeout = 0): int|false {}
        /**
         * Sends a datagram. No connection is needed.
         *
         * @param string $address
         * @param int $port
         * @param string $data
         * @return bool
         */
        public function sendto(string $address, int $port, string $data): bool {}
        /**
         * Receives a datagram, and the address of its sender.
         *
         * @param-out string $address
         * @param-out int $port
         * @param int $length bytes at most
         * @param mixed $address becomes the address of the sender
         * @param mixed $port becomes its port
         * @return string|false
         */
        public function recvfrom(int $length, mixed &$address, mixed &$port = 0): string|false {}
        /**
         * Begins TLS on a connection.
         *
         * @return bool
         */
        public function enableSSL(): bool {}
        /**
         * Returns the certificate of the other side.
         *
         * @return string|false PEM
         */
        public function getPeerCert(): string|false {}
        /**
         * Returns whether the certificate of the other side is valid, even if the settings did not request this check.
         *
         * @param bool $allow_self_signed a self-signed certificate counts as valid
         * @return bool
         */
        public function verifyPeerCert(bool $allow_self_signed = false): bool {}
        /**
         * Returns whether the client is connected.
         *
         * @return bool
         */
        public function isConnected(): bool {}
        /**
         * Returns its own address.
         *
         * @return array{host: string, address: string, port: int}|false
         */
        public function getsockname(): array|false {}
        /**
         * Returns the address of the other side.
         *
         * @return array{host: string, address: string, port: int}|false
         */
        public function getpeername(): array|false {}
        /**
         * Closes the connection. The client may connect again.
         *
         * @return bool
         */
        public function close(): bool {}
        /**
         * Returns the socket of the client.
         *
         * @return \Swoole\Coroutine\Socket|false
         */
        public function exportSocket(): \Swoole\Coroutine\Socket|false {}
    }

    /**
     * An array object that lives as long as a coroutine.
     *
     * @extends \ArrayObject<array-key, mixed>
     */
    class Context extends \ArrayObject
    {
    }

    /**
     * The ids of coroutines.
     *
     * @extends \ArrayIterator<int, int>
     */
    class Iterator extends \ArrayIterator
    {
    }

    /** A lock between coroutines. While a coroutine waits for it, others run. Guide: lock.md. */
    class Lock
    {
        /** @var int the result of the last call: 0, or an errno. 130 (EOWNERDEAD): this coroutine holds the lock, but the last holder ended without unlocking it */
        public $errCode = 0;

        /**
         * Creates a lock.
         *
         * @param bool $shared coroutines of children take part
         */
        public function __construct(bool $shared = false) {}
        /**
         * Takes the lock; waits while another coroutine holds it.
         *
         * @param int $operation LOCK_EX; LOCK_NB may be added: do not wait; other bits do not count
         * @return bool
         * @throws \Swoole\Error outside of a coroutine
         */
        public function lock(int $operation = LOCK_EX): bool {}
        /**
         * Releases the lock. The coroutine that has waited longest runs before this call returns.
         *
         * @return bool
         */
        public function unlock(): bool {}
    }

    /** Runs several functions as coroutines, and the event loop until all have ended. Guide: coroutine.md. */
    final class Scheduler
    {
        /**
         * Adds a function.
         *
         * @param callable(mixed...): mixed $func gets $param
         * @param mixed ...$param
         * @return void
         */
        public function add(callable $func, mixed ...$param): void {}
        /**
         * Adds a function several times.
         *
         * @param int $n
         * @param callable(mixed...): mixed $func gets $param
         * @param mixed ...$param
         * @return void
         */
        public function parallel(int $n, callable $func, mixed ...$param): void {}
        /**
         * Sets options, as Coroutine::set() does.
         *
         * @param array<string, mixed> $settings
         * @return void
         */
        public function set(array $settings): void {}
        /**
         * Returns the options that were set.
         *
         * @return array<string, mixed>|null null: none
         */
        public function getOptions(): ?array {}
        /**
         * Runs all, and returns when no work is left.
         *
         * @return bool
         */
        public function start(): bool {}
    }

    /** Accepts connections, each in a coroutine of its own. Guide: client.md. */
    class Server
    {
        /** @var string its address */
        public $host = '';
        /** @var int its port */
        public $port = 0;
        /** @var int its kind of socket */
        public $type = 2;
        /** @var int the number of its descriptor */
        public $fd = -1;
        /** @var int why the last call failed */
        public $errCode = 0;
        /** @var array<string, mixed> the settings */
        public $setting = [];
        protected $running = false;
        protected $fn;
        protected $socket;

        /**
         * Binds an address, and listens: clients may connect from then on.
         *
         * @param string $host IPv4, IPv6 or unix:/path
         * @param int $port 0: a free port; the property port has its number
         * @param bool $ssl use TLS
         * @param bool $reuse_port several processes may bind the port
         * @throws \Swoole\Exception the address cannot be used
         */
        public function __construct(string $host, int $port = 0, bool $ssl = false, bool $reuse_port = false) {}
        /**
         * Sets the settings of packets and TLS for connections.
         *
         * @param array<string, mixed> $setting as of Socket::setProtocol()
         * @return void
         */
        public function set(array $setting): void {}
        /**
         * Sets the function that gets each connection.
         *
         * @param callable(\Swoole\Coroutine\Server\Connection): mixed $fn
         * @return void
         */
        public function handle(callable $fn): void {}
        /**
         * Ends start(). Connections continue.
         *
         * @return bool
         */
        public function shutdown(): bool {}
        /**
         * Accepts connections until shutdown(), or until the listening socket fails: then it warns, and errCode has the reason.
         *
         * @return bool
         */
        public function start(): bool {}
    }

    /** A socket whose calls yield to other coroutines while they wait. Guide: socket.md. */
    class Socket
    {
        /**
         * @var int the number of its descriptor
         * @readonly
         */
        public $fd = -1;
        /**
         * @var int AF_INET, AF_INET6 or AF_UNIX
         * @readonly
         */
        public $domain = 0;
        /**
         * @var int SOCK_STREAM, SOCK_DGRAM, ...
         * @readonly
         */
        public $type = 0;
        /**
         * @var int
         * @readonly
         */
        public $protocol = 0;
        /** @var int the errno of the last call; 0: it succeeded */
        public $errCode = 0;
        /** @var string its text */
        public $errMsg = '';
        /** @var bool of ext-sockets */
        public $__ext_sockets_nonblock = false;
        /** @var int of ext-sockets */
        public $__ext_sockets_timeout = 0;

        /**
         * Creates a socket.
         *
         * @param int $domain AF_INET, AF_INET6 or AF_UNIX
         * @param int $type SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET or SOCK_RAW
         * @param int $protocol
         * @throws \Swoole\Coroutine\Socket\Exception the socket cannot be created; the code is the errno
         */
        public function __construct(int $domain, int $type, int $protocol = IPPROTO_IP) {}
        /**
         * Binds the socket to an address.
         *
         * @param string $address an IP address, or a path
         * @param int $port 0: a free one
         * @return bool
         */
        public function bind(string $address, int $port = 0): bool {}
        /**
         * Waits for connections from now on.
         *
         * @param int $backlog
         * @return bool
         */
        public function listen(int $backlog = 512): bool {}
        /**
         * Waits for a connection.
         *
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return \Swoole\Coroutine\Socket|false
         */
        public function accept(float $timeout = 0): \Swoole\Coroutine\Socket|false {}
        /**
         * Connects. A name is looked up. With TLS it includes the handshake.
         *
         * @param string $host a name, an address or a path
         * @param int $port
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return bool
         */
        public function connect(string $host, int $port = 0, float $timeout = 0): bool {}
        /**
         * Returns false when the peer is known to be gone. It does not wait.
         *
         * @return bool
         */
        public function checkLiveness(): bool {}
        /**
         * Returns the coroutine that waits at the socket.
         *
         * @param int $event SWOOLE_EVENT_READ or SWOOLE_EVENT_WRITE
         * @return int 0: none
         */
        public function getBoundCid(int $event): int {}
        /**
         * Returns the data that is there, but does not remove it. It does not wait.
         *
         * @param int $length bytes at most
         * @return string|false
         */
        public function peek(int $length = 65536): string|false {}
        /**
         * Waits for data.
         *
         * @param int $length bytes at most; the rest of a longer message is lost, with a line in the log
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false '' at the end
         */
        public function recv(int $length = 65536, float $timeout = 0): string|false {}
        /**
         * Waits for all bytes; on a message socket for one message.
         *
         * @param int $length
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false fewer bytes at EOF (errCode 0) and after a time-out (ETIMEDOUT)
         */
        public function recvAll(int $length = 65536, float $timeout = 0): string|false {}
        /**
         * Waits for a line.
         *
         * @param int $length a longer line is returned in pieces
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false with the line feed that ends it; '' at the end
         */
        public function recvLine(int $length = 65536, float $timeout = 0): string|false {}
        /**
         * Waits for data, as recv(). It receives more at a time, for programs that read many small pieces.
         *
         * @param int $length bytes at most
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false '' at the end
         */
        public function recvWithBuffer(int $length = 65536, float $timeout = 0): string|false {}
        /**
         * Waits for a packet, as setProtocol() describes it.
         *
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false '' at the end, or when the length is malformed: then errCode is 1204
         */
        public function recvPacket(float $timeout = 0): string|false {}
        /**
         * Sends data.
         *
         * @param string $data
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return int|false the number of bytes, which may be fewer than there are
         */
        public function send(string $data, float $timeout = 0): int|false {}
        /**
         * Receives the data that is there, as strings of these lengths.
         *
         * @param list<int> $io_vector lengths
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return list<string>|false empty at the end
         * @throws \Swoole\Coroutine\Socket\Exception an item that is no length
         */
        public function readVector(array $io_vector, float $timeout = 0): array|false {}
        /**
         * Waits for all, as strings of these lengths.
         *
         * @param list<int> $io_vector lengths
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return list<string>|false
         * @throws \Swoole\Coroutine\Socket\Exception an item that is no length
         */
        public function readVectorAll(array $io_vector, float $timeout = 0): array|false {}
        /**
         * Sends strings one behind the other, with one system call.
         *
         * @param list<non-empty-string> $io_vector
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return int|false the number of bytes, which may be fewer than there are
         * @throws \Swoole\Coroutine\Socket\Exception an item that is no string, or empty
         */
        public function writeVector(array $io_vector, float $timeout = 0): int|false {}
        /**
         * Sends strings one behind the other, all of them.
         *
         * @param list<non-empty-string> $io_vector
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return int|false the number of bytes sent; if not all were sent, errCode has the reason
         * @throws \Swoole\Coroutine\Socket\Exception an item that is no string, or empty
         */
        public function writeVectorAll(array $io_vector, float $timeout = 0): int|false {}
        /**
         * Sends a file, or a part of it.
         *
         * @param non-empty-string $file
         * @param int $offset
         * @param int $length 0: all that follows the offset
         * @return bool
         */
        public function sendFile(string $file, int $offset = 0, int $length = 0): bool {}
        /**
         * Sends all data.
         *
         * @param string $data
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return int|false the number of bytes sent; if not all were sent, errCode has the reason
         */
        public function sendAll(string $data, float $timeout = 0): int|false {}
        /**
         * Receives one message, and the address of its sender.
         *
         * @param-out array{address: string, port?: int} $peername
         * @param mixed $peername becomes the sender
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false
         */
        public function recvfrom(mixed &$peername, float $timeout = 0): string|false {}
        /**
         * Sends one message to an address.
         *
         * @param string $addr a name, an address or a path
         * @param int $port
         * @param string $data
         * @return int|false the number of bytes
         */
        public function sendto(string $addr, int $port, string $data): int|false {}
        /**
         * Returns an option of the socket, as socket_get_option().
         *
         * @param int $level
         * @param int $opt_name
         * @return array<string, int>|int|false
         */
        public function getOption(int $level, int $opt_name): mixed {}
        /**
         * Sets an option of the socket, as socket_set_option(). SO_RCVTIMEO and SO_SNDTIMEO are its own limits of time.
         *
         * @param int $level
         * @param int $opt_name
         * @param mixed $opt_value
         * @return bool
         */
        public function setOption(int $level, int $opt_name, mixed $opt_value): bool {}
        /**
         * Begins TLS on a connection.
         *
         * @return bool
         */
        public function sslHandshake(): bool {}
        /**
         * Sets the settings of packets and TLS. The tables of socket.md describe the settings.
         *
         * @param array{open_eof_check?: bool, open_eof_split?: bool, package_eof?: non-empty-string, open_mqtt_protocol?: bool, open_fastcgi_protocol?: bool, open_length_check?: bool, package_length_type?: string, package_length_offset?: int, package_body_offset?: int, package_length_func?: callable(string): int, package_max_length?: int, open_ssl?: bool, ...} $settings
         * @return bool
         */
        public function setProtocol(array $settings): bool {}
        /**
         * Ends one direction of the connection, or both.
         *
         * @param 0|1|2 $how 0: reading; 1: writing; 2: both
         * @return bool
         */
        public function shutdown(int $how = 2): bool {}
        /**
         * Ends the wait of the coroutine that reads or writes.
         *
         * @param int $event SWOOLE_EVENT_READ or SWOOLE_EVENT_WRITE
         * @return bool
         */
        public function cancel(int $event = SWOOLE_EVENT_READ): bool {}
        /**
         * Closes the socket. Coroutines that wait at it get ECANCELED.
         *
         * @return bool
         */
        public function close(): bool {}
        /**
         * Returns the address of the other side.
         *
         * @return array{address: string, port?: int}|false
         */
        public function getpeername(): array|false {}
        /**
         * Returns the socket's own address.
         *
         * @return array{address: string, port?: int}|false
         */
        public function getsockname(): array|false {}
        /**
         * Returns whether the socket is closed.
         *
         * @return bool
         */
        public function isClosed(): bool {}
        /**
         * Makes a coroutine socket of a stream or a Socket. Both use one connection; each has to be closed.
         *
         * @param resource|\Socket $stream
         * @return \Swoole\Coroutine\Socket|false
         */
        public static function import($stream): \Swoole\Coroutine\Socket|false {}
        /**
         * Passes an open file, pipe or socket to another process, with data. Unix sockets only.
         *
         * @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle
         * @param string $data
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return bool
         */
        public function sendHandle(mixed $handle, string $data = '', float $timeout = 0): bool {}
        /**
         * Waits for a handle.
         *
         * @param-out string $data
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @param string|null $data becomes the data that came with it
         * @return resource|false a stream
         */
        public function receiveHandle(float $timeout = 0, mixed &$data = null): mixed {}
        /**
         * Returns the protocol that both sides have agreed on by ALPN (the setting ssl_alpn_protocols).
         *
         * @return string|false
         */
        public function getAlpnProtocol(): string|false {}
        /**
         * Lets the calls of this socket block the process outside of coroutines, where they fail otherwise. A signal ends a wait for data, after its handlers: errCode is then 4 (EINTR). Host names are not looked up there.
         *
         * @param bool $enable
         * @return bool
         */
        public function setBlocking(bool $enable = true): bool {}
    }

    /** Calls that yield to other coroutines while they wait. Guides: coroutine.md, system.md. */
    class System
    {
        /**
         * Looks up the address of a host.
         *
         * @param string $domain_name
         * @param int $type AF_INET or AF_INET6
         * @param float $timeout seconds; 0 or less: the option socket_dns_timeout
         * @return string|false the first address
         */
        public static function gethostbyname(string $domain_name, int $type = AF_INET, float $timeout = -1): string|false {}
        /**
         * Does the same as gethostbyname().
         *
         * @param string $domain_name
         * @param float $timeout seconds
         * @param int $type AF_INET or AF_INET6
         * @return string|false the first address
         */
        public static function dnsLookup(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false {}
        /**
         * Runs a command of the shell, and waits for its end.
         *
         * @param string $command
         * @param bool $get_error_stream the output includes standard error
         * @return array{code: int, signal: int, output: string}|false
         */
        public static function exec(string $command, bool $get_error_stream = false): array|false {}
        /**
         * Waits for some time.
         *
         * @param float $seconds 0.001 at least
         * @return bool
         */
        public static function sleep(float $seconds): bool {}
        /**
         * Looks up all addresses of a host, in the order in which to try them.
         *
         * @param string $domain
         * @param int $family AF_INET or AF_INET6
         * @param int $socktype
         * @param int $protocol
         * @param string|null $service the name of a service
         * @param float $timeout seconds; 0 or less: the option socket_dns_timeout
         * @return list<string>|false
         */
        public static function getaddrinfo(string $domain, int $family = AF_INET, int $socktype = SOCK_STREAM, int $protocol = STREAM_IPPROTO_TCP, ?string $service = null, float $timeout = -1): array|bool {}
        /**
         * Describes a file system, as statvfs(3).
         *
         * @param string $path
         * @return array{bsize?: int, frsize?: int, blocks?: int, bfree?: int, bavail?: int, files?: int, ffree?: int, favail?: int, fsid?: int, flag?: int, namemax?: int} empty: it failed
         */
        public static function statvfs(string $path): array {}
        /**
         * Reads a file.
         *
         * @param non-empty-string $filename
         * @param int $flag LOCK_EX: with a shared lock
         * @return string|false
         */
        public static function readFile(string $filename, int $flag = 0): string|false {}
        /**
         * Writes a file.
         *
         * @param non-empty-string $filename
         * @param string $fileContent
         * @param int $flags FILE_APPEND, LOCK_EX or both
         * @return int|false the number of bytes, which is all of them
         */
        public static function writeFile(string $filename, string $fileContent, int $flags = 0): int|false {}
        /**
         * Waits for any child, and reaps it.
         *
         * @param float $timeout seconds; 0 or less: no limit
         * @return array{pid: int, code: int, signal: int}|false
         */
        public static function wait(float $timeout = -1): array|false {}
        /**
         * Waits for one child, and reaps it.
         *
         * @param int $pid -1: any child
         * @param float $timeout seconds; 0 or less: no limit
         * @return array{pid: int, code: int, signal: int}|false
         */
        public static function waitPid(int $pid, float $timeout = -1): array|false {}
        /**
         * Waits for one of these signals.
         *
         * @param int|array<int> $signals
         * @param float $timeout seconds; 0 or less: no limit
         * @return int|false its number
         */
        public static function waitSignal(array|int $signals, float $timeout = -1): int|false {}
        /**
         * Waits until a descriptor is ready.
         *
         * @param resource|\Socket|\Swoole\Process|int $socket
         * @param int $events SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE or both
         * @param float $timeout seconds; 0: only looks; below 0: no limit
         * @return int|false the events for which it is ready
         */
        public static function waitEvent(mixed $socket, int $events = SWOOLE_EVENT_READ, float $timeout = -1): int|false {}
    }

    /** The time of Coroutine::setTimeLimit() is over. */
    final class TimeoutException extends \Exception
    {
    }

    /** One coroutine waits until a number of tasks is done. Guide: channel.md. */
    class WaitGroup
    {
        protected $chan;
        protected $count = 0;
        protected $waiting = false;

        /**
         * Creates a group.
         *
         * @param int $delta how many tasks it has
         */
        public function __construct(int $delta = 0) {}
        /**
         * Adds tasks.
         *
         * @param int $delta
         * @return void
         * @throws \BadMethodCallException a coroutine waits
         * @throws \InvalidArgumentException the count would be negative
         */
        public function add(int $delta = 1): void {}
        /**
         * Reports one task as done. The last call runs the coroutine that waits.
         *
         * @return void
         * @throws \BadMethodCallException more calls than tasks
         */
        public function done(): void {}
        /**
         * Waits until all tasks are done.
         *
         * @param float $timeout seconds; 0 or less: no limit
         * @return bool
         * @throws \BadMethodCallException a coroutine waits already
         */
        public function wait(float $timeout = -1.0): bool {}
        /**
         * Returns how many tasks are not done.
         *
         * @return int
         */
        public function count(): int {}
    }
}

namespace Swoole\Coroutine\Server {
    /** A connection that a server has accepted. Guide: client.md. */
    class Connection
    {
        protected $socket;

        /**
         * Wraps a socket.
         *
         * @param \Swoole\Coroutine\Socket $conn
         */
        public function __construct(\Swoole\Coroutine\Socket $conn) {}
        /**
         * Waits for a packet; without packets for data.
         *
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false '' at the end
         */
        public function recv(float $timeout = 0): string|false {}
        /**
         * Sends all data.
         *
         * @param string $data
         * @return int|false the number of bytes
         */
        public function send(string $data): int|false {}
        /**
         * Closes the connection.
         *
         * @return bool
         */
        public function close(): bool {}
        /**
         * Returns the socket.
         *
         * @return \Swoole\Coroutine\Socket
         */
        public function exportSocket(): \Swoole\Coroutine\Socket {}
    }
}

namespace Swoole\Coroutine\Socket {
    /** A socket cannot be created, or a vector has an invalid item. */
    class Exception extends \Swoole\Exception
    {
    }
}

namespace Swoole\Database {
    /** As in Swoole 6.2.2. */
    class DetectsLostConnections
    {
        /**
         * As in Swoole 6.2.2.
         *
         * @param \Throwable $e
         */
        public static function causedByLostConnection(\Throwable $e): bool {}
    }

    /** As in Swoole 6.2.2. */
    class MysqliConfig
    {
        protected string $host = '127.0.0.1';
        protected int $port = 3306;
        protected ?string $unixSocket = null;
        protected string $dbname = 'test';
        protected string $charset = 'utf8mb4';
        protected string $username = 'root';
        protected string $password = 'root';
        protected array $options = [];

        /** As in Swoole 6.2.2. */
        public function getHost(): string {}
        /** As in Swoole 6.2.2. */
        public function withHost($host): self {}
        /** As in Swoole 6.2.2. */
        public function getPort(): int {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $port
         */
        public function withPort(int $port): self {}
        /** As in Swoole 6.2.2. */
        public function hasUnixSocket(): bool {}
        /** As in Swoole 6.2.2. */
        public function getUnixSocket(): ?string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param ?string $unixSocket
         */
        public function withUnixSocket(?string $unixSocket): self {}
        /** As in Swoole 6.2.2. */
        public function getDbname(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $dbname
         */
        public function withDbname(string $dbname): self {}
        /** As in Swoole 6.2.2. */
        public function getCharset(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $charset
         */
        public function withCharset(string $charset): self {}
        /** As in Swoole 6.2.2. */
        public function getUsername(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $username
         */
        public function withUsername(string $username): self {}
        /** As in Swoole 6.2.2. */
        public function getPassword(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $password
         */
        public function withPassword(string $password): self {}
        /** As in Swoole 6.2.2. */
        public function getOptions(): array {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $options
         */
        public function withOptions(array $options): self {}
    }

    /** As in Swoole 6.2.2. */
    class MysqliException extends \Exception
    {
    }

    /** As in Swoole 6.2.2. */
    class MysqliPool extends \Swoole\ConnectionPool
    {
        protected \Swoole\Database\MysqliConfig $config;

        /**
         * As in Swoole 6.2.2.
         *
         * @param \Swoole\Database\MysqliConfig $config
         * @param int $size
         */
        public function __construct(\Swoole\Database\MysqliConfig $config, int $size = self::DEFAULT_SIZE) {}
    }

    /** As in Swoole 6.2.2. */
    class MysqliProxy extends \Swoole\Database\ObjectProxy
    {
        public const IO_ERRORS = [2002, 2006, 2013];

        protected $__object;
        protected string $charsetContext = '';
        protected array $setOptContext = [];
        protected array $changeUserContext = [];
        protected $constructor;
        protected int $round = 0;

        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $constructor
         */
        public function __construct(callable $constructor) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         * @param array $arguments
         */
        public function __call(string $name, array $arguments) {}
        /** As in Swoole 6.2.2. */
        public function getRound(): int {}
        /** As in Swoole 6.2.2. */
        public function isInTransaction(): bool {}
        /** As in Swoole 6.2.2. */
        public function reconnect(): void {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $option
         */
        public function options(int $option, $value): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $option
         */
        public function set_opt(int $option, $value): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $charset
         */
        public function set_charset(string $charset): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $user
         * @param string $password
         * @param ?string $database
         */
        public function change_user(string $user, string $password, ?string $database): bool {}
    }

    /** As in Swoole 6.2.2. */
    class MysqliStatementProxy extends \Swoole\Database\ObjectProxy
    {
        protected $__object;
        protected array $bindParamContext = [];
        protected array $bindResultContext = [];
        protected array $attrSetContext = [];
        protected int $parentRound;
        protected ?string $queryString;
        protected \Swoole\Database\MysqliProxy $parent;

        /**
         * As in Swoole 6.2.2.
         *
         * @param \mysqli_stmt $object
         * @param ?string $queryString
         * @param \Swoole\Database\MysqliProxy $parent
         */
        public function __construct(\mysqli_stmt $object, ?string $queryString, \Swoole\Database\MysqliProxy $parent) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         * @param array $arguments
         */
        public function __call(string $name, array $arguments) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $attr
         * @param int $mode
         */
        public function attr_set(int $attr, int $mode): bool {}
        /** As in Swoole 6.2.2. */
        public function bind_param($types, &...$arguments): bool {}
        /** As in Swoole 6.2.2. */
        public function bind_result(&...$arguments): bool {}
    }

    /** As in Swoole 6.2.2. */
    class ObjectProxy extends \Swoole\ObjectProxy
    {
        /** As in Swoole 6.2.2. */
        public function __clone() {}
    }

    /** As in Swoole 6.2.2. */
    class PDOConfig
    {
        public const DRIVER_MYSQL = 'mysql';

        protected string $driver = 'mysql';
        protected string $host = '127.0.0.1';
        protected int $port = 3306;
        protected ?string $unixSocket = null;
        protected string $dbname = 'test';
        protected string $charset = 'utf8mb4';
        protected string $username = 'root';
        protected string $password = 'root';
        protected array $options = [];

        /** As in Swoole 6.2.2. */
        public function getDriver(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $driver
         */
        public function withDriver(string $driver): self {}
        /** As in Swoole 6.2.2. */
        public function getHost(): string {}
        /** As in Swoole 6.2.2. */
        public function withHost($host): self {}
        /** As in Swoole 6.2.2. */
        public function getPort(): int {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $port
         */
        public function withPort(int $port): self {}
        /** As in Swoole 6.2.2. */
        public function hasUnixSocket(): bool {}
        /** As in Swoole 6.2.2. */
        public function getUnixSocket(): ?string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param ?string $unixSocket
         */
        public function withUnixSocket(?string $unixSocket): self {}
        /** As in Swoole 6.2.2. */
        public function getDbname(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $dbname
         */
        public function withDbname(string $dbname): self {}
        /** As in Swoole 6.2.2. */
        public function getCharset(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $charset
         */
        public function withCharset(string $charset): self {}
        /** As in Swoole 6.2.2. */
        public function getUsername(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $username
         */
        public function withUsername(string $username): self {}
        /** As in Swoole 6.2.2. */
        public function getPassword(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $password
         */
        public function withPassword(string $password): self {}
        /** As in Swoole 6.2.2. */
        public function getOptions(): array {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $options
         */
        public function withOptions(array $options): self {}
        /** As in Swoole 6.2.2. */
        public static function getAvailableDrivers(): array {}
    }

    /** As in Swoole 6.2.2. */
    class PDOPool extends \Swoole\ConnectionPool
    {
        protected \Swoole\Database\PDOConfig $config;

        /**
         * As in Swoole 6.2.2.
         *
         * @param \Swoole\Database\PDOConfig $config
         * @param int $size
         */
        public function __construct(\Swoole\Database\PDOConfig $config, int $size = self::DEFAULT_SIZE) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param float $timeout
         */
        public function get(float $timeout = -1.0) {}
    }

    /** As in Swoole 6.2.2. */
    class PDOProxy extends \Swoole\Database\ObjectProxy
    {
        protected $__object;
        protected array $setAttributeContext = [];
        protected $constructor;
        protected int $round = 0;
        protected int $inTransaction = 0;

        /**
         * As in Swoole 6.2.2.
         *
         * @param callable $constructor
         */
        public function __construct(callable $constructor) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         * @param array $arguments
         */
        public function __call(string $name, array $arguments) {}
        /** As in Swoole 6.2.2. */
        public function beginTransaction(): bool {}
        /** As in Swoole 6.2.2. */
        public function commit(): bool {}
        /** As in Swoole 6.2.2. */
        public function rollBack(): bool {}
        /** As in Swoole 6.2.2. */
        public function inTransaction(): bool {}
        /** As in Swoole 6.2.2. */
        public function getRound(): int {}
        /** As in Swoole 6.2.2. */
        public function reconnect(): void {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $attribute
         */
        public function setAttribute(int $attribute, $value): bool {}
        /** As in Swoole 6.2.2. */
        public function reset(): void {}
    }

    /** As in Swoole 6.2.2. */
    class PDOStatementProxy extends \Swoole\Database\ObjectProxy
    {
        protected $__object;
        protected array $setAttributeContext = [];
        protected array $setFetchModeContext = [];
        protected array $bindParamContext = [];
        protected array $bindColumnContext = [];
        protected array $bindValueContext = [];
        protected int $parentRound;
        protected \Swoole\Database\PDOProxy $parent;

        /**
         * As in Swoole 6.2.2.
         *
         * @param \PDOStatement $object
         * @param \Swoole\Database\PDOProxy $parent
         * @param string $made
         * @param array $arguments
         */
        public function __construct(\PDOStatement $object, \Swoole\Database\PDOProxy $parent, string $made = 'prepare', array $arguments = []) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $name
         * @param array $arguments
         */
        public function __call(string $name, array $arguments) {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $attribute
         */
        public function setAttribute(int $attribute, $value): bool {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $mode
         */
        public function setFetchMode(int $mode, ...$params): bool {}
        /** As in Swoole 6.2.2. */
        public function bindParam($parameter, &$variable, $data_type = \PDO::PARAM_STR, $length = 0, $driver_options = null): bool {}
        /** As in Swoole 6.2.2. */
        public function bindColumn($column, &$param, $type = \PDO::PARAM_STR, $maxlen = 0, $driverdata = null): bool {}
        /** As in Swoole 6.2.2. */
        public function bindValue($parameter, $value, $data_type = \PDO::PARAM_STR): bool {}
    }

    /** As in Swoole 6.2.2. */
    class RedisConfig
    {
        protected string $host = '127.0.0.1';
        protected int $port = 6379;
        protected float $timeout = 0.0;
        protected string $reserved = '';
        protected int $retry_interval = 0;
        protected float $read_timeout = 0.0;
        protected string $auth = '';
        protected int $dbIndex = 0;
        protected array $options = [];

        /** As in Swoole 6.2.2. */
        public function getHost(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $host
         */
        public function withHost(string $host): self {}
        /** As in Swoole 6.2.2. */
        public function getPort(): int {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $port
         */
        public function withPort(int $port): self {}
        /** As in Swoole 6.2.2. */
        public function getTimeout(): float {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param float $timeout
         */
        public function withTimeout(float $timeout): self {}
        /** As in Swoole 6.2.2. */
        public function getReserved(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $reserved
         */
        public function withReserved(string $reserved): self {}
        /** As in Swoole 6.2.2. */
        public function getRetryInterval(): int {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $retryInterval
         */
        public function withRetryInterval(int $retryInterval): self {}
        /** As in Swoole 6.2.2. */
        public function getReadTimeout(): float {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param float $readTimeout
         */
        public function withReadTimeout(float $readTimeout): self {}
        /** As in Swoole 6.2.2. */
        public function getAuth(): string {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param string $auth
         */
        public function withAuth(string $auth): self {}
        /** As in Swoole 6.2.2. */
        public function getDbIndex(): int {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $dbIndex
         */
        public function withDbIndex(int $dbIndex): self {}
        /** As in Swoole 6.2.2. */
        public function getOptions(): array {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param array $options
         */
        public function withOptions(array $options): self {}
    }

    /** As in Swoole 6.2.2. */
    class RedisPool extends \Swoole\ConnectionPool
    {
        protected \Swoole\Database\RedisConfig $config;

        /**
         * As in Swoole 6.2.2.
         *
         * @param \Swoole\Database\RedisConfig $config
         * @param int $size
         */
        public function __construct(\Swoole\Database\RedisConfig $config, int $size = self::DEFAULT_SIZE) {}
    }
}

namespace Swoole\Exception {
    /** As in Swoole 6.2.2. */
    class ArrayKeyNotExists extends \RuntimeException
    {
        /**
         * As in Swoole 6.2.2.
         *
         * @param string|int $key
         */
        public function __construct(string|int $key) {}
    }
}

namespace Swoole\Http {
    /** As in Swoole 6.2.2. */
    abstract class Status
    {
        public const CONTINUE = 100;
        public const SWITCHING_PROTOCOLS = 101;
        public const PROCESSING = 102;
        public const OK = 200;
        public const CREATED = 201;
        public const ACCEPTED = 202;
        public const NON_AUTHORITATIVE_INFORMATION = 203;
        public const NO_CONTENT = 204;
        public const RESET_CONTENT = 205;
        public const PARTIAL_CONTENT = 206;
        public const MULTI_STATUS = 207;
        public const ALREADY_REPORTED = 208;
        public const IM_USED = 226;
        public const MULTIPLE_CHOICES = 300;
        public const MOVED_PERMANENTLY = 301;
        public const FOUND = 302;
        public const SEE_OTHER = 303;
        public const NOT_MODIFIED = 304;
        public const USE_PROXY = 305;
        public const SWITCH_PROXY = 306;
        public const TEMPORARY_REDIRECT = 307;
        public const PERMANENT_REDIRECT = 308;
        public const BAD_REQUEST = 400;
        public const UNAUTHORIZED = 401;
        public const PAYMENT_REQUIRED = 402;
        public const FORBIDDEN = 403;
        public const NOT_FOUND = 404;
        public const METHOD_NOT_ALLOWED = 405;
        public const NOT_ACCEPTABLE = 406;
        public const PROXY_AUTHENTICATION_REQUIRED = 407;
        public const REQUEST_TIME_OUT = 408;
        public const CONFLICT = 409;
        public const GONE = 410;
        public const LENGTH_REQUIRED = 411;
        public const PRECONDITION_FAILED = 412;
        public const REQUEST_ENTITY_TOO_LARGE = 413;
        public const REQUEST_URI_TOO_LARGE = 414;
        public const UNSUPPORTED_MEDIA_TYPE = 415;
        public const REQUESTED_RANGE_NOT_SATISFIABLE = 416;
        public const EXPECTATION_FAILED = 417;
        public const IM_A_TEAPOT = 418;
        public const UNPROCESSABLE_ENTITY = 422;
        public const LOCKED = 423;
        public const FAILED_DEPENDENCY = 424;
        public const UNORDERED_COLLECTION = 425;
        public const UPGRADE_REQUIRED = 426;
        public const PRECONDITION_REQUIRED = 428;
        public const TOO_MANY_REQUESTS = 429;
        public const REQUEST_HEADER_FIELDS_TOO_LARGE = 431;
        public const UNAVAILABLE_FOR_LEGAL_REASONS = 451;
        public const INTERNAL_SERVER_ERROR = 500;
        public const NOT_IMPLEMENTED = 501;
        public const BAD_GATEWAY = 502;
        public const SERVICE_UNAVAILABLE = 503;
        public const GATEWAY_TIME_OUT = 504;
        public const HTTP_VERSION_NOT_SUPPORTED = 505;
        public const VARIANT_ALSO_NEGOTIATES = 506;
        public const INSUFFICIENT_STORAGE = 507;
        public const LOOP_DETECTED = 508;
        public const NETWORK_AUTHENTICATION_REQUIRED = 511;

        protected static array $reasonPhrases = [100 => 'Continue', 101 => 'Switching Protocols', 102 => 'Processing', 200 => 'OK', 201 => 'Created', 202 => 'Accepted', 203 => 'Non-Authoritative Information', 204 => 'No Content', 205 => 'Reset Content', 206 => 'Partial Content', 207 => 'Multi-status', 208 => 'Already Reported', 226 => 'IM Used', 300 => 'Multiple Choices', 301 => 'Moved Permanently', 302 => 'Found', 303 => 'See Other', 304 => 'Not Modified', 305 => 'Use Proxy', 306 => 'Switch Proxy', 307 => 'Temporary Redirect', 308 => 'Permanent Redirect', 400 => 'Bad Request', 401 => 'Unauthorized', 402 => 'Payment Required', 403 => 'Forbidden', 404 => 'Not Found', 405 => 'Method Not Allowed', 406 => 'Not Acceptable', 407 => 'Proxy Authentication Required', 408 => 'Request Time-out', 409 => 'Conflict', 410 => 'Gone', 411 => 'Length Required', 412 => 'Precondition Failed', 413 => 'Request Entity Too Large', 414 => 'Request-URI Too Large', 415 => 'Unsupported Media Type', 416 => 'Requested range not satisfiable', 417 => 'Expectation Failed', 418 => 'I\'m a teapot', 422 => 'Unprocessable Entity', 423 => 'Locked', 424 => 'Failed Dependency', 425 => 'Unordered Collection', 426 => 'Upgrade Required', 428 => 'Precondition Required', 429 => 'Too Many Requests', 431 => 'Request Header Fields Too Large', 451 => 'Unavailable For Legal Reasons', 500 => 'Internal Server Error', 501 => 'Not Implemented', 502 => 'Bad Gateway', 503 => 'Service Unavailable', 504 => 'Gateway Time-out', 505 => 'HTTP Version not supported', 506 => 'Variant Also Negotiates', 507 => 'Insufficient Storage', 508 => 'Loop Detected', 511 => 'Network Authentication Required'];

        /** As in Swoole 6.2.2. */
        public static function getReasonPhrases(): array {}
        /**
         * As in Swoole 6.2.2.
         *
         * @param int $value
         */
        public static function getReasonPhrase(int $value): string {}
    }
}

namespace Swoole\Process {
    /** A channel of values between processes, in shared memory. Guide: process_channel.md. */
    class Channel
    {
        /**
         * Creates an empty channel. Create it before the fork: children inherit it.
         *
         * @param int $capacity the largest number of values, 1 to 16777215
         * @param int $size the bytes for their texts, 1 to 137438953472, rounded up to a power of two
         * @throws \ValueError a number out of range
         * @throws \Swoole\Exception not enough memory, or no free descriptors
         */
        public function __construct(int $capacity = 1024, int $size = 1048576) {}
        /**
         * Adds a value at the end; waits while there is no room.
         *
         * @param mixed $value what serialize() takes
         * @param float $timeout seconds; 0: does not wait; negative: no limit
         * @return bool
         * @throws \Exception a value that cannot be serialized
         */
        public function push(mixed $value, float $timeout = -1): bool {}
        /**
         * Takes the first value; waits while there is none.
         *
         * @param-out bool $received
         * @param float $timeout seconds; 0: does not wait; negative: no limit
         * @param bool|null $received becomes whether a value was taken, which may be false as well
         * @param array{allowed_classes?: bool|list<class-string>, max_depth?: int} $options those of unserialize()
         * @return mixed the value
         * @throws \TypeError an option of a wrong type; no value is taken
         */
        public function pop(float $timeout = -1, mixed &$received = null, array $options = []): mixed {}
        /**
         * Closes the channel for all processes. Values that are there can still be popped.
         *
         * @return bool
         */
        public function close(): bool {}
        /**
         * Whether the channel is closed.
         *
         * @return bool
         */
        public function isClosed(): bool {}
        /**
         * The number of values that wait.
         *
         * @return int
         */
        public function length(): int {}
        /**
         * The largest number of values.
         *
         * @return int
         */
        public function capacity(): int {}
        /**
         * The state of the channel.
         *
         * @return array{length: int, capacity: int, bytes: int, size: int, pushed: int, popped: int, closed: bool} bytes are used, of size; pushed and popped count since the channel was created
         */
        public function stats(): array {}
        /**
         * A stream for an event loop: it can be read when pop() may find a value, or the channel is closed. Call pop(0) then, until
         * it returns no value.
         *
         * @return resource
         */
        public function stream(): mixed {}
    }

    /** A pool in which each worker runs a function of its own. Guide: pool.md. */
    class Manager
    {
        protected $pool;
        protected $ipcType = 0;
        protected $msgQueueKey = 0;
        protected $startFuncMap = [];

        /**
         * Creates a manager without workers.
         *
         * @param int $ipcType as for Pool
         * @param int $msgQueueKey as for Pool
         */
        public function __construct(int $ipcType = SWOOLE_IPC_NONE, int $msgQueueKey = 0) {}
        /**
         * Adds one worker. Workers are numbered in the order in which they are added.
         *
         * @param callable(\Swoole\Process\Pool, int): mixed $func
         * @param bool $enableCoroutine the function runs as a coroutine, with hooks on
         * @return $this
         */
        public function add(callable $func, bool $enableCoroutine = false): self {}
        /**
         * Adds several workers that run the same function.
         *
         * @param positive-int $workerNum
         * @param callable(\Swoole\Process\Pool, int): mixed $func
         * @param bool $enableCoroutine
         * @return $this
         */
        public function addBatch(int $workerNum, callable $func, bool $enableCoroutine = false): self {}
        /**
         * Runs the workers, and returns when all have ended.
         *
         * @return void
         * @throws \Swoole\Exception the manager has given up (max_restarts)
         */
        public function start(): void {}
        /**
         * Sets how messages reach workers.
         *
         * @param int $ipcType SWOOLE_IPC_NONE, SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE or SWOOLE_IPC_SOCKET
         * @return $this
         */
        public function setIPCType(int $ipcType): self {}
        /**
         * Returns what was set.
         *
         * @return int
         */
        public function getIPCType(): int {}
        /**
         * Sets the key of the queue.
         *
         * @param int $msgQueueKey
         * @return $this
         */
        public function setMsgQueueKey(int $msgQueueKey): self {}
        /**
         * Returns what was set.
         *
         * @return int
         */
        public function getMsgQueueKey(): int {}
        /**
         * Changes settings, as Pool::set() does.
         *
         * @param array<string, mixed> $settings
         * @return $this
         * @throws \Swoole\Exception an invalid value
         */
        public function set(array $settings): self {}
        /**
         * Sets the handler of an event of the pool, before start(). WorkerStart runs before the worker's function.
         *
         * @param 'Start'|'Shutdown'|'WorkerError'|'WorkerStart'|'WorkerStop'|string $event
         * @param callable $callback as for Pool::on()
         * @return $this
         * @throws \Swoole\Exception another event
         */
        public function on(string $event, callable $callback): self {}
        /**
         * Returns the state of the pool and of each worker, as Pool::stats() does: while it runs, in the master and in workers.
         *
         * @return array{state: string, master_pid: int|null, restarts: int, messages: int, workers: list<array<string, mixed>>}
         */
        public function stats(): array {}
        /**
         * Adds one worker with options of its own: a name, whether it runs as a coroutine, and when it runs again.
         *
         * @param callable(\Swoole\Process\Pool, int): mixed $func
         * @param array{name?: string, coroutine?: bool, restart?: 'always'|'on-failure'|'never'|'once', restart_pause?: int|float|string} $options
         * @return $this
         * @throws \Swoole\Exception an unknown option, or an invalid value
         */
        public function addWorker(callable $func, array $options = []): self {}
    }

    /**
     * A master process that keeps a number of worker processes running. Guide: pool.md.
     *
     * @phpstan-type OnPool callable(\Swoole\Process\Pool): mixed
     * @psalm-type OnPool = callable(\Swoole\Process\Pool): mixed
     * @phpstan-type OnWorker callable(\Swoole\Process\Pool, int): mixed
     * @psalm-type OnWorker = callable(\Swoole\Process\Pool, int): mixed
     * @phpstan-type OnMessage callable(\Swoole\Process\Pool, string): mixed
     * @psalm-type OnMessage = callable(\Swoole\Process\Pool, string): mixed
     * @phpstan-type CrashReport array{worker_id: int, name: string|null, pid: int, code: int, signal: int, signal_name: string|null, uptime: float, restarts: int, asked: bool, delay: float|null, message?: string|null, retries?: int, retry?: bool}
     * @psalm-type CrashReport = array{worker_id: int, name: string|null, pid: int, code: int, signal: int, signal_name: string|null, uptime: float, restarts: int, asked: bool, delay: float|null, message?: string|null, retries?: int, retry?: bool}
     * @phpstan-type OnWorkerError callable(\Swoole\Process\Pool, int, CrashReport): mixed
     * @psalm-type OnWorkerError = callable(\Swoole\Process\Pool, int, CrashReport): mixed
     */
    class Pool
    {
        /** @var int the master's process id; -1 before start() */
        public $master_pid = -1;
        /** @var int this worker's process id */
        public $workerPid = -1;
        /** @var int the number of this worker; -1 in the master */
        public $workerId = -1;
        /** @var array<int, \Swoole\Process>|null the objects that getProcess() has created */
        public $workers;
        /** @var bool false as soon as this worker is stopping. A worker that loops on it must handle SIGTERM */
        public $workerRunning = true;
        /** @var bool false as soon as the pool is stopping */
        public $running = true;

        /**
         * Creates a pool. start() runs it.
         *
         * @param positive-int $worker_num how many workers
         * @param int $ipc_type how messages reach workers: SWOOLE_IPC_NONE, SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE or SWOOLE_IPC_SOCKET
         * @param int $msgqueue_key the key of the queue; 0: a private one
         * @param bool $enable_coroutine each worker runs an event loop, and handles each message in a coroutine
         * @throws \Swoole\Exception $worker_num below 1; an unknown type; a key that does not fit into 32 bits
         * @throws \Error coroutines together with a queue or a socket
         * @throws \Swoole\Error another pool runs in this process
         */
        public function __construct(int $worker_num, int $ipc_type = SWOOLE_IPC_NONE, int $msgqueue_key = 0, bool $enable_coroutine = false) {}
        /** Frees the pool. */
        public function __destruct() {}
        /**
         * Changes settings, before start(). The table of pool.md describes them.
         *
         * @param array{max_wait_time?: int|float|string|null, enable_coroutine?: bool|null, enable_message_bus?: bool|null, max_package_size?: int|string|null, max_requests?: int|null, max_request?: int|null, max_lifetime?: int|float|string|null, max_memory?: int|string|null, restart_delay?: int|float|string|null, restart_max_delay?: int|float|string|null, restart_window?: int|float|string|null, max_restarts?: int|null, restart?: 'always'|'on-failure'|'never'|'once'|null, restart_pause?: int|float|string|null, max_workers?: int|null, reload_signals?: bool|null, keep_message?: int|string|null, max_retries?: int|null, worker_names?: string|list<string>|null, ...} $settings
         * @return void
         * @throws \Swoole\Exception an invalid value; nothing is changed
         */
        public function set(array $settings): void {}
        /**
         * Sets the handler of an event, before start(). Names are not case-sensitive.
         *
         * - `Start`, `Shutdown`: `callable(Pool): mixed`, in the master
         * - `WorkerError`: `callable(Pool, int $workerId, array $report): mixed`, in the master
         * - `WorkerStart`, `WorkerExit`, `WorkerStop`: `callable(Pool, int $workerId): mixed`, in a worker
         * - `Message`: `callable(Pool, string $data): mixed`, in a worker
         * - `TemplateStart`: `callable(Pool): mixed`, in a template, from which workers are forked
         * - `TemplateReady`: `callable(Pool, int $pid, float $seconds): mixed`, in the master
         * - `TemplateError`: `callable(Pool, int $pid, array $report): mixed`, in the master
         *
         * @param 'Start'|'Shutdown'|'WorkerError'|'WorkerStart'|'WorkerExit'|'WorkerStop'|'Message'|'TemplateStart'|'TemplateReady'|'TemplateError'|string $name
         * @param (callable(\Swoole\Process\Pool): mixed)|(callable(\Swoole\Process\Pool, int): mixed)|(callable(\Swoole\Process\Pool, string): mixed)|(callable(\Swoole\Process\Pool, int, CrashReport): mixed)|(callable(\Swoole\Process\Pool, int, float): mixed)|(callable(\Swoole\Process\Pool, int, array{reason: string, uptime: float, booted: bool}): mixed) $callback one of the signatures above
         * @return bool
         */
        public function on(string $name, callable $callback): bool {}
        /**
         * Returns a worker as an object, with its pid, its pipe and its queue.
         *
         * @param int $work_id -1: this worker
         * @return \Swoole\Process|false
         */
        public function getProcess(int $work_id = -1): \Swoole\Process|false {}
        /**
         * Listens for clients. Only with SWOOLE_IPC_SOCKET, and before start().
         *
         * @param string $host an address, or unix:/path
         * @param int $port
         * @param int $backlog
         * @return bool
         */
        public function listen(string $host, int $port = 0, int $backlog = 2048): bool {}
        /**
         * Adds to the answer for the client whose request is being handled. The answer is sent when the handler has returned.
         *
         * @param string $data
         * @return bool
         */
        public function write(string $data): bool {}
        /**
         * Sends a message to a worker. Only with SWOOLE_IPC_UNIXSOCK; in the master, a worker, or a child of either.
         *
         * @param string $data
         * @param int $dst_worker_id the number of the worker
         * @return bool
         */
        public function sendMessage(string $data, int $dst_worker_id): bool {}
        /**
         * This worker leaves the pool, which starts another one in its place. It finishes its work, and exits.
         *
         * @return bool
         */
        public function detach(): bool {}
        /**
         * Runs the pool, and returns when it has ended.
         *
         * @return false|null false: the pool could not start, or has given up (max_restarts)
         */
        public function start(): ?false {}
        /**
         * This worker exits after the current message, and is replaced.
         *
         * @return void
         */
        public function stop(): void {}
        /**
         * Stops the whole pool. In the master, a worker, or a child of either.
         *
         * @return bool
         * @throws \Swoole\Exception the pool is not running
         */
        public function shutdown(): bool {}
        /**
         * Returns the state of the pool and of its workers.
         *
         * @return array{state: 'running'|'stopping'|'stopped', master_pid: int, restarts: int, messages: int, workers: list<array{id: int, name: string|null, state: 'running'|'stopping'|'waiting'|'ended', pid: int|null, started: float|null, restarts: int, messages: int, memory: int|null}>}
         */
        public function stats(): array {}
        /**
         * Changes the number of workers. In the master or a worker, from the Start handler on. The master adds workers, or asks those with the highest numbers to stop, in the next turn of its loop.
         *
         * @param int<0, max> $worker_num
         * @return bool
         */
        public function resize(int $worker_num): bool {}
        /**
         * Replaces one worker, as a reload replaces all. A worker that the setting `restart` has ended runs again, too. In the master or a worker.
         *
         * @param int<0, max> $worker_id
         * @return bool
         */
        public function restart(int $worker_id): bool {}
        /**
         * Boots another template. When it has booted, workers are forked from it, and the old one ends. In the master, while the pool runs. See pool.md.
         *
         * @return bool
         * @throws \Swoole\Exception the pool has no handler of TemplateStart, or does not run, or this is not its master
         */
        public function renewTemplate(): bool {}
        /**
         * Lets the workers take messages from a queue outside of the pool. Guide: redis_queue.md. Before the start.
         *
         * @param object $queue a \Swoole\Process\RedisQueue
         * @param callable(\Swoole\Process\Pool, \Swoole\Process\RedisQueue\Message): mixed $handler is called in a worker for each message
         * @return bool
         * @throws \ValueError the object is not a queue
         * @throws \Swoole\Exception a pool with an $ipc_type, or with coroutines
         */
        public function consume(object $queue, callable $handler): bool {}
    }

    /** A queue of messages on Redis Streams, for processes of any number of machines. Guide: redis_queue.md. */
    class RedisQueue
    {
        public const HIGH = 1;
        public const NORMAL = 2;
        public const LOW = 3;

        /**
         * Describes a queue. The object connects when it is used, in each process by itself.
         *
         * @param string $name the name of the queue; without spaces and braces
         * @param array{host?: string, port?: int, path?: string, user?: string, password?: string, database?: int, tls?: bool|array<string, mixed>, timeout?: float, retry?: float, visibility?: float, max_attempts?: int, backoff?: float, max_backoff?: float, prefetch?: int, unique?: float, poll?: float, stale?: float, allowed_classes?: bool|list<class-string>} $options the [options](../redis_queue.md#options)
         * @throws \ValueError an unknown option, or a value out of range
         * @throws \TypeError an option of another type
         */
        public function __construct(string $name, array $options = []) {}
        /**
         * Adds a message. The message is in the queue when the call returns.
         *
         * @param mixed $value a string, which is stored as it is, or what serialize() takes
         * @param float $delay seconds until it may be taken
         * @param 1|2|3 $priority one of HIGH, NORMAL and LOW
         * @param string|null $id an id of the script: a message with the same id, pushed within the time of the option unique, is not added again
         * @return string the id of the message
         * @throws \Swoole\Process\RedisQueue\ConnectionException the server cannot be reached; without an id of the script the message may be in the queue all the same
         * @throws \Swoole\Process\RedisQueue\Exception the server refuses
         */
        public function push(mixed $value, float $delay = 0.0, int $priority = self::NORMAL, ?string $id = null): string {}
        /**
         * Takes a message, and waits for one. It has to be settled: by ack(), release() or bury().
         *
         * @param float $timeout seconds; 0: does not wait; negative: no limit
         * @return \Swoole\Process\RedisQueue\Message|null null: the time is over, or stop() was called
         * @throws \Swoole\Process\RedisQueue\ConnectionException the server cannot be reached
         * @throws \Swoole\Process\RedisQueue\Exception the server refuses
         */
        public function pop(float $timeout = -1.0): ?\Swoole\Process\RedisQueue\Message {}
        /**
         * Handles messages until stop() is called. A message is acknowledged when its handler returns, and released with backoff when it throws. While the server cannot be reached, it tries again.
         *
         * @param callable(\Swoole\Process\RedisQueue\Message): mixed $handler
         * @throws \Swoole\Process\RedisQueue\Exception the server refuses
         */
        public function consume(callable $handler): void {}
        /** Lets pop() and consume() return without another message. A signal handler may call it. */
        public function stop(): void {}
        /** Gives back messages that were taken in advance, removes this consumer from the queue if it holds no message, and closes the connections. The next call connects again. */
        public function close(): void {}
        /**
         * Counts messages: those that wait, those that workers have, the delayed ones, and the dead letters.
         *
         * @return array{waiting: int, pending: int, delayed: int, dead: int, priorities: array<int, array{waiting: int, pending: int}>}
         */
        public function stats(): array {}
        /**
         * Returns the oldest dead letters.
         *
         * @param int $count
         * @return list<array{id: string, body: mixed, reason: string, attempts: int, priority: int, time: float}>
         */
        public function dead(int $count = 100): array {}
        /**
         * Puts the oldest dead letters back into the queue, as if they were new. Those without a body stay.
         *
         * @param int $count
         * @return int how many
         */
        public function redrive(int $count = 100): int {}
        /**
         * Removes all dead letters.
         *
         * @return int how many
         */
        public function clearDead(): int {}
    }
}

namespace Swoole\Process\RedisQueue {
    /** The server of a queue cannot be reached, or does not answer. */
    class ConnectionException extends \Swoole\Process\RedisQueue\Exception
    {
    }

    /** A command of a queue has failed: the server refuses it. */
    class Exception extends \Swoole\Exception
    {
    }

    /** A message that this process has taken from a queue, and has to acknowledge, release or bury. */
    final class Message
    {
        /** @var string the id that push() has returned */
        public readonly string $id;
        /** @var mixed the value that was pushed */
        public readonly mixed $body;
        /** @var int how often the message was taken, this time included */
        public readonly int $attempts;
        /** @var int one of HIGH, NORMAL and LOW of the queue */
        public readonly int $priority;

        /**
         * The message was handled, and is removed.
         *
         * @return bool
         */
        public function ack(): bool {}
        /**
         * Gives the message back. After the last attempt it goes to the dead letters.
         *
         * @param float|null $delay seconds until it may be taken again; null: the backoff of the queue
         * @param string $reason the dead letter has it as its reason
         * @return bool
         */
        public function release(?float $delay = null, string $reason = 'it was released'): bool {}
        /**
         * Moves the message to the dead letters.
         *
         * @param string $reason
         * @return bool
         */
        public function bury(string $reason = 'it was buried'): bool {}
        /**
         * Begins the time of visibility again.
         *
         * @return bool
         */
        public function touch(): bool {}
        /**
         * Whether ack(), release() or bury() was called.
         *
         * @return bool
         */
        public function isSettled(): bool {}
    }
}

namespace Swoole\Timer {
    /**
     * The ids of timers.
     *
     * @extends \ArrayIterator<int, int>
     */
    class Iterator extends \ArrayIterator
    {
    }
}
