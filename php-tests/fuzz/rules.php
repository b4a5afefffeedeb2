<?php
// What may be passed where, so that nothing outside of a case is hurt and what is meant to end, ends.
declare(strict_types=1);

final class Rules
{
    /** What ends, replaces or detaches the process that calls it: mostly left to children, as their last call. */
    private const ENDINGS = ['Swoole\Process::exec', 'Swoole\Process::daemon', 'Swoole\Process::kill', 'Swoole\Process::exit', 'Swoole\Process::exitNow',
        'Swoole\Process\Pool::start', 'Swoole\Process\Manager::start'];
    /** No crash (that would hide real ones), no stop (nobody would continue it), not the alarm that bounds each step. */
    private const SIGNALS = ['0', '0', '0', '0', '1', '2', '3', '9', '10', '10', '12', '13', '15', '17', '18', '23', '26', '28',
        '34', '64', '65', '-1', '127', '128', 'PHP_INT_MAX', 'PHP_INT_MIN', '4294967296', '"10"', '10.0', 'true'];

    /** Signals that a coroutine may wait for: what it waits for is no longer handled by others. */
    private const AWAITED = ['SIGUSR1', 'SIGUSR2', 'SIGCHLD', 'SIGWINCH', 'SIGURG', '[SIGUSR1, SIGUSR2]', '[SIGUSR1, SIGUSR1]', '[]',
        '0', '-1', '65', 'PHP_INT_MAX', "'10'", "['x']", '[[]]', '[SIGURG, null]', 'SIGKILL', 'null'];
    /** Addresses of this machine, as numbers (names would be asked for elsewhere), and what is none. */
    private const HOSTS = ["'unix:' . Fuzz::file('socket')", "'127.0.0.1'", "'127.0.0.1'", "'127.0.0.2'", "'::1'", "'0.0.0.0'", "'::'", "''", '"127.0.0.1\0x"',
        "str_repeat('x', 200)", "Fuzz::file('socket')", "Fuzz::file('socket')", "Fuzz::file('no/such/socket')", "Fuzz::file(\"s\\0k\")", "'/'",
        '[]', 'null', "new Trap(null, '127.0.0.1')"];
    /** Names of hosts. */
    private const NAMES = ["'localhost'", "'localhost'", "'127.0.0.1'", "'::1'", "'127.1'", "''", '"local\0host"', "' '", "'a b'", "str_repeat('x', 300)",
        'null', '[]', "new Trap(null, 'localhost')"];
    /** Commands of the shell that hurt nobody. */
    private const COMMANDS = ["'true'", "'true'", "'exit 3'", "'echo text; echo error >&2'", "'kill -9 $$'", '"trap \'\' PIPE; head -c 100000 /dev/zero"', "'sleep 0.05'",
        "'exec >&-; sleep 0.01'", "''", "'('", '"a\0b"', "'/no/such/command'", '[]', 'null', "new Trap(null, 'true')"];
    private const FILES = ["Fuzz::file('data')", "Fuzz::file('data')", "Fuzz::file('data')", "Fuzz::file('other')", "Fuzz::file('no/such')", "'/'", "''",
        "'/dev/null'", "Fuzz::file(\"d\\0\")", '[]', 'null', "new Trap(null, Fuzz::file('data'))"];
    private const PARTS = ["['a', 'bc']", "['text']", "array_fill(0, 2000, 'x')", "[str_repeat('x', 300000), 'y']", "['a', '']", "['a', null]",
        "['k' => 'a', 'l' => \"\\0\"]", '[]', "Fuzz::references(['a', 'b'])", "[new Trap(null, 'a')]"];
    private const LENGTHS = ['[1, 2]', '[5]', '[8192, 100]', 'array_fill(0, 2000, 1)', '[0, 1]', '[-1]', "['1']", '[null]', '[]',
        'Fuzz::references([1, 2])', '[1, 65536]'];
    /** Values for the options of groups. */
    private const GROUPS = ["['group' => '224.0.0.23', 'interface' => 'lo']", "['group' => '224.0.0.23']", "['group' => 'ff02::114', 'interface' => 1]",
        "['group' => '232.0.0.23', 'source' => '127.0.0.1', 'interface' => 'lo']", "['group' => new Trap(null, '224.0.0.23')]", "['addr' => '::1', 'ifindex' => 0]",
        "['addr' => 'x']", "'lo'", '0', '1', '255', '-1', "(object) ['group' => '224.0.0.23']"];
    /** Limits in seconds that end soon: nearly always. */
    private const SOON = ['0.001', '0.001', '0.001', '0.005', '0.01', '0.05', '1e-9', '0.0', '0'];

    /** What a pool may call again and again. */
    private const OF_POOLS = ['Fuzz::noop(...)', 'Fuzz::noop(...)', 'Fuzz::pause(...)', 'Fuzz::thrower(...)', "'Fuzz::noop'", 'new Trap()', "[new Trap(), 'any']",
        "'Trap::any'", 'Fuzz::generator(...)', 'Fuzz::work(...)'];

    /** @param bool $alone whether the cases have process ids of their own, and no others can be met */
    public function __construct(private readonly Values $values, private readonly bool $alone) {}

    public function is_ending(Target $target): bool
    {
        return in_array($target->name, self::ENDINGS, true);
    }

    /** A command of the shell, or what is none. */
    public function command(): string
    {
        return Dice::one_of(self::COMMANDS);
    }

    /** An expression for an argument. */
    public function argument(Target $target, ReflectionParameter $parameter): string
    {
        if ($parameter->isPassedByReference()) {
            $class = ltrim((string) $parameter->getType(), '?');
            return 'Fuzz::slot(' . Dice::number(0, 2) . (class_exists($class) ? ', ' . var_export($class, true) : '') . ')';
        }
        // What workers begin with; those that end normally are started again for ever, but by these.
        if (str_starts_with($target->class, 'Swoole\Process\\') && in_array($parameter->name, ['callback', 'func'], true)) {
            return Dice::once_in(8) ? $this->values->array() : Dice::one_of(self::OF_POOLS);
        }
        return $this->by_name($target->function, $parameter->name)
            ?? $this->values->of_type((string) ($parameter->getType() ?? 'mixed'));
    }

    private function by_name(string $function, string $name): ?string
    {
        return match (true) {
            // What processes share: small tables, and locks that are mostly not waited for.
            $name === 'table_size' => Dice::one_of(['1', '64', '100', '1000', '0', '-1', 'null', "'64'", '[]']),
            $function === 'column' && $name === 'type' => Dice::one_of(['1', '1', '2', '3', '3', '0', "'3'", 'null', '[]']),
            $function === 'column' && $name === 'name' || $name === 'column' || $name === 'field' => Dice::one_of(["'n'", "'n'", "'s'", "'0'", "''", '"a\\0b"', 'null', '[]']),
            in_array($function, ['set', 'add', 'update', 'cmpset', 'cmpdel'], true) && in_array($name, ['value', 'values', 'expected'], true) =>
                Dice::once_in(4) ? $this->values->array() : Dice::one_of(["['n' => 1]", "['s' => 'text', 'n' => 2.5]", "['n' => new Trap()]", "['s' => str_repeat('x', 100000)]", '[]']),
            $name === 'operation' => Dice::once_in(6) ? $this->values->of_type('int')
                : Dice::one_of(['LOCK_EX | LOCK_NB', 'LOCK_SH | LOCK_NB', 'LOCK_EX | LOCK_NB', 'LOCK_SH', 'LOCK_EX', 'LOCK_UN', '0']),
            // Parts, mostly such as may be sent or received.
            $name === 'io_vector' => Dice::once_in(6) ? $this->values->array()
                : (str_starts_with($function, 'write') ? Dice::one_of(self::PARTS) : Dice::one_of(self::LENGTHS)),
            $function === 'sendFile' => $name === 'file' ? Dice::one_of(self::FILES) : Dice::one_of(['0', '0', '1', '3', '-1', '70000', 'PHP_INT_MAX', 'null']),
            $function === 'setProtocol' => $this->protocol(),
            // What is written is the case's own, and no device that has no end is read.
            $name === 'filename' => Dice::one_of(self::FILES),
            $name === 'fileContent' => Dice::one_of(["''", "'text'", "\"a\\0b\"", "str_repeat('x', 100000)", 'null', '[]', "new Trap(null, 'text')"]),
            in_array($function, ['readFile', 'writeFile'], true) => Dice::one_of(['0', '0', '0', 'FILE_APPEND', 'LOCK_EX', 'FILE_APPEND | LOCK_EX',
                '-1', 'PHP_INT_MAX', "'x'", 'null']),
            $function === 'statvfs' => Dice::one_of(["'/'", "'/proc'", "''", "'/no/such'", "\"/\\0\"", '[]', 'null', "str_repeat('x', 5000)"]),
            // What is asked for is known on this machine, or asked for nowhere.
            $name === 'domain_name' || ($function === 'getaddrinfo' && $name === 'domain') => Dice::one_of(self::NAMES),
            $name === 'family' || in_array($function, ['gethostbyname', 'dnsLookup', 'swoole_async_dns_lookup_coro'], true) && $name === 'type' => Dice::once_in(5)
                ? $this->values->of_type('int') : Dice::one_of(['AF_INET', 'AF_INET', 'AF_INET6', 'AF_UNIX']),
            $name === 'socktype' => Dice::once_in(5) ? $this->values->of_type('int') : Dice::one_of(['SOCK_STREAM', 'SOCK_DGRAM', '0']),
            $name === 'service' => Dice::one_of(['null', "'http'", "'80'", "'no-such'", "''", "\"8\\0\"", '[]']),
            $function === 'exec' && $name === 'command' => Dice::one_of(self::COMMANDS),
            // Programs that do nothing, and what is none.
            preg_match('/file|path|command|program/', $name) === 1 => $this->program(),
            $name === 'pid' || $name === 'who' => $this->process(),
            $name === 'signal_no' => Dice::once_in(12) ? $this->values->no_number() : Dice::one_of(self::SIGNALS),
            // A negative one would take the machine from others.
            $name === 'priority' => Dice::one_of(['0', '1', '5', '19', '20', 'PHP_INT_MAX', 'null', "'3'", '[]']),
            $name === 'argv' => Dice::once_in(8) ? $this->values->any() : Dice::one_of(["['true']", "['echo', 'x']", "['false']", "['cat']", "['']", '[]',
                "['/no/such']", "[new Trap(null, 'true')]", "[\"true\\0\"]", "Fuzz::references(['true', 'x'])"]),
            $function === 'command' && $name === 'options' || $name === 'settings' && Dice::once_in(4) => $this->start(),
            $name === 'grace' => Dice::one_of(self::SOON),
            $function === 'terminate' && $name === 'signal' => Dice::one_of(self::SIGNALS),
            $name === 'settings' => $this->settings(),
            $name === 'ms' => Dice::once_in(5) ? $this->values->of_type('int') : Dice::one_of(['1', '1', '1', '2', '3']),
            // A long alarm would take the place of the one that bounds each step; 0 would clear it.
            $function === 'alarm' && $name === 'usec' => Dice::one_of(['1', '100', '1000', '100000', "'50'", '[]', 'NAN', "'x'"]),
            // A socket that blocks would stop the whole process.
            $name === 'enable' && $function === 'setBlocking' => Dice::one_of(['false', '0', 'null', '[]']),
            $name === 'blocking' && $function === 'wait' => Dice::one_of(['false', 'false', 'false', 'true', '0', 'null', '[]']),
            // Nor has a wait for handles.
            in_array($function, ['swoole_select', 'swoole_client_select'], true) => $name === 'timeout' ? Dice::one_of(self::SOON)
                : (Dice::once_in(5) ? $this->values->any() : '[' . $this->values->any() . ", 'key' => " . $this->values->any() . ']'),
            // A sleep without end has nothing that ends it.
            $function === 'sleep' => Dice::one_of(Dice::once_in(5) ? ['NAN', '-1', '-INF', 'null', "'x'", '[]'] : self::SOON),
            $name === 'seconds' || $name === 'timeout' => Dice::one_of(Dice::once_in(4)
                ? ['-1', 'NAN', 'INF', '1e308', '-INF', '-0.5', 'null', "'x'"] : self::SOON),
            $name === 'cid' => Dice::once_in(5) ? $this->values->of_type('int') : $this->coroutine(),
            $name === 'cid_array' => Dice::once_in(6) ? $this->values->array()
                : '[' . implode(', ', [$this->coroutine(), ...(Dice::once_in(2) ? [$this->coroutine()] : [])]) . ']',
            // What is no callable is an exception in a coroutine, which ends the script.
            $name === 'tasks' => Dice::once_in(8) ? $this->values->array() : '[' . $this->values->callable() . ", 'key' => " . $this->values->callable() . ']',
            // So many coroutines.
            $name === 'n' => Dice::one_of(['0', '1', '2', '3', '20', '-1', 'PHP_INT_MIN', 'null', "'2'"]),
            $name === 'signals' => Dice::one_of(self::AWAITED),
            $function === 'set' && $name === 'options' => $this->settings(),
            in_array($name, ['address', 'host', 'addr'], true) => Dice::one_of(self::HOSTS),
            $name === 'port' => Dice::one_of(['0', '0', (string) Dice::number(1, 65535), '9501', '9501', '-1', '65536', 'PHP_INT_MAX', 'null', "'0'"]),
            $name === 'domain' => Dice::once_in(5) ? $this->values->of_type('int') : Dice::one_of(['AF_INET', 'AF_INET6', 'AF_UNIX', 'AF_UNIX']),
            $name === 'type' && $function !== 'alarm' => Dice::once_in(5) ? $this->values->of_type('int')
                : Dice::one_of(['SWOOLE_MUTEX', 'SOCK_STREAM', 'SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_DGRAM | 2048', 'SOCK_SEQPACKET']),
            $name === 'protocol' => Dice::once_in(5) ? $this->values->of_type('int') : '0',
            $name === 'level' => Dice::once_in(3) ? $this->values->of_type('int')
                : Dice::one_of(['SOL_SOCKET', 'SOL_SOCKET', 'IPPROTO_TCP', 'IPPROTO_IP', 'IPPROTO_IPV6']),
            $name === 'opt_name' => Dice::once_in(3) ? $this->values->of_type('int')
                : Dice::one_of(['SO_REUSEADDR', 'SO_RCVTIMEO', 'SO_SNDTIMEO', 'SO_LINGER', 'SO_SNDBUF', 'SO_RCVBUF', 'SO_ERROR', 'SO_TYPE', 'TCP_NODELAY',
                    'IP_MULTICAST_IF', 'IP_MULTICAST_TTL', 'IPV6_MULTICAST_IF', 'IPV6_MULTICAST_HOPS', 'IPV6_PKTINFO', 'MCAST_JOIN_GROUP',
                    'MCAST_LEAVE_GROUP', 'MCAST_JOIN_SOURCE_GROUP', 'MCAST_LEAVE_SOURCE_GROUP', 'MCAST_BLOCK_SOURCE', 'MCAST_UNBLOCK_SOURCE']),
            $name === 'opt_value' => Dice::once_in(3) ? $this->values->any()
                : Dice::one_of(Dice::once_in(2) ? self::GROUPS : ['1', '0', "['sec' => 0, 'usec' => 1000]", "['l_onoff' => 1, 'l_linger' => 0]", "['sec' => 'x']", '[]']),
            $name === 'socket' || $name === 'stream' => $this->values->descriptor(),
            $function === 'waitEvent' && $name === 'events' => Dice::one_of(['SWOOLE_EVENT_READ', 'SWOOLE_EVENT_WRITE',
                'SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE', '0', '-1', 'PHP_INT_MAX']),
            // Without IPC_NOWAIT only sometimes: it blocks.
            $name === 'mode' => Dice::one_of(['2 | 256', '2 | 256', '1 | 256', '0 | 256', '2', 'PHP_INT_MAX', '[]', '-1']),
            $name === 'key' => Dice::one_of(['0', '1', '2', '3', '-1', '4294967295', 'PHP_INT_MAX', "'5'", '4294967296']),
            // Standard output and error have the report. A socket in place of standard input would look like a leak.
            $name === 'standard' => Dice::one_of(['3', '-1', 'PHP_INT_MAX', 'null', '[]']),
            in_array($name, ['fd', 'handle'], true) => $this->values->descriptor(),
            // Memory is not what is tested.
            in_array($name, ['size', 'length'], true) => Dice::once_in(5) ? $this->values->of_type("bool") : Dice::one_of(['1', '100', '8192', '65536', '0', '-1']),
            $name === 'which' && $function !== 'close' => Dice::one_of(['0', '0', '0', '1', '2', '3', '-1', 'null', 'PHP_INT_MAX']),
            // So many processes.
            in_array($name, ['worker_num', 'workerNum'], true) => Dice::one_of(['1', '1', '2', '3', '0', '-1', 'PHP_INT_MIN', 'null', "'2'"]),
            in_array($name, ['ipc_type', 'ipcType'], true) => Dice::once_in(8) ? $this->values->of_type('int') : Dice::one_of(['0', '1', '1', '2', '3']),
            in_array($name, ['msgqueue_key', 'msgQueueKey'], true) => Dice::one_of(['0', '0', '1', '-1', '4294967295', 'PHP_INT_MAX']),
            in_array($name, ['work_id', 'dst_worker_id'], true) => Dice::one_of(['0', '0', '1', '2', '-1', 'PHP_INT_MAX', 'null', "'0'"]),
            $function === 'on' && $name === 'name' => Dice::once_in(8) ? $this->values->of_type('string')
                : Dice::one_of(["'Start'", "'Shutdown'", "'WorkerStart'", "'workerstop'", "'WorkerExit'", "'Message'", "'WorkerError'"]),
            default => null,
        };
    }

    /** How a child starts. */
    private function start(): string
    {
        $standard = ["'pipe'", "'pipe'", "'null'", "'inherit'", "'stdout'", "Fuzz::file('data')", "['file', Fuzz::file('data'), 'a']", "['file', '/no/such', 'r']",
            '[]', "''", $this->values->descriptor()];
        $known = [
            'cwd' => ["'/'", "'/no/such'", "''", '[]'], 'env' => ["['A' => 'b']", "['A' => new Trap(null, 'x')]", '[]', "'A'", "['=' => 1]"],
            'user' => ["'nobody'", '0', '-1', "'no such'", '[]'], 'group' => ['0', "'no such'", '-1'], 'groups' => ['[]', '[0, 1]', "['no such']", '0'],
            'umask' => ['0', '022', '-1', "'0'"], 'nice' => ['1', '19', '20', "'1'"],
            'limits' => ["['core' => 0]", "['nofile' => [64, 64]]", "['nofile' => -2]", "['x' => 1]", '[]', '1'],
            'process_group' => ['true', 'false', '0', '-1', 'PHP_INT_MAX'], 'session' => ['true', 'false', '1'], 'title' => ["'a title'", "''", '[]'],
            'death_signal' => ['9', '15', '0', '65'], 'cgroup' => ["'/no/such'", "''", '1'],
            'stdin' => $standard, 'stdout' => $standard, 'stderr' => $standard,
            'descriptors' => ["[3 => STDIN, 4 => STDIN]", '[2 => STDIN]', '[5 => ' . $this->values->descriptor() . ']', '[]', '1'],
            'enable_coroutine' => ['true', 'false'], 'start_in_coroutine' => ['true', 'true', 'false', '1'], 'umaks' => ['1'], 'no_such_option' => ['1'],
        ];
        $parts = [];
        for ($left = Dice::number(0, 4); $left > 0; $left--) {
            $key = (string) Dice::one_of(array_keys($known));
            $parts[] = var_export($key, true) . ' => ' . Dice::one_of($known[$key]);
        }
        return '[' . implode(', ', $parts) . ']';
    }

    private function program(): string
    {
        return Dice::one_of(["'/bin/true'", "'/bin/false'", "'/bin/echo'", "''", "'/no/such/program'", '"/bin/true\0"', "'/'",
            "Fuzz::file('program')", '[]', 'null', "new Trap(null, '/bin/true')"]);
    }

    /** A process id: one that a case may hurt. */
    private function process(): string
    {
        $own = ['Fuzz::pid()', 'Fuzz::pid()', 'Fuzz::pid()', 'getmypid()', '(string) Fuzz::pid()', "'x'", 'null', '[]', 'NAN', '1e308',
            'PHP_INT_MAX', 'PHP_INT_MIN', '4294967296', '4294967295', '2147483647', '-2147483648'];
        // 0 is the case's own process group.
        $groups = $this->alone ? ['0', '-1', '1', '-Fuzz::pid()', '2', '4', 'true'] : ['0'];
        return Dice::one_of(Dice::once_in(8) ? $groups : $own);
    }

    private function coroutine(): string
    {
        return Dice::one_of([(string) Dice::number(0, 12), 'Fuzz::cid(' . Dice::number(0, 11) . ')', 'Fuzz::cid(' . Dice::number(0, 11) . ')',
            'Swoole\Coroutine::getCid()', '-1', '999999']);
    }

    /** Settings of setProtocol(), mostly such as have a sense together. */
    private function protocol(): string
    {
        $flags = ['true', 'true', 'true', 'false', '1', 'null', "''", '[]'];
        $sizes = ['0', '0', '1', '2', '4', '100', '65536', '-1', 'PHP_INT_MAX', 'PHP_INT_MIN', "'8'", 'null', '[]'];
        $files = ['Fuzz::certificate()', 'Fuzz::certificate()', ...self::FILES];
        $known = [
            'open_eof_check' => $flags, 'open_eof_split' => $flags,
            'package_eof' => ['"\n"', '"\r\n"', "'END'", "''", "'nine char'", 'null', '7', '[]', "new Trap(null, '#')"],
            'open_length_check' => $flags,
            'package_length_type' => ["'n'", "'N'", "'c'", "'C'", "'s'", "'v'", "'J'", "'q'", "'x'", "''", 'null', '[]', "new Trap(null, 'n')"],
            'package_length_offset' => $sizes, 'package_body_offset' => $sizes, 'package_max_length' => $sizes,
            'package_length_func' => ['strlen(...)', 'fn () => 3', 'fn () => 0', 'fn () => -1', 'fn () => null', 'Fuzz::noop(...)', 'Fuzz::pause(...)',
                'Fuzz::thrower(...)', "'no_such_function'", 'null', "[new Trap(), 'any']"],
            'open_ssl' => $flags, 'ssl_cert_file' => $files, 'ssl_key_file' => $files, 'ssl_passphrase' => null,
            'ssl_verify_peer' => $flags, 'ssl_allow_self_signed' => $flags, 'ssl_verify_depth' => $sizes,
            'ssl_host_name' => ["'localhost'", "'127.0.0.1'", '"a\0b"', "str_repeat('x', 1000)", "''", 'null', '[]'],
            'ssl_cafile' => $files, 'ssl_capath' => $files, 'ssl_client_cert_file' => $files,
            'ssl_ciphers' => ["'HIGH'", "'no such cipher'", '"\0"', "''", 'null'],
            'ssl_protocols' => ['0', '32', '64', '8', '96', '-1', 'PHP_INT_MAX', "'x'"],
            'ssl_sni_certs' => ["['localhost' => ['ssl_cert_file' => Fuzz::certificate()]]", "['x' => 1]", '[1]', '[]', 'null', "'x'"],
            'ssl_alpn_protocols' => ["'h2,http/1.1'", "['h2']", "['']", "[str_repeat('x', 300)]", '[]', 'null', '[[]]', "[new Trap(null, 'h2')]"],
        ];
        $parts = [];
        foreach (Dice::shuffled(array_keys($known)) as $key) {
            if (Dice::once_in(4)) {
                $value = $known[$key] === null || Dice::once_in(20) ? $this->values->any() : Dice::one_of($known[$key]);
                $parts[] = var_export($key, true) . " => $value";
            }
        }
        return Dice::once_in(15) ? $this->values->array() : '[' . implode(', ', $parts) . ']';
    }

    private function settings(): string
    {
        $sizes = ['0', '-1', '8192', '65536', '262144', '1000000', "'65536'", 'PHP_INT_MAX', 'PHP_INT_MIN', 'null', '[]'];
        $limits = ['0.01', '0.001', '0', '-1', 'null', "'x'", 'NAN'];
        $known = [
            'log_file' => ["Fuzz::file('log')", "Fuzz::file('no/such/log')", "''", '[]', 'null', "Fuzz::file(\"l\\0g\")"],
            'log_level' => null, 'log_date_format' => null, 'log_date_with_microseconds' => null, 'socket_buffer_size' => null,
            'wait_signal' => ['true', 'false', '1', "''", '[]'], 'enable_coroutine' => null, 'enable_signalfd' => null,
            'no_such_option' => null, '0' => null,
            'max_coroutine' => ['1', '10', '1000', '0', '-1', 'PHP_INT_MAX', "'x'", 'null'], 'max_coro_num' => ['100', '0', '[]'],
            'stack_size' => $sizes, 'c_stack_size' => $sizes, 'hook_flags' => null, 'enable_preemptive_scheduler' => null,
            'dns_cache_expire' => $limits, 'dns_cache_capacity' => $sizes, 'socket_dns_timeout' => $limits,
            'dns_server' => ["'127.0.0.1:1'", "'[::1]:1'", "''", "'no address'", "'127.0.0.1:'", 'null', '[]', "\"127.0.0.1\\0\""], 'disable_dns_cache' => null, 'dns_lookup_random' => null,
            'socket_timeout' => $limits, 'socket_connect_timeout' => $limits, 'socket_read_timeout' => $limits, 'socket_write_timeout' => $limits,
            'exit_condition' => ['fn () => true', 'fn () => true', 'Fuzz::noop(...)', "'no_such_function'", 'null', '1'],
            'enable_message_bus' => null, 'max_package_size' => $sizes,
            // 0 would be for ever.
            'max_wait_time' => ['0.01', '0.1', '-1', 'NAN'],
            'max_requests' => ['1', '3', '0', '-1', "'2'"], 'max_lifetime' => ['0.01', '1', '0', '-1', 'INF'],
            'max_memory' => ['1', "'1K'", "'1G'", "'x'", '-1', '0'], 'restart_delay' => ['0', '0.01', '-1'],
            'restart_max_delay' => ['0.01', '0', 'NAN'], 'restart_window' => ['1', '0', '-1'], 'max_restarts' => ['1', '2', '0', '-1'],
            'enable_deadlock_check' => null, 'deadlock_check_disable_trace' => null, 'deadlock_check_limit' => null, 'trace_flags' => null,
        ];
        $parts = [];
        for ($left = Dice::number(0, 3); $left > 0; $left--) {
            $key = (string) Dice::one_of(array_keys($known));
            $value = $known[$key] === null ? $this->values->any() : Dice::one_of($known[$key]);
            $parts[] = var_export($key, true) . " => $value";
        }
        return Dice::once_in(15) ? $this->values->of_type('string') : '[' . implode(', ', $parts) . ']';
    }
}
