--TEST--
what becomes of output buffers at the fork and at the child's end.
--FILE--
<?php
// Pins: what becomes of output buffers at the fork and at the child's end.
// Status: accidental, but relied on.
use Swoole\Process;
function run(string $what, callable $f)
{
    echo "[$what]\n";
    $p = new Process($f, false, 0);
    $p->start();
    Process::wait();
}
run('child opens a buffer and returns', function () { ob_start(); echo "flushed at the end\n"; });
run('child opens a buffer and exits', function () { ob_start(fn ($b) => strtoupper($b)); echo "flushed at exit\n"; exit; });
run('child opens a buffer and Process->exit()s', function (Process $p) { ob_start(); echo "lost\n"; $p->exit(); });
ob_start();
echo "buffered before the fork\n";
run('parent has a buffer', function () { echo "child adds to its copy\n"; });
$s = ob_get_clean();
echo "parent's buffer: ", json_encode($s), "\n";
--EXPECT--
[child opens a buffer and returns]
flushed at the end
[child opens a buffer and exits]
FLUSHED AT EXIT
[child opens a buffer and Process->exit()s]
buffered before the fork
[parent has a buffer]
child adds to its copy
parent's buffer: "buffered before the fork\n[parent has a buffer]\n"
