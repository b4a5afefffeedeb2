--TEST--
exitStream(): readable from the exit of the child on, for stream_select(), Event::add() and coroutines; closed by its owner
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Event;
use Swoole\Process;
require __DIR__ . '/../support.inc';
function ready(array $streams, int $seconds): int
{
    $w = $e = null;
    return stream_select($streams, $w, $e, $seconds);
}
$p = new Process(fn (Process $p) => exit((int) $p->read()));
$p->start();
$stream = $p->exitStream();
$again = $p->exitStream();
var_dump(is_resource($stream), $stream !== $again, ready([$stream, $again], 0));
$p->write('3');
var_dump(ready([$stream], 60) > 0, ready([$again], 60));
echo "nobody has reaped it: ", ending($p->join()), "\n";
var_dump(ready([$stream], 0), ready([$p->exitStream()], 0));
fclose($stream);

echo "the loop\n";
$p->start();
$stream = $p->exitStream();
Event::add($stream, function ($stream) use ($p) {
    echo ending($p->join(0)), "\n";
    Event::del($stream);
});
$p->write('4');
Event::wait();

echo "the loop, after the end\n";
$stream = $p->exitStream();
Event::add($stream, function ($stream) use ($p) {
    echo ending($p->join(0)), "\n";
    Event::del($stream);
});
Event::wait();

echo "a coroutine\n";
$p->start();
Coroutine\run(function () use ($p) {
    Swoole\Runtime::enableCoroutine(SWOOLE_HOOK_ALL);
    $stream = $p->exitStream();
    go(fn () => $p->write('5'));
    var_dump(ready([$stream], 60));
    echo ending($p->join(0)), "\n";
});
echo count(array_filter(links(), fn (string $link): bool => str_contains($link, 'pidfd'))), " left: the one of \$again\n";
?>
--EXPECT--
bool(true)
bool(true)
int(0)
bool(true)
int(1)
nobody has reaped it: code 3
int(1)
int(1)
the loop
code 4
the loop, after the end
code 4
a coroutine
int(1)
code 5
1 left: the one of $again
