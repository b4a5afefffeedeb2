--TEST--
exec() that fails, a thousand times: a warning with the reason, no memory and no descriptor lost
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    foreach (['/no/such/file', '/etc/passwd', '/', '', 'relative/path'] as $file) {
        var_dump($p->exec($file, ['argument']));
    }
    $long = str_repeat('x', 100000);
    for ($n = 0; $n < 1000; $n++) {
        @$p->exec('/no/such/file', [$long, $long, $n]);
        if ($n === 100) {
            $before = [memory_get_usage(), resident(), count(links())];
        }
    }
    echo memory_get_usage() - $before[0] < 10000 ? "memory stays\n" : "PHP memory grows\n";
    // The arguments of one call are 200 kB; a page of the heap can be 2 MB.
    echo resident() - $before[1] < 10000 ? "resident memory stays\n" : 'resident memory grows by ' . resident() - $before[1] . " kB\n";
    echo count(links()) - $before[2], " descriptors more\n";
}, false, 0);
/** Resident memory in kB. */
function resident(): int
{
    preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents('/proc/self/status'), $m);
    return (int) $m[1];
}
$p->start();
echo ending(Process::wait()), "\n";
?>
--EXPECTF--

Warning: Swoole\Process::exec(): execv(/no/such/file) failed, Error: No such file or directory[2] in %s on line %d
bool(false)

Warning: Swoole\Process::exec(): execv(/etc/passwd) failed, Error: Permission denied[13] in %s on line %d
bool(false)

Warning: Swoole\Process::exec(): execv(/) failed, Error: Permission denied[13] in %s on line %d
bool(false)

Warning: Swoole\Process::exec(): exec file name is empty in %s on line %d
bool(false)

Warning: Swoole\Process::exec(): execv(relative/path) failed, Error: No such file or directory[2] in %s on line %d
bool(false)
memory stays
resident memory stays
0 descriptors more
code 0
