<?php

// Generated from Reflection by `make stubs`: do not edit.

namespace {
    const FILE_LOCK = 2;
    const SOCKET_ECANCELED = 125;
    const SWOOLE_CHANNEL_CANCELED = -3;
    const SWOOLE_CHANNEL_CLOSED = -2;
    const SWOOLE_CHANNEL_OK = 0;
    const SWOOLE_CHANNEL_TIMEOUT = -1;
    const SWOOLE_CORO_END = 3;
    const SWOOLE_CORO_INIT = 0;
    const SWOOLE_CORO_MAX_NUM_LIMIT = 9223372036854775807;
    const SWOOLE_CORO_RUNNING = 2;
    const SWOOLE_CORO_WAITING = 1;
    const SWOOLE_DEBUG = false;
    const SWOOLE_DEFAULT_MAX_CORO_NUM = 100000;
    const SWOOLE_ERROR_AIO_BAD_REQUEST = 4001;
    const SWOOLE_ERROR_AIO_CANCELED = 4002;
    const SWOOLE_ERROR_AIO_TIMEOUT = 4003;
    const SWOOLE_ERROR_BAD_HOST_ADDR = 722;
    const SWOOLE_ERROR_BAD_IPV6_ADDRESS = 720;
    const SWOOLE_ERROR_BAD_PORT = 723;
    const SWOOLE_ERROR_BAD_SOCKET_TYPE = 724;
    const SWOOLE_ERROR_CLIENT_NO_CONNECTION = 5001;
    const SWOOLE_ERROR_CO_BLOCK_OBJECT_LOCKED = 10005;
    const SWOOLE_ERROR_CO_BLOCK_OBJECT_WAITING = 10006;
    const SWOOLE_ERROR_CO_CANCELED = 10017;
    const SWOOLE_ERROR_CO_CANNOT_CANCEL = 10015;
    const SWOOLE_ERROR_CO_DISABLED_MULTI_THREAD = 10014;
    const SWOOLE_ERROR_CO_GETCONTEXT_FAILED = 10008;
    const SWOOLE_ERROR_CO_HAS_BEEN_BOUND = 10002;
    const SWOOLE_ERROR_CO_HAS_BEEN_DISCARDED = 10003;
    const SWOOLE_ERROR_CO_IOCPINIT_FAILED = 10011;
    const SWOOLE_ERROR_CO_MAKECONTEXT_FAILED = 10010;
    const SWOOLE_ERROR_CO_MUTEX_DOUBLE_UNLOCK = 10004;
    const SWOOLE_ERROR_CO_NOT_EXISTS = 10016;
    const SWOOLE_ERROR_CO_OUT_OF_COROUTINE = 10001;
    const SWOOLE_ERROR_CO_PROTECT_STACK_FAILED = 10012;
    const SWOOLE_ERROR_CO_SOCKET_CLOSE_WAIT = 10019;
    const SWOOLE_ERROR_CO_STD_THREAD_LINK_ERROR = 10013;
    const SWOOLE_ERROR_CO_SWAPCONTEXT_FAILED = 10009;
    const SWOOLE_ERROR_CO_TIMEDOUT = 10018;
    const SWOOLE_ERROR_CO_YIELD_FAILED = 10007;
    const SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE = 1203;
    const SWOOLE_ERROR_DNSLOOKUP_DUPLICATE_REQUEST = 710;
    const SWOOLE_ERROR_DNSLOOKUP_NO_SERVER = 714;
    const SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED = 711;
    const SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT = 712;
    const SWOOLE_ERROR_DNSLOOKUP_UNSUPPORTED = 713;
    const SWOOLE_ERROR_EVENT_ADD_FAILED = 801;
    const SWOOLE_ERROR_EVENT_REMOVE_FAILED = 800;
    const SWOOLE_ERROR_EVENT_UNKNOWN_DATA = 803;
    const SWOOLE_ERROR_EVENT_UPDATE_FAILED = 802;
    const SWOOLE_ERROR_FILE_EMPTY = 702;
    const SWOOLE_ERROR_FILE_NOT_EXIST = 700;
    const SWOOLE_ERROR_FILE_TOO_LARGE = 701;
    const SWOOLE_ERROR_INVALID_PARAMS = 505;
    const SWOOLE_ERROR_NAME_TOO_LONG = 504;
    const SWOOLE_ERROR_OPERATION_NOT_SUPPORT = 507;
    const SWOOLE_ERROR_PACKAGE_LENGTH_NOT_FOUND = 1202;
    const SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE = 1201;
    const SWOOLE_ERROR_PACKAGE_MALFORMED_DATA = 1204;
    const SWOOLE_ERROR_PROTOCOL_ERROR = 508;
    const SWOOLE_ERROR_QUEUE_FULL = 506;
    const SWOOLE_ERROR_SOCKET_CLOSED = 6001;
    const SWOOLE_ERROR_SOCKET_NOT_EXISTS = 6003;
    const SWOOLE_ERROR_SOCKET_POLL_TIMEOUT = 6002;
    const SWOOLE_ERROR_SSL_BAD_CLIENT = 1015;
    const SWOOLE_ERROR_SSL_BAD_PROTOCOL = 1016;
    const SWOOLE_ERROR_SSL_CANNOT_USE_SENDFILE = 1012;
    const SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED = 1019;
    const SWOOLE_ERROR_SSL_CREATE_SESSION_FAILED = 1020;
    const SWOOLE_ERROR_SSL_EMPTY_PEER_CERTIFICATE = 1013;
    const SWOOLE_ERROR_SSL_HANDSHAKE_FAILED = 1018;
    const SWOOLE_ERROR_SSL_NOT_READY = 1011;
    const SWOOLE_ERROR_SSL_RESET = 1017;
    const SWOOLE_ERROR_SSL_VERIFY_FAILED = 1014;
    const SWOOLE_ERROR_SYSTEM_CALL_FAIL = 502;
    const SWOOLE_ERROR_UNREGISTERED_SIGNAL = 721;
    const SWOOLE_ERROR_WRONG_OPERATION = 509;
    const SWOOLE_EVENT_READ = 512;
    const SWOOLE_EVENT_WRITE = 1024;
    const SWOOLE_EXIT_IN_COROUTINE = 2;
    const SWOOLE_EXIT_IN_SERVER = 4;
    const SWOOLE_EXTRA_VERSION = '';
    const SWOOLE_HOOK_ALL = 2143285247;
    const SWOOLE_HOOK_CURL = 2048;
    const SWOOLE_HOOK_FILE = 256;
    const SWOOLE_HOOK_MONGODB = 4194304;
    const SWOOLE_HOOK_NATIVE_CURL = 4096;
    const SWOOLE_HOOK_NET_FUNCTION = 2097152;
    const SWOOLE_HOOK_PROC = 1024;
    const SWOOLE_HOOK_SLEEP = 512;
    const SWOOLE_HOOK_SOCKETS = 16384;
    const SWOOLE_HOOK_SSL = 32;
    const SWOOLE_HOOK_STDIO = 32768;
    const SWOOLE_HOOK_STREAM_FUNCTION = 128;
    const SWOOLE_HOOK_STREAM_SELECT = 128;
    const SWOOLE_HOOK_TCP = 2;
    const SWOOLE_HOOK_TLS = 64;
    const SWOOLE_HOOK_UDG = 16;
    const SWOOLE_HOOK_UDP = 4;
    const SWOOLE_HOOK_UNIX = 8;
    const SWOOLE_IOV_MAX = 1024;
    const SWOOLE_IPC_MSGQUEUE = 2;
    const SWOOLE_IPC_NONE = 0;
    const SWOOLE_IPC_PREEMPTIVE = 3;
    const SWOOLE_IPC_SOCKET = 3;
    const SWOOLE_IPC_UNIXSOCK = 1;
    const SWOOLE_IPC_UNSOCK = 1;
    const SWOOLE_LIBRARY = true;
    const SWOOLE_LOG_DEBUG = 0;
    const SWOOLE_LOG_ERROR = 5;
    const SWOOLE_LOG_INFO = 2;
    const SWOOLE_LOG_NONE = 6;
    const SWOOLE_LOG_NOTICE = 3;
    const SWOOLE_LOG_ROTATION_DAILY = 2;
    const SWOOLE_LOG_ROTATION_EVERY_MINUTE = 4;
    const SWOOLE_LOG_ROTATION_HOURLY = 3;
    const SWOOLE_LOG_ROTATION_MONTHLY = 1;
    const SWOOLE_LOG_ROTATION_SINGLE = 0;
    const SWOOLE_LOG_TRACE = 1;
    const SWOOLE_LOG_WARNING = 4;
    const SWOOLE_MAJOR_VERSION = 6;
    const SWOOLE_MINOR_VERSION = 2;
    const SWOOLE_MSGQUEUE_BALANCE = 2;
    const SWOOLE_MSGQUEUE_ORIENT = 1;
    const SWOOLE_MUTEX = 3;
    const SWOOLE_RAW = 7;
    const SWOOLE_RAW6 = 8;
    const SWOOLE_RELEASE_VERSION = 2;
    const SWOOLE_RWLOCK = 1;
    const SWOOLE_SOCK_ASYNC = true;
    const SWOOLE_SOCK_RAW = 7;
    const SWOOLE_SOCK_RAW6 = 8;
    const SWOOLE_SOCK_SYNC = false;
    const SWOOLE_SOCK_TCP = 1;
    const SWOOLE_SOCK_TCP6 = 3;
    const SWOOLE_SOCK_UDP = 2;
    const SWOOLE_SOCK_UDP6 = 4;
    const SWOOLE_SOCK_UNIX_DGRAM = 6;
    const SWOOLE_SOCK_UNIX_STREAM = 5;
    const SWOOLE_SPINLOCK = 5;
    const SWOOLE_SSL = 512;
    const SWOOLE_SSL_SSLv2 = 2;
    const SWOOLE_SSL_SSLv3 = 4;
    const SWOOLE_SSL_TLSv1 = 8;
    const SWOOLE_SSL_TLSv1_1 = 16;
    const SWOOLE_SSL_TLSv1_2 = 32;
    const SWOOLE_SSL_TLSv1_3 = 64;
    const SWOOLE_STRERROR_DNS = 2;
    const SWOOLE_STRERROR_GAI = 1;
    const SWOOLE_STRERROR_SWOOLE = 9;
    const SWOOLE_STRERROR_SYSTEM = 0;
    const SWOOLE_TCP = 1;
    const SWOOLE_TCP6 = 3;
    const SWOOLE_TIMER_MAX_MS = 9223372036854775807;
    const SWOOLE_TIMER_MAX_SEC = 9223372036854776.0;
    const SWOOLE_TIMER_MIN_MS = 1;
    const SWOOLE_TIMER_MIN_SEC = 0.001;
    const SWOOLE_TRACE_AIO = 524288;
    const SWOOLE_TRACE_ALL = 9223372036854775807;
    const SWOOLE_TRACE_BUFFER = 8;
    const SWOOLE_TRACE_CARES = 1073741824;
    const SWOOLE_TRACE_CHANNEL = 4194304;
    const SWOOLE_TRACE_CLIENT = 4;
    const SWOOLE_TRACE_CLOSE = 16384;
    const SWOOLE_TRACE_CO_CURL = 536870912;
    const SWOOLE_TRACE_CO_FIREBIRD = 68719476736;
    const SWOOLE_TRACE_CO_HTTP_SERVER = 134217728;
    const SWOOLE_TRACE_CO_ODBC = 8589934592;
    const SWOOLE_TRACE_CO_ORACLE = 17179869184;
    const SWOOLE_TRACE_CO_PGSQL = 4294967296;
    const SWOOLE_TRACE_CO_SQLITE = 34359738368;
    const SWOOLE_TRACE_CO_SSH2 = 137438953472;
    const SWOOLE_TRACE_CONN = 16;
    const SWOOLE_TRACE_CONTEXT = 67108864;
    const SWOOLE_TRACE_COROUTINE = 33554432;
    const SWOOLE_TRACE_EOF_PROTOCOL = 4096;
    const SWOOLE_TRACE_EVENT = 32;
    const SWOOLE_TRACE_HTTP = 1024;
    const SWOOLE_TRACE_HTTP2 = 2048;
    const SWOOLE_TRACE_HTTP_CLIENT = 262144;
    const SWOOLE_TRACE_LENGTH_PROTOCOL = 8192;
    const SWOOLE_TRACE_MEMORY = 128;
    const SWOOLE_TRACE_MYSQL_CLIENT = 131072;
    const SWOOLE_TRACE_NORMAL = 2097152;
    const SWOOLE_TRACE_PHP = 512;
    const SWOOLE_TRACE_REACTOR = 256;
    const SWOOLE_TRACE_REDIS_CLIENT = 65536;
    const SWOOLE_TRACE_SERVER = 2;
    const SWOOLE_TRACE_SOCKET = 16777216;
    const SWOOLE_TRACE_SSL = 1048576;
    const SWOOLE_TRACE_TABLE = 268435456;
    const SWOOLE_TRACE_THREAD = 1099511627776;
    const SWOOLE_TRACE_TIMER = 8388608;
    const SWOOLE_TRACE_WEBSOCKET = 32768;
    const SWOOLE_TRACE_WORKER = 64;
    const SWOOLE_TRACE_ZLIB = 2147483648;
    const SWOOLE_UDP = 2;
    const SWOOLE_UDP6 = 4;
    const SWOOLE_UNIX_DGRAM = 6;
    const SWOOLE_UNIX_STREAM = 5;
    const SWOOLE_USE_SHORTNAME = true;
    const SWOOLE_VERSION = '6.2.2';
    const SWOOLE_VERSION_ID = 60202;
    const SWOOLE_WORKER_BUSY = 1;
    const SWOOLE_WORKER_EXIT = 3;
    const SWOOLE_WORKER_IDLE = 2;
    const TCP_INFO = 11;

    function _array(array $array = []): \Swoole\ArrayObject {}
    function _mbstring(string $string = ''): \Swoole\MultibyteStringObject {}
    function _string(string $string = ''): \Swoole\StringObject {}
    function defer(callable $callback): void {}
    function go(callable $func, mixed ...$params): int|false {}
    function swoole_array(array $array = []): \Swoole\ArrayObject {}
    function swoole_array_default_value(array $array, $key, $default_value = null) {}
    function swoole_array_list(...$arrray): \Swoole\ArrayObject {}
    function swoole_async_dns_lookup_coro(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false {}
    function swoole_async_set(array $settings): bool {}
    function swoole_clear_dns_cache(): void {}
    function swoole_clear_error(): void {}
    function swoole_container_cpu_num() {}
    function swoole_coroutine_create(callable $func, mixed ...$params): int|false {}
    function swoole_coroutine_defer(callable $callback): void {}
    function swoole_coroutine_socketpair(int $domain, int $type, int $protocol): array|false {}
    function swoole_cpu_num(): int {}
    function swoole_errno(): int {}
    function swoole_error_log(int $level, string $msg): void {}
    function swoole_error_log_ex(int $level, int $error, string $msg): void {}
    function swoole_event_add(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = SWOOLE_EVENT_READ): int|false {}
    function swoole_event_cycle(?callable $callback, bool $before = false): bool {}
    function swoole_event_defer(callable $callback): bool {}
    function swoole_event_del(mixed $fd): bool {}
    function swoole_event_dispatch(): bool {}
    function swoole_event_exit(): void {}
    function swoole_event_isset(mixed $fd, int $events = 1536): bool {}
    function swoole_event_rshutdown(): void {}
    function swoole_event_set(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = 0): bool {}
    function swoole_event_wait(): void {}
    function swoole_event_write(mixed $fd, string $data): bool {}
    function swoole_get_local_ip(): array|false {}
    function swoole_get_local_mac(): array|false {}
    function swoole_get_mime_type(string $filename): string {}
    function swoole_hashcode(string $data, int $type = 0): int|false {}
    function swoole_ignore_error(int $error): void {}
    function swoole_is_in_container() {}
    function swoole_last_error(): int {}
    function swoole_library_get_option(string $key): mixed {}
    function swoole_library_get_options(): array {}
    function swoole_library_set_option(string $key, mixed $value): void {}
    function swoole_library_set_options(array $options): void {}
    function swoole_mbstring(string $string = ''): \Swoole\MultibyteStringObject {}
    function swoole_mime_type_add(string $suffix, string $mime_type): bool {}
    function swoole_mime_type_delete(string $suffix): bool {}
    function swoole_mime_type_exists(string $filename): bool {}
    function swoole_mime_type_get(string $filename): string {}
    function swoole_mime_type_list(): array {}
    function swoole_mime_type_set(string $suffix, string $mime_type): void {}
    function swoole_set_process_name(string $process_name): bool {}
    function swoole_strerror(int $errno, int $error_type = SWOOLE_STRERROR_SYSTEM): string {}
    function swoole_string(string $string = ''): \Swoole\StringObject {}
    function swoole_substr_json_decode(string $str, int $offset, int $length, bool $associative = false, int $depth = 512, int $flags = 0): mixed {}
    function swoole_substr_unserialize(string $str, int $offset, int $length, array $options = []): mixed {}
    function swoole_table(int $size, string $fields): \Swoole\Table {}
    function swoole_timer_after(int $ms, callable $callback, mixed ...$params): int|false {}
    function swoole_timer_clear(int $timer_id): bool {}
    function swoole_timer_clear_all(): bool {}
    function swoole_timer_exists(int $timer_id): bool {}
    function swoole_timer_info(int $timer_id): array|false|null {}
    function swoole_timer_list(): \Swoole\Timer\Iterator {}
    function swoole_timer_stats(): array {}
    function swoole_timer_tick(int $ms, callable $callback, mixed ...$params): int|false {}
    function swoole_version(): string {}

    class SwooleLibrary
    {
        public static array $options = [];

        public static function setOptions(array $options): void {}
        public static function getOptions(): array {}
        public static function setOption(string $key, mixed $value): void {}
        public static function getOption(string $key): mixed {}
        public static function arrayList(mixed ...$values): \Swoole\ArrayObject {}
        public static function arrayDefaultValue(array $array, mixed $key, mixed $default): mixed {}
        /** A table with the columns `name:type[:length],...`; the types are int, float and string, or their first letters. */
        public static function table(int $size, string $fields): \Swoole\Table {}
        private static function length(?string $text): int {}
        public static function isInContainer(): bool {}
        /** The processors that this process may use by the limits of its control group, rounded down; all of them without a limit. */
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
    function batch(array $tasks, float $timeout = -1.0): array {}
    function defer(callable $fn): void {}
    function go(callable $fn, ...$args): int|false {}
    function map(array $list, callable $fn, float $timeout = -1.0): array {}
    function parallel(int $n, callable $fn): void {}
    function run(callable $fn, ...$args): bool {}
}

namespace Swoole {
    /** Not in Swoole. @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle @return resource|\Socket|\Swoole\Coroutine\Socket|false */
    function dup(mixed $handle): mixed {}

    class ArrayObject implements \ArrayAccess, \Serializable, \Countable, \Iterator
    {
        protected $array;

        public function __construct(array $array = []) {}
        public static function from(array $array = []): static {}
        public function __toArray(): array {}
        public function toArray(): array {}
        public function __serialize(): array {}
        public function __unserialize(array $data): void {}
        public function serialize(): string {}
        public function unserialize($string): self {}
        public function isEmpty(): bool {}
        public function count(): int {}
        public function current() {}
        public function key() {}
        public function valid(): bool {}
        public function rewind() {}
        public function next() {}
        /** The element; arrays and strings as objects. */
        public function get(mixed $key) {}
        public function getOr(mixed $key, mixed $default = NULL) {}
        public function first() {}
        public function last() {}
        public function firstKey() {}
        public function lastKey() {}
        public function randomGet() {}
        public function set(mixed $key, mixed $value): self {}
        public function delete(mixed $key): self {}
        /** Removes the first element of this value; all of them with `$loop`. */
        public function remove(mixed $value, bool $strict = true, bool $loop = false): self {}
        public function clear(): self {}
        public function offsetGet(mixed $key) {}
        public function offsetSet(mixed $key, mixed $value): void {}
        public function offsetUnset(mixed $key): void {}
        public function offsetExists(mixed $key) {}
        public function exists(mixed $key): bool {}
        public function contains(mixed $value, bool $strict = true): bool {}
        public function search(mixed $needle, bool $strict = true) {}
        public function indexOf(mixed $value, bool $strict = true) {}
        /** The last key of this value; null when there is none. */
        public function lastIndexOf(mixed $value, bool $strict = true) {}
        public function join(string $glue = ''): \Swoole\StringObject {}
        public function sum() {}
        public function product() {}
        public function push(mixed $value) {}
        public function pushBack(mixed $value) {}
        public function pushFront(mixed $value) {}
        public function append(...$values): \Swoole\ArrayObject {}
        public function insert(int $offset, mixed $value): self {}
        public function pop() {}
        public function popBack() {}
        public function popFront() {}
        public function slice(int $offset, ?int $length = NULL, bool $preserve_keys = false): static {}
        public function each(callable $fn): self {}
        public function map(callable $fn, ...$args): static {}
        public function reduce(callable $fn, $initial = NULL) {}
        public function keys(...$args): static {}
        public function values(): static {}
        public function column(mixed $column_key, mixed $index = NULL): static {}
        public function unique(int $sort_flags = Swoole\SORT_STRING): static {}
        public function reverse(bool $preserve_keys = false): static {}
        public function chunk(int $size, bool $preserve_keys = false): static {}
        public function flip(): static {}
        public function filter(callable $fn, int $flag = 0): static {}
        public function asort(int $sort_flags = Swoole\SORT_REGULAR): self {}
        public function arsort(int $sort_flags = Swoole\SORT_REGULAR): self {}
        public function ksort(int $sort_flags = Swoole\SORT_REGULAR): self {}
        public function krsort(int $sort_flags = Swoole\SORT_REGULAR): self {}
        public function natsort(): self {}
        public function natcasesort(): self {}
        public function sort(int $sort_flags = Swoole\SORT_REGULAR): self {}
        public function rsort(int $sort_flags = Swoole\SORT_REGULAR): self {}
        public function shuffle(): self {}
        public function usort(callable $value_compare_func): self {}
        public function uasort(callable $value_compare_func): self {}
        public function uksort(callable $value_compare_func): self {}
        protected static function detectType(mixed $value) {}
        protected static function detectStringType(string $value): \Swoole\StringObject {}
        protected static function detectArrayType(array $value): static {}
    }

    class Atomic
    {
        public function __construct(int $value = 0) {}
        public function add(int $add_value = 1): int {}
        public function sub(int $sub_value = 1): int {}
        public function get(): int {}
        public function set(int $value): void {}
        public function wait(float $timeout = 1.0): bool {}
        public function wakeup(int $count = 1): bool {}
        public function cmpset(int $cmp_value, int $new_value): bool {}
    }

    class ConnectionPool
    {
        public const DEFAULT_SIZE = 64;

        protected ?\Swoole\Coroutine\Channel $pool;
        protected $constructor;
        protected int $size;
        protected int $num = 0;
        protected ?string $proxy;

        /** @param string|null $proxy a class whose constructor takes the function that makes a connection */
        public function __construct(callable $constructor, int $size = self::DEFAULT_SIZE, ?string $proxy = NULL) {}
        /** Makes connections until there are as many as there may be. */
        public function fill(): void {}
        /** A connection; false when none came back within `$timeout` seconds. */
        public function get(float $timeout = -1.0) {}
        /** Takes a connection back; null for one that is broken, in whose place another one is made. */
        public function put($connection): void {}
        /** Frees the connections; those in use are freed when they come back. */
        public function close(): void {}
        protected function make(): void {}
    }

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

    class Coroutine
    {
        public static function create(callable $func, mixed ...$param): int|false {}
        public static function defer(callable $callback): void {}
        public static function set(array $options): void {}
        public static function getOptions(): ?array {}
        public static function exists(int $cid): bool {}
        public static function yield(): bool {}
        public static function cancel(int $cid, bool $throw_exception = false): bool {}
        public static function join(array $cid_array, float $timeout = -1): bool {}
        public static function isCanceled(): bool {}
        public static function setTimeLimit(float $timeout): bool {}
        public static function suspend(): bool {}
        public static function resume(int $cid): bool {}
        public static function stats(): array {}
        public static function getCid(): int {}
        public static function getuid(): int {}
        public static function getPcid(int $cid = 0): int|false {}
        public static function getContext(int $cid = 0): ?\Swoole\Coroutine\Context {}
        public static function getBackTrace(int $cid = 0, int $options = DEBUG_BACKTRACE_PROVIDE_OBJECT, int $limit = 0): array|false {}
        public static function printBackTrace(int $cid = 0, int $options = 0, int $limit = 0): void {}
        public static function getElapsed(int $cid = 0): int {}
        public static function getStackUsage(int $cid = 0): int|false {}
        public static function list(): \Swoole\Coroutine\Iterator {}
        public static function listCoroutines(): \Swoole\Coroutine\Iterator {}
        public static function enableScheduler(): bool {}
        public static function disableScheduler(): bool {}
        public static function gethostbyname(string $domain_name, int $type = AF_INET, float $timeout = -1): string|false {}
        public static function dnsLookup(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false {}
        public static function exec(string $command, bool $get_error_stream = false): array|false {}
        public static function sleep(float $seconds): bool {}
        public static function getaddrinfo(string $domain, int $family = AF_INET, int $socktype = SOCK_STREAM, int $protocol = STREAM_IPPROTO_TCP, ?string $service = null, float $timeout = -1): array|bool {}
        public static function statvfs(string $path): array {}
        public static function readFile(string $filename, int $flag = 0): string|false {}
        public static function writeFile(string $filename, string $fileContent, int $flags = 0): int|false {}
        public static function wait(float $timeout = -1): array|false {}
        public static function waitPid(int $pid, float $timeout = -1): array|false {}
        public static function waitSignal(array|int $signals, float $timeout = -1): int|false {}
        public static function waitEvent(mixed $socket, int $events = SWOOLE_EVENT_READ, float $timeout = -1): int|false {}
    }

    class Error extends \Error
    {
    }

    class Event
    {
        public static function add(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = SWOOLE_EVENT_READ): int|false {}
        public static function del(mixed $fd): bool {}
        public static function set(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = 0): bool {}
        public static function isset(mixed $fd, int $events = 1536): bool {}
        public static function dispatch(): bool {}
        public static function defer(callable $callback): bool {}
        public static function cycle(?callable $callback, bool $before = false): bool {}
        public static function write(mixed $fd, string $data): bool {}
        public static function wait(): void {}
        public static function rshutdown(): void {}
        public static function exit(): void {}
    }

    class Exception extends \Exception
    {
    }

    class ExitException extends \Swoole\Exception
    {
        private $flags = 0;
        private $status = 0;

        public function getFlags(): int {}
        public function getStatus(): mixed {}
    }

    class Lock
    {
        public const MUTEX = 3;
        public const RWLOCK = 1;
        public const SPINLOCK = 5;

        public $errCode = 0;

        public function __construct(int $type = SWOOLE_MUTEX) {}
        public function lock(int $operation = LOCK_EX, float $timeout = -1): bool {}
        public function unlock(): bool {}
    }

    class MultibyteStringObject extends \Swoole\StringObject
    {
        public function length(): int {}
        public function pos(string $needle, int $offset = 0, ?string $encoding = NULL): int|false {}
        public function rpos(string $needle, int $offset = 0, ?string $encoding = NULL): int|false {}
        public function indexOf(string $needle, int $offset = 0, ?string $encoding = NULL): int|false {}
        public function lastIndexOf(string $needle, int $offset = 0, ?string $encoding = NULL): int|false {}
        public function ipos(string $needle, ?string $encoding = NULL): int|false {}
        public function substr(int $offset, ?int $length = NULL, ?string $encoding = NULL): static {}
        public function chunk(int $length = 1): \Swoole\ArrayObject {}
    }

    class ObjectProxy
    {
        protected $__object;

        public function __construct($object) {}
        public function __getObject() {}
        public function __get(string $name) {}
        public function __set(string $name, $value): void {}
        public function __isset($name) {}
        public function __unset(string $name): void {}
        public function __call(string $name, array $arguments) {}
        public function __invoke(...$arguments) {}
    }

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

        public $pipe;
        public $msgQueueId;
        public $msgQueueKey;
        public $pid;
        public $id;
        private $callback;

        public function __construct(callable $callback, bool $redirect_stdin_and_stdout = false, int $pipe_type = SOCK_DGRAM, bool $enable_coroutine = false) {}
        public function __destruct() {}
        public static function wait(bool $blocking = true): array|false {}
        public static function signal(int $signal_no, ?callable $callback = null): bool {}
        public static function alarm(int $usec, int $type = 0): bool {}
        public static function kill(int $pid, int $signal_no = SIGTERM): bool {}
        public static function daemon(bool $nochdir = true, bool $noclose = true, array $pipes = []): bool {}
        public static function setAffinity(array $cpu_settings): bool {}
        public static function getAffinity(): array {}
        public function setPriority(int $which, int $priority, ?int $who = null): bool {}
        public function getPriority(int $which, ?int $who = null): int|false {}
        public function set(array $settings): void {}
        public function setTimeout(float $seconds): bool {}
        public function setBlocking(bool $blocking): bool {}
        public function useQueue(int $key = 0, int $mode = 2, int $capacity = -1): bool {}
        public function statQueue(): array|false {}
        public function freeQueue(): bool {}
        public function start(): int|bool {}
        public function write(string $data): int|false {}
        public function close(int $which = 0): bool {}
        public function read(int $size = 8192): string|false {}
        public function push(string $data): bool {}
        public function pop(int $size = 65536): string|false {}
        public function exit(int $exit_code = 0): void {}
        public function exec(string $exec_file, array $args): bool {}
        public function exportSocket(): \Swoole\Coroutine\Socket|false {}
        public function name(string $process_name): bool {}
        /** Not in Swoole. @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle */
        public function sendHandle(mixed $handle, string $data = ''): bool {}
        /** Not in Swoole. @param-out string $data @return resource|false */
        public function receiveHandle(float $timeout = 0, mixed &$data = null): mixed {}
    }

    class Runtime
    {
        public static function enableCoroutine(int $flags = SWOOLE_HOOK_ALL): bool {}
        public static function getHookFlags(): int {}
        public static function setHookFlags(int $flags): bool {}
    }

    class StringObject implements \Stringable
    {
        protected string $string;

        public function __construct(string $string = '') {}
        public static function from(string $string = ''): static {}
        public function __toString(): string {}
        public function toString(): string {}
        public function length(): int {}
        public function indexOf(string $needle, int $offset = 0): int|false {}
        public function lastIndexOf(string $needle, int $offset = 0): int|false {}
        public function pos(string $needle, int $offset = 0): int|false {}
        public function rpos(string $needle, int $offset = 0): int|false {}
        public function ipos(string $needle): int|false {}
        public function reverse(): static {}
        public function lower(): static {}
        public function upper(): static {}
        public function trim(string $characters = ''): static {}
        public function ltrim(): static {}
        public function rtrim(): static {}
        public function substr(int $offset, ?int $length = NULL): static {}
        public function repeat(int $times): static {}
        public function append(mixed $str): static {}
        public function replace(string $search, string $replace, &$count = NULL): static {}
        public function startsWith(string $needle): bool {}
        public function endsWith(string $needle): bool {}
        public function contains(string $subString): bool {}
        public function equals($str, bool $strict = false): bool {}
        public function split(string $delimiter, int $limit = Swoole\PHP_INT_MAX): \Swoole\ArrayObject {}
        /** The byte at this place; '' where there is none. */
        public function char(int $index): string {}
        public function chunkSplit(int $length = 76, string $separator = '\r\n'): static {}
        public function chunk(int $length = 1): \Swoole\ArrayObject {}
        protected static function detectArrayType(array $value): \Swoole\ArrayObject {}
    }

    class Table implements \Iterator, \Countable
    {
        public const TYPE_INT = 1;
        public const TYPE_STRING = 3;
        public const TYPE_FLOAT = 2;

        public $size;
        public $memorySize;

        public function __construct(int $table_size, float $conflict_proportion = 0.2) {}
        public function column(string $name, int $type, int $size = 0): bool {}
        public function create(): bool {}
        public function destroy(): bool {}
        public function set(string $key, array $value): bool {}
        public function get(string $key, ?string $field = null): array|string|int|float|false {}
        public function count(): int {}
        public function del(string $key): bool {}
        public function delete(string $key): bool {}
        public function exists(string $key): bool {}
        public function exist(string $key): bool {}
        public function incr(string $key, string $column, int|float $incrby = 1): int|float {}
        public function decr(string $key, string $column, int|float $incrby = 1): int|float {}
        public function getSize(): int {}
        public function getMemorySize(): int {}
        public function stats(): array|false {}
        public function rewind(): void {}
        public function valid(): bool {}
        public function next(): void {}
        public function current(): mixed {}
        public function key(): mixed {}
        public function add(string $key, array $values): bool {}
        public function update(string $key, array $values): bool {}
        public function cmpset(string $key, array $expected, array $values): bool {}
        public function cmpdel(string $key, array $expected): bool {}
        public function getdel(string $key, ?string $field = null): array|string|int|float|false {}
    }

    class Timer
    {
        public static function tick(int $ms, callable $callback, mixed ...$params): int|false {}
        public static function after(int $ms, callable $callback, mixed ...$params): int|false {}
        public static function exists(int $timer_id): bool {}
        public static function info(int $timer_id): array|false|null {}
        public static function stats(): array {}
        public static function list(): \Swoole\Timer\Iterator {}
        public static function clear(int $timer_id): bool {}
        public static function clearAll(): bool {}
    }
}

namespace Swoole\Atomic {
    class Long
    {
        public function __construct(int $value = 0) {}
        public function add(int $add_value = 1): int {}
        public function sub(int $sub_value = 1): int {}
        public function get(): int {}
        public function set(int $value): void {}
        public function cmpset(int $cmp_value, int $new_value): bool {}
    }
}

namespace Swoole\Coroutine {
    function batch(array $tasks, float $timeout = -1.0): array {}
    function defer(callable $fn): void {}
    function go(callable $fn, ...$args): int|false {}
    function map(array $list, callable $fn, float $timeout = -1.0): array {}
    function parallel(int $n, callable $fn): void {}
    function run(callable $fn, ...$args): bool {}

    class Barrier
    {
        private $cid = -1;
        private $timer = -1;
        private static $cancel_list;

        public function __destruct() {}
        public static function make(): self {}
        public static function wait(\Swoole\Coroutine\Barrier &$barrier, float $timeout = -1.0): void {}
    }

    final class CanceledException extends \Exception
    {
    }

    class Channel
    {
        public $capacity = 0;
        public $errCode = 0;

        public function __construct(int $size = 1) {}
        public function push(mixed $data, float $timeout = -1): bool {}
        public function pop(float $timeout = -1): mixed {}
        public function isEmpty(): bool {}
        public function isFull(): bool {}
        public function close(): bool {}
        public function stats(): array {}
        public function length(): int {}
    }

    class Client
    {
        public $errCode = 0;
        public $errMsg = '';
        public $fd = -1;
        public $type = 1;
        public $setting;
        public $connected = false;

        public function __construct(int $type) {}
        public function set(array $settings): bool {}
        public function connect(string $host, int $port = 0, float $timeout = 0, int $sock_flag = 0): bool {}
        public function peek(int $length = 65535): string|false {}
        public function recv(float $timeout = 0): string|false {}
        public function sendfile(string $filename, int $offset = 0, int $length = 0): bool {}
        public function send(string $data, float $timeout = 0): int|false {}
        public function sendto(string $address, int $port, string $data): bool {}
        public function recvfrom(int $length, mixed &$address, mixed &$port = 0): string|false {}
        public function enableSSL(): bool {}
        public function getPeerCert(): string|false {}
        public function isConnected(): bool {}
        public function getsockname(): array|false {}
        public function getpeername(): array|false {}
        public function close(): bool {}
        public function exportSocket(): \Swoole\Coroutine\Socket|false {}
    }

    class Context extends \ArrayObject
    {
    }

    class Iterator extends \ArrayIterator
    {
    }

    class Lock
    {
        public $errCode = 0;

        public function __construct(bool $shared = false) {}
        public function lock(int $operation = LOCK_EX): bool {}
        public function unlock(): bool {}
    }

    final class Scheduler
    {
        public function add(callable $func, mixed ...$param): void {}
        public function parallel(int $n, callable $func, mixed ...$param): void {}
        public function set(array $settings): void {}
        public function getOptions(): ?array {}
        public function start(): bool {}
    }

    class Server
    {
        public $host = '';
        public $port = 0;
        public $type = 2;
        public $fd = -1;
        public $errCode = 0;
        public $setting = [];
        protected $running = false;
        protected $fn;
        protected $socket;

        public function __construct(string $host, int $port = 0, bool $ssl = false, bool $reuse_port = false) {}
        public function set(array $setting): void {}
        public function handle(callable $fn): void {}
        public function shutdown(): bool {}
        public function start(): bool {}
    }

    class Socket
    {
        /** @readonly */
        public $fd = -1;
        /** @readonly */
        public $domain = 0;
        /** @readonly */
        public $type = 0;
        /** @readonly */
        public $protocol = 0;
        public $errCode = 0;
        public $errMsg = '';
        public $__ext_sockets_nonblock = false;
        public $__ext_sockets_timeout = 0;

        public function __construct(int $domain, int $type, int $protocol = IPPROTO_IP) {}
        public function bind(string $address, int $port = 0): bool {}
        public function listen(int $backlog = 512): bool {}
        public function accept(float $timeout = 0): \Swoole\Coroutine\Socket|false {}
        public function connect(string $host, int $port = 0, float $timeout = 0): bool {}
        public function checkLiveness(): bool {}
        public function getBoundCid(int $event): int {}
        public function peek(int $length = 65536): string|false {}
        public function recv(int $length = 65536, float $timeout = 0): string|false {}
        public function recvAll(int $length = 65536, float $timeout = 0): string|false {}
        public function recvLine(int $length = 65536, float $timeout = 0): string|false {}
        public function recvWithBuffer(int $length = 65536, float $timeout = 0): string|false {}
        public function recvPacket(float $timeout = 0): string|false {}
        public function send(string $data, float $timeout = 0): int|false {}
        public function readVector(array $io_vector, float $timeout = 0): array|false {}
        public function readVectorAll(array $io_vector, float $timeout = 0): array|false {}
        public function writeVector(array $io_vector, float $timeout = 0): int|false {}
        public function writeVectorAll(array $io_vector, float $timeout = 0): int|false {}
        public function sendFile(string $file, int $offset = 0, int $length = 0): bool {}
        public function sendAll(string $data, float $timeout = 0): int|false {}
        public function recvfrom(mixed &$peername, float $timeout = 0): string|false {}
        public function sendto(string $addr, int $port, string $data): int|false {}
        /** Not in Swoole. @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle */
        public function sendHandle(mixed $handle, string $data = '', float $timeout = 0): bool {}
        /** Not in Swoole. @param-out string $data @return resource|false */
        public function receiveHandle(float $timeout = 0, mixed &$data = null): mixed {}
        public function getOption(int $level, int $opt_name): mixed {}
        public function setOption(int $level, int $opt_name, mixed $opt_value): bool {}
        public function sslHandshake(): bool {}
        public function setProtocol(array $settings): bool {}
        public function shutdown(int $how = 2): bool {}
        public function cancel(int $event = SWOOLE_EVENT_READ): bool {}
        public function close(): bool {}
        public function getpeername(): array|false {}
        public function getsockname(): array|false {}
        public function isClosed(): bool {}
        public static function import($stream): \Swoole\Coroutine\Socket|false {}
        /** Not in Swoole. */
        public function getAlpnProtocol(): string|false {}
    }

    class System
    {
        public static function gethostbyname(string $domain_name, int $type = AF_INET, float $timeout = -1): string|false {}
        public static function dnsLookup(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false {}
        public static function exec(string $command, bool $get_error_stream = false): array|false {}
        public static function sleep(float $seconds): bool {}
        public static function getaddrinfo(string $domain, int $family = AF_INET, int $socktype = SOCK_STREAM, int $protocol = STREAM_IPPROTO_TCP, ?string $service = null, float $timeout = -1): array|bool {}
        public static function statvfs(string $path): array {}
        public static function readFile(string $filename, int $flag = 0): string|false {}
        public static function writeFile(string $filename, string $fileContent, int $flags = 0): int|false {}
        public static function wait(float $timeout = -1): array|false {}
        public static function waitPid(int $pid, float $timeout = -1): array|false {}
        public static function waitSignal(array|int $signals, float $timeout = -1): int|false {}
        public static function waitEvent(mixed $socket, int $events = SWOOLE_EVENT_READ, float $timeout = -1): int|false {}
    }

    final class TimeoutException extends \Exception
    {
    }

    class WaitGroup
    {
        protected $chan;
        protected $count = 0;
        protected $waiting = false;

        public function __construct(int $delta = 0) {}
        public function add(int $delta = 1): void {}
        public function done(): void {}
        public function wait(float $timeout = -1.0): bool {}
        public function count(): int {}
    }
}

namespace Swoole\Coroutine\Server {
    class Connection
    {
        protected $socket;

        public function __construct(\Swoole\Coroutine\Socket $conn) {}
        public function recv(float $timeout = 0): string|false {}
        public function send(string $data): int|false {}
        public function close(): bool {}
        public function exportSocket(): \Swoole\Coroutine\Socket {}
    }
}

namespace Swoole\Coroutine\Socket {
    class Exception extends \Swoole\Exception
    {
    }
}

namespace Swoole\Database {
    class DetectsLostConnections
    {
        private const ERROR_MESSAGES = ['server has gone away', 'no connection to the server', 'Lost connection', 'is dead or not enabled', 'Error while sending', 'decryption failed or bad record mac', 'server closed the connection unexpectedly', 'SSL connection has been closed unexpectedly', 'Error writing data to the connection', 'Resource deadlock avoided', 'child connection forced to terminate due to client_idle_limit', 'reset by peer', 'Physical connection is not usable', 'TCP Provider: Error code 0x68', 'ORA-03113', 'ORA-03114', 'Packets out of order. Expected', 'Adaptive Server connection failed', 'Communication link failure', 'connection is no longer usable', 'Login timeout expired', 'Connection refused', 'Connection timed out', 'Broken pipe', 'running with the --read-only option so it cannot execute this statement', 'The connection is broken and recovery is not possible', 'The client was disconnected by the server because of inactivity', 'Temporary failure in name resolution', 'could not translate host name', 'terminating connection due to administrator command', 'SSL: Operation timed out'];

        public static function causedByLostConnection(\Throwable $e): bool {}
    }

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

        public function getHost(): string {}
        public function withHost($host): self {}
        public function getPort(): int {}
        public function withPort(int $port): self {}
        public function hasUnixSocket(): bool {}
        public function getUnixSocket(): ?string {}
        public function withUnixSocket(?string $unixSocket): self {}
        public function getDbname(): string {}
        public function withDbname(string $dbname): self {}
        public function getCharset(): string {}
        public function withCharset(string $charset): self {}
        public function getUsername(): string {}
        public function withUsername(string $username): self {}
        public function getPassword(): string {}
        public function withPassword(string $password): self {}
        public function getOptions(): array {}
        public function withOptions(array $options): self {}
    }

    class MysqliException extends \Exception
    {
    }

    class MysqliPool extends \Swoole\ConnectionPool
    {
        protected \Swoole\Database\MysqliConfig $config;

        public function __construct(\Swoole\Database\MysqliConfig $config, int $size = self::DEFAULT_SIZE) {}
        private function connect(): \mysqli {}
    }

    class MysqliProxy extends \Swoole\Database\ObjectProxy
    {
        public const IO_ERRORS = [2002, 2006, 2013];

        protected $__object;
        protected string $charsetContext = '';
        protected array $setOptContext = [];
        protected array $changeUserContext = [];
        protected $constructor;
        protected int $round = 0;
        private bool $inTransaction = false;

        public function __construct(callable $constructor) {}
        public function __call(string $name, array $arguments) {}
        /** What the call gives; once more after `$again` when the connection is gone.
     *
     * @internal */
        public static function attempt(\Closure $call, \Closure $error, ?\Closure $again): mixed {}
        public function getRound(): int {}
        public function isInTransaction(): bool {}
        /** Connects again; options, the character set and the user that were set stay. */
        public function reconnect(): void {}
        public function options(int $option, $value): bool {}
        public function set_opt(int $option, $value): bool {}
        public function set_charset(string $charset): bool {}
        public function change_user(string $user, string $password, ?string $database): bool {}
    }

    class MysqliStatementProxy extends \Swoole\Database\ObjectProxy
    {
        protected $__object;
        protected array $bindParamContext = [];
        protected array $bindResultContext = [];
        protected array $attrSetContext = [];
        protected int $parentRound;
        protected ?string $queryString;
        protected \Swoole\Database\MysqliProxy $parent;

        public function __construct(\mysqli_stmt $object, ?string $queryString, \Swoole\Database\MysqliProxy $parent) {}
        public function __call(string $name, array $arguments) {}
        private function prepareAgain(): void {}
        public function attr_set(int $attr, int $mode): bool {}
        public function bind_param($types, &...$arguments): bool {}
        public function bind_result(&...$arguments): bool {}
        /** The variables themselves, and not their values. */
        private static function references(array &$variables): array {}
    }

    class ObjectProxy extends \Swoole\ObjectProxy
    {
        public function __clone() {}
    }

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

        public function getDriver(): string {}
        public function withDriver(string $driver): self {}
        public function getHost(): string {}
        public function withHost($host): self {}
        public function getPort(): int {}
        public function withPort(int $port): self {}
        public function hasUnixSocket(): bool {}
        public function getUnixSocket(): ?string {}
        public function withUnixSocket(?string $unixSocket): self {}
        public function getDbname(): string {}
        public function withDbname(string $dbname): self {}
        public function getCharset(): string {}
        public function withCharset(string $charset): self {}
        public function getUsername(): string {}
        public function withUsername(string $username): self {}
        public function getPassword(): string {}
        public function withPassword(string $password): self {}
        public function getOptions(): array {}
        public function withOptions(array $options): self {}
        /** The drivers that this PHP has. */
        public static function getAvailableDrivers(): array {}
    }

    class PDOPool extends \Swoole\ConnectionPool
    {
        protected \Swoole\Database\PDOConfig $config;

        public function __construct(\Swoole\Database\PDOConfig $config, int $size = self::DEFAULT_SIZE) {}
        /** A connection, as one that is in no transaction; false when none came back within `$timeout` seconds. */
        public function get(float $timeout = -1.0) {}
        private static function source(\Swoole\Database\PDOConfig $config): string {}
    }

    class PDOProxy extends \Swoole\Database\ObjectProxy
    {
        protected $__object;
        protected array $setAttributeContext = [];
        protected $constructor;
        protected int $round = 0;
        protected int $inTransaction = 0;

        public function __construct(callable $constructor) {}
        public function __call(string $name, array $arguments) {}
        public function beginTransaction(): bool {}
        public function commit(): bool {}
        public function rollBack(): bool {}
        private function endTransaction(string $method): bool {}
        public function inTransaction(): bool {}
        public function getRound(): int {}
        /** Connects again; attributes that were set stay. */
        public function reconnect(): void {}
        public function setAttribute(int $attribute, $value): bool {}
        /** Forgets that a transaction was begun. */
        public function reset(): void {}
    }

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
        private string $made;
        private array $arguments;

        public function __construct(\PDOStatement $object, \Swoole\Database\PDOProxy $parent, string $made = 'prepare', array $arguments = []) {}
        public function __call(string $name, array $arguments) {}
        private function prepareAgain(): void {}
        public function setAttribute(int $attribute, $value): bool {}
        public function setFetchMode(int $mode, ...$params): bool {}
        public function bindParam($parameter, &$variable, $data_type = \PDO::PARAM_STR, $length = 0, $driver_options = NULL): bool {}
        public function bindColumn($column, &$param, $type = \PDO::PARAM_STR, $maxlen = 0, $driverdata = NULL): bool {}
        public function bindValue($parameter, $value, $data_type = \PDO::PARAM_STR): bool {}
    }

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

        public function getHost(): string {}
        public function withHost(string $host): self {}
        public function getPort(): int {}
        public function withPort(int $port): self {}
        public function getTimeout(): float {}
        public function withTimeout(float $timeout): self {}
        public function getReserved(): string {}
        public function withReserved(string $reserved): self {}
        public function getRetryInterval(): int {}
        public function withRetryInterval(int $retryInterval): self {}
        public function getReadTimeout(): float {}
        public function withReadTimeout(float $readTimeout): self {}
        public function getAuth(): string {}
        public function withAuth(string $auth): self {}
        public function getDbIndex(): int {}
        public function withDbIndex(int $dbIndex): self {}
        public function getOptions(): array {}
        public function withOptions(array $options): self {}
    }

    class RedisPool extends \Swoole\ConnectionPool
    {
        protected \Swoole\Database\RedisConfig $config;

        public function __construct(\Swoole\Database\RedisConfig $config, int $size = self::DEFAULT_SIZE) {}
        private function connect(): \Redis {}
    }
}

namespace Swoole\Exception {
    class ArrayKeyNotExists extends \RuntimeException
    {
        public function __construct(string|int $key) {}
    }
}

namespace Swoole\Http {
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

        /** @return array<int, string> */
        public static function getReasonPhrases(): array {}
        public static function getReasonPhrase(int $value): string {}
    }
}

namespace Swoole\Process {
    class Manager
    {
        protected $pool;
        protected $ipcType = 0;
        protected $msgQueueKey = 0;
        protected $startFuncMap = [];

        public function __construct(int $ipcType = SWOOLE_IPC_NONE, int $msgQueueKey = 0) {}
        public function add(callable $func, bool $enableCoroutine = false): self {}
        public function addBatch(int $workerNum, callable $func, bool $enableCoroutine = false): self {}
        public function start(): void {}
        public function set(array $settings): self {}
        public function setIPCType(int $ipcType): self {}
        public function getIPCType(): int {}
        public function setMsgQueueKey(int $msgQueueKey): self {}
        public function getMsgQueueKey(): int {}
    }

    class Pool
    {
        public $master_pid = -1;
        public $workerPid = -1;
        public $workerId = -1;
        public $workers;
        public $workerRunning = true;
        public $running = true;

        public function __construct(int $worker_num, int $ipc_type = SWOOLE_IPC_NONE, int $msgqueue_key = 0, bool $enable_coroutine = false) {}
        public function __destruct() {}
        public function set(array $settings): void {}
        public function on(string $name, callable $callback): bool {}
        public function getProcess(int $work_id = -1): \Swoole\Process|false {}
        public function listen(string $host, int $port = 0, int $backlog = 2048): bool {}
        public function write(string $data): bool {}
        public function sendMessage(string $data, int $dst_worker_id): bool {}
        public function detach(): bool {}
        public function start(): ?false {}
        public function stop(): void {}
        public function shutdown(): bool {}
        public function stats(): array {}
    }
}

namespace Swoole\Timer {
    class Iterator extends \ArrayIterator
    {
    }
}
