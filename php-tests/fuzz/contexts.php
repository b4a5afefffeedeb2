<?php
// Where actions run: as they stand, in a child, in a callback of each kind.
//
// A context is the text around a body, by name.
declare(strict_types=1);

final class Contexts
{
    /** Bodies of these run in a process of their own. */
    private const CHILDREN = ['process', 'redirected process', 'pcntl child', 'pool worker', 'event of a worker', 'worker of a manager'];
    /** In these there is a pool to be called. */
    private const POOLS = ['pool worker', 'event of a worker', 'worker of a manager', 'event of a master', 'start of a pool'];
    private const WEIGHTS = ['process' => 8, 'redirected process' => 2, 'pcntl child' => 3, 'coroutine' => 8,
        'coroutine that has waited' => 3, 'run' => 3, 'event of a worker' => 6, 'event of a master' => 3, 'worker of a manager' => 2];
    /** Where the engine keeps something for the one that runs, and a switch may mix it up. */
    private const SWITCHING = ['coroutine', 'coroutine that has waited', 'Fiber', 'suspended Fiber', 'resumed Fiber', 'Fiber in a Fiber',
        'coroutine in a Fiber in a Fiber', 'suspended Fiber in a Fiber', 'generator', 'suspended generator', 'generator in a Fiber', 'usort', 'sorts in coroutines',
        'serialize', 'autoloader', 'class that coroutines load', 'destructor', 'destructor in the collector', 'destructor at the end',
        'destructor at the end of a coroutine', 'pcntl handler', 'pcntl handler in a coroutine', 'error handler', 'error handler that stays',
        'output callback', 'shutdown function', 'array_map'];
    /** In the master, and in workers: with coroutines they have one more. */
    private const OF_MASTERS = ['Start', 'Shutdown', 'WorkerError'];
    private const OF_WORKERS = ['WorkerStart', 'Message', 'Message', 'WorkerStop'];

    /** @var array<string, array{string, string}> the text before and after a body; # stands for a number that is new each time */
    private array $around = [
        'process' => [
            "Fuzz::attempt(function () {\n\$child = Fuzz::keep(new Swoole\\Process(function (\$me = null) {\nFuzz::enter(\$me);",
            "}, false, @TYPE@));\nFuzz::call('Swoole\\Process::start', fn () => \$child->start());\n});",
        ],
        'redirected process' => [
            "Fuzz::attempt(function () {\n\$child = Fuzz::keep(new Swoole\\Process(function (\$me = null) {\nFuzz::enter(\$me);",
            "}, true));\nFuzz::call('Swoole\\Process::start', fn () => \$child->start());\n});",
        ],
        'pcntl child' => ['Fuzz::fork(function () {', '});'],
        // The pool is asked to stop before the body begins, and waits a little for its end.
        'pool worker' => [
            "Fuzz::attempt(function () {\n\$pool = Fuzz::keep(new Swoole\\Process\\Pool(@WORKERS@, 1, 0, @BOOL@));\n"
                . "\$pool->set(['max_wait_time' => 0.2, 'max_restarts' => 1, 'restart_delay' => 0, 'enable_message_bus' => @BOOL@]);\n"
                . "\$pool->on('Message', Fuzz::noop(...));\n"
                . "\$pool->on('WorkerStart', function (\$pool) {\nFuzz::enter();\nFuzz::attempt(fn () => \$pool->shutdown());",
            "});\nFuzz::call('Swoole\\Process\\Pool::start', fn () => \$pool->start());\n});",
        ],
        'start of a pool' => [
            "Fuzz::attempt(function () {\n\$pool = Fuzz::keep(new Swoole\\Process\\Pool(1));\n"
                . "\$pool->set(['max_wait_time' => 0.2, 'max_restarts' => 1, 'restart_delay' => 0]);\n"
                . "\$pool->on('WorkerStart', fn (\$pool) => Fuzz::end_in_time(\$pool) || exit(1));\n\$pool->on('@EVENT@', function () {\nFuzz::round();",
            "});\nFuzz::call('Swoole\\Process\\Pool::start', fn () => \$pool->start());\n});",
        ],
        'event of a worker' => [
            "Fuzz::attempt(function () {\n\$pool = Fuzz::keep(Fuzz::pool(@POOL@));\n\$pool->on('@WORKER@', function (...\$arguments) {\n"
                . "Fuzz::event('@WORKER@', ...\$arguments);",
            "});\nFuzz::run(\$pool);\n});",
        ],
        'event of a master' => [
            "Fuzz::attempt(function () {\n\$pool = Fuzz::keep(Fuzz::pool(@POOL@));\n\$pool->on('@MASTER@', function (...\$arguments) {\n"
                . "Fuzz::event('@MASTER@', ...\$arguments);",
            "});\n@FAIL@Fuzz::run(\$pool);\n});",
        ],
        'worker of a manager' => [
            "Fuzz::attempt(function () {\n\$manager = Fuzz::keep(Fuzz::manager(@IPC@));\n\$manager->add(function (...\$arguments) {\n"
                . "Fuzz::work(...\$arguments);",
            "}, @BOOL@)->addBatch(@WORKERS@, Fuzz::work(...), @BOOL@);\nFuzz::run(\$manager);\n});",
        ],
        'timer' => ["Fuzz::call('Swoole\\Timer::after', fn () => Swoole\\Timer::after(1, function (...\$arguments) {\nFuzz::round();", '}));'],
        'tick' => [
            "Fuzz::call('Swoole\\Timer::tick', fn () => Swoole\\Timer::tick(1, function (\$timer) {\nFuzz::round();\nstatic \$left = 3;\n\$left-- > 0 || Swoole\\Timer::clear(\$timer);",
            '}));',
        ],
        'readable' => [
            "Fuzz::call('Swoole\\Event::add', fn () => Swoole\\Event::add(Fuzz::readable(), function (\$fd) {\nFuzz::round();\n@DEL@",
            '}));',
        ],
        'writable' => [
            "Fuzz::call('Swoole\\Event::add', fn () => Swoole\\Event::add(Fuzz::readable(), null, function (\$fd) {\nFuzz::round();\n@DEL@",
            '}, SWOOLE_EVENT_WRITE));',
        ],
        'signal handler' => [
            "Fuzz::call('Swoole\\Process::signal', fn () => Swoole\\Process::signal(SIGUSR1, function (\$signal) {\nFuzz::round();",
            "}));\nposix_kill(getmypid(), SIGUSR1);",
        ],
        'pcntl handler' => [
            "pcntl_async_signals(true);\npcntl_signal(SIGUSR2, function () {\nFuzz::round();",
            "});\nposix_kill(getmypid(), SIGUSR2);",
        ],
        'deferred' => ["Fuzz::call('Swoole\\Event::defer', fn () => Swoole\\Event::defer(function () {\nFuzz::round();", '}));'],
        'cycle' => ["Fuzz::call('Swoole\\Event::cycle', fn () => Swoole\\Event::cycle(function () {\nFuzz::round();", '}, @BOOL@));'],
        'output callback' => ["ob_start(function (\$text) {\nFuzz::round();", "return \$text;\n});\necho 'x';\nob_end_flush();"],
        'destructor' => ['Fuzz::attempt(fn () => new Trap(function () {', "}, '', true));"],
        'destructor in the collector' => [
            "Fuzz::attempt(function () {\n\$cycle = new stdClass();\n\$cycle->self = \$cycle;\n\$cycle->trap = new Trap(function () {",
            "}, '', true);\n});\ngc_collect_cycles();",
        ],
        'destructor at the end' => ['Fuzz::$until_the_end[] = new Trap(function () {', "}, '', true);"],
        'destructor of a property' => ["Fuzz::attempt(fn () => Fuzz::an('Swoole\\Process', @NUMBER@)->pid = new Trap(function () {", "}, '', true));"],
        'shutdown function' => ["register_shutdown_function(function () {\nFuzz::round();", '});'],
        'generator' => [
            "Fuzz::attempt(function () {\nforeach ((function () {\ntry {\nyield 1;",
            "yield 2;\n} finally {\nFuzz::note('finally');\n}\n})() as \$_) {\n}\n});",
        ],
        'suspended generator' => [
            "Fuzz::attempt(function () {\n\$generator = (function () {\ntry {\nyield 1;\n} finally {",
            "}\n})();\n\$generator->current();\nFuzz::\$until_the_end[] = \$generator;\n});",
        ],
        'Fiber' => ['Fuzz::attempt(fn () => (new Fiber(function () {', '}))->start());'],
        'suspended Fiber' => [
            "Fuzz::attempt(function () {\n\$fiber = new Fiber(function () {\ntry {\nFiber::suspend();\n} finally {",
            "}\n});\n\$fiber->start();\nFuzz::\$until_the_end[] = \$fiber;\n});",
        ],
        'resumed Fiber' => [
            "Fuzz::attempt(function () {\n\$fiber = new Fiber(function () {\nFiber::suspend();",
            "});\n\$fiber->start();\nFuzz::call('Swoole\\Event::defer', fn () => Swoole\\Event::defer(fn () => \$fiber->isSuspended() && \$fiber->resume()));\n});",
        ],
        'Fiber in a Fiber' => ["Fuzz::attempt(fn () => (new Fiber(fn () => (new Fiber(function () {", '}))->start()))->start());'],
        'coroutine in a Fiber in a Fiber' => [
            "Fuzz::call('Swoole\\Coroutine::create', fn () => Swoole\\Coroutine::create(fn () => Fuzz::attempt(fn () => (new Fiber(fn () => (new Fiber(function () {\nFuzz::yield();",
            "}))->start()))->start())));",
        ],
        'suspended Fiber in a Fiber' => [
            "Fuzz::attempt(function () {\n\$fiber = new Fiber(fn () => (new Fiber(function () {\ntry {\nFuzz::suspend_or_yield();\n} finally {",
            "}\n}))->start());\n\$fiber->start();\nFuzz::\$until_the_end[] = \$fiber;\n});",
        ],
        'generator in a Fiber' => [
            "Fuzz::attempt(fn () => (new Fiber(function () {\nforeach ((function () {\ntry {\nyield 1;",
            "} finally {\nFuzz::yield_at_random();\n}\n})() as \$_) {\nFuzz::yield_at_random();\n}\n}))->start());",
        ],
        'sorts in coroutines' => [
            "Fuzz::attempt(function () {\nforeach ([1, -1] as \$sign) {\nSwoole\\Coroutine::create(function () use (\$sign) {\n\$list = [3, 1, 2];\nusort(\$list, function (\$a, \$b) use (\$sign) {\nFuzz::yield_at_random();",
            "return \$sign * (\$a <=> \$b);\n});\nFuzz::expect(\$list === (\$sign > 0 ? [1, 2, 3] : [3, 2, 1]), 'a list is not sorted');\n});\n}\n});",
        ],
        'serialize' => [
            "Fuzz::attempt(function () {\n\$one = new ArrayObject([1]);\n\$text = serialize([\$one, new Trap(function () {",
            "}), \$one]);\n\$back = unserialize(\$text);\nFuzz::expect(\$back[0] === \$back[2] && \$back[0] == \$one, 'serialized values differ');\n});",
        ],
        'class that coroutines load' => [
            "Fuzz::attempt(function () {\n\$load = function (\$class) {\n\$class === 'Missing#' || \$class = '';\nFuzz::yield_at_random();",
            "\$class === '' || class_exists(\$class, false) || eval(\"class \$class {}\");\n};\nspl_autoload_register(\$load);\nfor (\$i = 0; \$i < 2; \$i++) {\n"
                . "Fuzz::attempt(fn () => Swoole\\Coroutine::create(fn () => Fuzz::attempt(fn () => class_exists('Missing#'))));\n}\nFuzz::attempt(fn () => new Missing#());\nspl_autoload_unregister(\$load);\n});",
        ],
        'destructor at the end of a coroutine' => [
            "Fuzz::call('Swoole\\Coroutine::create', fn () => Swoole\\Coroutine::create(function () {\n\$trap = new Trap(function () {", "}, '', true);\nFuzz::yield_at_random();\n}));",
        ],
        'pcntl handler in a coroutine' => [
            "Fuzz::call('Swoole\\Coroutine::create', fn () => Swoole\\Coroutine::create(function () {\npcntl_async_signals(true);\npcntl_signal(SIGUSR2, function () {\nFuzz::round();\nFuzz::yield_at_random();",
            "});\nposix_kill(getmypid(), SIGUSR2);\n}));",
        ],
        'array_map' => ['Fuzz::attempt(fn () => array_map(function ($x) {', '}, [1, 2]));'],
        'usort' => ["Fuzz::attempt(function () {\n\$list = [2, 1];\nusort(\$list, function (\$a, \$b) {", "return \$a <=> \$b;\n});\n});"],
        'text of an argument' => [
            "Fuzz::call('Swoole\\Process::write', fn () => Fuzz::an('Swoole\\Process', @NUMBER@)->write(new Trap(function () {", "}, 'text')));",
        ],
        'text in an array' => [
            "Fuzz::call('Swoole\\Process::exec', fn () => Fuzz::an('Swoole\\Process', @NUMBER@)->exec('/no/such/program', [new Trap(function () {", "}, 'text')]));",
        ],
        'error handler' => [
            "set_error_handler(function (\$level, \$text) {\nFuzz::round();", "return true;\n});\nFuzz::call('swoole_async_set', fn () => swoole_async_set(['no_such_option' => 1]));\nrestore_error_handler();",
        ],
        'error handler that stays' => ["set_error_handler(function (\$level, \$text) {\nFuzz::round();", "return false;\n});"],
        'error handler that throws' => [
            "Fuzz::attempt(function () {\nset_error_handler(function (\$level, \$text) {\nFuzz::round();",
            "throw new ErrorException(\$text);\n});\nFuzz::call('Swoole\\Event::add', fn () => Swoole\\Event::add(-1, Fuzz::noop(...)));\n});\nrestore_error_handler();",
        ],
        'autoloader' => [
            "Fuzz::attempt(function () {\n\$load = function (\$class) {\nFuzz::round();",
            "};\nspl_autoload_register(\$load);\nFuzz::call('Swoole\\Event::defer', fn () => Swoole\\Event::defer(['Missing#', 'method']));\nspl_autoload_unregister(\$load);\n});",
        ],
        // Static: what the body leaves behind must not hold the object.
        'method of a subclass' => [
            "Fuzz::attempt(fn () => Fuzz::keep(new class(Fuzz::noop(...)) extends Swoole\\Process {\npublic function __destruct()\n{\n(static function () {",
            "})();\nparent::__destruct();\n}\n}));",
        ],
        'coroutine' => ["Fuzz::call('Swoole\\Coroutine::create', fn () => Swoole\\Coroutine::create(function () {", '}));'],
        'coroutine that has waited' => [
            "Fuzz::call('Swoole\\Coroutine::create', fn () => Swoole\\Coroutine::create(function () {\nFuzz::yield();", '}));',
        ],
        'coroutine that is cancelled' => [
            "Fuzz::attempt(function () {\n\$cid = Swoole\\Coroutine::create(function () {\ntry {\nSwoole\\Coroutine::sleep(0.05);\n} finally {",
            "}\n});\nFuzz::call('Swoole\\Coroutine::cancel', fn () => Swoole\\Coroutine::cancel(\$cid, @BOOL@));\n});",
        ],
        'end of a coroutine' => [
            "Fuzz::call('Swoole\\Coroutine::create', fn () => Swoole\\Coroutine::create(function () {\nSwoole\\Coroutine::defer(function () {",
            "});\nFuzz::yield();\n}));",
        ],
        'run' => ["Fuzz::call('Swoole\\Coroutine\\run', fn () => Swoole\\Coroutine\\run(function () {", '}));'],
        'scheduler' => [
            "Fuzz::attempt(function () {\n\$scheduler = Fuzz::keep(new Swoole\\Coroutine\\Scheduler());\n\$scheduler->parallel(2, function () {",
            "});\nFuzz::call('Swoole\\Coroutine\\Scheduler::start', fn () => \$scheduler->start());\n});",
        ],
        'map' => ["Fuzz::call('Swoole\\Coroutine\\map', fn () => Swoole\\Coroutine\\map([1, 2], function (\$x) {", '}, 0.01));'],
        'receiver of a channel' => [
            "Fuzz::attempt(function () {\n\$channel = Fuzz::keep(new Swoole\\Coroutine\\Channel(@SIZE@));\nSwoole\\Coroutine::create(function () use (\$channel) {\nFuzz::attempt(fn () => \$channel->pop(0.01));",
            "});\nSwoole\\Coroutine::create(fn () => Fuzz::attempt(fn () => \$channel->push(new Trap(), 0.01)));\n});",
        ],
    ];

    /** @param bool $switches what may switch inside of the engine is chosen more often */
    public function __construct(private readonly bool $switches = false) {}

    /** @return list<string> */
    public function names(): array
    {
        return array_keys($this->around);
    }

    /** A context's name, chosen. */
    public function any(): string
    {
        return Dice::weighted(array_map(
            fn (string $name): int => (self::WEIGHTS[$name] ?? 1) * ($this->switches && in_array($name, self::SWITCHING, true) ? 8 : 1),
            array_combine($this->names(), $this->names()),
        ));
    }

    public function child(): string
    {
        return Dice::one_of(self::CHILDREN);
    }

    public function is_child(string $name): bool
    {
        return in_array($name, self::CHILDREN, true);
    }

    /** Whether there is a pool in which the body runs. */
    public function has_pool(string $name): bool
    {
        return in_array($name, self::POOLS, true);
    }

    /** @return array{string, string} the text before and after a body */
    public function around(string $name): array
    {
        $coroutine = Dice::once_in(3);
        $ipc = Dice::number(0, $coroutine ? 1 : 3);
        $of_workers = [...self::OF_WORKERS, ...($coroutine ? ['WorkerExit'] : [])];
        $of_workers = $ipc === 0 ? array_diff($of_workers, ['Message']) : $of_workers;
        $fill = [
            '@POOL@' => sprintf("%d, %d, %s, %s, '%dpool'", Dice::number(1, 3), $ipc, $coroutine ? 'true' : 'false', Dice::one_of(['true', 'false']),
                Dice::number(0, 9)),
            '@IPC@' => (string) Dice::number(0, 2),
            '@WORKER@' => Dice::one_of($of_workers),
            '@MASTER@' => Dice::one_of(self::OF_MASTERS),
            '@FAIL@' => Dice::once_in(2) ? '' : "\$pool->on('WorkerStart', Fuzz::fail(...));\n",
            '@TYPE@' => Dice::one_of(['0', '1', '2', '2']),
            '@WORKERS@' => Dice::one_of(['1', '2']),
            '@EVENT@' => Dice::one_of(['Start', 'Shutdown', 'WorkerError']),
            '@SIZE@' => Dice::one_of(['0', '1', '2']),
            '@BOOL@' => Dice::one_of(['true', 'false']),
            '@NUMBER@' => (string) Dice::number(0, 11),
            '@DEL@' => Dice::once_in(4) ? '' : 'Swoole\Event::del($fd);',
            '#' => (string) Dice::number(0, 999999),
        ];
        return array_map(fn (string $text): string => strtr($text, $fill), $this->around[$name]);
    }
}
