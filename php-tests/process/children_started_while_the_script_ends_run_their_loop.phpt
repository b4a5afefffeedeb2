--TEST--
Process: a child that is started while the script ends (in the loop at the end, a shutdown function, a destructor) runs its own loop and its own shutdown functions, and none of its parent
--FILE--
<?php
require __DIR__ . '/../support.inc';

$start = <<<'PHP'
    <?php
    use Swoole\{Coroutine, Event, Process, Timer};

    ini_set('error_reporting', E_ALL & ~E_DEPRECATED);
    swoole_async_set(['enable_coroutine' => false]);
    register_shutdown_function(function () {
        echo "shutdown function of the parent\n";
    });
    final class Global_
    {
        public function __destruct()
        {
            echo "destructor\n";
        }
    }
    $global = new Global_();

    function start(string $place, ?callable $more = null): void
    {
        $process = new Process(function () use ($more) {
            echo "callback\n";
            register_shutdown_function(function () {
                echo "first shutdown function of the child\n";
                register_shutdown_function(fn () => print("last shutdown function of the child\n"));
            });
            go(function () {
                Coroutine::sleep(0.001);
                echo "coroutine\n";
            });
            Timer::after(20, fn () => print("timer\n"));
            $more && $more();
        });
        ob_start();
        echo "started in $place\n";
        ob_end_flush();
        $process->start();
        $end = Process::wait();
        echo "child: ", $end['signal'] ? "signal {$end['signal']}" : "code {$end['code']}", "\n";
    }
    PHP;

foreach ([
    'Timer::after(1, fn () => start("the loop at the end"));',
    'register_shutdown_function(fn () => start("a shutdown function"));',
    '$kept = new class { public function __destruct() { start("a destructor"); } };',
    'Timer::after(1, fn () => start("the loop, exit", fn () => exit(3)));',
    'Timer::after(1, fn () => start("the loop, exception", fn () => throw new Exception("thrown")));',
    'Timer::after(1, fn () => start("the loop, exit in a callback", fn () => Timer::after(1, fn () => exit(4))));',
    'Timer::after(1, fn () => start("the loop, exception in a shutdown function", function () {
        register_shutdown_function(fn () => throw new Exception("thrown at the end"));
        register_shutdown_function(fn () => print("never called\n"));
    }));',
    'Timer::after(1, fn () => start("the loop, memory used up", function () {
        ini_set("display_errors", 0);
        ini_set("log_errors", 0);
        ini_set("memory_limit", "32M");
        str_repeat("x", 64 << 20);
    }));',
    'Timer::after(1, fn () => start("the loop, a child in the loop of the child", fn () => Timer::after(1, function () {
        $inner = new Process(function () {
            Timer::after(1, fn () => print("timer of the inner child\n"));
        });
        $inner->start();
        $code = Process::wait()["code"];
        echo "inner child: code $code\n";
    })));',
] as $code) {
    [$output] = php_run("$start\n$code\n");
    echo preg_replace('/^(PHP )?(Fatal error: .*) in .*?$.*?thrown in [^\n]*/ms', '$2', $output), "--\n";
}
?>
--EXPECT--
shutdown function of the parent
started in the loop at the end
callback
first shutdown function of the child
coroutine
timer
last shutdown function of the child
destructor
child: code 0
destructor
--
shutdown function of the parent
started in a shutdown function
callback
first shutdown function of the child
coroutine
timer
last shutdown function of the child
destructor
child: code 0
destructor
--
shutdown function of the parent
started in a destructor
callback
first shutdown function of the child
coroutine
timer
last shutdown function of the child
child: code 0
destructor
--
shutdown function of the parent
started in the loop, exit
callback
first shutdown function of the child
coroutine
timer
last shutdown function of the child
destructor
child: code 3
destructor
--
shutdown function of the parent
started in the loop, exception
callback

Fatal error: Uncaught Exception: thrown
first shutdown function of the child
last shutdown function of the child
destructor
child: code 255
destructor
--
shutdown function of the parent
started in the loop, exit in a callback
callback
first shutdown function of the child
coroutine
destructor
child: code 4
destructor
--
shutdown function of the parent
started in the loop, exception in a shutdown function
callback
first shutdown function of the child
coroutine
timer

Fatal error: Uncaught Exception: thrown at the end
destructor
child: code 255
destructor
--
shutdown function of the parent
started in the loop, memory used up
callback
first shutdown function of the child
last shutdown function of the child
child: code 255
destructor
--
shutdown function of the parent
started in the loop, a child in the loop of the child
callback
first shutdown function of the child
coroutine
timer of the inner child
destructor
inner child: code 0
timer
last shutdown function of the child
destructor
child: code 0
destructor
--
