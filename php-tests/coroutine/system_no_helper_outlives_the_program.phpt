--TEST--
a program that takes the process over finds no process of ours; when it cannot be started, what was asked comes to nothing
--SKIPIF--
<?php if (!is_file('/proc/self/task/' . getmypid() . '/children')) die('skip the kernel does not list children'); ?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$file = tempnam(sys_get_temp_dir(), 'exec');
foreach (['/bin/sh' => ['-c', 'read list </proc/$$/task/$$/children; echo "children: $list"'], '/no/such/program' => []] as $program => $arguments) {
    $process = new Process(function (Process $process) use ($program, $arguments, $file) {
        file_put_contents($file, '');
        Swoole\Coroutine\run(function () use ($process, $program, $arguments, $file) {
            $cid = go(fn () => print(json_encode(@System::exec("echo $$ >$file; exec sleep 100000")) . ' ' . swoole_strerror(swoole_last_error()) . "\n"));
            until_written($file);
            var_dump(@$process->exec($program, $arguments));
            Coroutine::join([$cid]);
        });
    }, false, 0);
    $process->start();
    echo ending(Process::wait()), "\n";
    until_ended((int) file_get_contents($file));
}
unlink($file);
?>
--EXPECT--
children: 
code 0
bool(false)
false No child processes
code 0
