--TEST--
exec() replaces the child: its exit code and its output; arguments are passed as they are, without a shell.
--FILE--
<?php
// Pins: exec() replaces the child: its exit code and its output; arguments are passed as they are, without a shell.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $p->exec('/bin/echo', ['a b', '$HOME', '*', '', 7, 1.5, true]);
    echo "not reached\n";
}, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
$p = new Process(fn ($p) => $p->exec('/bin/sh', ['-c', 'exit 5']), false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
$p = new Process(function (Process $p) {
    $p->exec(PHP_BINARY, ['-n', '-r', 'while (($l = fgets(STDIN)) !== false) echo strrev(trim($l)), "\n";']);
}, true);
$p->start();
$p->write("abc\ndef\n");
$p->close(Process::PIPE_WRITE);
$p->close(Process::PIPE_WORKER);
$s = '';
while (($x = $p->read()) != '') {
    $s .= $x;
}
echo $s;
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECT--
a b $HOME *  7 1.5 1
code=0 signal=0
code=5 signal=0
cba
fed
code=0 signal=0
