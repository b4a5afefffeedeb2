--TEST--
a loop that runs 20,000 times uses no more memory than one that runs 1,000 times
--FILE--
<?php
use Swoole\{Event, Timer};
function runs(int $count): void
{
    for ($i = 0; $i < $count; $i++) {
        Event::defer('gc_enabled');
        Event::wait();
    }
}
runs(1000);
$before = memory_get_usage();
runs(20000);
$more = memory_get_usage() - $before;
echo $more < 10000 ? "flat\n" : "$more bytes more\n";
?>
--EXPECT--
flat
