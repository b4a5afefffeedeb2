--TEST--
a pool with templates leaves the script's own children alone: one that starts in Shutdown is waited for afterwards
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;

$pool = new Pool(1);
$pool->set(['restart' => 'never']);
$pool->on('TemplateStart', fn () => null);
$pool->on('WorkerStart', fn () => exit(0));
$pool->on('Shutdown', function () {
    $child = new Process(fn (Process $child) => $child->exit(7));
    $child->start();
    // Nothing, because the child has exited.
    var_dump($child->read());
});
$pool->start();
var_dump(Process::wait()['code']);
?>
--EXPECT--
string(0) ""
int(7)
