<?php
// What generated scripts call. It is pasted at the top of each, so that a script stands alone; without FUZZ_TRACE in
// the environment nothing is recorded.

final class Fuzz
{
    /** Ends by these are crashes; nothing sends them on purpose. */
    private const CRASHES = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS];
    /** A line of descent may make so many steps. */
    private const STEPS = 3000;
    /** Callbacks that the loop calls again and again may do so for so many rounds and seconds. */
    private const ROUNDS = 300;
    private const SECONDS = 2;
    private const GENERATIONS = 4;
    /** These run the loop: inside a coroutine each of them ends the script by a fatal error, and rightly. */
    private const RUN_THE_LOOP = ['swoole_event_wait', 'swoole_event_rshutdown', 'Swoole\Event::wait', 'Swoole\Event::rshutdown',
        'Swoole\Coroutine\run', 'Co\run', 'Swoole\Coroutine\Scheduler::start'];

    /** @var list<object> what the actions share, the newest last */
    private static array $kept = [];
    /** @var list<mixed> what is to live until the request ends */
    public static array $until_the_end = [];
    private static int $pid = 0;
    private static int $generation = 0;
    private static int $steps = 0;
    private static int $rounds = 0;
    private static int $began = 0;
    /** Whether a child made by `fork()` is at its end: inside a coroutine its exit is an exception, which nothing here may stop. */
    private static bool $leaving = false;
    private static string $folder = '';
    /** @var array<int, mixed> what is passed by reference */
    private static array $slots = [];
    /** @var list<string> sockets that were open before the script began */
    private static array $inherited = [];
    /** Whether an exception that left a coroutine has ended the script. */
    private static bool $is_broken_off = false;
    /** Whether a callback around forks was added: it holds what it has until the request ends. */
    private static bool $has_fork_callbacks = false;
    /** Whether callbacks yield at random. */
    private static bool $yields = false;
    /** The pool that has called something last. */
    private static ?Swoole\Process\Pool $pool = null;
    /** A pool of which so many workers had to be started again is asked to end. */
    private const RESTARTS = 6;
    private const QUEUE = 9;
    /** What workers get, but for the last. */
    private const MESSAGES = ['', 'x', 'reload', 'stop', 'write', 'forward', 'children', 'fail', 'leave'];

    /** The script begins: in a session and a folder of its own. */
    public static function begin(): void
    {
        self::$folder = getenv('FUZZ_FOLDER') ?: sys_get_temp_dir() . '/fuzz-replay-' . getmypid();
        @mkdir(self::$folder);
        chdir(self::$folder);
        @posix_setsid();
        self::$inherited = self::sockets();
        self::look_at_the_end(getmypid(), 3);
        self::enter();
    }

    /**
     * Behind all that the script does at its end, the loop among them: when everything is over, nothing of the module may
     * hold a descriptor. That is so after an exit and an exception, too. A fatal error leaves what was being done as it is,
     * with all that it holds.
     */
    private static function look_at_the_end(int $script, int $behind): void
    {
        register_shutdown_function(function () use ($script, $behind): void {
            if (getmypid() !== $script) {
                return;
            }
            if (self::has_broken_off()) {
                self::note('broken off');
            } elseif ($behind > 0) {
                self::look_at_the_end($script, $behind - 1);
            } else {
                self::look($script);
            }
        });
    }

    private static function has_broken_off(): bool
    {
        return self::$is_broken_off || in_array(error_get_last()['type'] ?? null, [E_ERROR, E_USER_ERROR, E_CORE_ERROR, E_COMPILE_ERROR, E_RECOVERABLE_ERROR], true);
    }

    private static function look(int $script): void
    {
        set_error_handler(null);
        // What is released may have a destructor, which keeps something new.
        for ($round = 0; $round < 5; $round++) {
            for ($signal = 1; $signal <= 64; $signal++) {
                @Swoole\Process::signal($signal, null);
            }
            // A loop that is left drops what it holds.
            swoole_event_defer(swoole_event_exit(...));
            swoole_event_wait();
            self::end_of_coroutines();
            self::$slots = [];
            self::$pool = null;
            // Options hold what they were given.
            $held = array_filter(Swoole\Coroutine::getOptions() ?? [], fn (mixed $value): bool => !is_scalar($value));
            self::attempt(fn () => @Swoole\Coroutine::set(['exit_condition' => null] + array_map(fn (): int => 0, $held)));
            self::attempt(fn () => swoole_library_set_options([]));
            self::empty_static_properties();
            self::keep_only([]);
            self::end_of_what_waits();
            gc_collect_cycles();
        }
        if (getmypid() !== $script) {
            // A child of what ran meanwhile has what waits in coroutines of the script.
            return;
        }
        $suspended = iterator_count(Swoole\Coroutine::list());
        if ($suspended > 0) {
            // What no cancellation ends (a catch in a loop, a wait for another) holds what it has.
            self::note("$suspended coroutines left");
            return;
        }
        // Until the request ends they hold what they were given; what was resumed above may have given something, too.
        if (self::$has_fork_callbacks) {
            self::note('has fork callbacks');
            return;
        }
        $left = array_diff(self::sockets(), self::$inherited);
        self::note($left === [] ? 'nothing left' : 'failure descriptors left: ' . implode(' ', preg_replace('/:\[\d+\]/', '', $left)));
    }

    private static function empty_static_properties(): void
    {
        foreach ((new ReflectionExtension('swoole_process'))->getClasses() as $class) {
            foreach ($class->getProperties(ReflectionProperty::IS_STATIC) as $property) {
                self::attempt(fn () => $property->setValue(null, null));
            }
        }
    }

    /** As `keep_only()`: suspended Fibers and generators run on when they are destroyed. */
    private static function end_of_what_waits(): void
    {
        $before = [self::$until_the_end, self::$streams, self::$ends, self::$locked, self::$pipes, self::$commands, self::$handles, self::$multis];
        self::$until_the_end = self::$streams = self::$ends = self::$locked = self::$pipes = self::$commands = self::$handles = self::$multis = [];
    }

    /** Coroutines that wait are told that they wait in vain. */
    private static function end_of_coroutines(): void
    {
        foreach (iterator_to_array(Swoole\Coroutine::list(), false) as $cid) {
            @Swoole\Coroutine::cancel($cid) || @Swoole\Coroutine::resume($cid);
        }
    }

    /**
     * @return list<string> what this process has open of the kinds that the module opens; a standard descriptor is never the
     *     module's, and `dup2()` may have made it any of these
     */
    private static function sockets(): array
    {
        $files = preg_grep('~/[012]$~', glob('/proc/' . getmypid() . '/fd/*'), PREG_GREP_INVERT);
        $links = array_map(fn (string $file): string => (string) @readlink($file), $files);
        return preg_grep('/^(?:socket|anon_inode:\[pidfd)/', $links);
    }

    /** A process begins. What it does is bounded in time: whatever blocks is ended by SIGALRM. */
    public static function enter(?object $me = null): void
    {
        self::$pid = getmypid();
        self::$began = time();
        self::note('process');
        // A child's children may have children: not for ever.
        if (self::$generation++ > self::GENERATIONS || @filesize((string) getenv('FUZZ_TRACE')) > 400_000) {
            self::stop();
        }
        self::bound();
        if ($me instanceof Swoole\Process) {
            self::keep($me);
            @$me->setTimeout(0.01);
        }
    }

    /** Calls a function of the module: gives what it gives, or null when it throws. */
    public static function call(string $name, Closure $call): mixed
    {
        if (in_array($name, self::RUN_THE_LOOP, true) && Swoole\Coroutine::getCid() > 0) {
            return null;
        }
        self::step("call $name");
        try {
            $value = $call();
        } catch (Throwable $e) {
            self::$leaving && throw $e;
            self::note('exception ' . $e::class . ': ' . substr($e->getMessage(), 0, 200));
            $value = null;
        }
        self::$has_fork_callbacks = self::$has_fork_callbacks || $name === 'Swoole\Process::onFork';
        if (is_array($value) && in_array($value['signal'] ?? null, self::CRASHES, true)) {
            self::note("crash $value[signal]");
        }
        // The object of a worker.
        $value instanceof Swoole\Process && self::keep($value);
        self::step('return');
        return $value;
    }

    /** From now on a handler sees what a coroutine lets through, its exit among it. The script ends by that all the same. */
    public static function hear_exceptions(): void
    {
        set_exception_handler(function (Throwable $e): void {
            self::$is_broken_off = true;
            self::$leaving && throw $e;
            self::round();
            self::note('exception ' . $e::class . ': ' . substr($e->getMessage(), 0, 200));
        });
    }

    /** The same callable, which lets nothing through. */
    public static function caught(mixed $callable): Closure
    {
        return fn (mixed ...$arguments): mixed => self::attempt(fn () => $callable(...$arguments));
    }

    /** From now on callbacks yield at random. */
    public static function yields(): void
    {
        self::$yields = true;
    }

    /** Runs what is not a call of the module, and lets nothing escape. */
    public static function attempt(Closure $body): mixed
    {
        try {
            return $body();
        } catch (Throwable $e) {
            self::$leaving && throw $e;
            self::note('exception ' . $e::class . ': ' . substr($e->getMessage(), 0, 200));
            return null;
        }
    }

    /** A callback that the loop, or a pool, may call again and again does so for a while only. */
    public static function round(mixed ...$arguments): void
    {
        self::step('round');
        ($arguments[0] ?? null) instanceof Swoole\Process\Pool && self::attempt(fn () => self::end_in_time($arguments[0]));
        $late = time() - self::$began;
        if (++self::$rounds > self::ROUNDS || $late > self::SECONDS) {
            swoole_timer_clear_all();
            swoole_event_exit();
        }
        (self::$rounds > 2 * self::ROUNDS || $late > 2 * self::SECONDS) && self::stop();
    }

    /** Keeps an object for later actions; an older one goes. */
    public static function keep(object $object): object
    {
        if ($object instanceof Swoole\Process) {
            // Not for ever; the script may change it.
            self::attempt(fn () => @$object->setTimeout(0.01));
        }
        self::keep_only([...array_slice(self::$kept, -11), $object]);
        return $object;
    }

    public static function forget(): void
    {
        self::$pool = null;
        self::keep_only([]);
    }

    /** What is not among these may be destroyed, which may come back here: not before the new list is in its place. */
    private static function keep_only(array $objects): void
    {
        $before = self::$kept;
        self::$kept = $objects;
    }

    /** An object of a class: one that is kept, or a new one. */
    public static function an(string $class, int $number): object
    {
        // The one that runs, if there is one, is of more interest than others.
        if ($class === 'Swoole\Process\Pool' && $number % 4 > 0 && self::$pool !== null) {
            return self::$pool;
        }
        $fitting = array_values(array_filter(self::$kept, fn (object $o): bool => $o instanceof $class));
        return $fitting === [] ? self::keep(self::made($class)) : $fitting[$number % count($fitting)];
    }

    /** A new object, with arguments as the constructor asks for them. */
    public static function made(string $class): object
    {
        if ($class === 'Swoole\Process\Pool' && self::$steps % 4 > 0) {
            return self::pool(1 + self::$steps % 2, self::$steps % 5 % 4, self::$steps % 3 === 0, self::$steps % 2 === 0,
                self::$steps % 7 > 3 ? 'pool' : '');
        }
        if ($class === 'Swoole\Process\Manager' && self::$steps % 4 > 0) {
            return self::manager(self::$steps % 3)->add(self::work(...), self::$steps % 2 === 0);
        }
        if ($class === 'Swoole\Coroutine\Socket' && self::$steps % 4 > 0) {
            return self::$steps % 4 === 1 ? self::secret() : self::connected(self::$steps % 5);
        }
        $reflection = new ReflectionClass($class);
        $arguments = [];
        foreach ($reflection->getConstructor()?->getParameters() ?? [] as $parameter) {
            if ($parameter->isOptional()) {
                break;
            }
            $arguments[] = match (ltrim((string) $parameter->getType(), '?')) {
                'callable', 'Closure' => self::noop(...),
                'int', 'float' => 1,
                'string' => 'x',
                'array', 'array|object' => [],
                default => null,
            };
        }
        return $reflection->newInstanceArgs($arguments);
    }

    /** A socket whose other side is kept too, and has sent a line and packets of several kinds. */
    private static function connected(int $kind): Swoole\Coroutine\Socket
    {
        $pair = swoole_coroutine_socketpair(AF_UNIX, [SOCK_STREAM, SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM][$kind], 0);
        if ($pair === false) {
            return new Swoole\Coroutine\Socket(AF_UNIX, SOCK_STREAM);
        }
        self::attempt(fn () => $pair[1]->send("line\nxx" . pack('n', 5) . "hello\r\nthe rest"));
        return self::keep($pair[1]) === $pair[1] ? $pair[0] : $pair[1];
    }

    /** A socket that begins to speak TLS with another one, which is kept when they understand each other. */
    private static function secret(): Swoole\Coroutine\Socket
    {
        $server = new Swoole\Coroutine\Socket(AF_UNIX, SOCK_STREAM);
        $client = new Swoole\Coroutine\Socket(AF_UNIX, SOCK_STREAM);
        self::attempt(function () use ($server, $client): void {
            $path = self::file('secret' . self::$steps);
            if (!@$server->bind($path) || !@$server->listen()) {
                return;
            }
            @$server->setProtocol(['open_ssl' => true, 'ssl_cert_file' => self::certificate()]);
            @$client->setProtocol(['open_ssl' => true, 'open_eof_check' => true]);
            Swoole\Coroutine::create(fn () => self::attempt(function () use ($server): void {
                $accepted = @$server->accept(0.1);
                if ($accepted && @$accepted->sslHandshake()) {
                    self::keep($accepted);
                    @$accepted->sendAll("line\r\n" . str_repeat('secret', 10_000), 0.1);
                }
            }));
            Swoole\Coroutine::create(fn () => self::attempt(fn () => @$client->connect($path, 0, 0.1)));
        });
        return $client;
    }

    /** A file with a certificate and its key. */
    public static function certificate(): string
    {
        $path = self::file('certificate');
        if (!is_file($path) && extension_loaded('openssl')) {
            $options = ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1'];
            $key = openssl_pkey_new($options);
            $request = openssl_csr_new(['commonName' => 'localhost'], $key, $options);
            openssl_x509_export(openssl_csr_sign($request, null, $key, 2), $text);
            openssl_pkey_export($key, $private);
            file_put_contents($path, $text . $private);
        }
        return $path;
    }

    /** An object whose constructor was never called. */
    public static function unconstructed(string $class): object
    {
        return (new ReflectionClass($class))->newInstanceWithoutConstructor();
    }

    /** An object of a subclass that does not call the constructor of its parent; of the class where there can be none. */
    public static function orphaned(string $class): object
    {
        if ((new ReflectionClass($class))->isFinal()) {
            return self::made($class);
        }
        $name = 'Orphaned_' . strtr($class, '\\', '_');
        class_exists($name, false) || eval("class $name extends $class { public \$own = 1; function __construct() {} }");
        return new $name();
    }

    public static function noop(mixed ...$arguments): mixed
    {
        self::round(...$arguments);
        self::yield_at_random();
        return $arguments[0] ?? null;
    }

    /** As `noop()`, some time later. */
    public static function pause(mixed ...$arguments): mixed
    {
        self::round(...$arguments);
        self::yield();
        return $arguments[0] ?? null;
    }

    public static function thrower(mixed ...$arguments): never
    {
        self::round(...$arguments);
        self::yield_at_random();
        throw new RuntimeException('thrown on purpose');
    }

    public static function generator(mixed ...$arguments): Generator
    {
        self::round(...$arguments);
        return self::three();
    }

    private static function three(): Generator
    {
        try {
            yield 1;
            yield from [2, 3];
        } finally {
            self::note('finally');
        }
    }

    /** Runs a body in a child that the module has not made. */
    public static function fork(Closure $body): void
    {
        $pid = pcntl_fork();
        if ($pid === 0) {
            self::enter();
            self::attempt($body);
            self::$leaving = true;
            exit(0);
        }
    }

    /** Yields where that is possible: the coroutine, or else the Fiber. */
    public static function yield(): void
    {
        $cid = Swoole\Coroutine::getCid();
        if ($cid > 0) {
            self::step("yield of coroutine $cid");
            // What cancels it may throw here.
            self::attempt(fn () => self::$steps % 2 === 0 ? Swoole\Coroutine::sleep(0.001) : self::yield_until_resumed($cid));
        } elseif (Fiber::getCurrent() !== null) {
            self::attempt(fn () => Fiber::suspend());
        }
    }

    /** Suspends the Fiber in the main program; a coroutine waits instead. */
    public static function suspend_or_yield(): void
    {
        Swoole\Coroutine::getCid() > 0 ? self::yield() : Fiber::suspend();
    }

    /** What must hold whatever the actions did meanwhile. */
    public static function expect(bool $holds, string $otherwise): void
    {
        $holds || self::note("failure $otherwise");
    }

    /** Where callbacks are to yield: one in three does. */
    public static function yield_at_random(): void
    {
        self::$yields && self::$steps % 3 === 0 && self::yield();
    }

    private static function yield_until_resumed(int $cid): void
    {
        Swoole\Event::defer(fn () => @Swoole\Coroutine::resume($cid));
        Swoole\Coroutine::yield();
    }

    /**
     * A pool that ends by itself, however its callbacks end, unless an action prevents it: its workers send each other
     * messages, the last of which ends it, and so do too many restarts.
     */
    public static function pool(int $workers, int $ipc, bool $coroutine, bool $bus, string $name = 'pool'): Swoole\Process\Pool
    {
        $coroutine = $coroutine && $ipc <= SWOOLE_IPC_UNIXSOCK;
        $pool = new Swoole\Process\Pool($workers, $ipc, $workers > 1 ? self::QUEUE : 0, $coroutine);
        $pool->set(['enable_message_bus' => $bus] + self::BOUNDS);
        $events = ['Start', 'Shutdown', 'WorkerStart', 'WorkerStop', 'WorkerError', ...($ipc === SWOOLE_IPC_NONE ? [] : ['Message']),
            ...($coroutine ? ['WorkerExit'] : [])];
        foreach ($events as $event) {
            $pool->on($event, fn (mixed ...$arguments) => self::event($event, ...$arguments));
        }
        // Two at the same place: the second one is refused.
        $ipc === SWOOLE_IPC_SOCKET && $name !== '' && @$pool->listen('unix:' . self::file($name));
        return $pool;
    }

    /** Starts a pool or a manager. */
    public static function run(Swoole\Process\Pool|Swoole\Process\Manager $pool): void
    {
        $class = $pool instanceof Swoole\Process\Pool ? Swoole\Process\Pool::class : Swoole\Process\Manager::class;
        self::call("$class::start", fn () => $pool->start());
        // In the master: a worker does not come back.
        self::note('event the end of a start');
    }

    /** What makes a pool end soon. */
    private const BOUNDS = ['max_wait_time' => 0.1, 'max_restarts' => 3, 'restart_delay' => 0, 'max_lifetime' => 0.3, 'max_requests' => 20];

    /** A manager, whose workers are bounded as those of `pool()`. */
    public static function manager(int $ipc): Swoole\Process\Manager
    {
        return (new Swoole\Process\Manager($ipc, $ipc === SWOOLE_IPC_MSGQUEUE ? self::QUEUE : 0))->set(self::BOUNDS);
    }

    /** What a worker of a manager does. */
    public static function work(Swoole\Process\Pool $pool, int $worker): void
    {
        self::event('a manager', $pool, $worker);
    }

    /** An event of a pool: what each of them does before what is to be tried there. */
    public static function event(string $event, Swoole\Process\Pool $pool, mixed ...$arguments): void
    {
        self::step("event $event");
        self::$pool = $pool;
        self::attempt(fn () => match ($event) {
            'Start' => self::send_requests($pool),
            'WorkerStart', 'a manager' => self::begin_worker($pool, $arguments[0]),
            'Message' => self::handle($pool, $arguments[0]),
            'WorkerExit' => Swoole\Timer::clearAll(),
            default => null,
        });
        self::yield_at_random();
    }

    /** A worker that fails, until that is enough. */
    public static function fail(Swoole\Process\Pool $pool): void
    {
        // An exit in a coroutine may be caught, and the worker goes on.
        self::end_in_time($pool) || exit(1);
    }

    /** Ends a pool when that is enough; workers that end normally are started again for ever. */
    public static function end_in_time(Swoole\Process\Pool $pool): bool
    {
        return $pool->stats()['restarts'] >= self::RESTARTS && $pool->shutdown();
    }

    private static function begin_worker(Swoole\Process\Pool $pool, int $worker): void
    {
        if (self::end_in_time($pool)) {
            return;
        }
        $workers = count($pool->stats()['workers']);
        $texts = [self::MESSAGES[self::$steps % count(self::MESSAGES)], str_repeat('m', 70_000), 'end'];
        foreach ($texts as $number => $text) {
            @$pool->sendMessage($text, ($worker + $number) % $workers) || self::push($pool, $text, $number);
        }
    }

    /** Pools on a queue get messages of any program. */
    private static function push(Swoole\Process\Pool $pool, string $text, int $number): void
    {
        $text = substr($text, 0, 5000);
        @$pool->getProcess()->push($text);
        if (function_exists('msg_send') && $pool->stats()['workers'] > 1 && msg_queue_exists(self::QUEUE)) {
            @msg_send(msg_get_queue(self::QUEUE), [1, PHP_INT_MAX, 2 ** 32][$number % 3], $text, false, false);
        }
    }

    /** Handles a message by its text. */
    private static function handle(Swoole\Process\Pool $pool, string $text): void
    {
        @$pool->write($text === '' ? 'empty' : $text);
        match ($text) {
            'end' => $pool->shutdown(),
            'reload' => @posix_kill($pool->master_pid, SIGUSR1),
            'stop' => $pool->stop(),
            'write' => @$pool->getProcess(0)->write('written'),
            'forward' => @$pool->sendMessage('end', 0),
            'children' => self::fork(fn () => @$pool->sendMessage('of a child', 0)),
            'fail' => throw new RuntimeException('on purpose'),
            'leave' => $pool->detach(),
            default => null,
        };
    }

    /** Clients of a pool that listens; each is a process. What they send is a request, or a part of one, or none. */
    private static function send_requests(Swoole\Process\Pool $pool): void
    {
        $request = fn (string $text): string => pack('N', strlen($text)) . $text;
        $message = self::MESSAGES[self::$steps % count(self::MESSAGES)];
        $odd = ["\0\0\0", "\xff\xff\xff\xff", "\0\0\0\0", "\0\0\1\0part", '', random_bytes(9)][self::$steps % 6];
        foreach (glob(self::file('*pool')) as $path) {
            foreach ([[$odd], [$request($message), ''], str_split($request('end'), 3), [$request(str_repeat('r', 100_000)), $request('end')]] as $pieces) {
                self::fork(fn () => self::be_a_client($path, $pieces));
            }
        }
    }

    private static function be_a_client(string $path, array $pieces): void
    {
        $socket = @stream_socket_client("unix://$path", $code, $error, 0.2);
        if ($socket !== false) {
            stream_set_timeout($socket, 0, 200_000);
            foreach ($pieces as $piece) {
                @fwrite($socket, $piece);
            }
            self::note('event ' . (strlen((string) @fread($socket, 8192)) > 4 ? 'an answer' : 'no answer'));
        }
    }

    /** Lets the loop run until nothing is left, but not for ever; a coroutine lets it run by waiting. */
    public static function loop(): void
    {
        if (Swoole\Coroutine::getCid() > 0) {
            self::yield();
            return;
        }
        self::step('loop');
        self::attempt(function (): void {
            Swoole\Timer::after(5, swoole_event_exit(...));
            Swoole\Event::wait();
        });
    }

    /** A process that may be sent a signal: the newest child that is kept, or this one. */
    public static function pid(): int
    {
        foreach (array_reverse(self::$kept) as $object) {
            if ($object instanceof Swoole\Process && is_int($object->pid) && $object->pid > 1) {
                return $object->pid;
            }
        }
        return getmypid();
    }

    /** One end of a stream pair with a byte in it; the other lives as long as the request. */
    public static function readable(): mixed
    {
        [$near, self::$until_the_end[]] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        fwrite(end(self::$until_the_end), 'x');
        return $near;
    }

    /** Streams with hooks, by number: pairs, a server, and a client of it. Each has a time limit. */
    private static array $streams = [];

    public static function stream(int $number): mixed
    {
        if (!isset(self::$streams[$number])) {
            $number < 6 ? self::pair_of_streams($number & ~1) : self::$streams[$number] = match ($number) {
                6 => stream_socket_server('tcp://127.0.0.1:0'),
                7 => @stream_socket_client('tcp://' . stream_socket_get_name(self::stream(6), false), $errno, $error, 0.02),
            };
            is_resource(self::$streams[$number]) && stream_set_timeout(self::$streams[$number], 0, 20_000);
        }
        // One that is closed is seen so once.
        $stream = self::$streams[$number];
        if (!is_resource($stream)) {
            unset(self::$streams[$number]);
        }
        return $stream;
    }

    public static function pair_of_streams(int $first = 0): void
    {
        Swoole\Runtime::enableCoroutine(SWOOLE_HOOK_ALL);
        foreach (stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0) as $i => $stream) {
            stream_set_timeout($stream, 0, 20_000);
            self::$streams[$first + $i] = $stream;
        }
    }

    public static function select(mixed ...$streams): mixed
    {
        $read = $write = $streams;
        return stream_select($read, $write, $none, 0, 5000);
    }

    /** Sockets of ext-sockets, by number: pairs. Each has a time limit. */
    private static array $ends = [];

    public static function end(int $number): Socket
    {
        if (!isset(self::$ends[$number])) {
            socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $pair);
            foreach ($pair as $i => $socket) {
                socket_set_option($socket, SOL_SOCKET, SO_RCVTIMEO, ['sec' => 0, 'usec' => 20_000]);
                socket_set_option($socket, SOL_SOCKET, SO_SNDTIMEO, ['sec' => 0, 'usec' => 20_000]);
                self::$ends[$number & ~1 | $i] = $socket;
            }
        }
        // A closed one stays: a new pair would hide what calls do with it.
        return self::$ends[$number];
    }

    /** Reads a line. PHP's own function reads again and again when there is none in time, or the socket does not block. */
    public static function line(Socket $socket): void
    {
        if (Swoole\Coroutine::getCid() > 0 && Swoole\Runtime::getHookFlags() & SWOOLE_HOOK_SOCKETS) {
            socket_read($socket, 10, PHP_NORMAL_READ);
        }
    }

    /** Handles of curl, by number. Each has a time limit. */
    private static array $handles = [];

    public static function curl(int $number, bool $is_new = false): CurlHandle
    {
        Swoole\Runtime::enableCoroutine(SWOOLE_HOOK_ALL);
        $handle = &self::$handles[$number];
        if ($is_new || $handle === null || curl_getinfo($handle, CURLINFO_EFFECTIVE_URL) === '') {
            $server = is_resource(self::stream(6)) ? stream_socket_get_name(self::$streams[6], false) : '127.0.0.1:1';
            $handle = curl_init($number === 0 ? 'file://' . __FILE__ : "http://$server/");
            curl_setopt_array($handle, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT_MS => 20]);
        }
        return $handle;
    }

    /** Multi handles, by number. */
    private static array $multis = [];

    public static function multi(int $number): CurlMultiHandle
    {
        return self::$multis[$number] ??= curl_multi_init();
    }

    /** Answers a request, if there is one. */
    public static function answer(): void
    {
        $client = stream_socket_accept(self::stream(6), 0.01);
        fwrite($client, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        self::$until_the_end[] = $client;
    }

    public static function select_of_sockets(Socket ...$sockets): mixed
    {
        $read = $write = $sockets;
        return socket_select($read, $write, $none, 0, 5000);
    }

    /** Handles of one file that is locked, by number. What waits for a lock gives up soon. */
    private static array $locked = [];

    public static function locked(int $number): mixed
    {
        if (!is_resource(self::$locked[$number] ?? null)) {
            self::$locked[$number] = fopen(self::file('lock'), 'c+');
        }
        $me = Swoole\Coroutine::getCid();
        $me > 0 && Swoole\Timer::after(20, fn () => Swoole\Coroutine::exists($me) && Swoole\Coroutine::cancel($me));
        return self::$locked[$number];
    }

    /** Pipes of a command that returns what it is sent, by number; then closed ones. */
    private static array $pipes = [];
    private static array $commands = [];

    public static function pipe(int $number): mixed
    {
        if (!isset(self::$pipes[$number])) {
            self::$commands[] = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
            fwrite($pipes[0], "one\ntwo\n");
            [self::$pipes[$number & ~1], self::$pipes[$number | 1]] = $pipes;
        }
        return self::$pipes[$number];
    }

    public static function run_command(mixed $command): int
    {
        $process = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
        array_map(stream_get_contents(...), $pipes);
        return proc_close($process);
    }

    public static function socket(): Socket
    {
        socket_create_pair(AF_UNIX, SOCK_DGRAM, 0, $pair);
        self::$until_the_end[] = $pair[1];
        return $pair[0];
    }

    public static function closed(): mixed
    {
        $file = fopen('php://memory', 'r+');
        fclose($file);
        return $file;
    }

    /** An array that contains itself. */
    public static function recursive(): array
    {
        $array = [1];
        $array['self'] = &$array;
        return $array;
    }

    /** A variable to pass by reference, with an object of a class, or with what an earlier call has left in it. */
    public static function &slot(int $number, ?string $class = null): mixed
    {
        if ($class !== null && !(self::$slots[$number] ?? null) instanceof $class) {
            self::$slots[$number] = self::an($class, $number);
        }
        self::$slots[$number] ??= null;
        return self::$slots[$number];
    }

    /** The number of a coroutine: one of those that there are, or else one that there was or will be. */
    public static function cid(int $number): int
    {
        $living = iterator_to_array(Swoole\Coroutine::list(), false);
        return $living[$number % max(1, count($living))] ?? $number;
    }

    /** The same elements, each a reference. */
    public static function references(array $values): array
    {
        foreach ($values as $key => $_) {
            $references[$key] = &$values[$key];
        }
        return $references ?? [];
    }

    public static function file(string $name): string
    {
        return self::$folder . "/$name";
    }

    public static function note(string $what): void
    {
        // Opened for one line: no descriptor stays that an action could meet.
        $trace = getenv('FUZZ_TRACE');
        $trace && @file_put_contents($trace, strtr($what, "\r\n\0", '   ') . "\n", FILE_APPEND);
    }

    private static function step(string $what): void
    {
        getmypid() === self::$pid || self::enter();
        ++self::$steps > self::STEPS && self::stop();
        self::bound();
        $what === 'return' || self::note($what);
    }

    /** From now on for so long: then SIGALRM ends the process. */
    private static function bound(): void
    {
        pcntl_alarm((int) getenv('FUZZ_PATIENCE') ?: 1);
        // A handler of pcntl runs with all signals blocked, and a child of one begins so.
        pcntl_sigprocmask(SIG_UNBLOCK, [SIGALRM]);
    }

    private static function stop(): never
    {
        self::note('stopped');
        posix_kill(getmypid(), SIGKILL);
        exit;
    }
}

/** Runs a body when it is asked for its text, called, destroyed, or asked for a method that it has not. */
final class Trap implements Stringable, IteratorAggregate, ArrayAccess, Countable, JsonSerializable
{
    public function __construct(private ?Closure $body = null, private mixed $answer = 'trap', private bool $armed = false) {}

    private function spring(mixed ...$arguments): mixed
    {
        Fuzz::round(...$arguments);
        Fuzz::yield_at_random();
        $this->body && ($this->body)();
        return $this->answer;
    }

    public function __toString(): string
    {
        return $this->spring();
    }

    public function __invoke(mixed ...$arguments): mixed
    {
        return $this->spring(...array_values($arguments));
    }

    public function __call(string $name, array $arguments): mixed
    {
        return $this->spring(...array_values($arguments));
    }

    public static function __callStatic(string $name, array $arguments): mixed
    {
        return (new self())->spring(...array_values($arguments));
    }

    public function getIterator(): Iterator
    {
        return new ArrayIterator([$this->spring()]);
    }

    public function offsetExists(mixed $offset): bool
    {
        return (bool) $this->spring();
    }

    public function offsetGet(mixed $offset): mixed
    {
        return $this->spring();
    }

    public function offsetSet(mixed $offset, mixed $value): void
    {
        $this->spring();
    }

    public function offsetUnset(mixed $offset): void
    {
        $this->spring();
    }

    public function count(): int
    {
        return strlen((string) $this->spring());
    }

    public function jsonSerialize(): mixed
    {
        return $this->spring();
    }

    public function __serialize(): array
    {
        $this->spring();
        return [];
    }

    public function __unserialize(array $data): void
    {
        $this->__construct();
        $this->spring();
    }

    public function __destruct()
    {
        $this->armed && $this->spring();
    }
}

enum Suit: string
{
    case Hearts = 'hearts';
}

Fuzz::begin();
