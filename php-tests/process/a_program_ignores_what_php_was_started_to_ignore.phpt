--TEST--
signals that are ignored when PHP starts are ignored in a program of exec() and in commands; after an exec() that fails they are ignored as before
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process;
require __DIR__ . '/../support.inc';
if (!isset($argv[1])) {
    $shell = ['/bin/sh', '-c', 'trap "" HUP INT TERM USR1; exec "$@"', 'sh'];
    $php = [...php_command(), '-d', 'zend.signal_check=1', __FILE__, 'ignoring'];
    $process = proc_open([...$shell, ...$php], [1 => STDOUT, 2 => STDOUT], $pipes);
    exit(proc_close($process));
}
$script = 'kill -HUP $$; kill -INT $$; kill -TERM $$; kill -USR1 $$; echo the program goes on; kill -USR2 $$';
$process = new Process(fn (Process $process) => $process->exec('/bin/sh', ['-c', $script]), false, 0);
$process->start();
echo ending(Process::wait()), "\n";
Coroutine\run(fn () => print(str_replace("\n", '', Coroutine\System::exec($script)['output']) . "\n"));
$process = new Process(fn () => 0);
var_dump(@$process->exec('/nowhere', []));
foreach ([SIGHUP, SIGINT, SIGTERM, SIGUSR1] as $signal) {
    posix_kill(getmypid(), $signal);
}
// A handler of pcntl comes as always.
pcntl_async_signals(true);
pcntl_signal(SIGTERM, fn () => print("a handler\n"));
posix_kill(getmypid(), SIGTERM);
?>
--EXPECT--
the program goes on
signal 12
the program goes on
bool(false)
a handler
