--TEST--
what Process::wait() reports for each way a child can end.
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
// Pins: what Process::wait() reports for each way a child can end.
// Status: documented (code, signal); the value 255 for errors is PHP's own.
use Swoole\Process;
function run(string $what, callable $f)
{
    $p = new Process($f, false, 0);
    $p->start();
    $r = Process::wait();
    echo str_pad($what, 22), 'code=', $r['code'], ' signal=', $r['signal'], ' keys=', implode(',', array_keys($r)), "\n";
}
run('return', function () { return 7; });
run('exit(0)', function () { exit(0); });
run('exit(9)', function () { exit(9); });
run('exit("text")', function () { exit("bye\n"); });
run('die', function () { die; });
run('Process->exit()', function (Process $p) { $p->exit(); });
run('Process->exit(33)', function (Process $p) { $p->exit(33); });
run('Process->exit(255)', function (Process $p) { $p->exit(255); });
run('exit(256)', function () { exit(256); });
run('exit(-1)', function () { exit(-1); });
run('SIGKILL to itself', function () { posix_kill(getmypid(), SIGKILL); sleep(2); });
run('SIGTERM to itself', function () { posix_kill(getmypid(), SIGTERM); sleep(2); });
run('SIGUSR1 to itself', function () { posix_kill(getmypid(), SIGUSR1); sleep(2); });
--EXPECT--
return                code=0 signal=0 keys=pid,code,signal
exit(0)               code=0 signal=0 keys=pid,code,signal
exit(9)               code=9 signal=0 keys=pid,code,signal
bye
exit("text")          code=0 signal=0 keys=pid,code,signal
die                   code=0 signal=0 keys=pid,code,signal
Process->exit()       code=0 signal=0 keys=pid,code,signal
Process->exit(33)     code=33 signal=0 keys=pid,code,signal
Process->exit(255)    code=255 signal=0 keys=pid,code,signal
exit(256)             code=0 signal=0 keys=pid,code,signal
exit(-1)              code=255 signal=0 keys=pid,code,signal
SIGKILL to itself     code=0 signal=9 keys=pid,code,signal
SIGTERM to itself     code=0 signal=15 keys=pid,code,signal
SIGUSR1 to itself     code=0 signal=10 keys=pid,code,signal
