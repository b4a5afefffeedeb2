--TEST--
SIG_IGN set by Process::signal() holds in children and programs; a handled signal does in them what it did before
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** The signals that a process ignores or catches, as /proc tells. */
$mask = fn (string $which) => fn (int $signal): bool => (bool) preg_match("/^$which:\s+(\w+)/m", file_get_contents('/proc/' . getmypid() . '/status'), $m)
    && (hexdec(substr($m[1], -8)) >> ($signal - 1) & 1) === 1;
[$ignored, $caught] = [$mask('SigIgn'), $mask('SigCgt')];
$before = $caught(SIGWINCH);
Process::signal(SIGTTOU, SIG_IGN);
Process::signal(SIGWINCH, fn () => null);
$p = new Process(function () use ($ignored, $caught) {
    echo 'child: ', json_encode([$ignored(SIGTTOU), $caught(SIGWINCH)]), "\n";
}, false, 0);
echo 'parent: ', json_encode([$ignored(SIGTTOU), $before, $caught(SIGWINCH)]), "\n";
$p->start();
Process::wait();
$p = new Process(fn (Process $p) => $p->exec('/bin/sh', ['-c', 'kill -TTOU $$; kill -WINCH $$; echo the program goes on']), false, 0);
$p->start();
echo ending(Process::wait()), "\n";
?>
--EXPECT--
parent: [true,false,true]
child: [true,false]
the program goes on
code 0
