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

    function defer(callable $callback): void {}
    function go(callable $func, mixed ...$params): int|false {}
    function swoole_async_set(array $settings): bool {}
    function swoole_clear_error(): void {}
    function swoole_coroutine_create(callable $func, mixed ...$params): int|false {}
    function swoole_coroutine_defer(callable $callback): void {}
    function swoole_coroutine_socketpair(int $domain, int $type, int $protocol): array|false {}
    function swoole_cpu_num(): int {}
    function swoole_errno(): int {}
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
    function swoole_last_error(): int {}
    function swoole_set_process_name(string $process_name): bool {}
    function swoole_strerror(int $errno, int $error_type = SWOOLE_STRERROR_SYSTEM): string {}
    function swoole_timer_after(int $ms, callable $callback, mixed ...$params): int|false {}
    function swoole_timer_clear(int $timer_id): bool {}
    function swoole_timer_clear_all(): bool {}
    function swoole_timer_exists(int $timer_id): bool {}
    function swoole_timer_info(int $timer_id): array|false|null {}
    function swoole_timer_list(): \Swoole\Timer\Iterator {}
    function swoole_timer_stats(): array {}
    function swoole_timer_tick(int $ms, callable $callback, mixed ...$params): int|false {}
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
        public function add(string $key, array $values): bool {}
        public function update(string $key, array $values): bool {}
        public function cmpset(string $key, array $expected, array $values): bool {}
        public function cmpdel(string $key, array $expected): bool {}
        public function getdel(string $key, ?string $field = null): array|string|int|float|false {}
        public function getSize(): int {}
        public function getMemorySize(): int {}
        public function stats(): array|false {}
        public function rewind(): void {}
        public function valid(): bool {}
        public function next(): void {}
        public function current(): mixed {}
        public function key(): mixed {}
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
