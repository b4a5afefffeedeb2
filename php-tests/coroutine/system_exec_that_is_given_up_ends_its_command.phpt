--TEST--
exec: a command ends with the wait for it: when that is cancelled, takes too long, or ends with the script or its process
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$file = tempnam(sys_get_temp_dir(), 'exec');
/** A command that tells its number, and goes on for ever. */
$command = "echo $$ >$file; exec sleep 100000";
run(function () use ($file, $command) {
    Coroutine::sleep(0.001);
    $before = links();
    $cid = go(function () use ($command) { var_dump(System::exec($command), swoole_last_error() === SWOOLE_ERROR_CO_CANCELED); });
    $pid = until_written($file);
    Coroutine::cancel($cid);
    until_ended($pid);
    file_put_contents($file, '');
    $thrown = '';
    // The shell may take its time to begin.
    for ($limit = 0.2; file_get_contents($file) === ''; $limit *= 2) {
        $cid = go(function () use ($command, $limit, &$thrown) {
            Coroutine::setTimeLimit($limit);
            try {
                System::exec($command);
            } catch (Coroutine\TimeoutException $e) {
                $thrown = get_class($e);
            }
        });
        Coroutine::join([$cid]);
    }
    echo "$thrown\n";
    until_ended((int) file_get_contents($file));
    // What had closed its output is waited for all the same.
    file_put_contents($file, '');
    $cid = go(function () use ($command) { var_dump(System::exec("exec >&-; $command")); });
    $pid = until_written($file);
    Coroutine::cancel($cid);
    until_ended($pid);
    var_dump(children() === [], links() === $before);
});
$ends = [
    'exit in another coroutine' => fn () => exit(3),
    'the end of the loop' => fn () => Swoole\Event::exit(),
    'killed' => fn () => posix_kill(getmypid(), SIGKILL),
    'an exception' => fn () => throw new Exception('nobody catches this'),
];
foreach ($ends as $how => $end) {
    file_put_contents($file, '');
    $process = new Process(function () use ($file, $command, $end) {
        ini_set('display_errors', 0);
        Coroutine::set(['enable_deadlock_check' => false]);
        go(fn () => System::exec($command));
        go(function () use ($file, $end) {
            // The loop runs by then.
            Coroutine::sleep(0.001);
            until_written($file);
            $end();
        });
        Swoole\Event::wait();
    }, false, 0);
    $process->start();
    echo "$how: ", ending(Process::wait()), "\n";
    until_ended((int) file_get_contents($file));
}
unlink($file);
?>
--EXPECT--
bool(false)
bool(true)
Swoole\Coroutine\TimeoutException
bool(false)
bool(true)
bool(true)
exit in another coroutine: code 255
the end of the loop: code 0
killed: signal 9
an exception: code 255
