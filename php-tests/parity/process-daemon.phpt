--TEST--
daemon() in a child: it goes on in a new process of a new session, and the parent reaps the child with code 0.
--EXTENSIONS--
posix
--FILE--
<?php
// Pins: daemon() in a child: it goes on in a new process of a new session, and the parent reaps the child with code 0.
// Status: documented.
use Swoole\Process;
$log = tempnam(sys_get_temp_dir(), 'daemon');
$p = new Process(function (Process $p) use ($log) {
    $before = getmypid();
    chdir('/usr');
    $ok = Process::daemon();
    file_put_contents($log, implode(' ', [json_encode($ok), json_encode(getmypid() !== $before),
        json_encode(posix_getsid(0) !== $before), 'cwd ' . getcwd(), json_encode($p->pid === $before)]));
    $p->write('done');
});
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
echo $p->read(), "\n";
echo file_get_contents($log), "\n";
unlink($log);
usleep(100000);
var_dump(Process::wait(false));
--EXPECT--
code=0 signal=0
done
true true true cwd /usr true
bool(false)
