--TEST--
an exception in a callback of Process::onFork() in the master of a pool stops all workers first, also those of a template, and no other worker is forked
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;

require __DIR__ . '/support.inc';
log_file();
/** What fails now, at which fork, and how many forks there have been. */
$fails = null;
[$at, $count] = [0, 0];
$fail = function (string $when) use (&$fails, &$at, &$count) {
    $count += (int) ($when === 'before');
    if ($when === $fails && $count === $at) {
        throw new Exception("$when fork $count");
    }
};
Process::onFork(fn () => $fail('before'), fn () => $fail('parent'));
foreach ([false, true] as $has_template) {
    foreach (['before', 'parent'] as $fails) {
        // With a template there is one fork.
        for ($at = 1; $at <= ($has_template ? 1 : 3); $at++) {
            $count = 0;
            $pool = new Pool(3);
            $has_template && $pool->on('TemplateStart', fn () => null);
            $pool->on('WorkerStart', fn (Pool $pool) => $pool->running && sleep(600));
            $pool->on('Shutdown', function () {
                echo 'Shutdown, ';
            });
            try {
                $pool->start();
            } catch (Exception $e) {
                echo $e->getMessage(), " of $count, ", $pool->stats()['state'], ': ', json_encode(children()), "\n";
            }
        }
    }
}
?>
--EXPECT--
Shutdown, before fork 1 of 1, stopped: []
Shutdown, before fork 2 of 2, stopped: []
Shutdown, before fork 3 of 3, stopped: []
Shutdown, parent fork 1 of 1, stopped: []
Shutdown, parent fork 2 of 2, stopped: []
Shutdown, parent fork 3 of 3, stopped: []
Shutdown, before fork 1 of 1, stopped: []
Shutdown, parent fork 1 of 1, stopped: []
