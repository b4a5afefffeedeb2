--TEST--
Process: a child that is started in a shutdown function after a fatal error or an uncaught exception of its parent runs its own loop, and does not see that error
--FILE--
<?php
require __DIR__ . '/../support.inc';

$start = <<<'PHP'
    <?php
    use Swoole\{Coroutine, Process, Timer};

    error_reporting(E_ALL & ~E_DEPRECATED);
    ini_set('display_errors', 0);
    function child(?callable $more = null): void
    {
        $process = new Process(function () use ($more) {
            echo 'last error: ', json_encode(error_get_last()), "\n";
            register_shutdown_function(function () {
                echo 'last error at the end: ', strtok(error_get_last()['message'] ?? 'none', "\n"), "\n";
            });
            Timer::after(1, fn () => print("timer\n"));
            go(function () {
                Coroutine::sleep(0.02);
                echo "coroutine\n";
            });
            $more && $more();
        });
        $process->start();
        $code = Process::wait()['code'];
        echo "child: code $code\n";
    }
    register_shutdown_function(function () {
        child();
        child(fn () => require '/nonexistent/own.php');
        Timer::after(1, fn () => print("timer of the parent\n"));
    });
    PHP;

foreach ([
    'a warning' => 'trigger_error("warned", E_USER_WARNING);',
    'an exception' => 'throw new Exception("thrown");',
    'an exception in a coroutine' => 'Coroutine\run(function () { throw new Exception("thrown"); });',
    'a fatal error' => 'require "/nonexistent/file.php";',
    'a fatal error in a callback' => 'Timer::after(1, function () { eval("function child() {}"); });',
] as $what => $code) {
    [$output, $status] = php_run("$start\n$code\n", ['-d', 'log_errors=0']);
    // A warning is inherited, as by any fork.
    echo "$what:\n", preg_replace(['/\{"type":512.*/', '/: (Uncaught )?Fail.*/'], ['the warning of the parent', ': its own'], $output), "code $status\n\n";
}
?>
--EXPECT--
a warning:
last error: the warning of the parent
last error at the end: warned
timer
coroutine
child: code 0
last error: the warning of the parent
last error at the end: Uncaught Error: its own
child: code 255
timer of the parent
code 0

an exception:
last error: null
last error at the end: none
timer
coroutine
child: code 0
last error: null
last error at the end: Uncaught Error: its own
child: code 255
code 255

an exception in a coroutine:
last error: null
last error at the end: none
timer
coroutine
child: code 0
last error: null
last error at the end: Uncaught Error: its own
child: code 255
code 255

a fatal error:
last error: null
last error at the end: none
timer
coroutine
child: code 0
last error: null
last error at the end: Uncaught Error: its own
child: code 255
code 255

a fatal error in a callback:
last error: null
last error at the end: none
timer
coroutine
child: code 0
last error: null
last error at the end: Uncaught Error: its own
child: code 255
code 255
