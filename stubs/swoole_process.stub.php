<?php

// Generated from Reflection and stubs/texts by `make stubs`: do not edit.

namespace {
    /** A flag of file_put_contents() */
    const FILE_LOCK = 2;
    /** The errno of a call that was cancelled */
    const SOCKET_ECANCELED = 125;
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
    const SWOOLE_ERROR_INVALID_PARAMS = 505;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_NAME_TOO_LONG = 504;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_OPERATION_NOT_SUPPORT = 507;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PACKAGE_LENGTH_NOT_FOUND = 1202;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE = 1201;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_PACKAGE_MALFORMED_DATA = 1204;
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
    const SWOOLE_ERROR_SSL_BAD_CLIENT = 1015;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_BAD_PROTOCOL = 1016;
    /** A code of swoole_last_error() */
    const SWOOLE_ERROR_SSL_CANNOT_USE_SENDFILE = 1012;
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
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_DNS = 2;
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_GAI = 1;
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_SWOOLE = 9;
    /** swoole_strerror(): whose code it is */
    const SWOOLE_STRERROR_SYSTEM = 0;
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
     * Sets options of the process. The table of errors.md describes them.
     *
     * @param array<string, mixed> $settings
     * @return bool
     */
    function swoole_async_set(array $settings): bool {}
    /**
     * Sets swoole_last_error() to 0.
     *
     * @return void
     */
    function swoole_clear_error(): void {}
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
     * Watches a descriptor.
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
     * Tells whether a descriptor is watched.
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
     * Returns the code of the last call that failed: an errno, or one of SWOOLE_ERROR_*.
     *
     * @return int
     */
    function swoole_last_error(): int {}
    /**
     * Sets the title that ps(1) shows for this process.
     *
     * @param string $process_name
     * @return bool
     */
    function swoole_set_process_name(string $process_name): bool {}
    /**
     * Returns the words for a code.
     *
     * @param int $errno
     * @param int $error_type SWOOLE_STRERROR_SYSTEM, GAI, DNS or SWOOLE
     * @return string
     */
    function swoole_strerror(int $errno, int $error_type = SWOOLE_STRERROR_SYSTEM): string {}
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
     * Tells whether a timer exists.
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
         * Adds. What does not fit wraps around.
         *
         * @param int $add_value
         * @return int the new value
         */
        public function add(int $add_value = 1): int {}
        /**
         * Subtracts. What does not fit wraps around.
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
         * Waits for a wakeup. While it is used, the number has to be 0 or 1.
         *
         * @param float $timeout seconds; 0 or less: no limit
         * @return bool
         */
        public function wait(float $timeout = 1.0): bool {}
        /**
         * Wakes processes that wait. Without one, the next wait() returns at once.
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
         * Tells whether a coroutine exists.
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
         * Tells whether the last wait of this coroutine was cancelled.
         *
         * @return bool
         */
        public static function isCanceled(): bool {}
        /**
         * Gives this coroutine some time, from now. Then a TimeoutException is thrown in it.
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
         * Lets a coroutine go on that waits in yield(). It runs at once.
         *
         * @param int $cid
         * @return bool
         */
        public static function resume(int $cid): bool {}
        /**
         * Counts coroutines, and what they use.
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
         * Returns what debug_backtrace() would, for any coroutine.
         *
         * @param int $cid 0: this one
         * @param int $options as of debug_backtrace()
         * @param int $limit 0: all
         * @return list<array<string, mixed>>|false
         */
        public static function getBackTrace(int $cid = 0, int $options = DEBUG_BACKTRACE_PROVIDE_OBJECT, int $limit = 0): array|false {}
        /**
         * Prints what debug_print_backtrace() would, for any coroutine.
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
         * @param bool $get_error_stream the output includes what the command writes to standard error
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
         * @param int $pid
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
         * @param float $timeout seconds; 0 or less: no limit
         * @return int|false what it is ready for
         */
        public static function waitEvent(mixed $socket, int $events = SWOOLE_EVENT_READ, float $timeout = -1): int|false {}
    }

    /** A call that makes no sense where it stands: outside of a coroutine, without a constructor, ... */
    class Error extends \Error
    {
    }

    /** The event loop of the process. It calls back for descriptors, timers and signals. Guide: event.md. */
    class Event
    {
        /**
         * Watches a descriptor.
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
         * Tells whether a descriptor is watched.
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
         * Tells where exit() was called.
         *
         * @return int SWOOLE_EXIT_IN_COROUTINE
         */
        public function getFlags(): int {}
        /**
         * Returns what exit() got.
         *
         * @return int|string|null
         */
        public function getStatus(): mixed {}
    }

    /** A lock between processes. It survives the process that holds it. Guide: lock.md. */
    class Lock
    {
        public const MUTEX = 3;
        public const RWLOCK = 1;
        public const SPINLOCK = 5;

        /** @var int how the last call ended; 130 (EOWNERDEAD): the lock is yours, and its last holder died */
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
         * @param int $operation LOCK_EX to write, LOCK_SH to read; LOCK_NB may be added: do not wait
         * @param float $timeout seconds; 0 or less: no limit
         * @return bool
         */
        public function lock(int $operation = LOCK_EX, float $timeout = -1): bool {}
        /**
         * Gives the lock back.
         *
         * @return bool
         */
        public function unlock(): bool {}
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
         * @param callable(\Swoole\Process): mixed $callback what the child runs; its return value is ignored
         * @param bool $redirect_stdin_and_stdout the child's end of the pipe becomes its standard input, output and error
         * @param int $pipe_type 0: no pipe; 1 (SOCK_STREAM): bytes; 2 (SOCK_DGRAM): whole messages
         * @param bool $enable_coroutine the callback runs as a coroutine, then the event loop until nothing is left to do
         * @throws \Swoole\Error PHP does not run on the command line
         * @throws \Swoole\Exception the pipe cannot be created; the code is the errno
         */
        public function __construct(callable $callback, bool $redirect_stdin_and_stdout = false, int $pipe_type = SOCK_DGRAM, bool $enable_coroutine = false) {}
        /** Closes this process's ends of the pipe. A child that runs goes on. */
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
         * Makes the program a daemon: forks, and the calling process exits. The script goes on in the new process.
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
         * Sets `enable_coroutine`, as the parameter of the constructor does.
         *
         * @param array{enable_coroutine?: bool, ...} $settings other keys are ignored
         * @return void
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
         * Tells how full the queue is.
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
         * @throws \Swoole\Error called inside a coroutine
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
         * @param positive-int $size bytes; what is left of a longer message is lost, with a line in the log
         * @return string|false '' at the end of the pipe: the other side is gone, and all that it wrote was read
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

    /**
     * Rows that processes share: each has a key and the same columns. Guide: table.md.
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
         * Sets columns of a row, and adds the row if it is absent. Other columns stay.
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
         * Counts the rows.
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
         * Tells whether a row is there.
         *
         * @param string $key
         * @return bool
         */
        public function exists(string $key): bool {}
        /**
         * Tells whether a row is there.
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
         * Adds a row, unless it is there.
         *
         * @param string $key
         * @param array<string, int|float|string|bool|null> $values
         * @return bool
         */
        public function add(string $key, array $values): bool {}
        /**
         * Changes a row, if it is there.
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
        /**
         * Returns the property `size`.
         *
         * @return int
         */
        public function getSize(): int {}
        /**
         * Returns the property `memorySize`.
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
         * Tells whether the iteration has a row. foreach calls it.
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
         * Tells whether a timer exists.
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
         * Adds. What does not fit wraps around.
         *
         * @param int $add_value
         * @return int the new value
         */
        public function add(int $add_value = 1): int {}
        /**
         * Subtracts. What does not fit wraps around.
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
         * Tells whether it has no value.
         *
         * @return bool
         */
        public function isEmpty(): bool {}
        /**
         * Tells whether it has no room.
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
         * Returns how many values it has.
         *
         * @return int<0, max>
         */
        public function length(): int {}
    }

    /** A client whose calls yield to other coroutines while they wait. Guide: client.md. */
    class Client
    {
        /** @var int why the last call failed */
        public $errCode = 0;
        /** @var string its text */
        public $errMsg = '';
        /** @var int the number of its descriptor; -1 without a connection */
        public $fd = -1;
        /** @var int what the constructor got */
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
         * Connects. A name is looked up.
         *
         * @param string $host a name, an address or a path
         * @param int $port
         * @param float $timeout seconds; 0: the setting; negative: no limit
         * @param int $sock_flag not used
         * @return bool
         */
        public function connect(string $host, int $port = 0, float $timeout = 0, int $sock_flag = 0): bool {}
        /**
         * Returns data that are there, and leaves them there.
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
         * Receives a datagram, and tells who sent it.
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
         * Tells whether it is connected.
         *
         * @return bool
         */
        public function isConnected(): bool {}
        /**
         * Returns its own address.
         *
         * @return array{host: string, port: int}|false
         */
        public function getsockname(): array|false {}
        /**
         * Returns the address of the other side.
         *
         * @return array{host: string, port: int}|false
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

    /** A lock between coroutines; who waits for it yields. Guide: lock.md. */
    class Lock
    {
        /** @var int how the last call ended; 130 (EOWNERDEAD): the lock is yours, and its last holder ended without unlocking */
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
         * @param int $operation LOCK_EX; LOCK_NB may be added: do not wait
         * @return bool
         * @throws \Swoole\Error outside of a coroutine
         */
        public function lock(int $operation = LOCK_EX): bool {}
        /**
         * Gives the lock back. The coroutine that has waited longest runs before this call returns.
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
         * Binds an address.
         *
         * @param string $host IPv4, IPv6 or unix:/path
         * @param int $port 0: a free one, which the property port tells
         * @param bool $ssl speak TLS
         * @param bool $reuse_port several processes may bind the port
         * @throws \Swoole\Exception the address cannot be used
         */
        public function __construct(string $host, int $port = 0, bool $ssl = false, bool $reuse_port = false) {}
        /**
         * Sets what a packet is, and TLS, for connections.
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
         * Ends start(). Connections go on.
         *
         * @return bool
         */
        public function shutdown(): bool {}
        /**
         * Accepts connections until shutdown().
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
         * Gives the socket an address of its own.
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
         * Tells whether the peer is known to be gone. It does not wait.
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
         * Returns data that are there, and leaves them there. It does not wait.
         *
         * @param int $length bytes at most
         * @return string|false
         */
        public function peek(int $length = 65536): string|false {}
        /**
         * Waits for data.
         *
         * @param int $length bytes at most; what is left of a longer message is lost, with a line in the log
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false '' at the end
         */
        public function recv(int $length = 65536, float $timeout = 0): string|false {}
        /**
         * Waits for all bytes; on a message socket for one message.
         *
         * @param int $length
         * @param float $timeout seconds; 0: the socket's own limit; negative: no limit
         * @return string|false fewer bytes at the end, and when the time is over: errCode tells which
         */
        public function recvAll(int $length = 65536, float $timeout = 0): string|false {}
        /**
         * Waits for a line.
         *
         * @param int $length a longer line comes in pieces
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
         * Receives what is there, as strings of these lengths.
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
         * @return int|false the number of bytes; fewer than there are: errCode tells why
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
         * @return int|false the number of bytes; fewer than there are: errCode tells why
         */
        public function sendAll(string $data, float $timeout = 0): int|false {}
        /**
         * Receives one message, and tells who sent it.
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
         * Says what a packet is, and sets up TLS. The tables of socket.md describe the settings.
         *
         * @param array{open_eof_check?: bool, open_eof_split?: bool, package_eof?: non-empty-string, open_length_check?: bool, package_length_type?: string, package_length_offset?: int, package_body_offset?: int, package_length_func?: callable(string): int, package_max_length?: int, open_ssl?: bool, ...} $settings
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
         * Tells whether the socket is closed.
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
         * Returns the protocol that both sides have agreed on by ALPN (the setting ssl_alpn_protocols).
         *
         * @return string|false
         */
        public function getAlpnProtocol(): string|false {}
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
         * @param bool $get_error_stream the output includes what the command writes to standard error
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
         * @param int $pid
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
         * @param float $timeout seconds; 0 or less: no limit
         * @return int|false what it is ready for
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
    /** A socket cannot be created, or a vector has an item that makes no sense. */
    class Exception extends \Swoole\Exception
    {
    }
}

namespace Swoole\Process {
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
         * Changes settings, as Pool::set() does.
         *
         * @param array<string, mixed> $settings
         * @return $this
         * @throws \Swoole\Exception a value without sense
         */
        public function set(array $settings): self {}
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
     * @phpstan-type CrashReport array{worker_id: int, pid: int, code: int, signal: int, signal_name: string|null, uptime: float, restarts: int, asked: bool, delay: float|null}
     * @psalm-type CrashReport = array{worker_id: int, pid: int, code: int, signal: int, signal_name: string|null, uptime: float, restarts: int, asked: bool, delay: float|null}
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
        /** @var bool false as soon as this worker is stopping */
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
         * @param array{max_wait_time?: int|float|string|null, enable_coroutine?: bool|null, enable_message_bus?: bool|null, max_package_size?: int|string|null, max_requests?: int|null, max_request?: int|null, max_lifetime?: int|float|string|null, max_memory?: int|string|null, restart_delay?: int|float|string|null, restart_max_delay?: int|float|string|null, restart_window?: int|float|string|null, max_restarts?: int|null, ...} $settings
         * @return void
         * @throws \Swoole\Exception a value without sense; nothing is changed
         */
        public function set(array $settings): void {}
        /**
         * Sets the handler of an event, before start(). Names are not case-sensitive.
         *
         * - `Start`, `Shutdown`: `callable(Pool): mixed`, in the master
         * - `WorkerError`: `callable(Pool, int $workerId, array $report): mixed`, in the master
         * - `WorkerStart`, `WorkerExit`, `WorkerStop`: `callable(Pool, int $workerId): mixed`, in a worker
         * - `Message`: `callable(Pool, string $data): mixed`, in a worker
         *
         * @param 'Start'|'Shutdown'|'WorkerError'|'WorkerStart'|'WorkerExit'|'WorkerStop'|'Message'|string $name
         * @param (callable(\Swoole\Process\Pool): mixed)|(callable(\Swoole\Process\Pool, int): mixed)|(callable(\Swoole\Process\Pool, string): mixed)|(callable(\Swoole\Process\Pool, int, CrashReport): mixed) $callback one of the signatures above
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
         * Tells what the pool does.
         *
         * @return array{state: 'running'|'stopping'|'stopped', master_pid: int, restarts: int, messages: int, workers: list<array{state: 'running'|'stopping'|'waiting', pid: int|null, started: float|null, restarts: int, messages: int, memory: int|null}>}
         */
        public function stats(): array {}
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
