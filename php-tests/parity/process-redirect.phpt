--TEST--
with redirect the child's echo reaches the parent's read(), and a write() of the parent reaches the child's STDIN.
--FILE--
<?php
// Pins: with redirect the child's echo reaches the parent's read(), and a write() of the parent reaches the child's STDIN.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    echo 'child says ', trim(fgets(STDIN)), "\n";
    fwrite(STDERR, "on stderr too\n");
    echo "by write\n";
}, true);
$p->start();
$p->write("hello\n");
$p->close(Process::PIPE_WORKER);
$all = '';
while (($s = $p->read()) !== '' && $s !== false) {
    $all .= $s;
}
$r = Process::wait();
echo $all, "code={$r['code']}\n";
--EXPECT--
child says hello
on stderr too
by write
code=0
